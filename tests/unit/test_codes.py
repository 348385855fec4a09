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
