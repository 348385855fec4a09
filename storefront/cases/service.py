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
from storefront.languages import VIETNAMESE

PAGE_SIZE = 50
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
    language: str = VIETNAMESE


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


def write_on(*, case: Case, words: str, now: datetime) -> None:
    """What the person who opened the case adds to it; the case waits for an answer again, also a closed one."""
    session().add(CaseMessage(case_id=case.id, at=now, author_id=None, is_internal=False, text=words))
    if case.state is not CaseState.OPEN:
        case.due_at = _working_days_later(now, WORKING_DAYS[case.kind])
    case.state, case.changed_at = CaseState.OPEN, now
    session().flush()


def of_contact(*, code: str, contact: str) -> Case:
    """The case of that number, if it was opened with that phone (E.164) or e-mail (lower case).

    :raises CaseNotFound: the same for a number that is none and for another's case.
    """
    case = by_code(code)
    if not contact or contact not in (case.contact_phone, case.contact_email):
        raise CaseNotFound(code)
    return case


def by_code(code: str) -> Case:
    """The case of that number.

    :raises CaseNotFound: when there is none.
    """
    case = session().scalar(sa.select(Case).where(Case.code == code))
    if case is None:
        raise CaseNotFound(code)
    return case


def of_email(address: str) -> list[Case]:
    """All cases opened with that e-mail address, the first on top."""
    return list(session().scalars(sa.select(Case).where(Case.contact_email == address).order_by(Case.id)))


def messages(case_id: int) -> list[tuple[CaseMessage, str | None]]:
    """Messages of a case with their author's name, for staff, oldest first."""
    found = sa.select(CaseMessage, User.name).outerjoin(User, User.id == CaseMessage.author_id)
    rows = session().execute(found.where(CaseMessage.case_id == case_id).order_by(CaseMessage.id))
    return [(message, name) for message, name in rows]


def public_messages(case_id: int) -> list[CaseMessage]:
    """What who opened a case may read of it, oldest first: no internal notes, and no names of staff."""
    found = sa.select(CaseMessage).where(CaseMessage.case_id == case_id, CaseMessage.is_internal.is_(False))
    return list(session().scalars(found.order_by(CaseMessage.id)))


def of_state(state: CaseState, kind: CaseKind | None = None, number: int = 1) -> tuple[list[Case], int]:
    """One page of the cases that stand there, and how many do: the first due on top, closed ones newest first."""
    found = sa.select(Case).where(Case.state == state)
    if kind:
        found = found.where(Case.kind == kind)
    total = session().scalar(sa.select(sa.func.count()).select_from(found.subquery())) or 0
    order = (Case.changed_at.desc(), Case.id.desc()) if state is CaseState.CLOSED else (Case.due_at, Case.id)
    rows = found.order_by(*order).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    return list(session().scalars(rows)), total


def counts() -> dict[CaseState, int]:
    """How many cases stand where."""
    rows = session().execute(sa.select(Case.state, sa.func.count()).group_by(Case.state))
    found: dict[CaseState, int] = {state: number for state, number in rows}  # noqa: C416
    return {state: found.get(state, 0) for state in CaseState}


def _working_days_later(moment: datetime, days: int) -> datetime:
    """The end of the working day so many working days (Monday to Friday) later, in Vietnam."""
    day = clock.local_day(moment)
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return clock.start_of(day + timedelta(days=1)) - timedelta(seconds=1)
