"""Tables of orders."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storefront.database import Model, stored_enum
from storefront.languages import VIETNAMESE
from storefront.money import Vnd
from storefront.orders.states import Method, OrderState


class OrderGroup(Model, shown=False):
    """What the shopper placed (đơn hàng): whom it goes to, how, and what it costs. One per checkout key."""

    __tablename__ = "order_groups"
    __table_args__ = (
        sa.CheckConstraint("total_vnd = goods_vnd + delivery_vnd", name="total"),
        sa.CheckConstraint("goods_vnd > 0 AND delivery_vnd >= 0", name="amounts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    secret: Mapped[str]
    """The unguessable part of the order's link."""
    checkout_key: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id", ondelete="SET NULL"), index=True)
    contact_name: Mapped[str]
    contact_name_folded: Mapped[str]
    contact_phone: Mapped[str] = mapped_column(index=True)
    contact_email: Mapped[str | None]
    method: Mapped[Method]
    commune_code: Mapped[str | None]
    commune_name: Mapped[str | None]
    province_name: Mapped[str | None]
    street: Mapped[str | None]
    pickup_point_id: Mapped[int | None] = mapped_column(sa.ForeignKey("points.id"), index=True)
    note: Mapped[str]
    payment_method: Mapped[str]
    goods_vnd: Mapped[Vnd]
    delivery_vnd: Mapped[Vnd]
    total_vnd: Mapped[Vnd]
    terms_version: Mapped[str]
    """Date of the terms and privacy notice the shopper agreed to."""
    consented_at: Mapped[datetime]
    placed_at: Mapped[datetime] = mapped_column(index=True)
    erased_at: Mapped[datetime | None]
    language: Mapped[str] = mapped_column(default=VIETNAMESE, server_default=VIETNAMESE)
    """What it was placed in, and its letters are written in: `vi` or `en`."""

    orders: Mapped[list[Order]] = relationship(lazy="raise", order_by="Order.number", back_populates="group")


class Order(Model, shown=False):
    """The part of an order group that one point dispatches."""

    __tablename__ = "orders"
    __table_args__ = (
        sa.UniqueConstraint("group_id", "number"),
        sa.UniqueConstraint("group_id", "point_id"),
        sa.CheckConstraint("total_vnd = goods_vnd + delivery_vnd", name="total"),
        sa.Index("ix_orders_queue", "point_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(sa.ForeignKey("order_groups.id"))
    number: Mapped[int]
    """1, 2, … within the group."""
    point_id: Mapped[int] = mapped_column(sa.ForeignKey("points.id"))
    state: Mapped[OrderState]
    goods_vnd: Mapped[Vnd]
    delivery_vnd: Mapped[Vnd]
    total_vnd: Mapped[Vnd]
    weight_g: Mapped[int]
    days_min: Mapped[int | None]
    days_max: Mapped[int | None]
    changed_at: Mapped[datetime]

    group: Mapped[OrderGroup] = relationship(lazy="raise_on_sql", back_populates="orders")
    lines: Mapped[list[OrderLine]] = relationship(lazy="raise", order_by="OrderLine.id")


class OrderLine(Model, shown=False):
    """One variant bought, with everything frozen that was true when it was bought."""

    __tablename__ = "order_lines"
    __table_args__ = (
        sa.CheckConstraint("quantity > 0", name="quantity"),
        sa.CheckConstraint("total_vnd = quantity * unit_price_vnd", name="total"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    variant_id: Mapped[int] = mapped_column(sa.ForeignKey("variants.id"), index=True)
    producer_id: Mapped[int] = mapped_column(sa.ForeignKey("producers.id"), index=True)
    certificate_id: Mapped[int] = mapped_column(sa.ForeignKey("certificates.id"))
    listing_slug: Mapped[str]
    kind: Mapped[str]
    name: Mapped[str]
    variant_label: Mapped[str]
    producer_name: Mapped[str]
    stars: Mapped[int]
    decision_number: Mapped[str | None]
    certified_year: Mapped[int]
    quantity: Mapped[int]
    unit_price_vnd: Mapped[Vnd]
    total_vnd: Mapped[Vnd]

    picks: Mapped[list[OrderPick]] = relationship(lazy="raise", order_by="OrderPick.id")


class OrderPick(Model, shown=False):
    """From which stock item how many units of a line were taken: what the clerk picks, what a return gives back."""

    __tablename__ = "order_picks"
    __table_args__ = (sa.CheckConstraint("quantity > 0", name="quantity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(sa.ForeignKey("order_lines.id"), index=True)
    stock_item_id: Mapped[int] = mapped_column(sa.ForeignKey("stock_items.id"), index=True)
    lot_code: Mapped[str]
    shelf: Mapped[str]
    quantity: Mapped[int]


class OrderEvent(Model, shown=False):
    """Who changed an order's state, when and why; or what was corrected. Never changed, never deleted."""

    __tablename__ = "order_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    """Empty: the shopper without an account, or the shop itself."""
    from_state: Mapped[OrderState | None] = mapped_column(stored_enum(OrderState, "from_state"))
    to_state: Mapped[OrderState | None] = mapped_column(stored_enum(OrderState, "to_state"))
    note: Mapped[str]
    """Reason or what was corrected; shown to staff."""


class OrderNote(Model, shown=False):
    """An internal note of staff on an order."""

    __tablename__ = "order_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    at: Mapped[datetime]
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"), index=True)
    text: Mapped[str]
