"""axe finds nothing, no rule switched off, light and dark, in the states a shopper gets into."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from storefront import clock
from storefront.accounts import service as accounts
from storefront.catalogue.models import Listing, Variant
from storefront.database import session
from storefront.journeys import note_stock
from storefront.stock.models import StockItem
from storefront.web import errors
from tests.browser.conftest import open_context
from tests.browser.looking import Eye, sign_in
from tests.factories.checkout import TYPED

EXPIRED, ALCOHOL = "cam-khe-may-long-nham", "ruou-nep-cai-ha-mai"
WRONG = {"phone": "0912", "place": "không có nơi này", "email": "ai@", "name": "", "how": "delivery"}
TO_CHOOSE = {**TYPED, "place": "Sơn"}


@pytest.fixture
def eye(live_shop, chromium):
    context = open_context(chromium, bypass_csp=True)
    yield Eye(context, live_shop)
    context.close()


def packs(number):
    """Ids of packs on sale, of different listings and far from what other tests buy."""
    on_hand = sa.select(StockItem.variant_id).where(StockItem.on_hand > 5)
    listings = (
        sa.select(Listing.id, sa.func.min(Variant.id))
        .join(Variant, Variant.listing_id == Listing.id)
        .where(Listing.is_published, Listing.in_stock, ~Listing.is_alcohol, Listing.stars >= 4)
        .where(Listing.valid_until >= clock.today(), Variant.id.in_(on_hand))
        .group_by(Listing.id)
        .order_by(Listing.id.desc())
    )
    return [variant for _listing, variant in session().execute(listings.limit(number))]


@pytest.mark.browser
def test_basket_checkout_and_order(eye, live_shop):
    with live_shop.changing():
        first, second = packs(2)
        price = session().get_one(Variant, first).price_vnd
    eye.open("/gio-hang", label="empty basket")
    eye.send("/gio-hang/mon", 422, variant="x", quantity="-1")
    eye.send("/gio-hang/mon", variant=first, quantity=2)
    eye.send("/gio-hang/mon", variant=second, quantity=1)
    eye.send(f"/gio-hang/mon/{first}", 422, quantity="nhiều")
    with live_shop.changing():
        session().get_one(Variant, first).price_vnd = price + 5000
    eye.open("/gio-hang", label="changed price")
    with live_shop.changing():
        session().get_one(Variant, first).price_vnd = price
    eye.open("/gio-hang", label="filled basket")
    eye.open("/dat-hang")
    eye.send("/dat-hang", 422, label="checkout, all missing")
    eye.send("/dat-hang", 422, label="checkout, all wrong", **WRONG)
    eye.send("/dat-hang", 422, label="checkout, place to choose", **TO_CHOOSE)
    eye.send("/dat-hang", label="review", **TYPED)
    assert eye.page.url.endswith("/dat-hang/xem-lai")
    with eye.page.expect_navigation():
        eye.page.get_by_role("button", name=re.compile(r"^Đặt hàng")).click()
    eye.look("placed")
    order = eye.page.url.removeprefix(live_shop.url)
    eye.open(order, label="order by its secret link")
    eye.open(f"{order}/in")
    eye.send(f"{order}/huy", label="cancelled")
    eye.open("/gio-hang", label="basket after the order")
    assert eye.found == {}


@pytest.mark.browser
def test_products_that_cannot_be_bought(eye, live_shop):
    with live_shop.changing():
        variant = session().get_one(Variant, packs(3)[-1])
        slug = session().get_one(Listing, variant.listing_id).slug
        mine = sa.select(Variant.id).where(Variant.listing_id == variant.listing_id)
        session().execute(sa.update(StockItem).where(StockItem.variant_id.in_(mine)).values(on_hand=0))
        note_stock.run(listing_ids=[variant.listing_id], day=clock.today())
    eye.open(f"/san-pham/{slug}", label="sold out")
    assert "ết hàng" in eye.page.content()
    eye.send("/gio-hang/mon", 409, variant=variant.id, quantity=1, label="sold out, bought")
    eye.send(
        f"/san-pham/{slug}/bao-co-hang", 422, variant=variant.id, email="x", label="sold out, waited for"
    )
    eye.send("/gio-hang/mon", 422, variant=variant.id, quantity="x", label="wrong quantity")
    eye.open(f"/san-pham/{EXPIRED}")
    eye.open(f"/san-pham/{ALCOHOL}", label="age asked")
    eye.send("/tuoi", tuoi=18, tiep=f"/san-pham/{ALCOHOL}", label="age stated")
    eye.open("/nhom/do-uong", label="drinks with alcohol")
    assert eye.found == {}


@pytest.mark.browser
def test_forms_with_errors(eye, live_shop):
    eye.open("/dang-nhap")
    eye.send("/dang-nhap", 422)
    eye.send("/dang-nhap", 422, typed="ai@example.org", password="sai mật khẩu")
    for path in ("/dang-ky", "/dang-ky/e-mail", "/quen-mat-khau"):
        eye.open(path)
        eye.send(path, 422)
        eye.send(path, 422, label=f"{path} wrong", email="ai@", phone="12", password="ngắn")
    eye.send("/quen-mat-khau", email="khong-ai@example.org")
    eye.open("/mat-khau-moi/het-han", 410)
    with live_shop.changing():
        user = accounts.find("khach@demo.test")
        token = accounts.start_reset(user=user, made_by_id=None, now=clock.now())
    eye.open(f"/mat-khau-moi/{token}", label="new password")
    eye.send(f"/mat-khau-moi/{token}", 422, password="ngắn", label="new password, short")
    for path in ("/khieu-nai", "/bao-dang-ngo", "/yeu-cau-du-lieu"):
        eye.open(path)
        eye.send(path, 422)
        eye.send(path, 422, label=f"{path} wrong", phone="12", email="ai@", reference="x" * 70)
    eye.send("/khieu-nai", 400, text="Hũ mật nứt \x0b khi tới nơi.", label="refused, words kept")
    eye.send("/ho-so", 422)
    eye.send("/ho-so", 422, code="HS22222222", contact="0912 345 678")
    eye.send("/don-hang", 422)
    eye.send("/don-hang", 422, code="DH-2222-2222", phone="0912 345 678")
    eye.open("/soi?ma=khong+phai+ma", 422)
    eye.open("/t/LKHONGCO", 404)
    assert eye.found == {}


@pytest.mark.browser
def test_a_case_from_the_form_to_its_page(eye):
    phone = "0912 345 699"
    eye.open("/khieu-nai")
    words = {"topic": "quality", "text": "Hũ mật bị nứt khi tới nơi.", "phone": phone}
    topic = eye.page.locator("[name=topic]").first.get_attribute("value")
    eye.send("/khieu-nai", **{**words, "topic": topic}, label="case opened")
    code = eye.page.locator("[name=code]").input_value()
    eye.send("/ho-so", code=code, contact=phone, label="case followed")
    assert eye.page.url.endswith("/ho-so/xem")
    eye.send("/ho-so/xem", 422)
    eye.send("/ho-so/xem", text="Còn ảnh thì gửi đâu?")
    assert eye.found == {}


@pytest.mark.browser
def test_an_account_and_its_end(eye, live_shop):
    sign_in(eye.context, live_shop, "khach@demo.test")
    eye.open("/tai-khoan", label="account, empty")
    with live_shop.changing():
        (variant,) = packs(1)
    eye.send("/gio-hang/mon", variant=variant, quantity=1)
    eye.send("/dat-hang", **TYPED, label="review, signed in")
    with eye.page.expect_navigation():
        eye.page.get_by_role("button", name=re.compile(r"^Đặt hàng")).click()
    eye.look("placed, signed in")
    eye.open("/tai-khoan", label="account with an order")
    eye.open("/tai-khoan/cai-dat")
    eye.send("/tai-khoan/ten", 422, label="no name")
    eye.send("/tai-khoan/mat-khau", 422, present="", password="ngắn")
    eye.open("/tai-khoan/xoa")
    eye.send("/tai-khoan/xoa", 422)
    assert eye.found == {}


@pytest.mark.browser
@pytest.mark.parametrize("status", sorted(errors.PAGES))
def test_error_pages(eye, live_shop, status):
    with live_shop.app.test_request_context("/loi"):
        body, _status = errors.page(status, **({"seconds": 90} if status == 429 else {}))
    eye.page.route("**/loi", lambda route: route.fulfill(status=status, body=body, content_type="text/html"))
    eye.open("/loi", status)
    assert eye.found == {}


@pytest.mark.browser
def test_a_form_of_another_site_is_refused_with_a_page(eye, live_shop):
    eye.page.goto(live_shop.url.replace("127.0.0.1", "localhost") + "/soi")
    eye.send(f"{live_shop.url}/khieu-nai", 403, text="từ nơi khác")
    assert eye.found == {}
