"""One order on the desk: its page, every step of its life, corrections and notes."""

from __future__ import annotations

import html

import pytest
import sqlalchemy as sa

from storefront import access
from storefront.database import session
from storefront.fulfilment.models import CarrierKind, Handover
from storefront.orders.models import Order, OrderEvent, OrderGroup, OrderNote
from storefront.orders.states import Method, OrderState
from storefront.payments.models import Payment, PaymentState
from storefront.stock.models import StockItem
from tests.factories import orders, shop

S = OrderState


@pytest.fixture
def point(app):
    return shop.make_point()


@pytest.fixture
def clerk(point, client):
    made = shop.make_staff(points=(point,), name="Lê Thị Quầy")
    shop.save()
    shop.sign_in(client, made)
    return made


def _send(client, order_id: int, seen: str, wanted: str, **more):
    data = {"thay": seen, "muc": wanted, **{f"{wanted}-{name}": value for name, value in more.items()}}
    return client.post(f"/quay/don/{order_id}/trang-thai", data=data)


def _state(order_id: int) -> OrderState:
    return session().scalar(sa.select(Order.state).where(Order.id == order_id))


@pytest.mark.parametrize(
    ("role", "status"), [(access.Role.SHOPPER, 404), (access.Role.OFFICE, 403), (access.Role.CLERK, 404)]
)
def test_an_order_is_shown_and_changed_only_by_its_point(client, role, status):
    order_id = orders.make_order().id
    user = shop.make_user(role=role, points=(shop.make_point(),))
    shop.save()
    shop.sign_in(client, user)
    assert client.get(f"/quay/don/{order_id}").status_code == status
    assert _send(client, order_id, "new", "confirmed").status_code == status
    assert client.post(f"/quay/don/{order_id}/ghi-chu", data={"ghi_chu": "a"}).status_code == status
    assert client.post(f"/quay/don/{order_id}/dia-chi", data={"ten": "Ai đó"}).status_code == status
    assert _state(order_id) is S.NEW


@pytest.mark.parametrize("order_id", ["0", "-1", "9" * 30, "x", "999999999"])
def test_an_id_no_order_has_is_not_there(client, clerk, order_id):
    assert client.get(f"/quay/don/{order_id}").status_code == 404


def test_the_page_says_what_to_pick_and_whom_to_call(client, clerk, point):
    order_id = orders.make_order(point).id
    shop.save()
    page = client.get(f"/quay/don/{order_id}")
    for words in (
        "tel:+84912345678",
        "36 Xuân Thủy",
        "kệ A1",
        "Gọi trước khi giao",
        'data-key="X" aria-keyshortcuts="Alt+X"',
        "<kbd>Alt+X</kbd>",
        "398.000",
    ):
        assert words in page.text
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("state", list(OrderState))
@pytest.mark.parametrize("method", list(Method))
def test_every_state_has_its_page(client, clerk, point, state, method):
    pickup = point.id if method is Method.PICKUP else None
    order_id = orders.make_order(point, state=state, method=method, pickup_point_id=pickup).id
    shop.save()
    assert client.get(f"/quay/don/{order_id}").status_code == 200


def test_an_order_goes_all_the_way_to_delivered(client, clerk, point):
    order_id = orders.make_order(point).id
    clerk_id = clerk.id
    shop.save()
    assert _send(client, order_id, "new", "confirmed").status_code == 303
    assert _send(client, order_id, "confirmed", "packing").status_code == 303
    carried = {"hinh_thuc": "bus", "ten": "Nhà xe Hoà Bình", "ma_van_don": "38B-012.34"}
    assert _send(client, order_id, "packing", "handed_over", **carried).status_code == 303
    assert _send(client, order_id, "handed_over", "delivered").status_code == 303
    assert _send(client, order_id, "delivered", "completed").status_code == 303
    assert _state(order_id) is S.COMPLETED
    made = session().scalar(sa.select(Handover).where(Handover.order_id == order_id))
    assert (made.carrier_kind, made.carrier_name) == (CarrierKind.BUS, "Nhà xe Hoà Bình")
    paid = session().scalar(sa.select(Payment).where(Payment.order_id == order_id))
    assert (paid.state, paid.settled_by_id) == (PaymentState.PAID, clerk_id)
    page = client.get(f"/quay/don/{order_id}").text
    assert "38B-012.34" in page
    assert page.count("Lê Thị Quầy") >= 5


