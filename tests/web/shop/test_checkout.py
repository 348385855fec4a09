"""Checkout: few fields, exact words, nothing lost, one order."""

import html
import re

import pytest
from sqlalchemy import func, select, update

from storefront.accounts import service as accounts
from storefront.cart.models import CheckoutDraft
from storefront.catalogue.models import Variant
from storefront.clock import now
from storefront.database import session, transaction
from storefront.orders.models import OrderGroup
from storefront.places import lookup
from storefront.stock.models import Point, StockItem
from storefront.web.shop.checkout_forms import phone_problem
from tests.factories import shop
from tests.factories.checkout import TYPED, buy, put_in, reviewed, the_order, type_in


@pytest.fixture
def jar(app):
    _, variant, _ = shop.make_buyable("Mật ong Thử", price=185_000, on_hand=10)
    shop.save()
    return variant


@pytest.fixture
def shopper(client, jar):
    """A browser with one jar in its basket."""
    put_in(client, jar)
    return client


def orders() -> int:
    return session().scalar(select(func.count()).select_from(OrderGroup)) or 0


def drafts() -> int:
    return session().scalar(select(func.count()).select_from(CheckoutDraft)) or 0


def change(statement) -> None:
    with transaction():
        session().execute(statement)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("0912 345 67", "Thiếu một chữ số: số di động có 10 chữ số."),
        ("09123456", "Thiếu hai chữ số: số di động có 10 chữ số."),
        ("+84 912 345 67", "Thiếu một chữ số: số di động có 10 chữ số."),
        ("09123456789", "Thừa một chữ số: số di động có 10 chữ số."),
        ("0239 385 585", "Thiếu một chữ số: số máy bàn có 11 chữ số."),
        ("0112 345 678", "Không có số di động nào bắt đầu như vậy. Xem lại từng chữ số."),
        ("912 345 678x", "Số điện thoại chỉ gồm chữ số."),
        ("912 34", "Số điện thoại Việt Nam bắt đầu bằng số 0."),
        ("+1 202 555 0123", "Cửa hàng chỉ gọi được số điện thoại Việt Nam."),
    ],
)
def test_a_wrong_number_is_told_exactly(typed, words):
    assert phone_problem(typed) == words


def test_an_empty_basket_goes_back_to_the_basket(client, app):
    assert client.get("/dat-hang").location == "/gio-hang"
    assert client.get("/dat-hang/xem-lai").location == "/gio-hang"
    assert "Giỏ đang trống" in client.get("/gio-hang").text


def test_at_most_eight_fields_are_asked_for(shopper):
    form = re.search(
        r'<form method="post" action="/dat-hang" novalidate>.*?</form>', shopper.get("/dat-hang").text, re.S
    )[0]
    asked = re.findall(r'<(?:input(?![^>]*type="hidden")|textarea|select)[^>]*name="([a-z_]+)"', form)
    names = set(asked)
    assert names == {"phone", "name", "how", "place", "street", "email", "note", "consent"}


def test_the_consent_is_never_ticked_beforehand(shopper):
    type_in(shopper)
    box = re.search(r'<input[^>]*name="consent"[^>]*>', shopper.get("/dat-hang").text)[0]
    assert "checked" not in box


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("phone", "", "Cần số điện thoại để người giao gọi."),
        ("phone", "9" * 10_000, "bắt đầu bằng số 0"),
        ("name", "", "Cần tên người nhận."),
        ("name", "a" * 10_000, "Dài quá"),
        ("place", "", "Cần xã hoặc phường"),
        ("place", "xyzzy qwerty", "Không thấy nơi này."),
        ("place", "a" * 10_000, "Dài quá"),
        ("street", "", "Cần số nhà và đường"),
        ("street", "a" * 10_000, "Dài quá"),
        ("email", "không phải thư", "Địa chỉ thư chưa đúng"),
        ("note", "a" * 10_000, "Dài quá"),
        ("consent", None, "Cần bạn đồng ý"),
        ("how", "bay", "Hãy chọn một cách."),
        ("how", "pickup-999999", "Hãy chọn một cách."),
        ("pay", "card", "Hãy chọn một cách."),
    ],
)
def test_what_is_wrong_is_told_beside_what_was_typed(shopper, field, value, words):
    answer = type_in(shopper, **{field: value})
    assert answer.status_code == 422
    assert words in answer.text
    for other in ({"name", "street"} - {field}) if field != "how" else ():
        assert TYPED[other] in html.unescape(answer.text)
    assert drafts() == 0


