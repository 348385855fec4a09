"""Reading listings one after the other, with their packs, for programs that want all of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from storefront.catalogue import picture_queries
from storefront.catalogue.errors import ListingNotFound
from storefront.catalogue.models import Listing, Variant
from storefront.certification.groups import ProductGroup
from storefront.database import session
from storefront.producers.models import Producer

Found = tuple[Listing, Producer]
_SHOWN = (Listing.is_published, Listing.is_alcohol.is_(False))


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the list is narrowed to."""

    group: ProductGroup | None = None
    stars: int | None = None
    commune_code: str | None = None
    producer_slug: str | None = None
    in_stock: bool | None = None


def page_after(last_id: int, most: int, day: date, wanted: Wanted) -> list[Found]:
    """The listings after that id, with their producers. Alcohol is shown to stated adults only, so not here."""
    found = sa.select(Listing, Producer).join(Producer, Producer.id == Listing.producer_id)
    found = found.where(*_SHOWN, Listing.id > last_id)
    if wanted.group is not None:
        found = found.where(Listing.group == wanted.group)
    if wanted.stars is not None:
        found = found.where(
            Listing.stars == wanted.stars, Listing.valid_from <= day, Listing.valid_until >= day
        )
    if wanted.commune_code is not None:
        found = found.where(Listing.commune_code == wanted.commune_code)
    if wanted.producer_slug is not None:
        found = found.where(Producer.slug == wanted.producer_slug)
    if wanted.in_stock is not None:
        found = found.where(Listing.in_stock.is_(wanted.in_stock))
    rows = session().execute(found.order_by(Listing.id).limit(most))
    return [(listing, producer) for listing, producer in rows]


def by_slug(slug: str) -> Found:
    """The listing of that address with its producer.

    :raises ListingNotFound: when there is none, or when it is alcohol.
    """
    found = sa.select(Listing, Producer).join(Producer, Producer.id == Listing.producer_id)
    row = session().execute(found.where(*_SHOWN, Listing.slug == slug)).one_or_none()
    if row is None:
        raise ListingNotFound(slug)
    return row[0], row[1]


def slugs_of_products(product_ids: Collection[int]) -> dict[int, str]:
    """The address of the listing of each of these registered products that has one here."""
    rows = session().execute(
        sa.select(Listing.product_id, Listing.slug).where(*_SHOWN, Listing.product_id.in_(product_ids))
    )
    return {product_id: slug for product_id, slug in rows}  # noqa: C416 - a Row is no tuple to mypy


def packs(listing_ids: Collection[int]) -> dict[int, list[Variant]]:
    """The packs on sale of these listings, by listing, in their order."""
    found: dict[int, list[Variant]] = {}
    wanted = sa.select(Variant).where(Variant.listing_id.in_(listing_ids), Variant.is_on_sale)
    for variant in session().scalars(wanted.order_by(Variant.position, Variant.id)):
        found.setdefault(variant.listing_id, []).append(variant)
    return found


def picture(found: Found, day: date) -> str | None:
    """The name of its picture, once it is drawn."""
    return picture_queries.drawn(found[0], found[1].name, day)
