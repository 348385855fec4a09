"""The pages of an account: orders, addresses, name and password, one's data, and the end of it."""

from __future__ import annotations

import itertools
import json

import pytest
import sqlalchemy as sa

from storefront import access, clock
from storefront.accounts import service as accounts
from storefront.accounts.models import Address, SignedInSession, User
from storefront.cart import service as cart
from storefront.cart.models import Cart
from storefront.certification.models import Certificate
from storefront.database import session, transaction
from storefront.journeys import erase_person
from storefront.money import Vnd
from storefront.orders import queries as order_queries
from storefront.orders import service as orders
from storefront.orders.models import Order, OrderEvent, OrderGroup
from storefront.orders.states import Method, OrderState
from storefront.stock.models import StockMovement
from tests.factories import shop

PLACE = {
    "commune_code": "18001",
    "commune_name": "xã Thử",
    "province_name": "Hà Tĩnh",
    "street": "12 Đường Thử",
}
_keys = itertools.count(1)


def count(model) -> int:
    return session().scalar(sa.select(sa.func.count()).select_from(model)) or 0


@pytest.fixture
def me(client) -> User:
    user = shop.make_user(name="Trần Thị Lan", phone="+84912345678", email="lan@example.org")
    shop.save()
    shop.sign_in(client, user)
    return user


def make_order(user: User | None, state: OrderState = OrderState.COMPLETED) -> OrderGroup:
    listing, variant, point = shop.make_buyable()
    certificate = session().scalars(sa.select(Certificate)).first()
    line = orders.new_line(
        variant_id=variant.id,
        producer_id=listing.producer_id,
        certificate_id=certificate.id,
        listing_slug=listing.slug,
        kind=listing.kind,
        name=listing.name,
        variant_label=variant.label,
        producer_name="HTX",
        stars=4,
        decision_number=None,
        certified_year=2024,
        quantity=2,
        unit_price_vnd=Vnd(185_000),
        picks=[],
    )
    money = {"goods_vnd": Vnd(370_000), "delivery_vnd": Vnd(28_000), "total_vnd": Vnd(398_000)}
    part = Order(
        number=1,
        point_id=point.id,
        state=state,
        weight_g=1400,
        days_min=2,
        days_max=3,
        changed_at=clock.now(),
        lines=[line],
        **money,
    )
    contact = orders.Contact(
        name="Trần Thị Lan",
        phone="+84912345678",
        email="lan@example.org",
        method=Method.DELIVERY,
        pickup_point_id=None,
        note="Gọi trước khi đến",
        payment_method="cod",
        **PLACE,
    )
    group = orders.create(
        contact=contact,
        checkout_key=f"khoa-{next(_keys)}",
        user_id=user.id if user else None,
        orders=[part],
        terms_version="2026-11-23",
        now=clock.now(),
    )
    shop.save()
    return group


def save_address(user: User) -> int:
    values = {"name": "Lan", "phone": "+84912345678", **PLACE}
    with transaction():
        accounts.save_address(user_id=user.id, values=values, now=clock.now())
    return accounts.addresses(user.id)[0].id


def test_every_page_asks_to_sign_in(client, app):
    for path in ("/tai-khoan", "/tai-khoan/cai-dat", "/tai-khoan/du-lieu.json", "/tai-khoan/xoa"):
        answer = client.get(path)
        assert answer.status_code == 303
        assert answer.location.startswith("/dang-nhap?tiep=")
    for path in ("/tai-khoan/ten", "/tai-khoan/mat-khau", "/tai-khoan/dia-chi/1/xoa", "/tai-khoan/xoa"):
        assert client.post(path).location == "/dang-nhap"


def test_an_empty_account_says_what_will_be_here(client, me):
    answer = client.get("/tai-khoan")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Chưa có đơn hàng nào" in answer.text
    assert "Chưa có địa chỉ nào" in answer.text


