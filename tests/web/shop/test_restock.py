"""Being told when a sold-out pack is there again: one letter that notes it, one when it is back, nothing kept after."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from storefront import clock
from storefront.catalogue.models import Listing
from storefront.cli import worker
from storefront.database import session, transaction
from storefront.journeys import note_stock
from storefront.outbox.models import Letter
from storefront.stock import restock
from storefront.stock.models import RestockRequest, StockItem
from tests.factories import shop

FORM = "/san-pham/mat-ong-thu/bao-co-hang"


@pytest.fixture
def honey(app):
    """A honey of two packs; (listing, sold out, on hand, the point)."""
    with transaction():
        listing, small, point = shop.make_buyable("Mật ong Thử", on_hand=1)
        large = shop.make_variant(listing, label="1 lít", position=2)
        shop.stock_up(large, point, 5)
    set_on_hand(small, 0)
    return listing, small, large, point


def set_on_hand(variant, count: int) -> None:
    with transaction():
        session().execute(update(StockItem).where(StockItem.variant_id == variant.id).values(on_hand=count))
        note_stock.run(listing_ids=[variant.listing_id], day=clock.today())


def ask(client, variant, email="ha@example.com", prefix=""):
    return client.post(prefix + FORM, data={"variant": variant.id, "email": email})


def waiting() -> int:
    return session().scalar(select(func.count()).select_from(RestockRequest)) or 0


def letters() -> list[Letter]:
    return list(
        session().scalars(select(Letter).order_by(Letter.id).execution_options(populate_existing=True))
    )


def link_in(letter: Letter) -> str:
    return re.search(r"http://localhost(/(?:en/)?bao-co-hang/\S+)", letter.body)[1]


def tell(app) -> None:
    worker.tell_waiting(app.config["SETTINGS"])


def test_a_sold_out_pack_offers_it_on_the_page_of_its_product(client, honey):
    _, small, large, _ = honey
    page = client.get("/san-pham/mat-ong-thu").text
    form = re.search(rf'<form[^>]*action="{FORM}".*?</form>', page, re.S)[0]
    assert f'name="variant" value="{small.id}"' in form
    assert f'value="{large.id}"' not in form
    assert "rồi xoá" in form
    set_on_hand(small, 3)
    assert FORM not in client.get("/san-pham/mat-ong-thu").text


def test_who_asks_is_told_once_and_then_forgotten(client, app, honey):
    _, small, _, _ = honey
    answer = ask(client, small, " Ha@Example.com ")
    assert answer.status_code == 303
    assert "cửa hàng báo tới ha@example.com" in client.get(answer.location).text
    (noted,) = letters()
    assert (noted.kind, noted.to_address) == ("restock_asked", "ha@example.com")
    tell(app)
    assert len(letters()) == 1
    set_on_hand(small, 2)
    tell(app)
    tell(app)
    told = letters()[1:]
    assert [letter.kind for letter in told] == ["restock_answered"]
    assert told[0].subject == "Mật ong Thử đã có hàng lại"
    assert "185.000\xa0₫" in told[0].body
    assert "http://localhost/san-pham/mat-ong-thu" in told[0].body
    assert waiting() == 0


def test_asked_twice_is_asked_once(client, honey):
    _, small, _, _ = honey
    first, second = ask(client, small), ask(client, small, "HA@example.com")
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert (waiting(), len(letters())) == (1, 1)


def test_what_is_back_but_not_to_be_sold_is_not_told(client, app, honey):
    _, small, _, _ = honey
    ask(client, small)
    with transaction():
        session().execute(update(Listing).values(valid_until=clock.today() - timedelta(days=1)))
    set_on_hand(small, 2)
    tell(app)
    assert (waiting(), len(letters())) == (1, 1)


def test_the_link_of_the_letter_takes_it_back(client, app, honey):
    _, small, _, _ = honey
    ask(client, small)
    link = link_in(letters()[0])
    page = client.get(link)
    assert "Mật ong Thử 500 ml" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert waiting() == 1
    assert "Đã thôi chờ" in client.post(link).text
    assert waiting() == 0
    for again in (client.get(link), client.post(link), client.get("/bao-co-hang/" + "x" * 500)):
        assert again.status_code == 404
        assert "không còn chờ gì" in again.text
    set_on_hand(small, 2)
    tell(app)
    assert len(letters()) == 1


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"email": ""}, "Cần thư điện tử"),
        ({"email": "không phải thư"}, "Địa chỉ thư chưa đúng"),
        ({"email": "a" * 10_000}, "Địa chỉ thư chưa đúng"),
        ({"variant": "9" * 30}, "Hãy chọn một loại."),
        ({"variant": "-1"}, "Hãy chọn một loại."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_kept(client, honey, values, words):
    _, small, _, _ = honey
    answer = client.post(FORM, data={"variant": small.id, "email": "ha@example.com", **values})
    assert answer.status_code == 422
    assert words in answer.text
    assert (waiting(), letters()) == (0, [])


def test_what_can_be_bought_is_not_waited_for(client, honey):
    _, small, large, _ = honey
    assert ask(client, large).location == "/san-pham/mat-ong-thu"
    set_on_hand(small, 1)
    assert client.get(FORM).location == "/san-pham/mat-ong-thu"
    assert waiting() == 0
    assert client.get("/san-pham/khong-co/bao-co-hang").status_code == 404


def test_many_requests_of_one_network_must_wait(client, honey):
    _, small, _, _ = honey
    for number in range(20):
        assert ask(client, small, f"nguoi{number}@example.com").status_code == 303
    assert ask(client, small, "nguoi20@example.com").status_code == 429
    assert waiting() == 20


def test_a_shopper_is_written_to_in_their_language(client, app, honey):
    _, small, _, _ = honey
    ask(client, small, prefix="/en")
    assert link_in(letters()[0]).startswith("/en/")
    set_on_hand(small, 2)
    tell(app)
    assert letters()[1].subject == "Mật ong Thử is back in stock"


def test_requests_go_with_the_account_and_after_a_year(client, app, honey):
    _, small, _, _ = honey
    with transaction():
        user = shop.make_user(email="ha@example.com")
    shop.sign_in(client, user)
    ask(client, small)
    ask(client, small, "other@example.com")
    assert '"waiting_for"' in client.get("/tai-khoan/du-lieu.json").text
    client.post("/tai-khoan/xoa", data={"present": shop.PASSWORD})
    assert session().scalars(select(RestockRequest.email)).all() == ["other@example.com"]
    with transaction():
        restock.forget_old(clock.now() + timedelta(days=366))
    assert waiting() == 0
