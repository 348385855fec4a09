"""Move an order along its life: state and history, and what follows from it in stock, money and letters."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

import sqlalchemy as sa

from storefront import clock
from storefront.catalogue import service as catalogue
from storefront.catalogue.models import Variant
from storefront.database import session
from storefront.fulfilment import service as fulfilment
from storefront.journeys import note_stock
from storefront.orders import service as orders
from storefront.orders.models import Order, OrderGroup
from storefront.orders.states import GIVES_STOCK_BACK, OrderState
from storefront.outbox import letters
from storefront.outbox import service as outbox
from storefront.payments import service as payments
from storefront.payments.models import PaymentState
from storefront.stock import service as stock
from storefront.stock.models import MovementReason

PAID_AT = frozenset({OrderState.DELIVERED, OrderState.COLLECTED})
TELLS = frozenset(
    {
        OrderState.CONFIRMED,
        OrderState.HANDED_OVER,
        OrderState.READY,
        OrderState.DELIVERED,
        OrderState.REJECTED,
        OrderState.CANCELLED,
        OrderState.FAILED,
    }
)
"""States the shopper gets a letter about."""


def run(
    *,
    order: Order,
    wanted: OrderState,
    actor_id: int | None,
    note: str,
    mail_domain: str,
    now: datetime,
    handover: fulfilment.HandOver | None = None,
) -> None:
    """Move the order on (loaded with group, lines and picks).

    :raises IllegalTransition: when the table does not allow it.
    :raises MovedOn: when somebody was first.
    """
    orders.move(order=order, wanted=wanted, actor_id=actor_id, note=note, now=now)
    if wanted is OrderState.HANDED_OVER and handover is not None and actor_id is not None:
        fulfilment.record_handover(order_id=order.id, words=handover, actor_id=actor_id, now=now)
    if wanted in GIVES_STOCK_BACK:
        _give_back(order, wanted, actor_id, now)
        payments.settle(order_id=order.id, state=PaymentState.VOID, actor_id=actor_id, now=now)
    if wanted in PAID_AT:
        payments.settle(order_id=order.id, state=PaymentState.PAID, actor_id=actor_id, now=now)
    if wanted in TELLS and order.group.contact_email:
        written = letters.write(
            "order_moved",
            order.group.language,
            group=order.group,
            order=order,
            state=wanted,
            handover=handover,
        )
        outbox.put(
            kind="order_moved",
            to_address=order.group.contact_email,
            subject=written.subject,
            body=written.body,
            domain=mail_domain,
            now=now,
        )


def cancel_group(*, group: OrderGroup, actor_id: int | None, mail_domain: str, now: datetime) -> None:
    """The shopper takes the whole order back, before any part of it is packed.

    :raises IllegalTransition: when some part is past that; nothing is changed then (the caller rolls back).
    """
    for order in group.orders:
        if order.state not in (OrderState.REJECTED, OrderState.CANCELLED):
            run(
                order=order,
                wanted=OrderState.CANCELLED,
                actor_id=actor_id,
                note="",
                mail_domain=mail_domain,
                now=now,
            )


def _give_back(order: Order, wanted: OrderState, actor_id: int | None, now: datetime) -> None:
    reason = MovementReason.RETURNED if wanted is OrderState.RETURNED else MovementReason.CANCELLED
    back: dict[int, int] = defaultdict(int)
    for line in order.lines:
        for pick in line.picks:
            back[pick.stock_item_id] += pick.quantity
    variants = {line.variant_id for line in order.lines}
    listings = set(session().scalars(sa.select(Variant.listing_id).where(Variant.id.in_(variants))))
    catalogue.lock(listings)
    stock.give_back(
        back, cause=stock.Cause(reason=reason, reference=order.group.code, actor_id=actor_id, now=now)
    )
    note_stock.run(listing_ids=listings, day=clock.local_day(now))
