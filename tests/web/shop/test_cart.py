"""The basket: added to, changed, and honest about what changed meanwhile."""

import base64
import json

import pytest
from sqlalchemy import select, update

from storefront.cart.models import CartLine
from storefront.catalogue.models import Listing, Variant
from storefront.database import session, transaction
from storefront.stock.models import StockItem
from tests.factories import shop
from tests.factories.checkout import put_in


@pytest.fixture
def jar(app):
    _, variant, _ = shop.make_buyable("Mật ong Thử", price=185_000, on_hand=10)
    shop.save()
    return variant


def lines() -> dict[int, int]:
    return {line.variant_id: line.quantity for line in session().scalars(select(CartLine))}


def shown_count(client) -> int:
    """What the header's script reads."""
    packed = client.get_cookie("hien_thi").value
    return json.loads(base64.urlsafe_b64decode(packed + "=="))["n"]


def change(statement) -> None:
    with transaction():
        session().execute(statement)


def test_an_empty_basket_says_what_to_do(client):
    answer = client.get("/gio-hang")
    assert answer.status_code == 200
    assert "Giỏ đang trống" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_adding_shows_it_with_its_origin_and_lowest_fee(client, jar):
    assert put_in(client, jar, 2).status_code == 303
    page = client.get("/gio-hang").text
    assert "Đã thêm 2 × Mật ong Thử 500 ml." in page
    assert "Gửi từ Cửa hàng thử" in page
    assert "phí giao tính khi biết địa chỉ" in page
    assert "370.000\xa0₫" in page


def test_adding_again_adds_up_and_the_header_counts(client, jar):
    put_in(client, jar, 2)
    assert shown_count(client) == 2
    put_in(client, jar, 3)
    assert shown_count(client) == 5
    assert lines() == {jar.id: 5}


def test_every_cookie_stays_on_this_site(client, jar):
    for cookie in put_in(client, jar).headers.getlist("Set-Cookie"):
        assert "SameSite=Lax" in cookie


@pytest.mark.parametrize("quantity", ["", "0", "-1", "1000", "1.5", "hai", "9" * 5000, "１"])
def test_a_quantity_that_is_none_changes_nothing(client, jar, quantity):
    answer = client.post("/gio-hang/mon", data={"variant": jar.id, "quantity": quantity})
    assert answer.status_code == 422
    assert "Số lượng là số nguyên từ 1 đến 999." in answer.text
    assert "Giấy chứng nhận và con tem" in answer.text  # the product's page, where it was typed
    assert f'name="quantity" type="number" value="{quantity[:12]}" aria-invalid="true"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert lines() == {}


@pytest.mark.parametrize("variant", ["", "0", "-5", "abc", "9" * 30])
def test_a_variant_that_is_none_is_a_form_error(client, jar, variant):
    assert client.post("/gio-hang/mon", data={"variant": variant, "quantity": 1}).status_code == 422
    assert lines() == {}


def test_an_unknown_variant_is_not_there(client, jar):
    assert client.post("/gio-hang/mon", data={"variant": 999_999, "quantity": 1}).status_code == 404


def test_what_cannot_be_sold_is_refused(client, jar):
    change(update(Listing).values(is_alcohol=True))
    answer = put_in(client, jar)
    assert answer.status_code == 409
    assert "hiện không bán được" in answer.text
    assert lines() == {}


def test_a_variant_taken_off_sale_is_refused(client, jar):
    change(update(Variant).values(is_on_sale=False))
    assert put_in(client, jar).status_code == 409


def test_what_is_sold_out_is_refused(client, jar):
    change(update(StockItem).values(on_hand=0))
    assert put_in(client, jar).status_code == 409
    assert lines() == {}


def test_another_site_cannot_add(client, jar):
    answer = client.post(
        "/gio-hang/mon", data={"variant": jar.id, "quantity": 1}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert lines() == {}


def test_the_quantity_is_changed_and_the_line_removed(client, jar):
    put_in(client, jar, 2)
    client.post(f"/gio-hang/mon/{jar.id}", data={"quantity": "4"})
    assert lines() == {jar.id: 4}
    client.post(f"/gio-hang/mon/{jar.id}", data={"quantity": "4", "remove": "1"})
    assert lines() == {}


@pytest.mark.parametrize("quantity", ["-1", "1000", "nhiều", ""])
def test_a_wrong_new_quantity_stays_in_its_field_and_changes_nothing(client, jar, quantity):
    put_in(client, jar, 2)
    answer = client.post(f"/gio-hang/mon/{jar.id}", data={"quantity": quantity})
    assert answer.status_code == 422
    assert f'value="{quantity}"' in answer.text
    assert lines() == {jar.id: 2}


@pytest.mark.parametrize("variant_id", ["0", "-1", "9" * 30, "abc"])
def test_an_address_of_no_line_is_not_there(client, jar, variant_id):
    assert client.post(f"/gio-hang/mon/{variant_id}", data={"quantity": 1}).status_code in (404, 405)


def test_another_browsers_line_is_not_touched(client, app, jar):
    put_in(client, jar, 2)
    app.test_client().post(f"/gio-hang/mon/{jar.id}", data={"remove": "1"})
    assert lines() == {jar.id: 2}


def test_a_changed_price_is_shown_old_and_new_and_must_be_accepted(client, jar):
    put_in(client, jar, 2)
    change(update(Variant).values(price_vnd=195_000))
    page = client.get("/gio-hang").text
    assert "185.000\xa0₫</s>" in page
    assert "<b>195.000\xa0₫</b>" in page
    assert client.get("/dat-hang").location == "/gio-hang"
    client.post("/gio-hang/gia-moi", data={f"price-{jar.id}": "195000"})
    assert "Giá đã đổi" not in client.get("/gio-hang").text
    assert client.get("/dat-hang").status_code == 200


@pytest.mark.parametrize("price", ["1", "185000", "-195000", "", "9" * 40])
def test_only_the_present_price_can_be_accepted(client, jar, price):
    put_in(client, jar)
    change(update(Variant).values(price_vnd=195_000))
    client.post("/gio-hang/gia-moi", data={f"price-{jar.id}": price})
    assert session().scalars(select(CartLine.seen_price_vnd)).one() == 185_000
    assert "Giá đã đổi" in client.get("/gio-hang").text


def test_too_few_on_hand_is_shown_and_what_is_left_can_be_taken(client, jar):
    put_in(client, jar, 5)
    change(update(StockItem).values(on_hand=3))
    page = client.get("/gio-hang").text
    assert "<s>5</s> → còn 3" in page
    client.post(f"/gio-hang/mon/{jar.id}", data={"quantity": "3"})
    assert "Không đủ hàng" not in client.get("/gio-hang").text


def test_what_is_no_longer_sold_stays_visible_and_blocks_the_order(client, jar):
    put_in(client, jar)
    change(update(Listing).values(is_published=False))
    assert "Không còn bán." in client.get("/gio-hang").text
    assert client.get("/dat-hang").status_code == 303


def test_a_basket_of_two_origins_has_a_block_for_each(client, jar):
    _, other, _ = shop.make_buyable("Cu đơ Thử", price=75_000)
    shop.save()
    put_in(client, jar)
    put_in(client, other)
    page = client.get("/gio-hang").text
    assert page.count("Gửi từ Cửa hàng thử") == 2
    assert "Tự đến lấy" not in page
    assert "Hàng gửi từ 2 nơi, mỗi nơi một kiện, nên chỉ giao tận nơi." in page
