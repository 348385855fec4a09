"""Reading listings: cards for lists, one listing for its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from storefront.catalogue.cards import ListingCard, Sort
from storefront.catalogue.errors import ListingNotFound, VariantNotFound
from storefront.catalogue.models import FormerSlug, Listing, Variant
from storefront.catalogue.search import engine
from storefront.catalogue.search import live as search
from storefront.catalogue.search import related as relations
from storefront.catalogue.search.engine import Asked
from storefront.catalogue.search.facets import Facet
from storefront.certification.groups import ProductGroup
from storefront.certification.models import RegisteredProduct
from storefront.database import session
from storefront.money import Vnd
from storefront.producers.models import Producer

__all__ = ["ListingCard", "Sort"]

AnySelect = sa.Select[*tuple[Any, ...]]


@dataclass(frozen=True, kw_only=True)
class ListingFilter:
    """What a row of cards is narrowed to."""

    only_valid: bool = False
    with_alcohol: bool = False


class Pack(NamedTuple):
    """A variant with what its listing says of being sold."""

    price_vnd: Vnd
    label: str
    is_on_sale: bool
    name: str
    """Of the listing."""
    is_published: bool
    is_alcohol: bool
    valid_from: date | None
    valid_until: date | None


class Listed(NamedTuple):
    """Where a registered product is sold, and as what."""

    slug: str
    kind: str


def is_valid_on(day: date) -> sa.ColumnElement[bool]:
    """The listing's certificate holds on that day."""
    return sa.and_(Listing.valid_from <= day, Listing.valid_until >= day)


def some(wanted: ListingFilter, sort: Sort, count: int, day: date) -> list[ListingCard]:
    """The first cards of a list; those that can be bought today stand first."""
    with search.current() as index:
        asked = Asked(sort=sort, only_valid=wanted.only_valid, with_alcohol=wanted.with_alcohol)
        return engine.cards(index, asked, day, count)


def of_producer(producer_id: int, day: date, with_alcohol: bool, most: int) -> tuple[list[ListingCard], int]:
    """The cards of a producer by name, and how many are left out for being alcohol."""
    with search.current() as index:
        asked = Asked(sort=Sort.NAME, producer_id=producer_id, with_alcohol=with_alcohol)
        everything = engine.shown(index, Asked(producer_id=producer_id, with_alcohol=True), day)
        hidden = everything & ~engine.shown(index, asked, day)
        return engine.cards(index, asked, day, most), hidden.bit_count()


def related(listing: Listing, day: date, with_alcohol: bool, count: int = 8) -> list[ListingCard]:
    """What can be bought instead or besides, nearest first (`search.related`)."""
    with search.current() as index:
        return relations.related(index, listing.id, day, with_alcohol=with_alcohol, count=count)


def count_by_group() -> dict[ProductGroup, int]:
    """Number of published listings of each group that has one, alcohol included."""
    with search.current() as index:
        return {ProductGroup(value): found.bit_count() for value, found in index.values[Facet.GROUP].items()}


def by_slug(slug: str) -> tuple[Listing, Producer, RegisteredProduct]:
    """The published listing with that address, whose it is, and what the register calls it.

    :raises ListingNotFound: when there is none; it knows the new address of a renamed one.
    """
    row = session().execute(_BY_SLUG, {"slug": slug}).one_or_none()
    if row:
        return row[0], row[1], row[2]
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


def pack(variant_id: int) -> Pack:
    """What is asked of a variant that is to be bought.

    :raises VariantNotFound: when there is none.
    """
    row = session().connection().execute(_PACK, {"variant": variant_id}).one_or_none()
    if row is None:
        raise VariantNotFound(str(variant_id))
    return Pack._make(row)


def listing_of_product(product_id: int) -> int | None:
    """Id of the listing of that registered product, published or not."""
    return session().scalar(sa.select(Listing.id).where(Listing.product_id == product_id))


def listed(product_ids: Sequence[int]) -> dict[int, Listed]:
    """Address and kind of the published listing of each of these registered products."""
    rows = session().execute(
        sa.select(Listing.product_id, Listing.slug, Listing.kind).where(
            Listing.product_id.in_(product_ids), Listing.is_published
        )
    )
    return {product_id: Listed(slug, kind) for product_id, slug, kind in rows}


def variants_of(listing_id: int, only_on_sale: bool = True) -> list[Variant]:
    """Variants of a listing in their order."""
    found = list(session().scalars(_VARIANTS, {"listing": listing_id}))
    return [variant for variant in found if variant.is_on_sale] if only_on_sale else found


def named(variant_ids: Sequence[int]) -> list[tuple[Listing, Variant]]:
    """These variants with their listings, in the order asked for."""
    rows = session().execute(
        sa.select(Listing, Variant)
        .join(Variant, Variant.listing_id == Listing.id)
        .where(Variant.id.in_(variant_ids))
    )
    found = {variant.id: (listing, variant) for listing, variant in rows}
    return [found[variant_id] for variant_id in variant_ids if variant_id in found]


def can_be_sold(listing: Listing | Pack, day: date) -> bool:
    """Published, certificate valid that day, and not alcohol (which needs prepayment, not offered yet)."""
    if (
        not listing.is_published
        or listing.is_alcohol
        or listing.valid_from is None
        or listing.valid_until is None
    ):
        return False
    return listing.valid_from <= day <= listing.valid_until


# Asked by every product page, so built once.
_BY_SLUG = (
    sa.select(Listing, Producer, RegisteredProduct)
    .join(Producer, Producer.id == Listing.producer_id)
    .join(RegisteredProduct, RegisteredProduct.id == Listing.product_id)
    .where(Listing.slug == sa.bindparam("slug"), Listing.is_published)
)
_PACK = (
    sa.select(
        Variant.price_vnd,
        Variant.label,
        Variant.is_on_sale,
        Listing.name,
        Listing.is_published,
        Listing.is_alcohol,
        Listing.valid_from,
        Listing.valid_until,
    )
    .join(Listing, Listing.id == Variant.listing_id)
    .where(Variant.id == sa.bindparam("variant"))
)
_VARIANTS = (
    sa.select(Variant)
    .where(Variant.listing_id == sa.bindparam("listing"))
    .order_by(Variant.position, Variant.id)
)
