import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront import codes
from storefront.codes import ALPHABET, Kind

kinds = st.sampled_from(list(Kind))


@given(kinds)
def test_a_new_code_is_read_back_however_it_is_typed(kind):
    code = codes.new(kind)
    assert codes.parse(code) == (kind, code)
    assert codes.parse(f" {codes.grouped(code).lower()} ") == (kind, code)


@given(kinds, st.data())
def test_every_single_slip_is_caught(kind, data):
    code = codes.new(kind)
    start = {Kind.ORDER: 2, Kind.CASE: 2, Kind.LOT: 1, Kind.STAMP: 0}[kind]
    at = data.draw(st.integers(start, len(code) - 1))
    other = data.draw(st.sampled_from([c for c in ALPHABET if c != code[at]]))
    assert codes.canonical(code[:at] + other + code[at + 1 :], kind) is None


@given(kinds, st.data())
def test_every_swap_of_two_neighbours_is_caught(kind, data):
    code = codes.new(kind)
    start = {Kind.ORDER: 2, Kind.CASE: 2, Kind.LOT: 1, Kind.STAMP: 0}[kind]
    at = data.draw(st.integers(start, len(code) - 2))
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    if swapped != code:
        assert codes.canonical(swapped, kind) is None


@pytest.mark.parametrize("typed", ["", "DH", "0" * 40, "x" * 10_000, "DH-7K2M-9QX", "LÔ ĐẤT 123", "\x00"])
def test_what_is_no_code_is_none(typed):
    assert codes.parse(typed) is None


def test_codes_are_shown_in_groups():
    body = "7K2M9QX"
    assert codes.grouped(f"DH{body}{codes.check_character(body)}").startswith("DH-7K2M-9QX")


@given(st.sampled_from([Kind.LOT, Kind.ORDER, Kind.STAMP]), st.data())
def test_a_code_with_a_slip_is_known_for_what_it_was(kind, data):
    code = codes.new(kind)
    start = {Kind.ORDER: 2, Kind.LOT: 1, Kind.STAMP: 0}[kind]
    at = data.draw(st.integers(start, len(code) - 1))
    other = data.draw(st.sampled_from([c for c in ALPHABET + "01ILO" if c != code[at]]))
    slipped = code[:at] + other + code[at + 1 :]
    assert codes.misspelt(codes.grouped(slipped)) is kind or codes.parse(slipped)
    assert codes.misspelt(code) is None


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "mật ong",
        "long nhan kho",
        "L",
        "LÔ ĐẤT 123",
        "đ" * 10,
        "0" * 11,
        "longnhanko",
        "dhsongoclo",
        "dhnhatrang",
        "longchenat",
    ],
)
def test_what_is_not_like_a_code_is_not_taken_for_one(typed):
    assert codes.misspelt(typed) is None


@pytest.mark.parametrize(
    ("typed", "kind"), [("dhkmvtsqzx", Kind.ORDER), ("lnhkmvtsqz", Kind.LOT), ("dhkmvtsqez", Kind.ORDER)]
)
def test_a_mistyped_code_without_a_digit_is_told_from_words_by_their_vowels(typed, kind):
    assert codes.parse(typed) is None
    assert codes.misspelt(typed) is kind


def test_the_code_in_the_address_of_a_lot():
    code = codes.new(Kind.LOT)
    for address in (
        f"https://shop.vn/t/{code}",
        f"shop.vn/en/t/{code.lower()}?x=1",
        f"/t/{codes.grouped(code)}/qr.svg",
        f"https://shop.vn/t/{code}.",
        f"https://id.gs1.org/01/09506000134352/10/{code}, của tôi",
        f"(https://shop.vn/t/{code})",
    ):
        assert codes.in_address(address) == code, address
    for other in (
        f"https://shop.vn/x/{code}",
        "/t/",
        "/t/L123",
        f"/t/{codes.new(Kind.ORDER)}",
        f"/t/{code}x",
        f"/01/1234567/10/{code}",
    ):
        assert codes.in_address(other) is None, other


def test_a_mistyped_code_in_an_address_is_given_back_for_what_it_was():
    code = codes.new(Kind.LOT)
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    for address in (
        f"https://shop.vn/t/{wrong}",
        f"/t/{wrong.lower()}.",
        f"/01/09506000134352/10/{wrong}",
    ):
        assert codes.in_address(address) == wrong, address
    assert codes.in_address("/t/longnhanko") == "LONGNHANKO"
