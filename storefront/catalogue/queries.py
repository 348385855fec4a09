"""Reading listings: cards for lists, one listing for its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from storefront import text
from storefront.catalogue import kinds, pricing
from storefront.catalogue.errors import ListingNotFound
from storefront.catalogue.models import FormerSlug, Listing, Variant
from storefront.certification.groups import ProductGroup
from storefront.database import session
from storefront.money import Vnd
from storefront.producers.models import Producer

AnySelect = sa.Select[*tuple[Any, ...]]
PAGE_SIZE = 24


class Sort(StrEnum):
    """Order of a list; in each, what can be bought today comes first."""

    RELEVANCE = "phu-hop"
    NEWEST = "moi"
    CHEAPEST = "gia-tang"
    DEAREST = "gia-giam"
    STARS = "sao"
    NAME = "ten"


@dataclass(frozen=True, kw_only=True)
class ListingFilter:
    """What a list is narrowed to."""

    query: str = ""
    group: ProductGroup | None = None
    stars: int | None = None
    commune_code: str | None = None
    producer_id: int | None = None
    only_valid: bool = False
    with_alcohol: bool = False


@dataclass(frozen=True, kw_only=True)
class ListingCard:
    """One listing as a card shows it."""

    id: int
    slug: str
    name: str
    kind: str
    group: ProductGroup
    producer_name: str
    commune_name: str | None
    stars: int | None
    certified_year: int | None
    valid_until: date | None
    is_valid: bool
    is_alcohol: bool
    in_stock: bool
    price_vnd: Vnd | None
    price_from: bool
    variant_label: str
    unit_price_vnd: Vnd | None
    unit_price_unit: str


def is_valid_on(day: date) -> sa.ColumnElement[bool]:
    """The listing's certificate holds on that day."""
    return sa.and_(Listing.valid_from <= day, Listing.valid_until >= day)


def page(wanted: ListingFilter, sort: Sort, number: int, day: date) -> tuple[list[ListingCard], int]:
    """One page of cards and how many listings there are in all."""
    found = _narrowed(sa.select(Listing.id), wanted, day)
    total = session().scalar(sa.select(sa.func.count()).select_from(found.subquery())) or 0
    rows = _narrowed(_card_columns(day), wanted, day).order_by(*_order(sort, wanted, day))
    return _cards(rows.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)), total


def some(wanted: ListingFilter, sort: Sort, count: int, day: date, without: int = 0) -> list[ListingCard]:
    """The first cards of a list, one listing left out (the page it stands on)."""
    rows = _narrowed(_card_columns(day), wanted, day).where(Listing.id != without)
    return _cards(rows.order_by(*_order(sort, wanted, day)).limit(count))


def related(listing: Listing, day: date, with_alcohol: bool, count: int = 8) -> list[ListingCard]:
    """What can be bought instead or besides: same producer, commune, kind or group, nearest first."""
    nearness = sa.case(
        (Listing.producer_id == listing.producer_id, 0),
        (Listing.kind == listing.kind, 1),
        (Listing.commune_code == listing.commune_code, 2),
        else_=3,
    )
    rows = _narrowed(_card_columns(day), ListingFilter(only_valid=True, with_alcohol=with_alcohol), day)
    near = sa.or_(nearness < 3, Listing.group == listing.group)
    order = (Listing.in_stock.desc(), nearness, Listing.stars.desc(), Listing.id)
    return _cards(rows.where(Listing.id != listing.id, near).order_by(*order).limit(count))


def count_by_group() -> dict[ProductGroup, int]:
    """Number of published listings of each group that has one."""
    rows = session().execute(
        sa.select(Listing.group, sa.func.count()).where(Listing.is_published).group_by(Listing.group)
    )
    return {group: count for group, count in rows}  # noqa: C416 - a Row is not a tuple to the type checker


def communes() -> list[tuple[str, str]]:
    """Code and name of every commune that has a published listing, by name."""
    rows = session().execute(
        sa.select(Listing.commune_code, sa.func.min(Listing.commune_name))
        .where(Listing.is_published, Listing.commune_code.is_not(None))
        .group_by(Listing.commune_code)
    )
    return sorted(
        ((code, name) for code, name in rows if code and name), key=lambda pair: text.sort_key(pair[1])
    )


def by_slug(slug: str) -> Listing:
    """The published listing with that address.

    :raises ListingNotFound: when there is none; it knows the new address of a renamed one.
    """
    listing = session().scalar(sa.select(Listing).where(Listing.slug == slug, Listing.is_published))
    if listing:
        return listing
    moved = session().scalar(
        sa.select(Listing.slug)
        .join(FormerSlug, FormerSlug.listing_id == Listing.id)
        .where(FormerSlug.slug == slug, Listing.is_published)
    )
    raise ListingNotFound(slug, moved)


def by_id(listing_id: int) -> Listing:
    """The listing, published or not.

    :raises ListingNotFound: when there is none.
    """
    listing = session().get(Listing, listing_id)
    if listing is None:
        raise ListingNotFound(str(listing_id))
    return listing


