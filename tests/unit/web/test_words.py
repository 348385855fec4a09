"""English is whole: every message of the source has a text, none is left over, and both fill in the same values."""

import re
import time

import pytest

from storefront import languages
from storefront.web import i18n
from tools import words

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%|%")
LINK = re.compile(r"<[^>]+>")


@pytest.fixture(scope="module")
def source():
    return words.extracted()


@pytest.fixture(scope="module")
def english():
    return words.read()


def ids(catalogue):
    return {one.id if isinstance(one.id, str) else tuple(one.id) for one in catalogue if one.id}


def test_every_message_has_an_english_text(source, english):
    assert ids(source) - ids(english) == set(), "run `make words`, then write what is missing"
    assert words.without_text(english) == []


def test_no_english_text_is_left_over(source, english):
    assert ids(english) - ids(source) == set(), "run `make words`"
    assert not list(english.obsolete)
    assert [one.id for one in english if one.fuzzy and one.id] == []


def test_make_words_changes_nothing_in_a_file_that_is_up_to_date(source, english):
    made = words.updated(english, source)
    assert [one.id for one in made] == [one.id for one in english]


def test_both_languages_fill_in_the_same_values(english):
    for message in english:
        if not message.id:
            continue
        vietnamese = [message.id] if isinstance(message.id, str) else list(message.id)
        wanted = set().union(*(PLACEHOLDER.findall(one) for one in vietnamese))
        for place, text in enumerate(words.texts(message)):
            found = set(PLACEHOLDER.findall(text))
            # one thing may be written as a word
            assert found == wanted or (place == 0 and len(vietnamese) == 2 and found == wanted - {"num"}), (
                text
            )
            assert sorted(LINK.findall(text)) == sorted(LINK.findall(vietnamese[0])), text


def test_sentences_end_alike(english):
    for message in english:
        if isinstance(message.id, str) and message.id:
            assert (
                message.id.rstrip()[-1:].isalnum()
                or message.id[-1] in ").”%"
                or (
                    message.string[-1] == message.id[-1] or (message.id[-1], message.string[-1]) == ("…", "…")
                )
            ), message.string


def test_no_vietnamese_is_left_in_an_english_text(english):
    names = ("Hà Tĩnh", "Hà\u00a0Tĩnh", "đồng")
    for message in english:
        for text in words.texts(message):
            for name in names:
                text = text.replace(name, "")
            assert re.search(r"[^\x00-\x7f“”’…–→·×]", text) is None, text


def test_reading_it_costs_little_at_the_start():
    i18n.catalogue.cache_clear()
    began = time.process_time()
    found = i18n.catalogue("en")
    took = time.process_time() - began
    assert len(found.texts) > 1000
    assert took < 1  # 20 ms where this was written


def test_a_count_chooses_the_form():
    with languages.speaking("en"):
        assert i18n.counted("%(num)s sản phẩm", 1) == "1 product"
        assert i18n.counted("%(num)s sản phẩm", 1250) == "1,250 products"
    assert i18n.counted("%(num)s sản phẩm", 1250) == "1.250 sản phẩm"


def test_a_lazy_message_is_read_when_it_is_shown():
    made = i18n.lazy("Đặt hàng")
    with languages.speaking("en"):
        assert str(made) == "Check out"
    assert str(made) == "Đặt hàng"
