"""Open and answer a case, and do what it asks; who gave an e-mail address is written to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storefront import codes
from storefront.cases import service as cases
from storefront.cases.models import Case, CaseKind, CaseState
from storefront.errors import Conflict
from storefront.journeys import erase_person
from storefront.orders import queries as orders
from storefront.orders.errors import OrderNotFound
from storefront.orders.models import OrderGroup
from storefront.outbox import letters
from storefront.outbox import service as outbox


class NotErasable(Conflict):
    """The case does not ask for an order to be erased, or its order is another person's."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What staff write in a case. `closes` ends it; an internal note is never shown to the person."""

    author_id: int
    words: str
    is_internal: bool
    closes: bool


def open_case(words: cases.NewCase, *, mail_domain: str | None, now: datetime) -> Case:
    """Open a case; its number goes to the e-mail address given (`mail_domain` None: no letter can leave)."""
    case = cases.open_case(words, now=now)
    _write_to(case, "case_opened", mail_domain, now)
    return case


def answer(*, case: Case, given: Answer, mail_domain: str | None, now: datetime) -> None:
    """Answer a case; the person is told that there is an answer, which they read by number and contact."""
    cases.answer(
        case=case,
        author_id=given.author_id,
        words=given.words,
        is_internal=given.is_internal,
        closes=given.closes,
        now=now,
    )
    if not given.is_internal:
        _write_to(case, "case_answered", mail_domain, now)


def order_to_erase(case: Case) -> OrderGroup | None:
    """The order whose personal data the case asks to delete: named in it, and placed with the same phone."""
    code = codes.canonical(case.reference.partition("/")[0], codes.Kind.ORDER)
    if case.kind is not CaseKind.PERSONAL_DATA or case.topic != "delete" or code is None:
        return None
    try:
        group = orders.group_by_code(code)
    except OrderNotFound:
        return None
    mine = case.contact_phone == group.contact_phone or (
        case.contact_email is not None and case.contact_email == group.contact_email
    )
    return group if mine and group.erased_at is None else None


def erase_order(*, case: Case, given: Answer, mail_domain: str | None, now: datetime) -> None:
    """Erase the personal part of the order a case names, and say so in the case.

    :raises NotErasable: when the case names no order of that person.
    :raises erase_person.OrdersUnderWay: when a part of it has not ended.
    """
    group = order_to_erase(case)
    if group is None:
        raise NotErasable(case.code)
    erase_person.run_for_group(group=group, now=now)
    answer(case=case, given=given, mail_domain=mail_domain, now=now)


def _write_to(case: Case, letter: str, mail_domain: str | None, now: datetime) -> None:
    if not case.contact_email or mail_domain is None:
        return
    is_closed = case.state is CaseState.CLOSED
    written = letters.write(letter, case.language, code=case.code, due_at=case.due_at, is_closed=is_closed)
    outbox.put(
        kind=letter,
        to_address=case.contact_email,
        subject=written.subject,
        body=written.body,
        domain=mail_domain,
        now=now,
    )
