"""Writing stock: every change is one conditional UPDATE and one movement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from storefront import codes
from storefront.database import Model, session
from storefront.stock import queries
from storefront.stock.errors import OutOfStock, StockItemNotFound
from storefront.stock.models import (
    Lot,
    MovementReason,
    Point,
    PointStaff,
    StockItem,
    StockMovement,
)


@dataclass(frozen=True, kw_only=True)
class Pick:
    """So many taken from one stock item."""

    variant_id: int
    stock_item_id: int
    lot_code: str
    shelf: str
    quantity: int


@dataclass(frozen=True, kw_only=True)
class Cause:
    """Why stock changes: reason, what it refers to, who, when."""

    reason: MovementReason
    reference: str
    actor_id: int | None
    now: datetime


def take(wanted: Mapping[tuple[int, int], int], *, cause: Cause, day: date) -> list[Pick]:
    """Take stock for an order: `wanted` maps (variant, point) to the summed quantity of all its lines.

    Which lots: the one that runs out first. Rows change in id order, each by a conditional UPDATE, so that of two
    buyers of the last jar one gets it.

    :raises OutOfStock: when a point has fewer; the caller's transaction is to be rolled back.
    """
    picks: list[Pick] = []
    for (variant_id, point_id), quantity in sorted(wanted.items()):
        missing = quantity
        for item in queries.pickable(variant_id, point_id, day):
            part = min(missing, item.on_hand)
            if part <= 0:
                break
            picks.append(
                Pick(
                    variant_id=variant_id,
                    stock_item_id=item.stock_item_id,
                    lot_code=item.lot_code,
                    shelf=item.shelf,
                    quantity=part,
                )
            )
            missing -= part
        if missing:
            raise OutOfStock(variant_id, quantity, quantity - missing)
    for pick in sorted(picks, key=lambda pick: pick.stock_item_id):
        if not _change(pick.stock_item_id, -pick.quantity, cause):
            raise OutOfStock(pick.variant_id, pick.quantity, 0)
    return picks


def give_back(picks: Mapping[int, int], *, cause: Cause) -> None:
    """Put taken units back: stock item id -> quantity, in id order."""
    for item_id, quantity in sorted(picks.items()):
        _change(item_id, quantity, cause)


def set_on_hand(*, item_id: int, on_hand: int, seen: int, cause: Cause) -> bool:
    """Correct a stock item to a counted number, if it still says what the counter saw; False when it moved on.

    :raises StockItemNotFound: when there is none.
    """
    item = session().get(StockItem, item_id, populate_existing=True)
    if item is None:
        raise StockItemNotFound(str(item_id))
    if item.on_hand != seen:
        return False
    return on_hand == seen or _change(item_id, on_hand - seen, cause)


def keep_point(**values: object) -> Point:
    """The point of that `code`, made or brought up to these values."""
    point = session().scalar(sa.select(Point).where(Point.code == values["code"]))
    if point is None:
        point = Point(**values)
        session().add(point)
    for name, value in values.items():
        setattr(point, name, value)
    session().flush()
    return point


def keep_lot(
    *,
    listing_id: int,
    produced_on: date,
    shelf_life_days: int | None,
    now: datetime,
    expires_on: date | None = None,
) -> Lot:
    """The lot of a listing made that day; a new one gets a fresh code and runs out on the day given, else after the
    shelf life.
    """
    same = (Lot.listing_id == listing_id, Lot.produced_on == produced_on)
    lot = session().scalar(sa.select(Lot).where(*same))
    if lot is None:
        lot = Lot(
            code=codes.new(codes.Kind.LOT),
            listing_id=listing_id,
            produced_on=produced_on,
            expires_on=expires_on or _end_of_life(produced_on, shelf_life_days),
            created_at=now,
            updated_at=now,
        )
        session().add(lot)
        session().flush()
    return lot


def keep_item(
    *, variant_id: int, lot_id: int, point_id: int, shelf: str, supplied: int, cause: Cause
) -> bool:
    """Bring what imports have supplied of a variant, lot and point to that number; True when anything changed.

    What was sold, counted or received by staff since stays so: the same number again changes nothing, a higher one
    adds the difference, a lower one takes it away as far as it is still there.
    """
    same = (StockItem.variant_id == variant_id, StockItem.lot_id == lot_id, StockItem.point_id == point_id)
    item = session().scalar(sa.select(StockItem).where(*same).execution_options(populate_existing=True))
    made = item is None
    if item is None:
        item = StockItem(variant_id=variant_id, lot_id=lot_id, point_id=point_id, on_hand=0, shelf=shelf)
        session().add(item)
        session().flush()
    moved = item.shelf != shelf
    item.shelf = shelf
    session().flush()
    more = max(supplied - _imported(item.id), -item.on_hand)
    return bool(more and _change(item.id, more, cause)) or made or moved


def receive(
    *, variant_id: int, lot_id: int, point_id: int, shelf: str, quantity: int, cause: Cause
) -> StockItem:
    """Add so many of a variant and lot to what a point has; an empty shelf leaves the one known."""
    same = (StockItem.variant_id == variant_id, StockItem.lot_id == lot_id, StockItem.point_id == point_id)
    item = session().scalar(sa.select(StockItem).where(*same).execution_options(populate_existing=True))
    if item is None:
        item = StockItem(variant_id=variant_id, lot_id=lot_id, point_id=point_id, on_hand=0, shelf=shelf)
        session().add(item)
    item.shelf = shelf or item.shelf
    session().flush()
    _change(item.id, quantity, cause)
    return item


def assign(*, point_id: int, user_id: int) -> None:
    """Let a member of staff work for a point."""
    if session().get(PointStaff, (point_id, user_id)) is None:
        session().add(PointStaff(point_id=point_id, user_id=user_id))
        session().flush()


def _end_of_life(produced_on: date, shelf_life_days: int | None) -> date | None:
    return produced_on + timedelta(days=shelf_life_days) if shelf_life_days else None


def _imported(item_id: int) -> int:
    """How many imports have brought: what was received by nobody of the staff."""
    found = sa.select(sa.func.sum(StockMovement.change)).where(
        StockMovement.stock_item_id == item_id,
        StockMovement.reason == MovementReason.RECEIVED,
        StockMovement.actor_id.is_(None),
    )
    return int(session().scalar(found) or 0)


def _change(item_id: int, change: int, cause: Cause) -> bool:
    done = session().execute(_CHANGE, {"item": item_id, "change": change})
    if not done.rowcount:  # type: ignore[attr-defined]
        return False
    moved = {"stock_item_id": item_id, "change": change, "at": cause.now}
    why = {"reason": cause.reason, "reference": cause.reference, "actor_id": cause.actor_id}
    session().execute(_MOVE, {**moved, **why})
    return True


# What every order writes, by the tables themselves and built once. A stock item read before says what it did then, so
# whoever decides by one reads it anew.
_ITEMS = Model.metadata.tables["stock_items"]
_CHANGE = (
    sa.update(_ITEMS)
    .where(
        _ITEMS.c.id == sa.bindparam("item"), _ITEMS.c.on_hand + sa.bindparam("change", type_=sa.Integer) >= 0
    )
    .values(on_hand=_ITEMS.c.on_hand + sa.bindparam("change", type_=sa.Integer))
)
_MOVE = sa.insert(Model.metadata.tables["stock_movements"])
