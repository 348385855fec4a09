"""Tables of points, lots and stock."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from storefront.database import Model


class PointKind(StrEnum):
    """What a point is."""

    SHOP = "shop"
    PRODUCER_PLACE = "producer_place"


class Point(Model, shown=True):
    """A place that keeps stock and dispatches orders: an OCOP shop or a producer's own place."""

    __tablename__ = "points"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    """Short key for imports and commands, `ben-xe`."""
    name: Mapped[str]
    kind: Mapped[PointKind]
    producer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("producers.id"), index=True)
    commune_code: Mapped[str]
    commune_name: Mapped[str]
    province_code: Mapped[str]
    street: Mapped[str]
    street_en: Mapped[str | None]
    phone: Mapped[str | None]
    opening_hours: Mapped[str]
    opening_hours_en: Mapped[str | None]
    offers_pickup: Mapped[bool]
    closed_on: Mapped[date | None]


class PointStaff(Model, shown=False):
    """Which points a member of staff works for."""

    __tablename__ = "point_staff"

    point_id: Mapped[int] = mapped_column(sa.ForeignKey("points.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(
        sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Lot(Model, shown=True):
    """A batch of one listing, named by a public code that is printed under its QR (lô)."""

    __tablename__ = "lots"
    __table_args__ = (
        sa.UniqueConstraint("listing_id", "produced_on"),
        sa.CheckConstraint("expires_on >= produced_on", name="dates"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    listing_id: Mapped[int] = mapped_column(sa.ForeignKey("listings.id"))
    produced_on: Mapped[date]
    expires_on: Mapped[date | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class StockItem(Model, shown=False):
    """What is on hand of a variant, from one lot, at one point."""

    __tablename__ = "stock_items"
    __table_args__ = (
        sa.UniqueConstraint("variant_id", "lot_id", "point_id"),
        sa.CheckConstraint("on_hand >= 0", name="on_hand"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    variant_id: Mapped[int] = mapped_column(sa.ForeignKey("variants.id"))
    lot_id: Mapped[int] = mapped_column(sa.ForeignKey("lots.id"), index=True)
    point_id: Mapped[int] = mapped_column(sa.ForeignKey("points.id"), index=True)
    on_hand: Mapped[int]
    shelf: Mapped[str]
    """Where to pick it from, `B2`; may be empty."""


class MovementReason(StrEnum):
    """Why stock changed."""

    RECEIVED = "received"
    SOLD = "sold"
    CANCELLED = "cancelled"
    RETURNED = "returned"
    CORRECTED = "corrected"


class StockMovement(Model, shown=False):
    """One change of a stock item; the sum of its movements is what is on hand. Never changed, never deleted."""

    __tablename__ = "stock_movements"
    __table_args__ = (sa.CheckConstraint("change <> 0", name="change"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    stock_item_id: Mapped[int] = mapped_column(sa.ForeignKey("stock_items.id"), index=True)
    change: Mapped[int]
    reason: Mapped[MovementReason]
    reference: Mapped[str]
    """What caused it: an order's code, an import's file name, a note."""
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    at: Mapped[datetime]


class RestockRequest(Model, shown=False):
    """An e-mail address that waits for a pack to be on hand again; told once, and then deleted."""

    __tablename__ = "restock_requests"
    __table_args__ = (sa.UniqueConstraint("email", "variant_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    variant_id: Mapped[int] = mapped_column(sa.ForeignKey("variants.id"), index=True)
    language: Mapped[str]
    token: Mapped[str] = mapped_column(unique=True)
    """Stands in the link that takes the request back."""
    created_at: Mapped[datetime]
