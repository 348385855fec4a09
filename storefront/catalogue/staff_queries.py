"""Reading listings for those who keep them: published or not, alcohol included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import sqlalchemy as sa

from storefront import text
from storefront.catalogue.models import Listing
from storefront.catalogue.queries import AnySelect
from storefront.certification import queries as register
from storefront.certification.models import RegisteredProduct
from storefront.certification.validity import CertificateState
from storefront.database import session
from storefront.producers.models import Producer

PAGE_SIZE = 50


class Show(StrEnum):
    """Which listings are wanted."""

    ALL = "tat-ca"
    PUBLISHED = "dang-ban"
    HIDDEN = "dang-an"
    OUT_OF_STOCK = "het-hang"


@dataclass(frozen=True, kw_only=True)
class StaffRow:
    """One listing in the table; `state` is its certificate's, from the register."""

    listing: Listing
    producer_name: str
    state: CertificateState


def page(query: str, show: Show, number: int, day: date) -> tuple[list[StaffRow], int]:
    """One page of listings in which every word of `query` occurs, and how many there are."""
    columns: AnySelect = sa.select(Listing, Producer.name)
    found = columns.join(Producer, Producer.id == Listing.producer_id)
    if show in (Show.PUBLISHED, Show.OUT_OF_STOCK):
        found = found.where(Listing.is_published)
    if show is Show.HIDDEN:
        found = found.where(Listing.is_published.is_(False))
    if show is Show.OUT_OF_STOCK:
        found = found.where(Listing.in_stock.is_(False))
    for word in _words(query):
        found = found.where(Listing.search_text.contains(word, autoescape=True))
    total = _count(found)
    rows = session().execute(_cut(found.order_by(Listing.search_text, Listing.id), number)).all()
    states = register.states_of([one.product_id for one, _name in rows], day)
    return [
        StaffRow(listing=one, producer_name=name, state=states[one.product_id]) for one, name in rows
    ], total


def products_without_listing(query: str, number: int) -> tuple[list[tuple[RegisteredProduct, str]], int]:
    """One page of registered products that no listing shows, with their producer's name, and how many there are."""
    columns: AnySelect = sa.select(RegisteredProduct, Producer.name)
    found = columns.join(Producer, Producer.id == RegisteredProduct.producer_id).where(
        ~sa.exists().where(Listing.product_id == RegisteredProduct.id)
    )
    places = (RegisteredProduct.name_folded, RegisteredProduct.place_folded, Producer.name_folded)
    for word in _words(query):
        found = found.where(sa.or_(*(column.contains(word, autoescape=True) for column in places)))
    total = _count(found)
    rows = session().execute(
        _cut(found.order_by(RegisteredProduct.name_folded, RegisteredProduct.id), number)
    )
    return [(product, name) for product, name in rows], total


def _words(query: str) -> list[str]:
    return text.fold(query).split()[:8]


def _count(found: AnySelect) -> int:
    return session().scalar(sa.select(sa.func.count()).select_from(found.subquery())) or 0


def _cut(found: AnySelect, number: int) -> AnySelect:
    return found.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
