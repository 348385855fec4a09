"""What a basket would cost now: lines grouped by the point that dispatches them, fees, and what changed meanwhile.

Where a variant is kept at several points, the basket is sent from as few as possible; for pick-up everything must be
on hand at the chosen point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import sqlalchemy as sa

from storefront.cart.models import Cart
from storefront.catalogue import queries as catalogue
from storefront.catalogue.models import Listing, Variant
from storefront.database import session
from storefront.fulfilment import queries as fulfilment
from storefront.fulfilment.errors import NoTariff, TooHeavy
from storefront.money import Vnd
from storefront.producers.models import Producer
from storefront.stock import queries as stock
from storefront.stock.models import Point


@dataclass(frozen=True, kw_only=True)
class QuoteLine:
    """One variant of the basket as it stands now."""

    variant: Variant
    listing: Listing
    producer: Producer
    quantity: int
    seen_price_vnd: Vnd
    left: int
    """Most that can be had from one point."""
    can_be_sold: bool

    @property
    def total_vnd(self) -> Vnd:
        return Vnd(self.variant.price_vnd * self.quantity)

    @property
    def price_changed(self) -> bool:
        return self.seen_price_vnd != self.variant.price_vnd

    @property
    def is_short(self) -> bool:
        return self.left < self.quantity

    @property
    def is_ready(self) -> bool:
        return self.can_be_sold and not self.is_short and not self.price_changed


@dataclass(kw_only=True)
class Origin:
    """What one point dispatches."""

    point: Point
    lines: list[QuoteLine] = field(default_factory=list)
    fee_vnd: Vnd | None = None
    days_min: int | None = None
    days_max: int | None = None

    @property
    def goods_vnd(self) -> Vnd:
        return Vnd(sum(line.total_vnd for line in self.lines))

    @property
    def total_vnd(self) -> Vnd | None:
        """Goods and fee; None while the fee is not known."""
        return None if self.fee_vnd is None else Vnd(self.goods_vnd + self.fee_vnd)

    @property
    def weight_g(self) -> int:
        return sum(line.variant.shipping_weight_g * line.quantity for line in self.lines)


@dataclass(kw_only=True)
class Quote:
    """The whole basket."""

    origins: list[Origin] = field(default_factory=list)
    waiting: list[QuoteLine] = field(default_factory=list)
    """Lines that cannot be ordered as they stand: not for sale, or fewer on hand."""
    no_delivery: bool = False
    """No tariff covers the address."""
    too_heavy: bool = False

    @property
    def lines(self) -> list[QuoteLine]:
        return [line for origin in self.origins for line in origin.lines] + self.waiting

    @property
    def goods_vnd(self) -> Vnd:
        return Vnd(sum(origin.goods_vnd for origin in self.origins))

    @property
    def delivery_vnd(self) -> Vnd | None:
        fees = [origin.fee_vnd for origin in self.origins]
        return None if None in fees else Vnd(sum(fee for fee in fees if fee is not None))

    @property
    def total_vnd(self) -> Vnd | None:
        return None if self.delivery_vnd is None else Vnd(self.goods_vnd + self.delivery_vnd)

    @property
    def is_ready(self) -> bool:
        """Everything can be ordered, at prices the shopper has seen, and delivered."""
        return bool(self.origins) and not self.waiting and all(line.is_ready for line in self.lines)


def run(
    *,
    cart: Cart | None,
    day: date,
    province_code: str | None = None,
    pickup_point_id: int | None = None,
    to_order: bool = False,
) -> Quote:
    """The basket as it stands now; fees where a destination is known, none to pay for pick-up.

    `to_order` keeps the listings and their stock as they are until the transaction ends.
    """
    lines, points = _lines(cart, day, pickup_point_id, to_order)
    quote = Quote(waiting=[line for line, _ in lines if not line.can_be_sold or line.is_short])
    ready = [(line, at) for line, at in lines if line.can_be_sold and not line.is_short]
    for point_id, members in _fewest_points(ready).items():
        quote.origins.append(Origin(point=points[point_id], lines=members))
    quote.origins.sort(key=lambda origin: origin.point.id)
    if pickup_point_id is not None:
        for origin in quote.origins:
            origin.fee_vnd = Vnd(0)
    elif province_code is not None and quote.origins:
        _add_fees(quote, province_code)
    return quote


def pickup_points(*, cart: Cart | None, day: date) -> list[Point]:
    """Points that offer pick-up and have everything in the basket on hand."""
    wanted = {line.variant_id: line.quantity for line in cart.lines} if cart else {}
    if not wanted:
        return []
    have = {(one.variant_id, one.point_id): one.quantity for one in stock.on_hand(wanted, day)}
    return [
        point
        for point in stock.open_points(day, only_pickup=True)
        if all(have.get((variant_id, point.id), 0) >= quantity for variant_id, quantity in wanted.items())
    ]


Placed = tuple[QuoteLine, list[int]]


def _lines(
    cart: Cart | None, day: date, only_point: int | None, to_order: bool
) -> tuple[list[Placed], dict[int, Point]]:
    """Each line with the ids of the points that have enough of it."""
    if cart is None or not cart.lines:
        return [], {}
    wanted = {line.variant_id: line for line in cart.lines}
    asked = _LOCKED_PACKS if to_order else _PACKS
    rows = session().execute(asked, {"variants": list(wanted)}, execution_options={"populate_existing": True})
    found = {variant.id: (variant, listing, producer) for variant, listing, producer in rows}
    have: dict[int, dict[int, int]] = {}
    for one in stock.on_hand(wanted, day):
        if only_point in (None, one.point_id):
            have.setdefault(one.variant_id, {})[one.point_id] = one.quantity
    placed: list[Placed] = []
    for variant_id, line in wanted.items():
        variant, listing, producer = found[variant_id]
        at = have.get(variant_id, {})
        quoted = QuoteLine(
            variant=variant,
            listing=listing,
            producer=producer,
            quantity=line.quantity,
            seen_price_vnd=line.seen_price_vnd,
            left=max(at.values(), default=0),
            can_be_sold=variant.is_on_sale and catalogue.can_be_sold(listing, day),
        )
        placed.append((quoted, [point for point, quantity in at.items() if quantity >= line.quantity]))
    return placed, stock.points_by_id({point for at in have.values() for point in at})


def _fewest_points(lines: Sequence[Placed]) -> dict[int, list[QuoteLine]]:
    """Greedy cover: the point that can send most of what is left sends it (smallest id on a tie)."""
    left = list(lines)
    chosen: dict[int, list[QuoteLine]] = {}
    while left:
        counts: dict[int, int] = {}
        for _, at in left:
            for point_id in at:
                counts[point_id] = counts.get(point_id, 0) + 1
        best = min(counts, key=lambda point_id: (-counts[point_id], point_id))
        chosen[best] = [line for line, at in left if best in at]
        left = [(line, at) for line, at in left if best not in at]
    return chosen


# Asked by every basket and order, so built once.
_PACKS = (
    sa.select(Variant, Listing, Producer)
    .join(Listing, Listing.id == Variant.listing_id)
    .join(Producer, Producer.id == Listing.producer_id)
    .where(Variant.id.in_(sa.bindparam("variants", expanding=True)))
    .order_by(Listing.id, Variant.id)
)
_LOCKED_PACKS = _PACKS.with_for_update(key_share=True, of=Listing)


def _add_fees(quote: Quote, province_code: str) -> None:
    try:
        fees = fulfilment.quote(province_code, [origin.weight_g for origin in quote.origins])
    except TooHeavy:
        quote.too_heavy = True
    except NoTariff:
        quote.no_delivery = True
    else:
        for origin, fee in zip(quote.origins, fees, strict=True):
            origin.fee_vnd, origin.days_min, origin.days_max = fee.fee_vnd, fee.days_min, fee.days_max
