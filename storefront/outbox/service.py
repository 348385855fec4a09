"""Writing letters into the outbox, and taking them out again to be sent."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa

from storefront.database import session
from storefront.outbox.models import Letter, LetterState

MOST_ATTEMPTS = 8
LEASE = timedelta(minutes=2)


def put(*, kind: str, to_address: str, subject: str, body: str, domain: str, now: datetime) -> None:
    """Put a letter into the outbox; it leaves only if the transaction is committed."""
    session().add(
        Letter(
            message_id=f"<{secrets.token_hex(12)}@{domain}>",
            kind=kind,
            to_address=to_address,
            subject=subject,
            body=body,
            state=LetterState.WAITING,
            attempts=0,
            due_at=now,
            leased_until=None,
            created_at=now,
            sent_at=None,
            last_error="",
        )
    )
    session().flush()


def lease(*, now: datetime, most: int = 10) -> list[Letter]:
    """Take letters that are due and that no other worker holds, for two minutes."""
    due = (
        sa.select(Letter)
        .where(Letter.state == LetterState.WAITING, Letter.due_at <= now)
        .where(sa.or_(Letter.leased_until.is_(None), Letter.leased_until <= now))
        .order_by(Letter.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    letters = list(session().scalars(due))
    for letter in letters:
        letter.leased_until = now + LEASE
        letter.attempts += 1
    session().flush()
    return letters


def sent(letter_id: int, now: datetime) -> None:
    """The letter has left; its text, which may hold an order's link, is dropped."""
    session().execute(
        sa.update(Letter)
        .where(Letter.id == letter_id)
        .values(state=LetterState.SENT, sent_at=now, body="", leased_until=None, last_error="")
    )


def failed(letter_id: int, error: str, now: datetime) -> None:
    """The letter did not leave: try again later, longer each time, eight times in all."""
    letter = session().get_one(Letter, letter_id)
    letter.last_error = error[:300]
    letter.leased_until = None
    if letter.attempts >= MOST_ATTEMPTS:
        letter.state = LetterState.DEAD
    else:
        letter.due_at = now + timedelta(minutes=2**letter.attempts)
    session().flush()
