"""The demo in English: every text is there, says what it may, and leaves no Vietnamese but names."""

import re
import unicodedata

import pytest
import sqlalchemy as sa

from storefront import languages, text
from storefront.catalogue import claims
from storefront.catalogue.models import TEXTS, Listing, Variant
from storefront.certification.models import RegisteredProduct
from storefront.cli.demo import load
from storefront.database import transaction
from storefront.fulfilment.models import Zone
from storefront.places import lookup
from storefront.producers.models import Producer
from storefront.stock.models import Point
from storefront.traceability.models import TraceEvent
from storefront.web import names

TOLD = {
    Listing: TEXTS,
    TraceEvent: ("title", "note"),
    Point: ("street", "opening_hours"),
    Zone: ("name",),
}
BOASTS = ("award", "best-selling", "famous", "finest", "guaranteed", "leading", "number one", "world-class")
WORD = re.compile(r"[^\W\d_]+")
DISHES = {"đơ"}
"""Of cu đơ, which has no English name."""


@pytest.fixture
def filled(app):
    with transaction():
        load.fill()


@pytest.fixture
def pairs(filled, db_session):
    """(what it is, Vietnamese, English) of everything that is told in both."""
    return [
        (f"{model.__tablename__} {row.id} {column}", getattr(row, column), getattr(row, f"{column}_en"))
        for model, columns in TOLD.items()
        for row in db_session.scalars(sa.select(model))
        for column in columns
    ]


def has_marks(word):
    return "đ" in word.lower() or unicodedata.normalize("NFD", word) != word


def test_every_text_of_the_demo_has_its_english(pairs):
    assert len(pairs) > 129 * 5 + 483 * 2
    assert [what for what, vietnamese, english in pairs if bool(vietnamese) != bool(english)] == []


def test_english_leaves_nothing_vietnamese_but_names(pairs, db_session):
    named = sa.select(
        RegisteredProduct.name,
        Producer.name,
        RegisteredProduct.commune_name,
        RegisteredProduct.commune_old,
        RegisteredProduct.district_old,
    ).join(Producer, Producer.id == RegisteredProduct.producer_id)
    known = {word for row in db_session.execute(named) for name in row if name for word in WORD.findall(name)}
    known |= {word for province in lookup.provinces() for word in WORD.findall(province.name)}
    known = {text.fold(word) for word in known}
    left = [
        (what, word)
        for what, _vietnamese, english in pairs
        for word in WORD.findall(english or "")
        if has_marks(word) and word not in DISHES and not (word[0].isupper() and text.fold(word) in known)
    ]
    assert left == []


def test_english_says_nothing_it_may_not(pairs):
    for what, _vietnamese, english in pairs:
        assert claims.first_in(english) is None, what
        assert not any(boast in english.lower() for boast in BOASTS), what


def test_numbers_are_the_same_in_both(pairs):
    """Degrees, days and minutes must not get lost in translation."""
    number = re.compile(r"\d+")
    wrong = [
        (what, vietnamese, english)
        for what, vietnamese, english in pairs
        if not set(number.findall(vietnamese)) <= set(number.findall(english))
    ]
    assert wrong == []


def test_every_pack_has_an_english_label(filled, db_session):
    labels = set(db_session.scalars(sa.select(Variant.label)))
    with languages.speaking(languages.ENGLISH):
        told = {label: names.plain_pack(label) for label in labels}
    assert len(labels) > 50
    left = {label: english for label, english in told.items() if any(map(has_marks, WORD.findall(english)))}
    assert left == {}
