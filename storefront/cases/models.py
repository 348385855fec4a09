"""Tables of cases."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from storefront.database import Model
from storefront.languages import VIETNAMESE


class CaseKind(StrEnum):
    """What a case is about."""

    COMPLAINT = "complaint"
    SUSPICION = "suspicion"
    PERSONAL_DATA = "personal_data"


class CaseState(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class Case(Model, shown=False):
    """One complaint, report or request, followed by its number and the phone or e-mail given."""

    __tablename__ = "cases"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[CaseKind]
    state: Mapped[CaseState]
    topic: Mapped[str]
    """A key of that kind's list: `damaged`, `fake_stamp`, `erase`…"""
    text: Mapped[str]
    reference: Mapped[str]
    """Order or lot code it is about, as typed; may be empty."""
    contact_name: Mapped[str]
    contact_phone: Mapped[str | None]
    contact_email: Mapped[str | None]
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    """By when the first answer is owed (NĐ 356/2025: 2 working days for personal data; else the shop's own term)."""
    changed_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]
    language: Mapped[str] = mapped_column(default=VIETNAMESE, server_default=VIETNAMESE)
    """What it was opened in, and its letters are written in: `vi` or `en`."""


class CaseMessage(Model, shown=False):
    """One answer or note in a case."""

    __tablename__ = "case_messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"), index=True)
    at: Mapped[datetime]
    author_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"), index=True)
    is_internal: Mapped[bool]
    text: Mapped[str]
