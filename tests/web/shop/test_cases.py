"""Opening a case, getting its number, and following it."""

import re

import pytest
import sqlalchemy as sa

from storefront import clock, codes
from storefront.cases import service as cases
from storefront.cases.models import Case, CaseKind, CaseState
from storefront.outbox.models import Letter
from tests.factories import shop

PATHS = {"/khieu-nai": "damaged", "/bao-dang-ngo": "fake_stamp", "/yeu-cau-du-lieu": "delete"}
GOOD = {
    "text": "Hũ mật vỡ nắp khi tới nơi.",
    "reference": "",
    "phone": "0912 345 678",
    "email": "",
    "contact_name": "Lan",
}


def words(path, **values):
    return {"topic": PATHS[path], **GOOD, **values}


def only_case(db_session):
    return db_session.scalars(sa.select(Case)).one()


@pytest.mark.parametrize("path", PATHS)
def test_a_form_is_there_and_the_same_for_all(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", PATHS)
def test_a_sound_form_becomes_a_case_with_a_number(client, db_session, path):
    answer = client.post(path, data=words(path))
    assert (answer.status_code, answer.location) == (303, "/ho-so")
    case = only_case(db_session)
    assert (case.contact_phone, case.topic, case.state) == ("+84912345678", PATHS[path], CaseState.OPEN)
    page = client.get("/ho-so")
    assert codes.grouped(case.code) in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_the_lot_code_of_the_address_stands_in_the_report(client):
    assert 'value="LABC-DEF"' in client.get("/bao-dang-ngo?ma=LABC-DEF").text
    assert client.get("/bao-dang-ngo?ma=" + "x" * 10_000).status_code == 200


def test_a_report_needs_no_contact_but_a_complaint_does(client, db_session):
    assert client.post("/bao-dang-ngo", data=words("/bao-dang-ngo", phone="")).status_code == 303
    refused = client.post("/khieu-nai", data=words("/khieu-nai", phone=""))
    assert refused.status_code == 422
    assert "Hũ mật vỡ nắp khi tới nơi." in refused.text
    assert only_case(db_session).kind is CaseKind.SUSPICION
    assert "không để lại liên lạc" in client.get("/ho-so").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"topic": "nope"},
        {"topic": ""},
        {"text": "  "},
        {"text": "x" * 10_000},
        {"phone": "123"},
        {"email": "a@"},
        {"reference": "x" * 61},
        {"contact_name": "x" * 101},
    ],
)
def test_a_wrong_field_is_said_and_opens_nothing(client, db_session, wrong):
    answer = client.post("/khieu-nai", data=words("/khieu-nai", **wrong))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert not db_session.scalars(sa.select(Case)).all()


@pytest.mark.parametrize("path", PATHS)
def test_what_is_wrong_is_summed_up_in_the_order_of_the_fields(client, path):
    long = "9" * 200
    wrong = {
        "topic": "",
        "text": "a" * 5000,
        "reference": long,
        "phone": "1",
        "email": "a",
        "contact_name": long,
    }
    page = client.post(path, data=wrong).text
    links = re.findall(r'<li><a href="#([^"]+)"', page)
    assert len(links) == 6
    assert links == sorted(links, key=lambda name: page.index(f' id="{name}"'))


def test_control_characters_and_other_sites_are_refused(client, db_session):
    assert client.post("/khieu-nai", data=words("/khieu-nai", text="a\0bcdefghijkl")).status_code == 400
    other = client.post("/khieu-nai", data=words("/khieu-nai"), headers={"Sec-Fetch-Site": "cross-site"})
    assert other.status_code == 403
    assert not db_session.scalars(sa.select(Case)).all()


def test_what_was_written_can_be_copied_from_the_page_that_refuses_it(client):
    broken = words("/khieu-nai", text="Hũ mật nứt\0 khi tới nơi. <b>Lan</b>")
    refused = client.post("/khieu-nai", data=broken)
    assert refused.status_code == 400
    assert "Hũ mật nứt khi tới nơi. &lt;b&gt;Lan&lt;/b&gt;" in refused.text
    for path, headers in (
        ("/khieu-nai", {"Sec-Fetch-Site": "cross-site"}),
        ("/soi", {"Sec-Fetch-Site": "cross-site"}),
    ):
        assert "Hũ mật nứt" not in client.post(path, data=broken, headers=headers).text


