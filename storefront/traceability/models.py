"""Table of a lot's steps."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from storefront.database import Model


class Vouch(StrEnum):
    """Who stands behind a statement."""

    PRODUCER = "producer"
    OFFICE = "office"
    SHOP = "shop"


class TraceEvent(Model, shown=True):
    """One step of a lot, told once and never changed."""

    __tablename__ = "trace_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(sa.ForeignKey("lots.id"), index=True)
    happened_on: Mapped[date]
    title: Mapped[str]
    note: Mapped[str]
    title_en: Mapped[str | None]
    note_en: Mapped[str | None]
    place: Mapped[str]
    vouched_by: Mapped[Vouch]
    is_illustrative: Mapped[bool]
    """Part of the demo data, said so on the page."""
    recorded_at: Mapped[datetime]
