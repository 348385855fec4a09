"""Cases: opened by anybody, answered by staff, followed by number and contact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from storefront import clock, codes
from storefront.accounts.models import User
from storefront.cases.models import Case, CaseKind, CaseMessage, CaseState
from storefront.database import session
from storefront.errors import NotFound

WORKING_DAYS = {CaseKind.PERSONAL_DATA: 2, CaseKind.SUSPICION: 1, CaseKind.COMPLAINT: 2}
"""Working days to a first answer: 2 for personal data by NĐ 356/2025; the others are what the shop promises."""


class CaseNotFound(NotFound):
    """There is no such case, or the contact given is not the one it was opened with."""


@dataclass(frozen=True, kw_only=True)
class NewCase:
    """What was typed."""

    kind: CaseKind
    topic: str
    text: str
    reference: str
    contact_name: str
    contact_phone: str | None
    contact_email: str | None


def open_case(words: NewCase, *, now: datetime) -> Case:
    """Open a case; it gets a number and a day by which it is answered."""
    case = Case(
        code=codes.new(codes.Kind.CASE),
        state=CaseState.OPEN,
        opened_at=now,
        changed_at=now,
        erased_at=None,
        due_at=_working_days_later(now, WORKING_DAYS[words.kind]),
        **vars(words),
    )
    session().add(case)
    session().flush()
    return case


def answer(*, case: Case, author_id: int, words: str, is_internal: bool, closes: bool, now: datetime) -> None:
    """Add an answer (or an internal note) and say where the case stands now."""
    session().add(
        CaseMessage(case_id=case.id, at=now, author_id=author_id, is_internal=is_internal, text=words)
    )
    if closes:
        case.state = CaseState.CLOSED
    elif not is_internal and case.state is CaseState.OPEN:
        case.state = CaseState.ANSWERED
    case.changed_at = now
    session().flush()


def by_code(code: str) -> Case:
    """The case of that number.

    :raises CaseNotFound: when there is none.
    """
    case = session().scalar(sa.select(Case).where(Case.code == code))
    if case is None:
        raise CaseNotFound(code)
    return case


def messages(case_id: int, with_internal: bool) -> list[tuple[CaseMessage, str | None]]:
    """Messages of a case with their author's name, oldest first."""
    found = sa.select(CaseMessage, User.name).outerjoin(User, User.id == CaseMessage.author_id)
    found = found.where(CaseMessage.case_id == case_id)
    if not with_internal:
        found = found.where(CaseMessage.is_internal.is_(False))
    return [(message, name) for message, name in session().execute(found.order_by(CaseMessage.id))]


def of_state(state: CaseState) -> list[Case]:
    """Cases that stand there, the most pressing first, at most 200."""
    return list(
        session().scalars(sa.select(Case).where(Case.state == state).order_by(Case.due_at).limit(200))
    )


def count_open() -> int:
    """How many cases wait for a first answer."""
    return session().scalar(sa.select(sa.func.count(Case.id)).where(Case.state == CaseState.OPEN)) or 0


def _working_days_later(moment: datetime, days: int) -> datetime:
    """The end of the working day so many working days (Monday to Friday) later, in Vietnam."""
    day = clock.local_day(moment)
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return clock.start_of(day + timedelta(days=1)) - timedelta(seconds=1)
