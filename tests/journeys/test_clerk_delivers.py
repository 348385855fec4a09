"""A clerk signs in, finds the new order, packs it, hands it to the bus and hears that it arrived. No JavaScript."""

from __future__ import annotations

import re

import sqlalchemy as sa

from storefront import codes
from storefront.database import session
from storefront.fulfilment.models import Handover
from storefront.orders import queries
from storefront.orders.models import Order
from storefront.orders.states import OrderState
from storefront.payments.models import Payment, PaymentState
from tests.factories import orders, shop


def press(client, page: str, wanted: str, **typed: str):
    """Send the form of the page that leads to that state, with every hidden field it has."""
    forms = re.findall(r'<form[^>]*action="([^"]*/trang-thai)">(.*?)</form>', page, re.DOTALL)
    action, form = next(one for one in forms if f'name="muc" value="{wanted}"' in one[1])
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    hidden.update({f"{wanted}-{name}": value for name, value in typed.items()})
    return client.post(action, data=hidden, follow_redirects=True)


def test_from_the_queue_to_the_delivered_parcel(client, db_session):
    point = shop.make_point(name="Quầy Bến xe")
    buyable = shop.make_buyable("Mật ong Cường Nga", point=point)
    made = orders.make_order(buyable=buyable)
    order_id, code, lot = made.id, codes.grouped(made.group.code), made.lines[0].picks[0].lot_code
    clerk = shop.make_staff(points=(point,), name="Nguyễn Thị Lan")
    shop.save()
    shop.sign_in(client, clerk)

    # the desk opens where somebody waits; the order stands there, and is confirmed with a box and a button
    desk = client.get("/quay", follow_redirects=True)
    assert desk.request.path == "/quay/hang-cho/cho-xac-nhan"
    assert code in desk.text
    assert "Quầy Bến xe" in desk.text
    done = client.post("/quay/hang-cho/cho-xac-nhan/xac-nhan", data={"don": order_id}, follow_redirects=True)
    assert "Đã xác nhận một đơn" in done.text

    # picked in its queue, packed from its pane, which stays open where the order stands now
    pane = client.get(f"/quay/hang-cho/cho-goi?don={order_id}").text
    assert "kệ A1" in pane
    assert codes.grouped(lot) in pane
    after = press(client, pane, "packing")
    assert after.request.path == "/quay/hang-cho/dang-goi"
    assert codes.grouped(lot) in after.text
    slip = client.get(f"/quay/phieu?don={order_id}").text
    assert "Thu của khách" in slip

    # the lot scanned finds the order that waits for it; a bus without a name is asked for it, then handed over
    found = client.get("/quay/tim", query_string={"q": lot}, follow_redirects=True)
    assert code in found.text
    asked = press(client, found.text, "handed_over", hinh_thuc="bus", ma_van_don="38B-012.34")
    assert asked.status_code == 422
    assert 'value="38B-012.34"' in asked.text
    gone = press(
        client, asked.text, "handed_over", hinh_thuc="bus", ten="Nhà xe Hoà", ma_van_don="38B-012.34"
    )
    assert "38B-012.34" in gone.text
    assert session().scalar(sa.select(Handover.carrier_name)) == "Nhà xe Hoà"

    # nobody at home the first time, then it goes out again and arrives; the money is in
    page = press(client, gone.text, "delivery_failed", ly_do="Khách đi vắng").text
    assert "Khách đi vắng" in page
    page = press(client, page, "handed_over", hinh_thuc="own").text
    page = press(client, page, "delivered").text
    assert "Đã trả" in page
    press(client, page, "completed")
    assert session().scalar(sa.select(Order.state).where(Order.id == order_id)) is OrderState.COMPLETED
    assert session().scalar(sa.select(Payment.state)) is PaymentState.PAID
    assert [line.event.to_state.value for line in queries.history(order_id)] == [
        "new",
        "confirmed",
        "packing",
        "handed_over",
        "delivery_failed",
        "handed_over",
        "delivered",
        "completed",
    ]
