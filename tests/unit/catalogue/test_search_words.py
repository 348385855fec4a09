import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront import bits
from storefront.catalogue.search import decisions, repair, slips, synonyms, wishes, words
from storefront.catalogue.search.wishes import Wishes


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("oong", "ông"),
        ("dow", "dơ"),
        ("ddow", "đơ"),
        ("nuwowcs", "nước"),
        ("nuowsc", "nước"),
        ("mawms", "mắm"),
        ("huwowu", "hươu"),
        ("huouw", "hươu"),
        ("keoj", "kẹo"),
        ("mat65", "mật"),
        ("d9o7", "đơ"),
        ("nu7o7c1", "nước"),
        ("ru7o7u5", "rượu"),
        ("vu7ng2", "vừng"),
    ],
)
def test_left_over_keys_are_put_right(typed, meant):
    made = repair.repaired(typed)
    assert made is not None
    assert words.known(made).marked == words.known(meant).marked


@pytest.mark.parametrize("typed", ["mật", "cam", "st25x0", "500", "a" * 500, "kẹo"])
def test_words_without_left_over_keys_stay(typed):
    assert repair.repaired(typed) in (None, typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "hòa"), ("thuỷ", "thủy"), ("kỳ", "kì"), ("mật", unicodedata.normalize("NFD", "mật"))],
)
def test_spellings_of_one_word_have_one_marked_form(one, other):
    assert [word.marked for word in words.cut(one)] == [word.marked for word in words.cut(other)]


@pytest.mark.parametrize(("one", "other"), [("dừa", "dưa"), ("dưa", "đũa"), ("giò", "gió"), ("mắm", "mâm")])
def test_other_marks_are_another_word_that_folds_alike(one, other):
    (first,), (second,) = words.cut(one), words.cut(other)
    assert first.folded == second.folded
    assert first.marked != second.marked


@pytest.mark.parametrize(
    ("typed", "lowest", "highest", "rest"),
    [
        ("dưới 100k", None, 100_000, ""),
        ("100.000đ", 75_000, 125_000, ""),
        ("mật ong dưới 100k", None, 100_000, "mật ong"),
        ("re hon 1 trieu", None, 1_000_000, ""),
        ("100-200k", 100_000, 200_000, ""),
        ("100k - 200k cu đơ", 100_000, 200_000, "cu đơ"),
        ("tu 50 nghin den 100 nghin", 50_000, 100_000, ""),
        ("từ 50.000 đến 100.000đ", 50_000, 100_000, ""),
        ("trên 1,5 triệu", 1_500_000, None, ""),
        ("dưới 100", None, 100_000, ""),
        ("khoảng 200k", 150_000, 250_000, ""),
        ("trên 100k dưới 300k", 100_000, 300_000, ""),
        ("gạo st25", None, None, "gạo st25"),
        ("anh béo 38", None, None, "anh béo 38"),
        ("hộp 500 g", None, None, "hộp 500 g"),
        ("chai 500ml", None, None, "chai 500ml"),
        ("2394/QĐ-UBND", None, None, "2394/QĐ-UBND"),
        ("huế tú", None, None, "huế tú"),
        ("sơn kim 2", None, None, "sơn kim 2"),
        ("dưới 1tr5", None, 1_500_000, ""),
        ("1tr5", 1_125_000, 1_875_000, ""),
        ("tới 1 triệu rưỡi", None, 1_500_000, ""),
        ("1 triệu 500 nghìn", 1_125_000, 1_875_000, ""),
        ("mật ong 1 triệu 500 g", 750_000, 1_250_000, "mật ong 500 g"),
        ("100.000", 75_000, 125_000, ""),
        ("100000đ", 75_000, 125_000, ""),
        ("100 000 đồng", 75_000, 125_000, ""),
        ("dưới 100 nghìn", None, 100_000, ""),
        ("giá dưới 100.000 vnđ", None, 100_000, ""),
        ("từ 50k đến 100k", 50_000, 100_000, ""),
        ("50-100k", 50_000, 100_000, ""),
        ("500k-1tr", 500_000, 1_000_000, ""),
        ("không quá 200k", None, 200_000, ""),
        ("tối đa 200 ngàn", None, 200_000, ""),
        ("đến 100k", None, 100_000, ""),
        ("mat ong den 100k", None, 100_000, "mat ong"),
        ("trám đen 100k", 75_000, 125_000, "trám đen"),
        ("tram den 100k", 75_000, 125_000, "tram den"),
        ("200k trở lên", 200_000, None, ""),
        ("200k trở xuống", None, 200_000, ""),
        ("under 100,000 VND", None, 100_000, ""),
        ("below 100,000 dong", None, 100_000, ""),
        ("below 100,000đ", None, 100_000, ""),
        ("under 100 thousand", None, 100_000, ""),
        ("price under 100k", None, 100_000, ""),
        ("max 50k", None, 50_000, ""),
        ("up to ₫100,000", None, 100_000, ""),
        ("cheaper than 100k", None, 100_000, ""),
        ("honey less than 200k", None, 200_000, "honey"),
        ("under 1.5 million", None, 1_500_000, ""),
        ("between 50k and 100k", 50_000, 100_000, ""),
        ("from 50,000 to 100,000 dong", 50_000, 100_000, ""),
        ("honey from 100k", 100_000, None, "honey"),
        ("200k or less", None, 200_000, ""),
        ("at least 200k", 200_000, None, ""),
        ("honey from huong son", None, None, "honey from huong son"),
        ("dưới 1.250.000k", None, 1_250_000_000, ""),
    ],
)
def test_prices_are_read_out_of_questions(typed, lowest, highest, rest):
    found, left = wishes.read(typed)
    assert (found.lowest_vnd, found.highest_vnd, left) == (lowest, highest, rest)


