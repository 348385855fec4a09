"""Reading points, lots and what is on hand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from storefront.catalogue.models import Variant
from storefront.database import session
from storefront.kept import kept
from storefront.stock.errors import LotNotFound, PointNotFound
from storefront.stock.models import Lot, MovementReason, Point, PointStaff, StockItem, StockMovement


@dataclass(frozen=True, kw_only=True)
class OnHand:
    """How many of a variant one open point has."""

    variant_id: int
    point_id: int
    quantity: int


class Pickable(NamedTuple):
    """A stock item with some on hand."""

    stock_item_id: int
    lot_code: str
    shelf: str
    on_hand: int


class NewestLot(NamedTuple):
    """The lot that a product's page leads to."""

    code: str
    produced_on: date


def open_points(day: date, only_pickup: bool = False) -> list[Point]:
    """Points that are open on that day, by id."""
    found = sa.select(Point).where(sa.or_(Point.closed_on.is_(None), Point.closed_on > day))
    if only_pickup:
        found = found.where(Point.offers_pickup)
    return list(session().scalars(found.order_by(Point.id)))


def point(point_id: int) -> Point:
    """The point of that id.

    :raises PointNotFound: when there is none.
    """
    found = session().get(Point, point_id)
    if found is None:
        raise PointNotFound(str(point_id))
    return found


def point_by_code(code: str) -> Point | None:
    """The point an import or command names."""
    return session().scalar(sa.select(Point).where(Point.code == code))


def points_by_id(ids: Collection[int]) -> dict[int, Point]:
    """Those points by id, in that order."""
    rows = session().scalars(_POINTS, {"points": list(ids)}) if ids else ()
    return {found.id: found for found in rows}


@kept
def point_names() -> dict[int, str]:
    """The name of every point by its id."""
    rows = session().execute(sa.select(Point.id, Point.name))
    return {point_id: name for point_id, name in rows}  # noqa: C416 - a Row is no tuple to mypy


def points_of_staff(user_id: int) -> set[int]:
    """Ids of the points that member of staff works for."""
    return set(session().scalars(sa.select(PointStaff.point_id).where(PointStaff.user_id == user_id)))


def on_hand(variant_ids: Collection[int], day: date) -> list[OnHand]:
    """What open points have of these variants, from lots that have not run out by that day."""
    rows = session().connection().execute(_ON_HAND, {"variants": list(variant_ids), "day": day})
    return [OnHand(variant_id=v, point_id=p, quantity=int(q)) for v, p, q in rows]


def pickable(variant_id: int, point_id: int, day: date) -> list[Pickable]:
    """What to take a variant from at a point, the lot that runs out first on top (FEFO)."""
    rows = session().connection().execute(_PICKABLE, {"variant": variant_id, "point": point_id, "day": day})
    return [Pickable(*row) for row in rows]


def lot_by_code(code: str) -> Lot:
    """The lot of that code.

    :raises LotNotFound: when there is none.
    """
    lot = session().scalar(_LOT_BY_CODE, {"code": code})
    if lot is None:
        raise LotNotFound(code)
    return lot


def newest_lot(listing_id: int) -> NewestLot | None:
    """The lot of a listing that was made last."""
    row = session().connection().execute(_NEWEST_LOT, {"listing": listing_id}).one_or_none()
    return NewestLot(row.code, row.produced_on) if row else None


def items_of_listing(listing_id: int) -> list[tuple[StockItem, Variant, Lot, Point]]:
    """Everything kept of a listing, for staff."""
    rows = session().execute(
        sa.select(StockItem, Variant, Lot, Point)
        .join(Variant, Variant.id == StockItem.variant_id)
        .join(Lot, Lot.id == StockItem.lot_id)
        .join(Point, Point.id == StockItem.point_id)
        .where(Variant.listing_id == listing_id)
        .order_by(Variant.position, Lot.produced_on.desc(), Point.id)
    )
    return [(item, variant, lot, point) for item, variant, lot, point in rows]


def totals(listing_ids: Collection[int], day: date) -> dict[int, int]:
    """How many packs of each listing are on hand in all, at open points and not run out."""
    rows = session().execute(
        sa.select(Variant.listing_id, sa.func.sum(StockItem.on_hand))
        .join(StockItem, StockItem.variant_id == Variant.id)
        .join(Point, Point.id == StockItem.point_id)
        .join(Lot, Lot.id == StockItem.lot_id)
        .where(Variant.listing_id.in_(listing_ids), *usable(day))
        .group_by(Variant.listing_id)
    )
    return {listing_id: int(total) for listing_id, total in rows}


def times_received(listing_id: int) -> int:
    """How often anything of a listing was received: moves on with each time."""
    found = (
        sa.select(sa.func.count(StockMovement.id))
        .join(StockItem, StockItem.id == StockMovement.stock_item_id)
        .join(Variant, Variant.id == StockItem.variant_id)
        .where(Variant.listing_id == listing_id, StockMovement.reason == MovementReason.RECEIVED)
    )
    return session().scalar(found) or 0


def usable(day: date | sa.BindParameter[date]) -> tuple[sa.ColumnElement[bool], ...]:
    """Of an open point, from a lot that has not run out; for statements that join points and lots."""
    return (
        sa.or_(Point.closed_on.is_(None), Point.closed_on > day),
        sa.or_(Lot.expires_on.is_(None), Lot.expires_on >= day),
    )


# What every product page, basket and order asks is built once: building a statement costs as much as running it.
_ON_HAND = (
    sa.select(StockItem.variant_id, StockItem.point_id, sa.func.sum(StockItem.on_hand))
    .join(Point, Point.id == StockItem.point_id)
    .join(Lot, Lot.id == StockItem.lot_id)
    .where(
        StockItem.variant_id.in_(sa.bindparam("variants", expanding=True)),
        StockItem.on_hand > 0,
        *usable(sa.bindparam("day", type_=sa.Date())),
    )
    .group_by(StockItem.variant_id, StockItem.point_id)
    .order_by(StockItem.variant_id, StockItem.point_id)
)
_PICKABLE = (
    sa.select(StockItem.id, Lot.code, StockItem.shelf, StockItem.on_hand)
    .join(Point, Point.id == StockItem.point_id)
    .join(Lot, Lot.id == StockItem.lot_id)
    .where(
        StockItem.variant_id == sa.bindparam("variant"),
        StockItem.point_id == sa.bindparam("point"),
        StockItem.on_hand > 0,
        *usable(sa.bindparam("day", type_=sa.Date())),
    )
    .order_by(Lot.expires_on.asc().nulls_last(), StockItem.id)
)
_NEWEST_LOT = (
    sa.select(Lot.code, Lot.produced_on)
    .where(Lot.listing_id == sa.bindparam("listing"))
    .order_by(Lot.produced_on.desc(), Lot.id.desc())
    .limit(1)
)
_POINTS = sa.select(Point).where(Point.id.in_(sa.bindparam("points", expanding=True))).order_by(Point.id)
_LOT_BY_CODE = sa.select(Lot).where(Lot.code == sa.bindparam("code"))