@pytest.mark.parametrize("bad", [b"name=%ff", b"name=a%00b", b"phone=%zz"])
def test_broken_bytes_are_refused(shopper, bad):
    answer = shopper.post("/dat-hang", data=bad, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400
    assert drafts() == 0


def test_the_number_is_kept_in_one_form(shopper):
    type_in(shopper, phone="84.912.345.678")
    assert session().scalars(select(CheckoutDraft)).one().fields["phone"] == "+84912345678"


def test_an_unclear_place_offers_the_matches_and_keeps_everything(shopper):
    answer = type_in(shopper, place="Sơn Giang")
    assert answer.status_code == 422
    assert 'href="#place_pick">Chọn đúng nơi nhận: Có vài nơi khớp. Chọn một nơi.' in answer.text
    field, choices, next_field = (
        answer.text.index(f' id="{name}"') for name in ("place", "place_pick", "street")
    )
    assert field < answer.text.index("xã Sơn Giang, tỉnh Hà Tĩnh", choices) < next_field
    assert 'class="field has-error" id="place_pick"' in answer.text
    home = lookup.by_name("xã Sơn Giang", "Hà Tĩnh").code
    assert type_in(shopper, place="Sơn Giang", place_seen="Sơn Giang", place_pick=home).status_code == 303
    assert session().scalars(select(CheckoutDraft)).one().fields["commune_code"] == home


def test_an_old_name_leads_to_the_commune_of_today(shopper):
    type_in(shopper, place="Hương Trạch, Hương Khê")
    assert "xã Phúc Trạch" in shopper.get("/dat-hang/xem-lai").text


def test_a_code_that_does_not_belong_to_the_words_is_left_out(shopper):
    other = lookup.by_name("xã Sơn Giang", "Hà Tĩnh").code
    type_in(shopper, commune=other)
    assert session().scalars(select(CheckoutDraft)).one().fields["commune_code"] == "00166"


def test_a_code_from_the_finder_is_taken(shopper):
    home = lookup.by_name("xã Sơn Giang", "Hà Tĩnh")
    type_in(shopper, place=home.label, commune=home.code)
    assert session().scalars(select(CheckoutDraft)).one().fields["commune_code"] == home.code


def test_pickup_needs_no_address_and_costs_nothing(shopper):
    point = session().scalars(select(Point)).one()
    assert type_in(shopper, how=f"pickup-{point.id}", place="", street="").status_code == 303
    review = shopper.get("/dat-hang/xem-lai").text
    assert f"Đến lấy tại {point.name}" in review
    assert "Đặt hàng · 185.000\xa0₫" in review
    group = the_order(shopper.post("/dat-hang/xem-lai", data=reviewed(shopper)))
    assert (group.pickup_point_id, group.delivery_vnd, group.commune_code) == (point.id, 0, None)


def test_a_parcel_too_heavy_to_send_is_told(client, app):
    _, variant, _ = shop.make_buyable(on_hand=200)
    change(update(Variant).values(shipping_weight_g=31_000))
    put_in(client, variant)
    answer = type_in(client)
    assert answer.status_code == 422
    assert "nặng quá mức gửi được" in answer.text


def test_a_signed_in_shopper_finds_the_saved_address(client, jar):
    user = shop.make_user(phone="+84912345678")
    saved = {
        "name": "Lê Văn Nhà",
        "phone": "+84987654321",
        "commune_code": "18184",
        "commune_name": "xã Sơn Giang",
        "province_name": "tỉnh Hà Tĩnh",
        "street": "Thôn 5",
    }
    accounts.save_address(user_id=user.id, values=saved, now=now())
    shop.save()
    shop.sign_in(client, user)
    put_in(client, jar)
    page = client.get("/dat-hang").text
    for value in ("Lê Văn Nhà", "0987 654 321", "xã Sơn Giang, tỉnh Hà Tĩnh", "Thôn 5"):
        assert f'value="{value}"' in page
    assert buy(client, jar).user_id == user.id


def test_going_back_finds_everything_typed(shopper):
    type_in(shopper, note="Gọi trước", email="ha@example.com")
    page = shopper.get("/dat-hang").text
    # an address of its own, else the browser would carry the "#phone" of "Sửa" on to the order
    assert '<form method="post" action="/dat-hang"' in page
    for value in ("0912 345 678", "Trần Thị Hà", "36 Xuân Thủy", "ha@example.com", "Gọi trước"):
        assert value in page


def test_the_review_needs_the_fields_first(shopper):
    assert shopper.get("/dat-hang/xem-lai").location == "/dat-hang"


def test_sent_again_reloaded_and_back_lead_to_the_same_order(shopper):
    type_in(shopper)
    button = reviewed(shopper)
    first = shopper.post("/dat-hang/xem-lai", data=button)
    again = shopper.post("/dat-hang/xem-lai", data=button)
    assert first.location == again.location
    assert shopper.get("/dat-hang/xem-lai").location == first.location
    assert orders() == 1


@pytest.mark.parametrize("total", ["1", "0", "-213000", "", "213001", "9" * 30, "abc"])
def test_a_forged_total_orders_nothing(shopper, total):
    type_in(shopper)
    answer = shopper.post("/dat-hang/xem-lai", data=reviewed(shopper) | {"total": total})
    assert answer.location == "/dat-hang/xem-lai"
    assert "chưa đặt gì" in shopper.get("/dat-hang/xem-lai").text
    assert orders() == 0


@pytest.mark.parametrize("key", ["", "x", "y" * 10_000])
def test_an_unknown_key_orders_nothing(shopper, key):
    type_in(shopper)
    answer = shopper.post("/dat-hang/xem-lai", data=reviewed(shopper) | {"key": key})
    assert answer.status_code == 303
    assert orders() == 0


def test_a_review_made_stale_by_another_tab_orders_nothing(shopper, jar):
    type_in(shopper)
    button = reviewed(shopper)
    type_in(shopper, street="Số 9, đường khác")
    assert shopper.post("/dat-hang/xem-lai", data=button).location == "/dat-hang/xem-lai"
    assert "Số 9, đường khác" in shopper.get("/dat-hang/xem-lai").text
    assert orders() == 0


def test_a_price_that_changes_under_the_review_goes_to_the_basket(shopper):
    type_in(shopper)
    button = reviewed(shopper)
    change(update(Variant).values(price_vnd=199_000))
    assert shopper.post("/dat-hang/xem-lai", data=button).location == "/dat-hang/xem-lai"
    assert shopper.get("/dat-hang/xem-lai").location == "/gio-hang"
    page = shopper.get("/gio-hang").text
    assert "chưa đặt gì" in page
    assert "Giá đã đổi" in page
    assert orders() == 0


def test_the_last_jar_gone_under_the_review_orders_nothing(shopper):
    type_in(shopper)
    button = reviewed(shopper)
    change(update(StockItem).values(on_hand=0))
    shopper.post("/dat-hang/xem-lai", data=button)
    assert orders() == 0
    assert drafts() == 1
    page = shopper.get("/dat-hang/xem-lai", follow_redirects=True).text
    assert "chưa đặt gì" in page
    assert "Giỏ có chỗ vừa đổi" not in page
    assert page.count("Vừa hết hàng.") == 1


def test_a_form_from_another_site_orders_nothing(shopper):
    type_in(shopper)
    button = reviewed(shopper)
    answer = shopper.post("/dat-hang/xem-lai", data=button, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert orders() == 0


def test_places_are_found_while_typing(client, app):
    answer = client.get("/xa-phuong", query_string={"q": "huong trach huong khe"})
    assert answer.json[0]["label"] == "xã Phúc Trạch, tỉnh Hà Tĩnh"
    assert answer.json[0]["value"] == "18547"
    assert "Hương Trạch" in answer.json[0]["hint"]
    assert "public" in answer.headers["Cache-Control"]
    assert len(client.get("/xa-phuong?q=s%C6%A1n").json) <= 8


@pytest.mark.parametrize("typed", ["", "%", "a" * 5000, "'; --", "🍯"])
def test_places_answer_nonsense_with_an_empty_list(client, app, typed):
    answer = client.get("/xa-phuong", query_string={"q": typed})
    assert (answer.status_code, answer.json) == (200, [])


def test_a_place_that_is_not_known_clears_what_was_said_of_the_one_before(shopper):
    type_in(shopper)
    before = reviewed(shopper)
    assert "2–3 ngày sau khi gửi" in shopper.get("/dat-hang").text
    page = type_in(shopper, place="xyzzy qwerty", commune="00166").text
    for gone in ("213.000\xa0₫", "2–3 ngày sau khi gửi", "Xem lại đơn ·"):
        assert gone not in page
    assert "chưa tính được" in page
    assert "từ 28.000\xa0₫" in page
    assert shopper.post("/dat-hang/xem-lai", data=before).location == "/dat-hang/xem-lai"
    assert shopper.get("/dat-hang/xem-lai").location == "/dat-hang"
    page = shopper.get("/dat-hang").text
    assert "Chưa biết giao tới đâu" in page
    assert "chưa tính được" in page
    assert 'value="Trần Thị Hà"' in page
    assert orders() == 0


def test_the_review_of_two_parcels_says_what_is_paid_for_each(client, jar):
    _, other, _ = shop.make_buyable("Cu đơ Thử", price=75_000)
    shop.save()
    put_in(client, jar)
    put_in(client, other)
    assert "nên chỉ giao tận nơi" in client.get("/dat-hang").text
    type_in(client)
    page = client.get("/dat-hang/xem-lai").text
    assert "mỗi kiện trả riêng" in page
    for amount in ("213.000\xa0₫", "103.000\xa0₫"):
        assert f"trả {amount} khi nhận" in page


def test_another_mistake_leaves_the_place_and_its_fee(shopper):
    page = type_in(shopper, phone="").text
    assert "213.000\xa0₫" in page
    assert "2–3 ngày sau khi gửi" in page