def test_passwords_are_never_shown_again(client):
    typed = {"typed": "Lan\0", "password": "mat khau co cach", "present": "mat khau co cach"}
    assert "mat khau" not in client.post("/dang-nhap", data=typed).text


def test_many_cases_from_one_network_must_wait(client, db_session):
    for _ in range(10):
        assert client.post("/khieu-nai", data=words("/khieu-nai")).status_code == 303
    late = client.post("/khieu-nai", data=words("/khieu-nai"))
    assert late.status_code == 429
    assert int(late.headers["Retry-After"]) > 0
    assert "Hũ mật vỡ nắp khi tới nơi." in late.text
    assert len(db_session.scalars(sa.select(Case)).all()) == 10


def test_a_letter_with_the_number_goes_to_the_address_given(client, db_session):
    client.post("/khieu-nai", data=words("/khieu-nai", email="Lan@Example.org"))
    letter = db_session.scalars(sa.select(Letter)).one()
    assert letter.to_address == "lan@example.org"
    assert codes.grouped(only_case(db_session).code) in letter.subject
    assert "Hũ mật" not in letter.body


def opened(client, db_session, **values):
    client.post("/khieu-nai", data=words("/khieu-nai", **values))
    return only_case(db_session)


def follow(client, code, contact):
    return client.post("/ho-so", data={"code": code, "contact": contact})


def test_number_and_contact_show_the_case_without_internal_notes_and_names_of_staff(app, client, db_session):
    case = opened(client, db_session)
    clerk = shop.make_staff(name="Nguyễn Thị Quầy Trưởng")
    for said, internal in (("Shop gửi bù hũ khác.", False), ("Khách quen.", True)):
        cases.answer(
            case=case, author_id=clerk.id, words=said, is_internal=internal, closes=False, now=clock.now()
        )
    shop.save()
    stranger = app.test_client()
    assert follow(stranger, codes.grouped(case.code).lower(), "0912345678").location == "/ho-so/xem"
    page = stranger.get("/ho-so/xem").text
    assert "Shop gửi bù hũ khác." in page
    assert "Khách quen." not in page
    assert "Nhân viên OCOP" in page
    assert "Quầy Trưởng" not in page


def test_an_unknown_number_and_anothers_case_look_the_same(app, client, db_session):
    case = opened(client, db_session)
    unknown = codes.new(codes.Kind.CASE)
    stranger = app.test_client()
    pages = [follow(stranger, code, "0987654321") for code in (case.code, unknown)]
    assert {page.status_code for page in pages} == {422}
    alike = {re.sub("HS[A-Z0-9]{8}", "", page.text) for page in pages}
    assert len(alike) == 1
    assert stranger.get("/ho-so/xem").location == "/ho-so"


@pytest.mark.parametrize(
    ("code", "contact"), [("", ""), ("HS-1111", "0912345678"), ("9" * 10_000, "x" * 10_000)]
)
def test_what_cannot_be_a_case_is_a_form_error(client, code, contact):
    assert follow(client, code, contact).status_code == 422


def test_guessing_is_limited(client):
    tried = [follow(client, codes.new(codes.Kind.CASE), "0912345678").status_code for _ in range(21)]
    assert tried == [422] * 20 + [429]


def test_writing_on_opens_the_case_again(client, db_session):
    case = opened(client, db_session)
    clerk = shop.make_staff()
    cases.answer(
        case=case, author_id=clerk.id, words="Xong.", is_internal=False, closes=True, now=clock.now()
    )
    shop.save()
    follow(client, case.code, "0912345678")
    assert client.post("/ho-so/xem", data={"text": " "}).status_code == 422
    assert client.post("/ho-so/xem", data={"text": "Vẫn chưa nhận được."}).status_code == 303
    db_session.expire_all()
    assert only_case(db_session).state is CaseState.OPEN
    assert "Vẫn chưa nhận được." in client.get("/ho-so/xem").text


def test_nobody_writes_on_a_case_they_did_not_follow(client):
    assert client.post("/ho-so/xem", data={"text": "Xin chào cửa hàng"}).location == "/ho-so"
