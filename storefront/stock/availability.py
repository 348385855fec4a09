"""What pages show of stock, computed, beside what the catalogue's columns say of it."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from storefront.catalogue.models import Listing, Variant
from storefront.database import in_pieces, session
from storefront.stock import queries
from storefront.stock.models import Lot, Point, StockItem


@dataclass(frozen=True, kw_only=True)
class Behind:
    """A listing whose columns are not what is on hand, and what they should say."""

    listing_id: int
    left_shown: dict[int, int]
    """By variant; only those that say something else."""
    in_stock: bool
    sent_from: list[int]


def behind(day: date, listing_ids: Collection[int] | None = None) -> list[Behind]:
    """Those of these listings (of all, when none are named) whose columns are not what is on hand that day."""
    if listing_ids is None:
        return list(_behind(session().execute(_STOCKED.execution_options(yield_per=1000), {"day": day})))
    return [
        one
        for ids in in_pieces(listing_ids)
        for one in _behind(session().execute(_STOCKED_AMONG, {"day": day, "listings": ids}))
    ]


def _behind(rows: sa.Result[Any]) -> Iterator[Behind]:
    for listing_id, members in itertools.groupby(rows, key=lambda row: row.listing_id):
        items = list(members)
        at: dict[int, dict[int, int]] = {row.id: {} for row in items}
        for row in items:
            if row.usable:
                at[row.id][row.point_id] = at[row.id].get(row.point_id, 0) + row.usable
        left = {variant: min(max(kept.values(), default=0), Variant.MANY) for variant, kept in at.items()}
        on_sale = {row.id for row in items if row.is_on_sale}
        sent_from = sorted({point for variant in on_sale for point in at[variant]})
        wrong = {row.id: left[row.id] for row in items if row.left_shown != left[row.id]}
        if wrong or items[0].in_stock != bool(sent_from) or items[0].sent_from != sent_from:
            yield Behind(
                listing_id=listing_id, left_shown=wrong, in_stock=bool(sent_from), sent_from=sent_from
            )


# Asked by every order, so built once.
_USABLE = sa.and_(*queries.usable(sa.bindparam("day", type_=sa.Date())))
_STOCKED = (
    sa.select(
        Variant.listing_id,
        Variant.id,
        Variant.is_on_sale,
        Variant.left_shown,
        Listing.in_stock,
        Listing.sent_from,
        StockItem.point_id,
        sa.case((_USABLE, StockItem.on_hand), else_=0).label("usable"),
    )
    .join(Listing, Listing.id == Variant.listing_id)
    .outerjoin(StockItem, sa.and_(StockItem.variant_id == Variant.id, StockItem.on_hand > 0))
    .outerjoin(Point, Point.id == StockItem.point_id)
    .outerjoin(Lot, Lot.id == StockItem.lot_id)
    .order_by(Variant.listing_id, Variant.id)
)
_STOCKED_AMONG = _STOCKED.where(Variant.listing_id.in_(sa.bindparam("listings", expanding=True)))
