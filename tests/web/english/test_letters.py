"""Letters are written in the language of the order, the account or the case, whoever sets them off."""

import pytest
import sqlalchemy as sa

from storefront import access
from storefront.accounts.models import User
from storefront.database import session, transaction
from storefront.orders.models import Order, OrderGroup
from storefront.outbox.models import Letter
from tests.factories import checkout, shop
from tests.factories.reading import names, vietnamese_in


@pytest.fixture
def jar(app):
    with transaction():
        return shop.make_buyable("Mật ong Thử", on_hand=10)[1]


def letters():
    return session().scalars(sa.select(Letter).order_by(Letter.id)).all()


def buy_in_english(client, variant):
    client.post("/en/gio-hang/mon", data={"variant": variant.id, "quantity": 2})
    typed = {**checkout.TYPED, "email": "ann@example.org"}
    assert client.post("/en/dat-hang", data=typed).headers["Location"] == "/en/dat-hang/xem-lai"
    answer = client.post("/en/dat-hang/xem-lai", data=checkout.reviewed(client))
    assert answer.headers["Location"].startswith("/en/don-hang/")
    return checkout.the_order(answer)


def test_an_order_placed_in_english_is_confirmed_in_english(client, jar):
    group = buy_in_english(client, jar)
    assert group.language == "en"
    (letter,) = letters()
    assert letter.subject.startswith("We have received your order DH-")
    assert f"http://localhost/en/don-hang/{group.code}/{group.secret}" in letter.body
    assert "- 2 × Mật ong Thử (Honey) 500 ml: ₫370,000" in letter.body
    assert vietnamese_in(letter.subject + letter.body, names()) == []


def test_a_clerk_who_works_in_vietnamese_tells_an_english_shopper_in_english(client, app, jar):
    group = buy_in_english(client, jar)
    with transaction():
        clerk = shop.make_staff(access.Role.MANAGER)
    desk = app.test_client()
    shop.sign_in(desk, clerk)
    order = session().scalars(sa.select(Order).where(Order.group_id == group.id)).one()
    moved = desk.post(f"/quay/don/{order.id}/trang-thai", data={"muc": "confirmed", "thay": "new"})
    assert moved.status_code == 303
    told = letters()[-1]
    assert told.subject.endswith(": confirmed")
    assert "/en/don-hang/" in told.body
    assert vietnamese_in(told.subject + told.body, names()) == []


def test_an_order_placed_in_vietnamese_stays_vietnamese_at_an_english_desk(client, app, jar):
    group = checkout.buy(client, jar, 2, email="ha@example.org")
    assert group.language == "vi"
    with transaction():
        clerk = shop.make_staff(access.Role.MANAGER)
    desk = app.test_client()
    shop.sign_in(desk, clerk)
    order = session().scalars(sa.select(Order).where(Order.group_id == group.id)).one()
    desk.post(f"/en/quay/don/{order.id}/trang-thai", data={"muc": "confirmed", "thay": "new"})
    told = letters()[-1]
    assert told.subject.endswith("đã xác nhận")
    assert "http://localhost/don-hang/" in told.body


def test_an_account_is_written_to_in_the_language_it_was_opened_in(client, app):
    client.post("/en/dang-ky/e-mail", data={"name": "Ann", "email": "ann@example.org"})
    assert session().scalars(sa.select(User.language)).one() == "en"
    client.post("/quen-mat-khau", data={"email": "ann@example.org"})
    for letter in letters():
        assert letter.subject == "Set a password for your Hà Tĩnh Specialities account"
        assert "http://localhost/en/mat-khau-moi/" in letter.body
        assert vietnamese_in(letter.body, names()) == []
    assert len(letters()) == 2


def test_a_case_is_answered_in_the_language_it_was_opened_in(client, app):
    told = {"topic": "other", "text": "The jar was cracked.", "email": "ann@example.org"}
    assert client.post("/en/khieu-nai", data=told).status_code == 303
    (letter,) = letters()
    assert letter.subject.startswith("We have received your case HS-")
    assert "http://localhost/en/ho-so" in letter.body
    assert vietnamese_in(letter.body, names()) == []


def test_codes_that_are_printed_lead_to_the_address_without_a_language(client, app, jar):
    with transaction():
        clerk = shop.make_staff(access.Role.MANAGER)
    group = buy_in_english(client, jar)
    desk = app.test_client()
    shop.sign_in(desk, clerk)
    order = session().scalars(sa.select(Order).where(Order.group_id == group.id)).one()

    def code(page):
        return page.text.split('viewBox="', 1)[1].split("</svg>", 1)[0]

    slip, english = desk.get(f"/quay/phieu?don={order.id}"), desk.get(f"/en/quay/phieu?don={order.id}")
    assert english.status_code == 200
    assert code(slip) == code(english)


def test_groups_of_before_are_vietnamese(app):
    assert OrderGroup.__table__.c.language.server_default.arg == "vi"
