"""Tables of baskets."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storefront.database import Model
from storefront.money import Vnd


class Cart(Model, shown=False):
    """A basket: of a browser (by the hash of its cookie's token) or of an account."""

    __tablename__ = "carts"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str | None] = mapped_column(unique=True)
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), unique=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)

    lines: Mapped[list[CartLine]] = relationship(lazy="raise", order_by="CartLine.id", passive_deletes=True)


class CartLine(Model, shown=False):
    """So many of a variant, at the price the shopper last saw and accepted."""

    __tablename__ = "cart_lines"
    __table_args__ = (
        sa.UniqueConstraint("cart_id", "variant_id"),
        sa.CheckConstraint("quantity BETWEEN 1 AND 999", name="quantity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cart_id: Mapped[int] = mapped_column(sa.ForeignKey("carts.id", ondelete="CASCADE"))
    variant_id: Mapped[int] = mapped_column(sa.ForeignKey("variants.id"), index=True)
    quantity: Mapped[int]
    seen_price_vnd: Mapped[Vnd]
    added_at: Mapped[datetime]


class CheckoutDraft(Model, shown=False):
    """What was typed at checkout, kept until the order is placed or a day has passed; its key makes one order."""

    __tablename__ = "checkout_drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    cart_id: Mapped[int] = mapped_column(sa.ForeignKey("carts.id", ondelete="CASCADE"), unique=True)
    key: Mapped[str] = mapped_column(unique=True)
    fields: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    updated_at: Mapped[datetime] = mapped_column(index=True)