def test_own_orders_lead_to_their_secret_pages_and_no_others_are_shown(client, me):
    mine = make_order(me)
    other = make_order(shop.make_user())
    by_phone_alone = make_order(None)
    page = client.get("/tai-khoan").text
    assert mine.secret in page
    assert "398.000" in page
    assert other.secret not in page
    assert by_phone_alone.secret not in page


def test_deletes_an_address_of_ones_own_only(client, me):
    mine = save_address(me)
    stranger = shop.make_user()
    shop.save()
    theirs = save_address(stranger)
    assert client.post(f"/tai-khoan/dia-chi/{theirs}/xoa").status_code == 404
    assert client.post("/tai-khoan/dia-chi/999999999999999999999999999999/xoa").status_code == 404
    assert client.post(f"/tai-khoan/dia-chi/{mine}/xoa").status_code == 303
    assert [row.id for row in session().scalars(sa.select(Address))] == [theirs]


def test_changes_the_name_and_the_header_shows_it(client, me):
    before = client.get_cookie("hien_thi")
    assert client.post("/tai-khoan/ten", data={"name": " Trần  Thị Mai "}).status_code == 303
    session().expire_all()
    assert session().get(User, me.id).name == "Trần Thị Mai"
    assert client.get_cookie("hien_thi") != before
    assert client.post("/tai-khoan/ten", data={"name": "x" * 10_000}).status_code == 422
    assert client.post("/tai-khoan/ten", data={"name": "\u200b"}).status_code == 422
    session().expire_all()
    assert session().get(User, me.id).name == "Trần Thị Mai"


def test_a_new_password_needs_the_old_one(client, me):
    new = "mot-cau-dai-de-nho"
    answer = client.post("/tai-khoan/mat-khau", data={"present": "khong-phai", "password": new})
    assert answer.status_code == 422
    assert "Mật khẩu này chưa đúng" in answer.text
    assert (
        client.post("/tai-khoan/mat-khau", data={"present": shop.PASSWORD, "password": "ngan"}).status_code
        == 422
    )
    assert accounts.recognise(typed="lan@example.org", password=shop.PASSWORD)


def test_a_new_password_ends_all_sessions_but_a_new_one_here(client, app, me):
    other = app.test_client()
    shop.sign_in(other, me)
    before = client.get_cookie("phien").value
    given = {"present": shop.PASSWORD, "password": "mot-cau-dai-de-nho"}
    assert client.post("/tai-khoan/mat-khau", data=given).status_code == 303
    assert client.get_cookie("phien").value != before
    assert client.get("/tai-khoan").status_code == 200
    assert other.get("/tai-khoan").status_code == 303
    assert count(SignedInSession) == 1


def test_guessing_the_present_password_is_limited(client, me):
    given = {"present": "khong-phai", "password": "mot-cau-dai-de-nho"}
    statuses = [client.post("/tai-khoan/mat-khau", data=given).status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]


def test_everything_kept_is_told_to_a_machine(client, me):
    group = make_order(me)
    make_order(shop.make_user())
    save_address(me)
    answer = client.get("/tai-khoan/du-lieu.json")
    assert answer.mimetype == "application/json"
    assert "attachment" in answer.headers["Content-Disposition"]
    told = json.loads(answer.data)
    assert told["account"]["phone"] == "+84912345678"
    assert [address["street"] for address in told["addresses"]] == ["12 Đường Thử"]
    assert [order["code"] for order in told["orders"]] == [group.code]
    assert told["orders"][0]["consent"]["terms_version"] == "2026-11-23"
    assert told["orders"][0]["parts"][0]["lines"][0]["quantity"] == 2
    assert len(told["sessions"]) == 1
    assert "argon2" not in answer.text
    assert group.secret not in answer.text


