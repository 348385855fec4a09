"""Orders as a shopper's checkout leaves them, without going through its pages."""

from __future__ import annotations

import itertools

from storefront import clock
from storefront.certification import queries as register
from storefront.money import Vnd
from storefront.orders import service as orders
from storefront.orders.models import Order, OrderPick
from storefront.orders.states import Method, OrderState
from storefront.payments import service as payments
from storefront.places import lookup
from storefront.stock import queries as stock_queries
from storefront.stock import service as stock
from storefront.stock.models import MovementReason
from tests.factories import shop

_keys = itertools.count(1)


def make_order(
    point=None, buyable=None, quantity: int = 2, state: OrderState = OrderState.NEW, **values
) -> Order:
    """One order of `quantity` units, its stock taken and its money expected; by default delivered to Cầu Giấy."""
    listing, variant, point = buyable or shop.make_buyable(point=point)
    now = clock.now()
    product_certificate = _certificate_id(listing.product_id)
    goods, fee = variant.price_vnd * quantity, 28_000
    order = Order(
        number=1,
        point_id=point.id,
        state=OrderState.NEW,
        goods_vnd=Vnd(goods),
        delivery_vnd=Vnd(fee),
        total_vnd=Vnd(goods + fee),
        weight_g=1400,
        days_min=2,
        days_max=3,
        changed_at=now,
        lines=[
            orders.new_line(
                variant_id=variant.id,
                producer_id=listing.producer_id,
                certificate_id=product_certificate,
                listing_slug=listing.slug,
                kind=listing.kind,
                name=listing.name,
                variant_label=variant.label,
                producer_name="HTX Thử",
                stars=4,
                decision_number=None,
                certified_year=2024,
                quantity=quantity,
                unit_price_vnd=variant.price_vnd,
                picks=[],
            )
        ],
    )
    contact = orders.Contact(
        **{
            "name": "Trần Thị Hà",
            "phone": "+84912345678",
            "email": None,
            "method": Method.DELIVERY,
            "commune_code": _cau_giay(),
            "commune_name": "phường Cầu Giấy",
            "province_name": "thành phố Hà Nội",
            "street": "36 Xuân Thủy",
            "pickup_point_id": None,
            "note": "Gọi trước khi giao giúp chị.",
            "payment_method": "cod",
            **values,
        }
    )
    key = f"thu-{next(_keys)}"
    made = orders.create(
        contact=contact, checkout_key=key, user_id=None, orders=[order], terms_version="2026-11-01", now=now
    )
    _take(order, variant, point, quantity, made.code)
    payments.expect(order_id=order.id, method="cod", amount=order.total_vnd, now=now)
    order.state = state
    return order


def _cau_giay() -> str:
    commune = lookup.by_name("phường Cầu Giấy", "Hà Nội")
    assert commune is not None
    return commune.code


def _certificate_id(product_id: int) -> int:
    return register.current_certificates({product_id}, clock.today())[product_id].id


def _take(order: Order, variant, point, quantity: int, reference: str) -> None:
    cause = stock.Cause(reason=MovementReason.SOLD, reference=reference, actor_id=None, now=clock.now())
    for pick in stock.take({(variant.id, point.id): quantity}, cause=cause, day=clock.today()):
        order.lines[0].picks.append(
            OrderPick(
                stock_item_id=pick.stock_item_id,
                lot_code=stock_queries.newest_lot(variant.listing_id).code,
                shelf=pick.shelf,
                quantity=pick.quantity,
            )
        )