def test_a_pick_up_order_waits_at_the_counter(client, clerk, point):
    order_id = orders.make_order(point, method=Method.PICKUP, state=S.PACKING).id
    shop.save()
    assert _send(client, order_id, "packing", "handed_over", hinh_thuc="own").status_code == 409
    assert _send(client, order_id, "packing", "ready_for_pickup").status_code == 303
    assert _send(client, order_id, "ready_for_pickup", "collected").status_code == 303
    assert _state(order_id) is S.COLLECTED


@pytest.mark.parametrize(
    "given", [{}, {"hinh_thuc": "bus"}, {"hinh_thuc": "tau"}, {"hinh_thuc": "post", "ten": "x" * 10_000}]
)
def test_a_hand_over_says_who_carries(client, clerk, point, given):
    order_id = orders.make_order(point, state=S.PACKING).id
    shop.save()
    answer = _send(client, order_id, "packing", "handed_over", **given)
    assert answer.status_code == 422
    assert "<details" in answer.text
    assert _state(order_id) is S.PACKING


@pytest.mark.parametrize(
    ("seen", "wanted"),
    [("new", "rejected"), ("handed_over", "delivery_failed"), ("delivery_failed", "returned")],
)
def test_a_bad_end_needs_its_reason(client, clerk, point, seen, wanted):
    order_id = orders.make_order(point, state=S(seen)).id
    shop.save()
    for reason in ("", "   ", "x" * 501):
        answer = _send(client, order_id, seen, wanted, ly_do=reason)
        assert answer.status_code == 422
    assert "x" * 501 in answer.text
    assert _send(client, order_id, seen, wanted, ly_do="Khách không nghe máy").status_code == 303
    event = session().scalar(
        sa.select(OrderEvent).where(OrderEvent.order_id == order_id, OrderEvent.to_state == wanted)
    )
    assert event.note == "Khách không nghe máy"


def test_refusing_gives_the_stock_back(client, clerk, point):
    order = orders.make_order(point, quantity=3)
    order_id, item_id = order.id, order.lines[0].picks[0].stock_item_id
    shop.save()
    _send(client, order_id, "new", "rejected", ly_do="Hết hàng")
    assert session().scalar(sa.select(StockItem.on_hand).where(StockItem.id == item_id)) == 10
    payment = session().scalar(sa.select(Payment.state).where(Payment.order_id == order_id))
    assert payment is PaymentState.VOID


def test_who_comes_second_is_told_who_was_first(client, app, clerk, point):
    order_id = orders.make_order(point).id
    colleague = shop.make_staff(points=(point,), name="Phan Văn Trước")
    shop.save()
    other = app.test_client()
    shop.sign_in(other, colleague)
    assert _send(other, order_id, "new", "confirmed").status_code == 303
    answer = _send(client, order_id, "new", "rejected", ly_do="Hết hàng")
    assert answer.status_code == 409
    assert "Phan Văn Trước" in answer.text
    assert "Đã xác nhận" in answer.text
    assert _state(order_id) is S.CONFIRMED


def test_a_double_click_is_no_trouble(client, clerk, point):
    order_id = orders.make_order(point).id
    shop.save()
    for _ in range(2):
        assert _send(client, order_id, "new", "confirmed").status_code == 303
    events = session().scalars(sa.select(OrderEvent).where(OrderEvent.order_id == order_id)).all()
    assert len(events) == 2


@pytest.mark.parametrize(
    ("seen", "wanted", "status"),
    [("new", "delivered", 409), ("new", "bogus", 400), ("", "confirmed", 400), ("new", "new", 409)],
)
def test_what_the_table_does_not_allow_is_refused(client, clerk, point, seen, wanted, status):
    order_id = orders.make_order(point).id
    shop.save()
    assert _send(client, order_id, seen, wanted).status_code == status
    assert _state(order_id) is S.NEW


