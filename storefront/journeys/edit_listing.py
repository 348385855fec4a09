"""What staff change about a listing: texts, address, packs, stock. Stars and dates come from the register alone.

Every change locks the listing first, so that of two that clash the second sees what the first did.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from storefront import clock
from storefront.catalogue import service as catalogue
from storefront.catalogue.errors import AlreadyListed, LabelTaken, ListingNotFound, VariantNotFound
from storefront.catalogue.models import Listing, Variant
from storefront.catalogue.service import ListingText, VariantText
from storefront.certification.models import RegisteredProduct
from storefront.database import session
from storefront.errors import Conflict, NotFound
from storefront.journeys import note_stock, sync_certificates
from storefront.producers.models import Producer
from storefront.stock import queries as stock_queries
from storefront.stock import service as stock
from storefront.stock.errors import StockItemNotFound
from storefront.stock.models import Lot, MovementReason, StockItem


class ProductNotFound(NotFound):
    """The register has no such product."""


class MovedOn(Conflict):
    """Somebody changed it after the form was opened."""


class LotDiffers(Conflict):
    """The lot of that day is known with another last day, `expires_on`."""

    def __init__(self, expires_on: date | None) -> None:
        super().__init__(str(expires_on))
        self.expires_on = expires_on


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What came in. `seen` is how often the listing had been received when the form was opened."""

    variant_id: int
    point_id: int
    produced_on: date
    expires_on: date | None
    shelf: str
    quantity: int
    seen: int


def make(*, product_id: int, words: ListingText, is_published: bool, now: datetime) -> Listing:
    """A listing for a registered product that has none.

    :raises ProductNotFound: when the register does not know it.
    :raises AlreadyListed: when it has one.
    """
    product = session().get(RegisteredProduct, product_id, with_for_update=True)
    if product is None:
        raise ProductNotFound(str(product_id))
    known = session().scalar(sa.select(Listing.id).where(Listing.product_id == product_id))
    if known:
        raise AlreadyListed(known)
    listing = _keep(product, words, is_published, now)
    sync_certificates.run(day=clock.local_day(now), product_ids=[product_id])
    return listing


def change_words(
    *, listing_id: int, words: ListingText, is_published: bool, seen: str, now: datetime
) -> None:
    """Bring a listing's texts up to these words; `seen` is its `updated_at` (ISO) when the form was opened.

    :raises MovedOn: when it was changed since.
    """
    listing = _locked(listing_id)
    if listing.updated_at.isoformat() != seen:
        raise MovedOn(str(listing_id))
    _keep(session().get_one(RegisteredProduct, listing.product_id), words, is_published, now)


def rename(*, listing_id: int, slug: str) -> None:
    """Give a listing another address.

    :raises AddressTaken: when another listing has or had it.
    """
    catalogue.rename_address(_locked(listing_id), slug)


def add_variant(*, listing_id: int, words: VariantText, now: datetime) -> None:
    """Add a pack after the others.

    :raises LabelTaken: when the listing has one of that label.
    """
    listing = _locked(listing_id)
    rows = session().execute(
        sa.select(Variant.label, Variant.position).where(Variant.listing_id == listing_id)
    )
    positions = {label: position for label, position in rows}  # noqa: C416
    if words.label in positions:
        raise LabelTaken(words.label)
    after = max(positions.values(), default=0) + 1
    catalogue.keep_variant(listing=listing, words=words, position=after, now=now)


def change_variant(*, listing_id: int, variant_id: int, words: VariantText, now: datetime) -> None:
    """Change a pack; what is in stock follows when it goes on or off sale.

    :raises VariantNotFound: when the listing has no such pack.
    :raises LabelTaken: when another pack of it has that label.
    """
    _locked(listing_id)
    _variant_of(listing_id, variant_id)
    catalogue.change_variant(variant_id=variant_id, words=words, now=now)
    note_stock.run(listing_ids=[listing_id], day=clock.local_day(now))


def correct_stock(
    *, listing_id: int, item_id: int, on_hand: int, seen: int, actor_id: int, now: datetime
) -> None:
    """Correct what is on hand to what was counted.

    :raises StockItemNotFound: when it is no stock of that listing.
    :raises MovedOn: when it no longer says what the counter saw.
    """
    _locked(listing_id)
    item = session().get(StockItem, item_id)
    if item is None or session().get_one(Variant, item.variant_id).listing_id != listing_id:
        raise StockItemNotFound(str(item_id))
    cause = stock.Cause(reason=MovementReason.CORRECTED, reference="đếm lại", actor_id=actor_id, now=now)
    if not stock.set_on_hand(item_id=item_id, on_hand=on_hand, seen=seen, cause=cause):
        raise MovedOn(str(item_id))
    note_stock.run(listing_ids=[listing_id], day=clock.local_day(now))


def receive(*, listing_id: int, came: Delivery, actor_id: int, now: datetime) -> Lot:
    """Take stock in, under the lot of the day it was made (a new lot gets its code here).

    :raises VariantNotFound: when the listing has no such pack.
    :raises PointNotFound: when there is no such point.
    :raises MovedOn: when something of the listing was received since the form was opened (a form sent twice).
    :raises LotDiffers: when that day's lot is known with another last day.
    """
    listing = _locked(listing_id)
    _variant_of(listing_id, came.variant_id)
    point = stock_queries.point(came.point_id)
    if stock_queries.times_received(listing_id) != came.seen:
        raise MovedOn(str(listing_id))
    lot = stock.keep_lot(
        listing_id=listing_id,
        produced_on=came.produced_on,
        shelf_life_days=listing.shelf_life_days,
        expires_on=came.expires_on,
        now=now,
    )
    if came.expires_on and lot.expires_on != came.expires_on:
        raise LotDiffers(lot.expires_on)
    stock.receive(
        variant_id=came.variant_id,
        lot_id=lot.id,
        point_id=point.id,
        shelf=came.shelf,
        quantity=came.quantity,
        cause=stock.Cause(reason=MovementReason.RECEIVED, reference=lot.code, actor_id=actor_id, now=now),
    )
    note_stock.run(listing_ids=[listing_id], day=clock.local_day(now))
    return lot


def _locked(listing_id: int) -> Listing:
    listing = session().get(Listing, listing_id, with_for_update=True, populate_existing=True)
    if listing is None:
        raise ListingNotFound(str(listing_id))
    return listing


def _variant_of(listing_id: int, variant_id: int) -> None:
    variant = session().get(Variant, variant_id)
    if variant is None or variant.listing_id != listing_id:
        raise VariantNotFound(str(variant_id))


def _keep(product: RegisteredProduct, words: ListingText, is_published: bool, now: datetime) -> Listing:
    producer = session().get_one(Producer, product.producer_id)
    listing, _ = catalogue.keep_listing(
        product=product, producer=producer, words=words, is_published=is_published, now=now
    )
    return listing
