"""Tables of delivery."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from storefront.database import Model
from storefront.money import Vnd


class Zone(Model, shown=True):
    """A destination zone seen from Hà Tĩnh, and the provinces in it (by places' province codes)."""

    __tablename__ = "zones"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str | None]
    position: Mapped[int]


class ZoneProvince(Model, shown=True):
    """Which zone a province lies in."""

    __tablename__ = "zone_provinces"

    province_code: Mapped[str] = mapped_column(primary_key=True)
    zone_id: Mapped[int] = mapped_column(sa.ForeignKey("zones.id", ondelete="CASCADE"), index=True)


class TariffRow(Model, shown=True):
    """Fee for a parcel to a zone up to a weight."""

    __tablename__ = "tariff_rows"
    __table_args__ = (
        sa.UniqueConstraint("zone_id", "up_to_g"),
        sa.CheckConstraint("fee_vnd >= 0", name="fee"),
        sa.CheckConstraint("up_to_g > 0", name="weight"),
        sa.CheckConstraint("days_min >= 0 AND days_max >= days_min", name="days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    zone_id: Mapped[int] = mapped_column(sa.ForeignKey("zones.id", ondelete="CASCADE"))
    up_to_g: Mapped[int]
    fee_vnd: Mapped[Vnd]
    days_min: Mapped[int]
    days_max: Mapped[int]


class CarrierKind(StrEnum):
    """Who carries a parcel."""

    BUS = "bus"
    OWN = "own"
    POST = "post"
    CARRIER = "carrier"


class Handover(Model, shown=False):
    """One hand-over of an order to a carrier."""

    __tablename__ = "handovers"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    carrier_kind: Mapped[CarrierKind]
    carrier_name: Mapped[str]
    tracking_code: Mapped[str]
    at: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"), index=True)