def test_the_way_back_stays_in_the_shop(client, clerk, point):
    order_id = orders.make_order(point).id
    shop.save()
    data = {"thay": "new", "muc": "confirmed", "ve": "//evil.example/"}
    answer = client.post(f"/quay/don/{order_id}/trang-thai", data=data)
    assert answer.location == f"/quay/don/{order_id}"


def test_an_order_from_the_pane_stays_open_while_it_is_packed(client, clerk, point):
    order_id = orders.make_order(point, state=S.CONFIRMED).id
    shop.save()
    pane = client.get(f"/quay/hang-cho/cho-goi?don={order_id}").text
    form = pane.partition('value="packing"')[2].partition("</form>")[0]
    back = html.unescape(form.partition('name="ve" value="')[2].partition('"')[0])
    data = {"thay": "confirmed", "muc": "packing", "ve": back}
    answer = client.post(f"/quay/don/{order_id}/trang-thai", data=data)
    assert answer.location == f"/quay/hang-cho/dang-goi?don={order_id}#dang-mo"
    opened = client.get(answer.location).text
    assert 'value="handed_over"' in opened


def _address(**more):
    typed = {
        "ten": "Trần Thị Hà",
        "dien_thoai": "0987 654 321",
        "noi": "Hương Trạch, Hương Khê",
        "duong": "Thôn 5",
    }
    return {**typed, **more}


def test_the_address_is_corrected_before_packing(client, clerk, point):
    order_id = orders.make_order(point, state=S.CONFIRMED).id
    shop.save()
    answer = client.post(f"/quay/don/{order_id}/dia-chi", data=_address())
    assert answer.status_code == 303
    session().expire_all()
    group = session().scalar(sa.select(OrderGroup).join(Order).where(Order.id == order_id))
    assert (group.commune_name, group.street, group.contact_phone) == (
        "xã Phúc Trạch",
        "Thôn 5",
        "+84987654321",
    )
    assert "36 Xuân Thủy" in client.get(f"/quay/don/{order_id}").text


def test_a_place_of_many_is_offered_and_chosen(client, clerk, point):
    order_id = orders.make_order(point).id
    shop.save()
    asked = client.post(f"/quay/don/{order_id}/dia-chi", data=_address(noi="Hương"))
    assert asked.status_code == 422
    assert 'name="chon"' in asked.text
    assert "Thôn 5" in asked.text
    chosen = asked.text.split('name="chon" value="')[1][:5]
    assert (
        client.post(f"/quay/don/{order_id}/dia-chi", data=_address(noi="Hương", chon=chosen)).status_code
        == 303
    )


@pytest.mark.parametrize(
    "wrong", [{"ten": ""}, {"dien_thoai": "123"}, {"noi": "zzzz"}, {"duong": ""}, {"duong": "x" * 10_000}]
)
def test_a_wrong_address_changes_nothing(client, clerk, point, wrong):
    order_id = orders.make_order(point).id
    shop.save()
    assert client.post(f"/quay/don/{order_id}/dia-chi", data=_address(**wrong)).status_code == 422
    assert "36 Xuân Thủy" in client.get(f"/quay/don/{order_id}").text


def test_a_packed_order_keeps_its_address(client, clerk, point):
    order_id = orders.make_order(point, state=S.PACKING).id
    shop.save()
    assert client.post(f"/quay/don/{order_id}/dia-chi", data=_address()).status_code == 409
    assert "36 Xuân Thủy" in client.get(f"/quay/don/{order_id}").text


def test_notes_are_kept_with_their_author(client, clerk, point):
    order_id = orders.make_order(point).id
    shop.save()
    for empty in ("", "  ", "x" * 2001):
        assert client.post(f"/quay/don/{order_id}/ghi-chu", data={"ghi_chu": empty}).status_code == 422
    assert session().scalar(sa.select(sa.func.count()).select_from(OrderNote)) == 0
    client.post(f"/quay/don/{order_id}/ghi-chu", data={"ghi_chu": "Gọi lại <b>chiều</b>"})
    page = client.get(f"/quay/don/{order_id}").text
    assert "Gọi lại &lt;b&gt;chiều" in page
