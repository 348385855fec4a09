"""Cases at the counter."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from storefront import access, clock, codes
from storefront.cases import service as cases
from storefront.cases.models import Case, CaseKind, CaseMessage, CaseState
from storefront.orders.states import OrderState
from storefront.outbox.models import Letter
from tests.factories import orders, shop


def open_case(kind=CaseKind.COMPLAINT, now=None, **values):
    words = {
        "kind": kind,
        "topic": "other",
        "text": "Một điều cần nói.",
        "reference": "",
        "contact_name": "Chị Lan",
        "contact_phone": "+84912345678",
        "contact_email": "lan@example.org",
        **values,
    }
    return cases.open_case(cases.NewCase(**words), now=now or clock.now())


@pytest.fixture
def clerk(client, db_session):
    user = shop.make_staff()
    shop.save()
    shop.sign_in(client, user)
    return user


def say(client, case, text="Shop gửi bù hôm nay.", seen=0, **values):
    data = {"text": text, "shown_to": "tra-loi", "seen": str(seen), **values}
    return client.post(f"/quay/ho-so/{case.code}", data=data)


def state_of(db_session, case):
    db_session.expire_all()
    return db_session.get(Case, case.id).state


def messages(db_session):
    return list(db_session.scalars(sa.select(CaseMessage)))


def test_the_list_shows_what_waits_and_marks_what_is_late(client, clerk):
    late = open_case(now=clock.now() - timedelta(days=20))
    fresh = open_case(CaseKind.PERSONAL_DATA, topic="view")
    shop.save()
    page = client.get("/quay/ho-so").text
    assert page.index(codes.grouped(late.code)) < page.index(codes.grouped(fresh.code))
    assert page.count("quá hạn") == 1
    narrowed = client.get("/quay/ho-so?loai=du-lieu").text
    assert codes.grouped(fresh.code) in narrowed
    assert codes.grouped(late.code) not in narrowed
    assert client.get("/quay/ho-so?muc=la&loai=la").status_code == 200
    assert client.get("/quay/ho-so?trang=9").status_code == 404


def test_the_code_in_a_case_leads_to_its_order(client, db_session):
    point = shop.make_point()
    user = shop.make_staff(points=(point,))
    mine, anothers = orders.make_order(point), orders.make_order()
    named = open_case(reference=mine.group.code)
    others = open_case(reference=anothers.group.code)
    free = open_case(reference="tran ha")
    lot = open_case(reference=mine.lines[0].picks[0].lot_code)
    shop.save()
    shop.sign_in(client, user)
    assert f'href="/quay/don/{mine.id}"' in client.get(f"/quay/ho-so/{named.code}").text
    assert "/quay/don/" not in client.get(f"/quay/ho-so/{others.code}").text
    assert "/quay/don/" not in client.get(f"/quay/ho-so/{free.code}").text
    assert f'href="/t/{lot.reference}"' in client.get(f"/quay/ho-so/{lot.code}").text


def test_the_office_gets_no_link_to_an_order(client, db_session):
    named = open_case(reference=orders.make_order().group.code)
    user = shop.make_staff(role=access.Role.OFFICE)
    shop.save()
    shop.sign_in(client, user)
    page = client.get(f"/quay/ho-so/{named.code}").text
    assert codes.grouped(named.reference) in page
    assert "/quay/don/" not in page


def test_an_answer_is_written_and_a_letter_says_so(client, clerk, db_session):
    case = open_case()
    shop.save()
    assert say(client, case).status_code == 303
    assert [(one.author_id, one.is_internal) for one in messages(db_session)] == [(clerk.id, False)]
    assert db_session.scalars(sa.select(Letter.kind)).all() == ["case_answered"]
    page = client.get(f"/quay/ho-so/{case.code}").text
    assert "Shop gửi bù hôm nay." in page
    assert "đã trả lời" in page


def test_an_internal_note_leaves_no_letter_and_the_case_waiting(client, clerk, db_session):
    case = open_case()
    shop.save()
    assert say(client, case, shown_to="ghi-chu").status_code == 303
    assert db_session.scalars(sa.select(Letter)).all() == []
    assert state_of(db_session, case) is CaseState.OPEN


def test_a_case_is_closed_with_its_answer(client, clerk, db_session):
    case = open_case()
    shop.save()
    say(client, case, closes="y")
    assert state_of(db_session, case) is CaseState.CLOSED
    assert codes.grouped(case.code) in client.get("/quay/ho-so?muc=da-dong").text


@pytest.mark.parametrize(
    "wrong", [{"text": " "}, {"text": "x" * 10_000}, {"shown_to": "ca-lang"}, {"seen": ""}]
)
def test_a_wrong_answer_changes_nothing(client, clerk, db_session, wrong):
    case = open_case()
    shop.save()
    assert say(client, case, **wrong).status_code == 422
    assert messages(db_session) == []


def test_two_who_answer_at_once_are_told(client, clerk, db_session):
    case = open_case()
    shop.save()
    say(client, case)
    second = say(client, case, text="Lời của người thứ hai.")
    assert second.status_code == 409
    assert "Lời của người thứ hai." in second.text
    assert len(messages(db_session)) == 1


@pytest.mark.parametrize("code", ["HS22222222", "x", "9" * 3000])
def test_an_unknown_case_is_not_there(client, clerk, code):
    assert client.get(f"/quay/ho-so/{code}").status_code == 404
    assert client.post(f"/quay/ho-so/{code}", data={"text": "x"}).status_code == 404


def test_shoppers_and_strangers_see_no_case(app, client, db_session):
    case, shopper = open_case(), shop.make_user()
    shop.save()
    assert client.get("/quay/ho-so").status_code == 303
    shop.sign_in(client, shopper)
    for path in ("/quay/ho-so", f"/quay/ho-so/{case.code}"):
        assert client.get(path).status_code == 404
    assert say(client, case).status_code == 404


def test_the_office_answers_cases_too(client, db_session):
    user = shop.make_staff(access.Role.OFFICE)
    case = open_case()
    shop.save()
    shop.sign_in(client, user)
    assert client.get("/quay/ho-so").status_code == 200
    assert say(client, case).status_code == 303


def asked_to_erase(state=OrderState.COMPLETED, **values):
    group = orders.make_order(state=state).group
    return group, open_case(
        CaseKind.PERSONAL_DATA,
        **{"topic": "delete", "reference": group.code, "contact_phone": group.contact_phone, **values},
    )


def erase(client, case, **data):
    return client.post(f"/quay/ho-so/{case.code}/xoa-du-lieu", data=data)


def test_an_order_is_erased_once_the_person_was_checked(client, clerk, db_session):
    group, case = asked_to_erase()
    shop.save()
    assert codes.grouped(group.code) in client.get(f"/quay/ho-so/{case.code}").text
    assert erase(client, case).status_code == 422
    assert erase(client, case, checked="y").status_code == 303
    db_session.expire_all()
    assert group.contact_phone == ""
    assert state_of(db_session, case) is CaseState.CLOSED
    assert erase(client, case, checked="y").status_code == 409


def test_an_order_under_way_keeps_its_address(client, clerk, db_session):
    group, case = asked_to_erase(OrderState.NEW)
    shop.save()
    refused = erase(client, case, checked="y")
    assert refused.status_code == 409
    assert "Đơn chưa xong" in refused.text
    db_session.expire_all()
    assert group.contact_phone
    assert messages(db_session) == []


def test_anothers_order_is_not_erased(client, clerk, db_session):
    group, case = asked_to_erase(contact_phone="+84987654321", contact_email=None)
    shop.save()
    assert erase(client, case, checked="y").status_code == 409
    db_session.expire_all()
    assert group.contact_phone
