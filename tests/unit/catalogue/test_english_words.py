"""English words for kinds of product, one by one, beside Vietnamese names and places."""

import csv
import importlib.resources
from datetime import date

import pytest

from storefront.catalogue import kinds
from storefront.catalogue.search import engine, words
from storefront.catalogue.search.engine import Asked
from tests.unit.catalogue.test_suggestions import shelf

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
