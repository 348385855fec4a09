"""English words for kinds of product, one by one, beside Vietnamese names and places."""

import csv
import dataclasses
import importlib.resources
from datetime import date

import pytest

from storefront.catalogue import kinds
from storefront.catalogue.search import engine, suggest, words
from storefront.catalogue.search.engine import Asked
from storefront.certification.groups import NAMES, ProductGroup
from tests.unit.catalogue.test_suggestions import shelf, shown

DAY = date(2026, 11, 23)


def asked(index, question):
    answer = engine.ask(index, Asked(question=question), DAY)
    return [card.name for card in answer.cards], answer.match


def found(index, question):
    return set(asked(index, question)[0])


@pytest.fixture
def index():
    son = {"commune_code": "18133", "commune_name": "xã Hương Sơn"}
    return shelf(
        ("Mật ong Cường Nga", {"kind": "mat-ong", **son}),
        ("Mật ong Rào Cái", {"kind": "mat-ong"}),
        ("Nhung hươu Chiến Sơn", {"kind": "nhung-huou", **son}),
        ("Cao Ngọc Linh", {"kind": "cao-xuong-huou"}),
        ("Mực khô Ngọc Diệp", {"kind": "muc-kho"}),
        ("Cá ngần khô", {"kind": "ca-kho"}),
        ("Dầu lạc Mai Lợi", {"kind": "dau-lac"}),
        ("Ổi Mai Sinh", {"kind": "oi"}),
        ("Trà gai leo", {"kind": "tra-tui-loc"}),
        ("Miến gạo", {"kind": "mien-gao"}),
        ("Nước cốt canh", {"kind": "nuoc-cot-canh"}),
    )


HONEY = {"Mật ong Cường Nga", "Mật ong Rào Cái"}


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("squid", {"Mực khô Ngọc Diệp"}),
        ("squids", {"Mực khô Ngọc Diệp"}),
        ("guava", {"Ổi Mai Sinh"}),
        ("dried", {"Mực khô Ngọc Diệp", "Cá ngần khô"}),
        ("antler velvet", {"Nhung hươu Chiến Sơn"}),
        ("oil peanut", {"Dầu lạc Mai Lợi"}),
        ("honey huong son", {"Mật ong Cường Nga"}),
        ("hương sơn honey", {"Mật ong Cường Nga"}),
        ("ngoc diep squid", {"Mực khô Ngọc Diệp"}),
        ("noodles", {"Miến gạo"}),
        ("seafood", {"Mực khô Ngọc Diệp", "Cá ngần khô"}),
        ("deer", {"Nhung hươu Chiến Sơn", "Cao Ngọc Linh"}),
        ("tea bag", {"Trà gai leo"}),
        ("dryed squid", {"Mực khô Ngọc Diệp"}),
        ("soap", set()),
        ("coffee", set()),
    ],
)
def test_each_word_of_what_an_english_page_calls_a_kind_finds_it(index, question, names):
    assert found(index, question) == names


def test_words_that_say_nothing_in_english_are_dropped_without_a_word(index):
    for question in ("squid from the shop", "some squids", "buy squid"):
        names, match = asked(index, question)
        assert (names, match.shown, match.left_out) == (["Mực khô Ngọc Diệp"], "", ())
    assert found(index, "the honey of Hương Sơn district") == {"Mật ong Cường Nga"}


def test_a_word_that_nothing_bears_is_left_out_and_the_thing_stays(index):
    names, match = asked(index, "organic honey")
    assert (set(names), match.shown, match.left_out) == (HONEY, "honey", ("organic",))
    names, match = asked(index, "squid from huong son")
    assert (names, match.left_out) == (["Mực khô Ngọc Diệp"], ("huong", "son"))
    assert found(index, "iphone oil filter") == set()


