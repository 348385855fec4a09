"""What is bought as the receipt shows it: a group for each place it leaves from, its lines, its fee."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from storefront.journeys.quote_basket import Origin, Quote
from storefront.money import Vnd
from storefront.orders.models import Order, OrderGroup
from storefront.orders.states import GIVES_STOCK_BACK, Method
from storefront.stock.models import Point
from storefront.web import filters, names
from storefront.web.i18n import _, plain_column, told
from storefront.web.shop.order_progress import FINISHED

Bill = list[dict[str, Any]]


def of_quote(quote: Quote, lowest: Sequence[Vnd | None]) -> Bill:
    """The basket; where the destination is not known yet, the lowest fee of each parcel stands there as "từ"."""
    return [
        {
            "title": sent_from(origin.point),
            "lines": [
                (named(line.quantity, line.listing.name, line.variant.label), line.total_vnd)
                for line in origin.lines
            ],
            "notes": [_fee(origin, lowest[place] if place < len(lowest) else None)],
            "due": origin.total_vnd if len(quote.origins) > 1 else None,
        }
        for place, origin in enumerate(quote.origins)
    ]


def of_group(group: OrderGroup, points: dict[int, Point]) -> Bill:
    """The order as it was placed."""
    by_delivery = group.method is Method.DELIVERY
    return [
        {
            "title": sent_from(points[order.point_id])
            if by_delivery
            else plain_column(points[order.point_id], "name"),
            "lines": [
                (named(line.quantity, line.name, line.variant_label), line.total_vnd) for line in order.lines
            ],
            "notes": [(_weight(order.weight_g) if by_delivery else _("Đến lấy"), order.delivery_vnd)],
            "due": due(order, group),
        }
        for order in group.orders
    ]


def due(order: Order, group: OrderGroup) -> Vnd | None:
    """What is paid when this parcel is received, where the order comes in several; None for one not to be paid."""
    over = order.state in FINISHED | GIVES_STOCK_BACK
    return order.total_vnd if len(group.orders) > 1 and not over else None


def named(quantity: int, name: str, label: str) -> Markup:
    """A line in words: "2 × Mật ong Cường Nga 500 ml"."""
    return Markup("{} × {} {}").format(quantity, told(name), names.pack(label))


def sent_from(point: Point) -> str:
    """The heading of a parcel."""
    return _(
        "Gửi từ %(name)s, %(commune)s",
        name=plain_column(point, "name"),
        commune=names.place(point.commune_name),
    )


def _weight(grams: int) -> str:
    return _("Giao %(weight)s", weight=filters.weight(grams))


def _fee(origin: Origin, lowest: Vnd | None) -> tuple[str, Any]:
    words = _weight(origin.weight_g)
    if origin.fee_vnd is not None:
        return words, origin.fee_vnd
    if lowest is not None:
        return words, _("từ %(fee)s", fee=filters.vnd(lowest))
    return words, _("chưa tính")
