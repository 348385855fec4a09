"""Writing money rows."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from storefront.database import Model, session
from storefront.money import Vnd
from storefront.payments.models import Payment, PaymentState


def expect(*, order_id: int, method: str, amount: Vnd, now: datetime) -> None:
    """Note that an order is to be paid."""
    due = {"order_id": order_id, "method": method, "amount_vnd": amount}
    session().execute(_EXPECT, {**due, "state": PaymentState.DUE, "created_at": now})


def settle(*, order_id: int, state: PaymentState, actor_id: int | None, now: datetime) -> None:
    """Turn what is due of an order into paid (received) or void (nothing to be paid any more)."""
    session().execute(
        sa.update(Payment)
        .where(Payment.order_id == order_id, Payment.state == PaymentState.DUE)
        .values(state=state, settled_at=now, settled_by_id=actor_id)
    )


_EXPECT = sa.insert(Model.metadata.tables["payments"])
