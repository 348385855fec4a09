"""Reading money rows."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from storefront.database import session
from storefront.payments.models import Payment


def latest_of(order_ids: Collection[int]) -> dict[int, Payment]:
    """The newest money row of each of these orders; an order without one is left out."""
    rows = session().scalars(sa.select(Payment).where(Payment.order_id.in_(order_ids)).order_by(Payment.id))
    return {payment.order_id: payment for payment in rows}
