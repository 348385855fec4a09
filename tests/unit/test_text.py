"""Text: storing, matching, slugs, cleaning, order."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront import text

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
vietnamese = st.text(alphabet=LETTERS + LETTERS.upper() + " -'0123456789", max_size=60)
anything = st.text(max_size=80)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Mật ong Cường Nga", "mat ong cuong nga"),
        ("ĐÔNG TRÙNG HẠ THẢO", "dong trung ha thao"),
        ("  Hương \t Khê\n", "huong khe"),
        ("hòa thủy", "hoa thuy"),
        ("hoà thuỷ", "hoa thuy"),
        ("Kỳ Anh", "ki anh"),
        ("Kì Anh", "ki anh"),
        ("Mỹ Lộc, Mĩ Lộc", "mi loc, mi loc"),
        ("quý", "qui"),
        ("quí", "qui"),
        ("Quỳnh Hội", "quynh hoi"),
        ("tay", "tay"),
        ("tai", "tai"),
        ("thúi", "thui"),
        ("Ý Yên", "y yen"),
        ("Kỳ2", "ki2"),
        ("mật\u200bong\x00", "matong"),
        ("", ""),
        ("😀", "😀"),
    ],
)
def test_folds(typed: str, folded: str) -> None:
    assert text.fold(typed) == folded


@given(anything)
def test_folding_twice_changes_nothing(s: str) -> None:
    assert text.fold(text.fold(s)) == text.fold(s)


@given(vietnamese)
def test_folding_leaves_ascii_and_is_the_same_for_both_forms(s: str) -> None:
    assert text.fold(s).isascii()
    assert text.fold(unicodedata.normalize("NFD", s)) == text.fold(unicodedata.normalize("NFC", s))
    assert text.fold(s.upper()) == text.fold(s.lower())


@given(vietnamese)
def test_every_beginning_of_a_word_leads_to_it(s: str) -> None:
    for word in text.fold(s).split():
        for end in range(1, len(word) + 1):
            assert word.startswith(text.prefixes(text.fold(word[:end])))


def test_a_half_typed_y_may_go_on() -> None:
    assert text.prefixes("qui") == ("qui", "quy")
    assert text.prefixes("tai") == ("tai",)
    assert text.prefixes("mat") == ("mat",)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Mật ong Cường Nga", "mat-ong-cuong-nga"),
        ("Nhung hươu Kỳ Anh", "nhung-huou-ky-anh"),
        ("Rượu nếp 29,5° (500 ml)", "ruou-nep-29-5-500-ml"),
        ("---", ""),
        ("😀", ""),
    ],
)
def test_slugs(name: str, slug: str) -> None:
    assert text.slugify(name) == slug


@given(anything)
def test_a_slug_is_fit_for_an_address(s: str) -> None:
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", text.slugify(s))
    assert text.slugify(text.slugify(s)) == text.slugify(s)


@given(anything, st.integers(min_value=0, max_value=40))
def test_a_clean_line_can_be_stored(s: str, most: int) -> None:
    line = text.clean_line(s, most)
    assert len(line) <= most
    assert line == text.squash(line)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in line)
    line.encode()
    assert text.clean_line(line, most) == line


@given(anything)
def test_clean_text_keeps_only_line_ends(s: str) -> None:
    cleaned = text.clean_text(s)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") and c != "\n" for c in cleaned)
    cleaned.encode()
    assert text.clean_text(cleaned) == cleaned


def test_clean_text_keeps_paragraphs() -> None:
    assert (
        text.clean_text("  Giao sau 17h \r\n\r\n\r\n\r\nGọi trước\x00 nhé\u202e\n")
        == "Giao sau 17h\n\nGọi trước nhé"
    )


def test_text_is_stored_composed() -> None:
    assert text.nfc(unicodedata.normalize("NFD", "Hương Khê")) == "Hương Khê"
    assert text.clean_line(unicodedata.normalize("NFD", "Đức\tThọ"), 40) == "Đức Thọ"


@pytest.mark.parametrize(
    "in_order",
    [
        ["an", "ăn", "ân", "ba"],
        ["da", "đa", "ê"],
        ["ma", "mà", "mả", "mã", "má", "mạ", "mai"],
        ["Hà Nội", "Hà Tĩnh", "Hải Phòng"],
        ["Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Điện Biên", "Đồng Nai", "Đồng Tháp", "Gia Lai"],
        ["Sơn Kim 1", "Sơn Kim 2", "Sơn Kim 10", "Sơn Kim 10a"],
        ["Sơn", "Sơn Kim", "Sơn Tây"],
        ["o", "ô", "ơ", "u", "ư"],
    ],
)
def test_vietnamese_order(in_order: list[str]) -> None:
    assert sorted(set(in_order), key=text.sort_key) == in_order


@given(anything)
def test_a_sort_key_needs_no_collation(s: str) -> None:
    assert re.fullmatch(r"[0-9a-z]+", text.sort_key(s))