@pytest.mark.parametrize(
    ("typed", "wished", "rest"),
    [
        ("nước mắm 4 sao", Wishes(stars=frozenset({4})), "nước mắm"),
        ("ocop bốn sao", Wishes(stars=frozenset({4})), ""),
        ("4-star honey", Wishes(stars=frozenset({4})), "honey"),
        ("3-star", Wishes(stars=frozenset({3})), ""),
        ("four star", Wishes(stars=frozenset({4})), ""),
        ("4 star", Wishes(stars=frozenset({4})), ""),
        ("4 stars and up", Wishes(stars=frozenset({4, 5})), ""),
        ("4 sao trở lên", Wishes(stars=frozenset({4, 5})), ""),
        ("cu đơ còn hàng", Wishes(in_stock=True), "cu đơ"),
        ("trái cây đang mùa", Wishes(in_season=True), "trái cây"),
        ("mật ong còn hạn", Wishes(still_valid=True), "mật ong"),
    ],
)
def test_stars_stock_and_season_are_read_out_of_questions(typed, wished, rest):
    assert wishes.read(typed) == (wished, rest)


@given(st.text(max_size=200))
def test_any_text_can_be_read(typed):
    wished, rest = wishes.read(typed)
    assert len(rest) <= len(typed)
    for word in words.cut(typed):
        repair.repaired(word.surface)
        slips.near(word.folded, ["mat", "ong"], {"mat", "ong"})
    assert (
        wished.highest_vnd is None or wished.highest_vnd >= (wished.lowest_vnd or 0) or not wished.lowest_vnd
    )


@given(st.sets(st.integers(0, 3000)), st.integers(0, 40), st.integers(0, 40))
def test_sets_of_positions_are_sets(positions, start, count):
    found = bits.of_positions(sorted(positions))
    assert list(bits.positions(found)) == sorted(positions)
    order = sorted(range(3001), key=lambda p: (p * 7919 % 3001, p))
    expected = [p for p in order if p in positions][start : start + count]
    assert bits.in_order(found, order, lambda p: (p * 7919 % 3001, p), start, count, 3001) == expected


@pytest.mark.parametrize(
    ("typed", "number", "rest"),
    [
        ("2394/QĐ-UBND", "2394", ""),
        ("2394/2024/qd-ubnd", "2394", ""),
        ("mật ong 2394/QĐ", "2394", "mật ong"),
        ("Quyết định số 2394/QĐ-UBND cu đơ", "2394", "cu đơ"),
        ("qđ 148", "148", ""),
        ("decision no. 2394", "2394", ""),
        ("2394", "", "2394"),
        ("anh béo 38", "", "anh béo 38"),
        ("quyết tâm 5", "", "quyết tâm 5"),
    ],
)
def test_the_number_of_a_decision_is_read_out_of_a_question(typed, number, rest):
    assert decisions.read(typed) == (number, rest)


def test_a_bare_number_may_be_that_of_a_decision():
    assert [decisions.number(one) for one in ("148", " 2394 ", "123456", "38 cu đơ", "")] == [
        "148",
        "2394",
        "",
        "",
        "",
    ]


@pytest.mark.parametrize("typed", ["l23456789a", "l2345a", "a6666666"])
def test_a_code_is_no_word_half_made_by_an_input_method(typed):
    assert repair.repaired(typed) is None


def test_another_name_does_not_double_the_words_beside_it():
    assert [word.surface for word in synonyms.others(words.cut("nước mắm cốt"))[0]] == ["nước", "mắm"]
