"""The order's page: by its secret link alone, and what can be done there."""

import pytest
from sqlalchemy import func, select, update

from storefront import codes
from storefront.database import session, transaction
from storefront.orders.models import Order, OrderGroup
from storefront.orders.states import OrderState
from storefront.outbox.models import Letter
from storefront.stock.models import Point, StockItem
from tests.factories import shop
from tests.factories.checkout import buy, put_in

UNKNOWN = "Không có đơn nào với mã và số điện thoại này."


@pytest.fixture
def jar(app):
    _, variant, _ = shop.make_buyable("Mật ong Thử", price=185_000, on_hand=10)
    shop.save()
    return variant


@pytest.fixture
def group(client, jar):
    return buy(client, jar, 2, email="ha@example.com")


def link(group, tail: str = "") -> str:
    return f"/don-hang/{group.code}/{group.secret}{tail}"


def state() -> OrderState:
    return session().scalars(select(Order.state).execution_options(populate_existing=True)).one()


def set_state(wanted: OrderState) -> None:
    with transaction():
        session().execute(update(Order).values(state=wanted))


def test_the_page_shows_all_that_was_agreed(client, group):
    page = client.get(link(group))
    assert page.headers["Cache-Control"] == "no-store"
    for words in (
        codes.grouped(group.code),
        "Mật ong Thử",
        "2 × 185.000\xa0₫",
        "398.000\xa0₫",
        "0912 345 678",
        "36 Xuân Thủy, phường Cầu Giấy, thành phố Hà Nội",
        "4 sao",
        'href="/t/L',
        "23/11/2026",
    ):
        assert words in page.text


@pytest.mark.parametrize("tail", ["", "/in", "/tai-ve"])
def test_a_wrong_secret_or_code_is_not_there(client, group, tail):
    other = codes.new(codes.Kind.ORDER)
    assert client.get(f"/don-hang/{group.code}/{'x' * 22}{tail}").status_code == 404
    assert client.get(f"/don-hang/{group.code}/%C3%A9{tail}").status_code == 404
    assert client.get(f"/don-hang/{other}/{group.secret}{tail}").status_code == 404
    assert client.get(f"/don-hang/{'9' * 300}/{group.secret}{tail}").status_code == 404


def test_the_paper_and_the_file_are_complete(client, group):
    paper = client.get(link(group, "/in"))
    file = client.get(link(group, "/tai-ve"))
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert "<style>" in file.text
    assert "<link" not in file.text
    assert "url(" not in file.text
    assert "<script" not in file.text
    for words in (
        "Mật ong Thử",
        "185.000\xa0₫",
        "28.000\xa0₫",
        "398.000\xa0₫",
        "2394/QĐ-UBND",
        "Trả khi nhận hàng",
        "điều khoản bản 23/11/2026",
    ):
        assert words in paper.text
        assert words in file.text


def test_the_shopper_cancels_before_packing(client, group):
    assert "Không phải trả gì nữa." not in client.get(link(group)).text
    assert "Huỷ cả đơn này" in client.get(link(group)).text
    assert client.post(link(group, "/huy")).location == link(group)
    assert state() is OrderState.CANCELLED
    page = client.get(link(group)).text
    assert "Đã huỷ đơn." in page
    assert "Huỷ cả đơn này" not in page
    for paper in (page, client.get(link(group, "/in")).text, client.get(link(group, "/tai-ve")).text):
        assert "Không phải trả gì nữa." in paper
    assert session().scalar(select(func.sum(StockItem.on_hand))) == 10
    assert sorted(session().scalars(select(Letter.kind))) == ["order_moved", "order_placed"]


def test_cancelling_twice_changes_nothing_more(client, group):
    client.post(link(group, "/huy"))
    client.post(link(group, "/huy"))
    assert session().scalar(select(func.sum(StockItem.on_hand))) == 10


@pytest.mark.parametrize("packed", [OrderState.PACKING, OrderState.HANDED_OVER, OrderState.DELIVERED])
def test_what_is_packed_is_not_cancelled(client, group, packed):
    set_state(packed)
    assert "Huỷ cả đơn này" not in client.get(link(group)).text
    client.post(link(group, "/huy"))
    assert state() is packed
    assert "không tự huỷ được nữa" in client.get(link(group)).text


