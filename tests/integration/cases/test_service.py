"""By when a case is answered, and where it stands."""

from datetime import UTC, datetime

import pytest

from storefront import clock
from storefront.cases import service as cases
from storefront.cases.models import CaseKind, CaseState
from tests.factories import shop

pytestmark = pytest.mark.usefixtures("db_session")


def open_case(now, kind=CaseKind.COMPLAINT, **values):
    words = {
        "kind": kind,
        "topic": "other",
        "text": "Một điều cần nói.",
        "reference": "",
        "contact_name": "",
        "contact_phone": "+84912345678",
        "contact_email": None,
        **values,
    }
    return cases.open_case(cases.NewCase(**words), now=now)


@pytest.mark.parametrize(
    ("opened", "kind", "last_day"),
    [
        (datetime(2026, 11, 23, 2, tzinfo=UTC), CaseKind.PERSONAL_DATA, (2026, 11, 25)),  # Monday
        (datetime(2026, 11, 26, 2, tzinfo=UTC), CaseKind.PERSONAL_DATA, (2026, 11, 30)),  # Thursday
        (datetime(2026, 11, 27, 2, tzinfo=UTC), CaseKind.SUSPICION, (2026, 11, 30)),  # Friday
        (datetime(2026, 11, 28, 2, tzinfo=UTC), CaseKind.COMPLAINT, (2026, 12, 1)),  # Saturday
        (
            datetime(2026, 11, 22, 18, tzinfo=UTC),
            CaseKind.COMPLAINT,
            (2026, 11, 25),
        ),  # already Monday in Vietnam
    ],
)
def test_a_case_is_due_at_the_end_of_a_working_day(opened, kind, last_day):
    case = open_case(opened, kind)
    due = case.due_at.astimezone(clock.VIETNAM)
    assert (due.year, due.month, due.day) == last_day
    assert (due.hour, due.minute) == (23, 59)


def test_an_internal_note_does_not_answer_and_an_answer_does():
    now, clerk = clock.now(), shop.make_staff()
    case = open_case(now)
    say = {"case": case, "author_id": clerk.id, "words": "…", "closes": False, "now": now}
    cases.answer(is_internal=True, **say)
    assert case.state is CaseState.OPEN
    cases.answer(is_internal=False, **say)
    assert case.state is CaseState.ANSWERED
    assert [name for _message, name in cases.messages(case.id)] == [clerk.name] * 2
    assert [message.is_internal for message in cases.public_messages(case.id)] == [False]


def test_what_the_person_adds_gets_a_new_term_once_it_was_answered():
    case = open_case(datetime(2026, 11, 16, 2, tzinfo=UTC))
    first = case.due_at
    cases.write_on(case=case, words="Thêm một điều.", now=datetime(2026, 11, 17, 2, tzinfo=UTC))
    assert case.due_at == first
    clerk = shop.make_staff()
    cases.answer(case=case, author_id=clerk.id, words="…", is_internal=False, closes=True, now=clock.now())
    cases.write_on(case=case, words="Chưa được.", now=datetime(2026, 11, 23, 2, tzinfo=UTC))
    assert case.state is CaseState.OPEN
    assert case.due_at > first


def test_the_contact_opens_only_its_own_case():
    case = open_case(clock.now(), contact_phone=None)
    for contact in ("", "+84912345678"):
        with pytest.raises(cases.CaseNotFound):
            cases.of_contact(code=case.code, contact=contact)
    with_mail = open_case(clock.now(), contact_email="lan@example.org")
    assert cases.of_contact(code=with_mail.code, contact="lan@example.org") is with_mail


def test_the_first_due_stands_on_top():
    late = open_case(datetime(2026, 11, 20, 2, tzinfo=UTC))
    early = open_case(datetime(2026, 11, 10, 2, tzinfo=UTC))
    found, total = cases.of_state(CaseState.OPEN)
    assert ([case.id for case in found], total) == ([early.id, late.id], 2)