def test_every_order_is_told_and_cases_only_by_a_proven_address(client, me, monkeypatch):
    monkeypatch.setattr(order_queries, "PAGE_SIZE", 2)
    codes = [make_order(me).code for _ in range(5)]
    with transaction():
        me.email = "lan@example.org"
    case = {"topic": "other", "text": "Hũ mật vỡ nắp khi tới nơi."}
    client.post("/khieu-nai", data={**case, "email": "lan@example.org"})
    client.post("/khieu-nai", data={**case, "phone": "0912 345 678"})
    told = json.loads(client.get("/tai-khoan/du-lieu.json").data)
    assert [order["code"] for order in told["orders"]] == codes
    assert [one["contact_email"] for one in told["cases"]] == ["lan@example.org"]
    assert told["cases"][0]["text"] == case["text"]


def test_erasing_needs_the_password_and_says_what_stays(client, me):
    assert "Luật thuế" in client.get("/tai-khoan/xoa").text
    assert client.post("/tai-khoan/xoa", data={"present": "khong-phai"}).status_code == 422
    assert client.post("/tai-khoan/xoa").status_code == 422
    assert session().get(User, me.id) is not None


def test_erasing_leaves_only_what_tax_law_demands(client, me):
    group = make_order(me)
    old_secret, user_id = group.secret, me.id
    save_address(me)
    with transaction():
        basket = cart.find_or_make(token="", user_id=user_id, now=clock.now())
        variant = shop.make_variant(shop.make_listing())
        cart.add(
            cart=cart.OpenCart(id=basket.id, is_new=False),
            variant_id=variant.id,
            quantity=1,
            price=Vnd(1000),
            now=clock.now(),
        )
    answer = client.post("/tai-khoan/xoa", data={"present": shop.PASSWORD})
    assert answer.status_code == 200
    session().expire_all()
    assert session().get(User, user_id) is None
    assert [count(model) for model in (Address, SignedInSession, Cart)] == [0, 0, 0]
    kept = session().scalars(sa.select(OrderGroup)).one()
    assert (kept.contact_name, kept.contact_phone, kept.contact_email) == ("đã xoá", "", None)
    assert (kept.street, kept.note, kept.user_id) == ("", "", None)
    assert kept.erased_at is not None
    assert kept.secret != old_secret
    assert (kept.code, kept.total_vnd, kept.terms_version) == (group.code, 398_000, "2026-11-23")
    assert [event.actor_id for event in session().scalars(sa.select(OrderEvent))] == [None]
    assert count(StockMovement) > 0
    assert client.get("/tai-khoan").status_code == 303


def test_orders_under_way_keep_the_account(client, me):
    group = make_order(me, OrderState.HANDED_OVER)
    answer = client.post("/tai-khoan/xoa", data={"present": shop.PASSWORD})
    assert answer.status_code == 409
    assert "Còn 1 đơn chưa hoàn tất" in answer.text
    session().expire_all()
    assert session().get(User, me.id) is not None
    assert session().get(OrderGroup, group.id).contact_name == "Trần Thị Lan"


def test_staff_cannot_erase_themselves(client):
    staff = shop.make_staff(access.Role.MANAGER)
    shop.save()
    shop.sign_in(client, staff)
    assert client.get("/tai-khoan/xoa").status_code == 404
    assert client.post("/tai-khoan/xoa", data={"present": shop.PASSWORD}).status_code == 404
    with pytest.raises(erase_person.StaffAccount), transaction():
        erase_person.run(user=staff, now=clock.now())


def test_a_guests_order_is_erased_once_it_has_ended(app):
    ended, open_one = make_order(None), make_order(None, OrderState.NEW)
    with transaction():
        orders.add_note(
            order_id=ended.orders[0].id, author_id=shop.make_staff().id, words="Bà Lan", now=clock.now()
        )
    with transaction():
        erase_person.run_for_group(group=ended, now=clock.now())
    with pytest.raises(erase_person.OrdersUnderWay) as refused, transaction():
        erase_person.run_for_group(group=open_one, now=clock.now())
    assert refused.value.codes == [open_one.code]
    assert ended.contact_name == "đã xoá"
    first, secret = ended.erased_at, ended.secret
    with transaction():
        erase_person.run_for_group(group=ended, now=clock.now())
    assert (ended.erased_at, ended.secret) == (first, secret)
