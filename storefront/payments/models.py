"""Table of payments."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from storefront.database import Model
from storefront.money import Vnd


class PaymentState(StrEnum):
    """Where the money stands."""

    DUE = "due"
    PAID = "paid"
    VOID = "void"


class Payment(Model, shown=False):
    """What is to be paid, or was paid, for one order by one method."""

    __tablename__ = "payments"
    __table_args__ = (sa.CheckConstraint("amount_vnd > 0", name="amount"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    method: Mapped[str]
    amount_vnd: Mapped[Vnd]
    state: Mapped[PaymentState]
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