def test_a_stranger_cannot_cancel(client, group):
    assert client.post(f"/don-hang/{group.code}/{'x' * 22}/huy").status_code == 404
    assert client.post(link(group, "/huy"), headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert state() is OrderState.NEW


@pytest.mark.parametrize("wanted", list(OrderState))
def test_every_state_has_its_page(client, group, wanted):
    set_state(wanted)
    assert client.get(link(group)).status_code == 200


def test_code_and_phone_lead_to_the_link(client, group):
    grouped = codes.grouped(group.code).lower()
    for code in (grouped, grouped.removeprefix("dh-")):
        typed = {"code": code, "phone": "0912-345-678"}
        assert client.post("/don-hang", data=typed).location == link(group)


def test_a_wrong_pair_says_the_same_as_an_unknown_code(client, group):
    wrong_phone = client.post("/don-hang", data={"code": group.code, "phone": "0987654321"})
    unknown = client.post("/don-hang", data={"code": codes.new(codes.Kind.ORDER), "phone": "0912345678"})
    for answer in (wrong_phone, unknown):
        assert answer.status_code == 422
        assert UNKNOWN in answer.text
    assert 'value="0987654321"' in wrong_phone.text


@pytest.mark.parametrize(
    ("code", "phone", "words"),
    [
        ("", "0912345678", "Cần mã đơn."),
        ("DH12345678", "0912345678", "Mã đơn có dạng DH-XXXX-XXXX."),
        ("a" * 10_000, "0912345678", "Mã đơn có dạng DH-XXXX-XXXX."),
        ("", "", "Cần số điện thoại đã dùng lúc đặt."),
        ("", "091234567", "Thiếu một chữ số"),
    ],
)
def test_what_is_no_code_or_number_is_told(client, app, code, phone, words):
    answer = client.post("/don-hang", data={"code": code, "phone": phone})
    assert answer.status_code == 422
    assert words in answer.text


def test_guessing_is_slowed_down(client, group):
    typed = {"code": group.code, "phone": "0987654321"}
    assert [client.post("/don-hang", data=typed).status_code for _ in range(10)] == [422] * 10
    stopped = client.post("/don-hang", data=typed | {"phone": "0912345678"})
    assert stopped.status_code == 429
    assert stopped.headers["Retry-After"]


def test_the_order_joins_the_account_of_who_holds_the_link(app, group):
    owner, rival = shop.make_user(), shop.make_user()
    shop.save()
    browser, other = app.test_client(), app.test_client()
    shop.sign_in(browser, owner)
    shop.sign_in(other, rival)
    assert "Đưa vào tài khoản" in browser.get(link(group)).text
    assert browser.post(link(group, "/nhan")).location == link(group)
    other.post(link(group, "/nhan"))
    assert session().scalars(select(OrderGroup.user_id)).one() == owner.id


def test_a_guest_is_asked_to_sign_in_before_claiming(client, group):
    answer = client.post(link(group, "/nhan"))
    assert answer.location.startswith("/dang-nhap")
    assert session().scalars(select(OrderGroup.user_id)).one() is None


def test_a_wrong_secret_claims_nothing(app, group):
    browser = app.test_client()
    shop.sign_in(browser, shop.make_user())
    assert browser.post(f"/don-hang/{group.code}/{'x' * 22}/nhan").status_code == 404


@pytest.fixture
def two_parcels(client, jar):
    """An order of two parcels: 370.000 + 28.000 from one place, 75.000 + 28.000 from the other."""
    _, other, _ = shop.make_buyable("Cu đơ Thử", price=75_000)
    shop.save()
    put_in(client, other)
    return buy(client, jar, 2, email="ha@example.com")


def test_each_parcel_says_what_is_paid_when_it_comes(client, two_parcels):
    for page in (link(two_parcels), link(two_parcels, "/in"), link(two_parcels, "/tai-ve")):
        words = client.get(page).text
        assert words.count("Trả khi nhận kiện này") >= 2
        for amount in ("398.000\xa0₫", "103.000\xa0₫", "501.000\xa0₫"):
            assert amount in words
    (letter,) = session().scalars(select(Letter))
    names = session().scalars(select(Point.name).join(Order).order_by(Order.number))
    for name, amount in zip(names, ("398.000\xa0₫", "103.000\xa0₫"), strict=True):
        assert f"- Kiện từ {name}: trả {amount} khi nhận" in letter.body
    assert "Tổng: 501.000\xa0₫, mỗi kiện trả riêng:" in letter.body


def test_a_parcel_that_has_come_or_never_will_is_not_to_be_paid_any_more(client, two_parcels):
    for over in (OrderState.DELIVERED, OrderState.REJECTED):
        set_state(over)
        assert "Trả khi nhận kiện này" not in client.get(link(two_parcels)).text


def test_one_parcel_is_the_whole_order(client, group):
    assert "Trả khi nhận kiện này" not in client.get(link(group)).text


def test_a_new_order_says_that_it_is_placed(client, group):
    assert "Đã đặt xong, cảm ơn Trần Thị Hà!</h1>" in client.get(link(group)).text
    set_state(OrderState.CONFIRMED)
    page = client.get(link(group)).text
    assert "Đã đặt xong" not in page
    assert "Đơn hàng của bạn</h1>" in page
