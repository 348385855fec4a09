"""Reads listings for the index, by columns: all of them, or those of some ids."""

from __future__ import annotations

import functools
import itertools
import operator
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from storefront.catalogue import kinds, pricing
from storefront.catalogue.models import Listing, NetUnit, Variant
from storefront.catalogue.search.rows import Row
from storefront.certification.groups import ProductGroup
from storefront.certification.models import Certificate, RegisteredProduct
from storefront.database import in_pieces, session
from storefront.money import Vnd
from storefront.places import lookup
from storefront.producers.models import Producer, ProducerKind

_AT_ONCE = 2000
_Column = InstrumentedAttribute[int]
_GROUPS = {one.value: one for one in ProductGroup}
_PRODUCER_KINDS = {one.value: one for one in ProducerKind}
_UNITS = {one.value: one for one in NetUnit}
_Within = Callable[[_Column], sa.ColumnElement[bool]]
_Pack = tuple[Vnd, str, int, str]


def everything() -> Iterator[tuple[Row, str]]:
    """Every published listing with its texts, read piece by piece."""
    shared = _Shared()
    after = 0
    while True:
        ids = list(
            session().scalars(
                sa.select(Listing.id).where(Listing.id > after).order_by(Listing.id).limit(_AT_ONCE)
            )
        )
        if not ids:
            return
        first, after = ids[0], ids[-1]
        yield from _read(functools.partial(_between, first, after), shared)


def some(listing_ids: Sequence[int]) -> Iterator[tuple[Row, str]]:
    """Those of these listings that are published."""
    shared = _Shared()
    for ids in in_pieces(listing_ids):
        yield from _read(functools.partial(_among, ids), shared)


def published_ids() -> set[int]:
    """Ids of every published listing."""
    return set(session().scalars(sa.select(Listing.id).where(Listing.is_published)))


def count_published() -> int:
    """How many listings are published."""
    return session().scalar(sa.select(sa.func.count()).where(Listing.is_published)) or 0


def _plain(column: Any) -> sa.ColumnElement[str]:
    """An enum as the text it is stored as: of all listings the members are looked up faster by `_row`."""
    return sa.type_coerce(column, sa.Text())


def _rows(found: sa.Executable) -> Iterator[Any]:
    """What a statement finds, read past the object mapper, which takes as long as the database."""
    yield from session().connection().execute(found)


def _between(first: int, last: int, column: _Column) -> sa.ColumnElement[bool]:
    return column.between(first, last)


def _among(ids: Sequence[int], column: _Column) -> sa.ColumnElement[bool]:
    return column.in_(ids)


class _Shared(dict[Any, Any]):
    """Equal values as one object: names of places and producers stand on many listings."""

    def __missing__(self, value: Any) -> Any:
        self[value] = value
        return value


def _read(within: _Within, shared: _Shared) -> Iterator[tuple[Row, str]]:
    """The published listings whose id is `within`."""
    packs = _cheapest_packs(within)
    decisions = _decisions(within)
    found = (
        sa.select(
            Listing.id,
            Listing.product_id,
            Listing.slug,
            Listing.name,
            Listing.kind,
            _plain(Listing.group).label("group"),
            Listing.producer_id,
            Listing.commune_code,
            Listing.commune_name,
            Listing.stars,
            Listing.certified_year,
            Listing.valid_from,
            Listing.valid_until,
            Listing.is_alcohol,
            Listing.in_stock,
            Listing.season_from,
            Listing.season_until,
            Listing.description,
            Listing.ingredients,
            Listing.usage,
            Producer.slug.label("producer_slug"),
            Producer.name.label("producer_name"),
            _plain(Producer.kind).label("producer_kind"),
            RegisteredProduct.commune_old,
            RegisteredProduct.district_old,
        )
        .join(Producer, Producer.id == Listing.producer_id)
        .join(RegisteredProduct, RegisteredProduct.id == Listing.product_id)
        .where(Listing.is_published, within(Listing.id))
        .order_by(Listing.id)
    )
    for one in _rows(found):
        yield _row(one, packs.get(one.id, (None, 0)), decisions.get(one.product_id, ""), shared)


def _cheapest_packs(within: _Within) -> dict[int, tuple[_Pack | None, int]]:
    """For each listing its cheapest variant on sale, and how many are on sale; where some are on hand, of those."""
    is_on_hand = Variant.left_shown > 0
    found = (
        sa.select(
            Variant.listing_id,
            is_on_hand,
            Variant.price_vnd,
            Variant.label,
            Variant.net_quantity,
            _plain(Variant.net_unit),
        )
        .where(Variant.is_on_sale, within(Variant.listing_id))
        .order_by(Variant.listing_id, is_on_hand.desc(), Variant.price_vnd, Variant.id)
    )
    packs: dict[int, tuple[_Pack | None, int]] = {}
    for (listing_id, _), alike in itertools.groupby(_rows(found), operator.itemgetter(0, 1)):
        if listing_id not in packs:
            first, *others = alike
            packs[listing_id] = first[2:], len(others) + 1
    return packs


def _decisions(within: _Within) -> dict[int, str]:
    """The decision numbers of each product, one after the other."""
    found = (
        sa.select(Certificate.product_id, Certificate.decision_number)
        .join(Listing, Listing.product_id == Certificate.product_id)
        .where(Certificate.decision_number.is_not(None), within(Listing.id))
    )
    decisions: dict[int, str] = {}
    for product_id, number in _rows(found.order_by(Certificate.product_id, Certificate.id)):
        decisions[product_id] = f"{decisions.get(product_id, '')} {number}"
    return decisions


def _row(one: Any, packs: tuple[_Pack | None, int], decisions: str, shared: _Shared) -> tuple[Row, str]:
    group = _GROUPS[one.group]
    kind = kinds.KINDS.get(one.kind) or kinds.KINDS[kinds.OF_GROUP[group]]
    first, count = packs
    per = pricing.unit_price(first[0], first[2], _UNITS[first[3]]) if first else None
    districts = lookup.home_districts_of(one.commune_code, one.district_old)
    body = f"{one.description} {one.ingredients} {one.usage}"
    row = Row(
        id=one.id,
        slug=one.slug,
        name=one.name,
        kind=kind.key,
        group=group,
        producer_id=one.producer_id,
        producer_slug=shared[one.producer_slug],
        producer_name=shared[one.producer_name],
        producer_kind=_PRODUCER_KINDS[one.producer_kind],
        commune_code=shared[one.commune_code],
        commune_name=shared[one.commune_name],
        districts=districts,
        stars=one.stars,
        certified_year=one.certified_year,
        valid_from=shared[one.valid_from],
        valid_until=shared[one.valid_until],
        is_alcohol=one.is_alcohol,
        in_stock=one.in_stock,
        season_from=one.season_from,
        season_until=one.season_until,
        price_vnd=shared[first[0]] if first else None,
        price_from=count > 1,
        variant_label=shared[first[1]] if first else "",
        unit_price_vnd=shared[per.amount_vnd] if per else None,
        unit_price_unit=per.unit if per else "",
        words=(
            one.name,
            kind.word,
            shared[one.producer_name],
            shared[_places(one, districts) + decisions],
            hash(body),
        ),
    )
    return row, body


def _places(one: Any, districts: tuple[str, ...]) -> str:
    """The commune by its name of today and by the old ones; where the old one is known, by that alone."""
    told = [one.commune_name or "", one.commune_old or "", one.district_old or "", *districts]
    if one.commune_code and not one.commune_old:
        told.extend(lookup.names_before(one.commune_code))
    return " ".join(told)
