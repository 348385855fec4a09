"""Table of letters."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from storefront.database import Model


class LetterState(StrEnum):
    """Where a letter stands."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"


class Letter(Model, shown=False):
    """One e-mail to one person, complete when written; its text is dropped once it was sent."""

    __tablename__ = "letters"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    to_address: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    state: Mapped[LetterState] = mapped_column(index=True)
    attempts: Mapped[int]
    due_at: Mapped[datetime] = mapped_column(index=True)
    leased_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str]
