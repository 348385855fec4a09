"""Turn a basket into an order, once: prices, stock, certificates and fees are read again and must be what was agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from storefront import clock
from storefront.accounts import service as accounts
from storefront.cart import service as cart_service
from storefront.cart.errors import EmptyCart
from storefront.certification import queries as register
from storefront.certification import validity
from storefront.certification.models import Certificate
from storefront.database import transaction, violated
from storefront.journeys import note_stock, quote_basket
from storefront.journeys.quote_basket import Origin, Quote, QuoteLine
from storefront.languages import VIETNAMESE
from storefront.money import Vnd
from storefront.orders import queries as orders
from storefront.orders import service as order_service
from storefront.orders.errors import BasketChanged
from storefront.orders.models import Order, OrderGroup
from storefront.orders.service import Contact
from storefront.orders.states import Method, OrderState
from storefront.outbox import letters
from storefront.outbox import service as outbox
from storefront.payments import methods
from storefront.payments import service as payments
from storefront.stock import service as stock
from storefront.stock.errors import OutOfStock
from storefront.stock.models import MovementReason


@dataclass(frozen=True, kw_only=True)
class PlaceOrder:
    """What the shopper confirmed on the review page."""

    checkout_key: str
    contact: Contact
    province_code: str | None
    agreed_total_vnd: Vnd
    user_id: int | None
    terms_version: str
    mail_domain: str
    language: str = VIETNAMESE


def run(*, cart_id: int, command: PlaceOrder, now: datetime) -> OrderGroup:
    """Place the order; sent twice, reloaded or sent twenty times at once, it is placed once and found again.

    Opens its own transaction, because a lost race on the checkout key must be looked up in a fresh one.

    :raises EmptyCart: when there is nothing to order.
    :raises BasketChanged: when price, certificate, stock or fee is not what was agreed; nothing is ordered.
    :raises OutOfStock: when somebody else took the last; nothing is ordered.
    """
    try:
        with transaction():
            return _place(cart_id, command, now)
    except (sa.exc.IntegrityError, EmptyCart) as error:
        # Another sending of the same checkout was first: its key is taken, or it has emptied the basket meanwhile.
        if isinstance(error, sa.exc.IntegrityError) and "checkout_key" not in violated(error):
            raise
        already = orders.group_by_key(command.checkout_key)
        if already is None:
            raise
    return already


def _place(cart_id: int, command: PlaceOrder, now: datetime) -> OrderGroup:
    day = clock.local_day(now)
    cart = cart_service.locked(cart_id, command.checkout_key)
    contact = command.contact
    quote = quote_basket.run(
        cart=cart,
        day=day,
        province_code=command.province_code,
        pickup_point_id=contact.pickup_point_id,
        to_order=True,
    )
    if not quote.lines:
        raise EmptyCart
    if not quote.is_ready or quote.total_vnd != command.agreed_total_vnd:
        raise BasketChanged
    if contact.payment_method not in methods.offered(total=quote.goods_vnd, has_alcohol=_has_alcohol(quote)):
        raise BasketChanged
    certificates = _certificates(quote, now)
    made = [_order(number, origin, certificates, now) for number, origin in enumerate(quote.origins, start=1)]
    group = order_service.create(
        contact=contact,
        checkout_key=command.checkout_key,
        user_id=command.user_id,
        orders=made,
        terms_version=command.terms_version,
        language=command.language,
        now=now,
    )
    _take_stock(group, quote, now)
    for order in made:
        payments.expect(order_id=order.id, method=contact.payment_method, amount=order.total_vnd, now=now)
    cart_service.empty(cart)
    _save_address(command, now)
    if contact.email:
        points = {origin.point.id: origin.point for origin in quote.origins}
        written = letters.write("order_placed", group.language, group=group, points=points)
        outbox.put(
            kind="order_placed",
            to_address=contact.email,
            subject=written.subject,
            body=written.body,
            domain=command.mail_domain,
            now=now,
        )
    return group


def _save_address(command: PlaceOrder, now: datetime) -> None:
    """Keep where an account's goods went, to be offered the next time."""
    contact = command.contact
    if command.user_id is None or contact.method is not Method.DELIVERY:
        return
    accounts.save_address(
        user_id=command.user_id,
        values={
            "name": contact.name,
            "phone": contact.phone,
            "commune_code": contact.commune_code or "",
            "commune_name": contact.commune_name or "",
            "province_name": contact.province_name or "",
            "street": contact.street or "",
        },
        now=now,
    )


def _has_alcohol(quote: Quote) -> bool:
    return any(line.listing.is_alcohol for line in quote.lines)


def _certificates(quote: Quote, now: datetime) -> dict[int, Certificate]:
    """The certificate that holds today for each product, read from the register itself.

    :raises BasketChanged: when one does not hold.
    """
    day = clock.local_day(now)
    found = register.current_certificates({line.listing.product_id for line in quote.lines}, day)
    for line in quote.lines:
        certificate = found.get(line.listing.product_id)
        if certificate is None or validity.state_on(certificate, day) not in validity.HOLDS:
            raise BasketChanged
    return found


def _order(number: int, origin: Origin, certificates: dict[int, Certificate], now: datetime) -> Order:
    fee = origin.fee_vnd
    assert fee is not None  # a quote without a fee is not ready
    return Order(
        number=number,
        point_id=origin.point.id,
        state=OrderState.NEW,
        goods_vnd=origin.goods_vnd,
        delivery_vnd=fee,
        total_vnd=Vnd(origin.goods_vnd + fee),
        weight_g=origin.weight_g,
        days_min=origin.days_min,
        days_max=origin.days_max,
        changed_at=now,
        lines=[_line(line, certificates[line.listing.product_id]) for line in origin.lines],
    )


def _line(line: QuoteLine, certificate: Certificate) -> object:
    return order_service.new_line(
        variant_id=line.variant.id,
        producer_id=line.producer.id,
        certificate_id=certificate.id,
        listing_slug=line.listing.slug,
        kind=line.listing.kind,
        name=line.listing.name,
        variant_label=line.variant.label,
        producer_name=line.producer.name,
        stars=certificate.stars,
        decision_number=certificate.decision_number,
        certified_year=certificate.certified_year,
        quantity=line.quantity,
        unit_price_vnd=line.variant.price_vnd,
        picks=[],
    )


def _take_stock(group: OrderGroup, quote: Quote, now: datetime) -> None:
    wanted: dict[tuple[int, int], int] = {}
    for order in group.orders:
        for line in order.lines:
            key = (line.variant_id, order.point_id)
            wanted[key] = wanted.get(key, 0) + line.quantity
    cause = stock.Cause(reason=MovementReason.SOLD, reference=group.code, actor_id=group.user_id, now=now)
    day = clock.local_day(now)
    lines = {line.variant_id: line.id for order in group.orders for line in order.lines}
    order_service.record_picks(
        [
            {
                "line_id": lines[pick.variant_id],
                "stock_item_id": pick.stock_item_id,
                "lot_code": pick.lot_code,
                "shelf": pick.shelf,
                "quantity": pick.quantity,
            }
            for pick in stock.take(wanted, cause=cause, day=day)
        ]
    )
    note_stock.run(listing_ids={line.listing.id for line in quote.lines}, day=day)


__all__ = ["BasketChanged", "EmptyCart", "OutOfStock", "PlaceOrder", "run"]
