"""Reading what can be bought today, pack by pack, without holding the whole catalogue in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from storefront.catalogue import picture_queries
from storefront.catalogue.models import Listing, Variant
from storefront.database import session
from storefront.producers.models import Producer


@dataclass(frozen=True, kw_only=True)
class PackOnSale:
    """A pack that may be sold on that day, whether or not any is left."""

    listing: Listing
    variant: Variant
    producer_name: str
    packs: int
    """How many packs the listing has on sale."""
    picture: str | None


def packs_on_sale(day: date) -> Iterator[PackOnSale]:
    """Every pack on sale of every listing whose certificate holds; alcohol is not sold."""
    siblings = sa.func.count(Variant.id).over(partition_by=Variant.listing_id)
    rows = session().execute(
        sa.select(Listing, Variant, Producer.name, siblings)
        .join(Variant, Variant.listing_id == Listing.id)
        .join(Producer, Producer.id == Listing.producer_id)
        .where(
            Listing.is_published,
            Listing.is_alcohol.is_(False),
            Listing.valid_from <= day,
            Listing.valid_until >= day,
            Variant.is_on_sale,
        )
        .order_by(Listing.id, Variant.position, Variant.id)
        .execution_options(yield_per=500)
    )
    for listing, variant, producer, packs in rows:
        yield PackOnSale(
            listing=listing,
            variant=variant,
            producer_name=producer,
            packs=packs,
            picture=picture_queries.drawn(listing, producer, day),
        )