def test_what_a_word_means_in_vietnamese_stands_first_and_marks_are_never_english():
    bun = {"kind": "mien-gao", "producer_name": "Nhà Bún"}
    index = shelf(("Bánh bao", {"kind": "banh-bao"}), ("Miến", bun), ("Bún khô", {"kind": "mien-gao"}))
    assert asked(index, "bun")[0] == ["Bún khô", "Miến", "Bánh bao"]
    assert asked(index, "bún")[0] == ["Bún khô", "Miến"]
    assert asked(index, "buns")[0] == ["Bánh bao"]


def test_the_english_words_are_of_kinds_there_are_and_folded_alike_but_once():
    path = importlib.resources.files("storefront.catalogue.search").joinpath("data", "english.csv")
    lines = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert {key for line in lines for key in line["kinds"].split()} <= set(kinds.KINDS)
    typed = [words.cut(line["typed"])[0].folded for line in lines]
    assert len(typed) == len(set(typed))


def offered(index, typed, **values):
    found = suggest.suggest(index, typed, DAY, **{"with_alcohol": False, "in_english": True, **values})
    return [shown(one) for one in found.offers]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("squ", ["Mực khô Ngọc Diệp"]),
        ("dried", ["Mực khô Ngọc Diệp", "Cá ngần khô"]),
        ("velvet a", ["Nhung hươu Chiến Sơn"]),
        ("peanut o", ["Dầu lạc Mai Lợi"]),
        ("hone", ["Mật ong Cường Nga", "Mật ong Rào Cái"]),
        ("honey cu", ["Mật ong Cường Nga"]),
        ("foo", [NAMES[ProductGroup.FOOD]]),
    ],
)
def test_what_an_english_name_begins_with_is_offered_in_both_languages(index, typed, first):
    for in_english in (True, False):
        found = offered(index, typed, in_english=in_english)
        assert sorted(found[: len(first)]) == sorted(first)


def test_on_a_page_in_english_the_english_name_stands_first_and_on_a_vietnamese_one_last():
    index = shelf(
        ("Hồng giòn", {"kind": "cam"}), ("Mật ong", {"kind": "mat-ong"}), ("Lộc Hồng", {"kind": "cam"})
    )
    assert offered(index, "hon")[0] == "Mật ong"
    assert offered(index, "hon", in_english=False)[-1] == "Mật ong"
    assert offered(index, "hồn") == offered(index, "hồn", in_english=False) == ["Hồng giòn", "Lộc Hồng"]


def test_of_kinds_that_are_equally_near_some_of_each_are_offered():
    many = [(f"Cu đơ {number}", {"kind": "cu-do", "stars": 5}) for number in range(9)]
    index = shelf(*many, ("Dầu lạc", {"kind": "dau-lac"}), ("Kẹo lạc", {"kind": "keo-lac"}))
    assert {"Dầu lạc", "Kẹo lạc"} < set(offered(index, "peanut"))
    assert len(offered(index, "peanut")) == 6


def test_one_letter_offers_names_that_begin_with_it_alone():
    # the land of xã Hương Sơn was xã An Hòa Thịnh's, too
    there = {"commune_code": "18133", "commune_name": "xã Hương Sơn"}
    index = shelf(("Giò An", there), ("Rượu sim", {"kind": "mat-ong"}), ("Ổi", {}))
    for in_english in (True, False):
        assert offered(index, "a", in_english=in_english) == []
        assert offered(index, "x", in_english=in_english) == []
        assert offered(index, "o", in_english=in_english) == ["Ổi"]
    assert "xã Hương Sơn" in offered(index, "h")
    assert offered(index, "g", in_english=False) == ["Giò An"]


def test_alcohol_that_may_not_be_seen_offers_its_group_where_it_is_counted():
    index = shelf(("Rượu nếp", {"kind": "ruou", "group": ProductGroup.DRINK}), "Mật ong")
    row = index.rows[0]
    index.put(dataclasses.replace(row, is_alcohol=True), "")
    for typed in ("rượu", "ruou n", "wine"):
        assert offered(index, typed, in_english=False) == [NAMES[ProductGroup.DRINK]], typed
        assert offered(index, typed, with_alcohol=True, in_english=False)[0] == "Rượu nếp"
    assert offered(index, "bia", in_english=False) == []