def listing_of_product(product_id: int) -> int | None:
    """Id of the listing of that registered product, published or not."""
    return session().scalar(sa.select(Listing.id).where(Listing.product_id == product_id))


def slugs_of_products(product_ids: Sequence[int]) -> dict[int, str]:
    """Address of the published listing of each of these registered products."""
    rows = session().execute(
        sa.select(Listing.product_id, Listing.slug).where(
            Listing.product_id.in_(product_ids), Listing.is_published
        )
    )
    return {product_id: slug for product_id, slug in rows}  # noqa: C416


def variants_of(listing_id: int, only_on_sale: bool = True) -> list[Variant]:
    """Variants of a listing in their order."""
    found = sa.select(Variant).where(Variant.listing_id == listing_id)
    if only_on_sale:
        found = found.where(Variant.is_on_sale)
    return list(session().scalars(found.order_by(Variant.position, Variant.id)))


def can_be_sold(listing: Listing, day: date) -> bool:
    """Published, certificate valid that day, and not alcohol (which needs prepayment, not offered yet)."""
    if (
        not listing.is_published
        or listing.is_alcohol
        or listing.valid_from is None
        or listing.valid_until is None
    ):
        return False
    return listing.valid_from <= day <= listing.valid_until


def _card_columns(day: date) -> AnySelect:
    columns: AnySelect = sa.select(Listing, Producer.name, is_valid_on(day).label("is_valid"))
    return columns.join(Producer, Producer.id == Listing.producer_id)


def _narrowed(found: AnySelect, wanted: ListingFilter, day: date) -> AnySelect:
    found = found.where(Listing.is_published)
    if not wanted.with_alcohol:
        found = found.where(Listing.is_alcohol.is_(False))
    if wanted.group:
        found = found.where(Listing.group == wanted.group)
    if wanted.stars:
        found = found.where(Listing.stars == wanted.stars, is_valid_on(day))
    if wanted.commune_code:
        found = found.where(Listing.commune_code == wanted.commune_code)
    if wanted.producer_id:
        found = found.where(Listing.producer_id == wanted.producer_id)
    if wanted.only_valid:
        found = found.where(is_valid_on(day))
    for word in text.fold(wanted.query).split()[:8]:
        found = found.where(Listing.search_text.contains(word, autoescape=True))
    return found


def _order(sort: Sort, wanted: ListingFilter, day: date) -> list[Any]:
    valid = sa.case((is_valid_on(day), 0), else_=1)
    buyable = sa.case(
        (sa.and_(is_valid_on(day), Listing.in_stock, Listing.is_alcohol.is_(False)), 0), else_=1
    )
    chosen: dict[Sort, list[Any]] = {
        Sort.RELEVANCE: [Listing.stars.desc().nulls_last(), Listing.valid_from.desc().nulls_last()],
        Sort.NEWEST: [Listing.valid_from.desc().nulls_last()],
        Sort.CHEAPEST: [Listing.lowest_price_vnd.asc().nulls_last()],
        Sort.DEAREST: [Listing.lowest_price_vnd.desc().nulls_last()],
        Sort.STARS: [Listing.stars.desc().nulls_last()],
        Sort.NAME: [],
    }
    in_name: list[Any] = []
    if wanted.query and sort is Sort.RELEVANCE:
        whole = text.fold(wanted.query)
        in_name = [sa.case((Listing.search_text.startswith(whole, autoescape=True), 0), else_=1)]
    return [buyable, valid, *in_name, *chosen[sort], Listing.search_text, Listing.id]


def _cards(rows: AnySelect) -> list[ListingCard]:
    found = list(session().execute(rows))
    cheapest = _cheapest_variants([listing.id for listing, _, _ in found])
    return [_card(listing, name, bool(valid), cheapest.get(listing.id, [])) for listing, name, valid in found]


def _cheapest_variants(listing_ids: Sequence[int]) -> dict[int, list[Variant]]:
    found: dict[int, list[Variant]] = {}
    wanted = sa.select(Variant).where(Variant.listing_id.in_(listing_ids), Variant.is_on_sale)
    for variant in session().scalars(wanted.order_by(Variant.price_vnd, Variant.id)):
        found.setdefault(variant.listing_id, []).append(variant)
    return found


def _card(listing: Listing, producer_name: str, valid: bool, variants: list[Variant]) -> ListingCard:
    first = variants[0] if variants else None
    per = pricing.unit_price(first.price_vnd, first.net_quantity, first.net_unit) if first else None
    return ListingCard(
        id=listing.id,
        slug=listing.slug,
        name=listing.name,
        kind=listing.kind if listing.kind in kinds.KINDS else kinds.OF_GROUP[listing.group],
        group=listing.group,
        producer_name=producer_name,
        commune_name=listing.commune_name,
        stars=listing.stars if valid else None,
        certified_year=listing.certified_year,
        valid_until=listing.valid_until,
        is_valid=valid,
        is_alcohol=listing.is_alcohol,
        in_stock=listing.in_stock,
        price_vnd=first.price_vnd if first else None,
        price_from=len(variants) > 1,
        variant_label=first.label if first else "",
        unit_price_vnd=per.amount_vnd if per else None,
        unit_price_unit=per.unit if per else "",
    )
