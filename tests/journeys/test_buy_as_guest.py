"""A stranger buys honey without an account, without JavaScript, and the parcel arrives."""

from sqlalchemy import select

from storefront import clock
from storefront.database import session, transaction
from storefront.fulfilment.models import CarrierKind
from storefront.fulfilment.service import HandOver
from storefront.journeys import move_order
from storefront.orders import queries
from storefront.orders.states import OrderState
from storefront.outbox.models import Letter
from tests.factories import shop
from tests.factories.checkout import put_in, reviewed, the_order, type_in


def test_from_the_product_to_the_delivered_parcel(client, db_session):
    listing, variant, point = shop.make_buyable("Mật ong Cường Nga", price=185_000)
    clerk = shop.make_staff(points=(point,))
    shop.save()

    assert client.get(f"/san-pham/{listing.slug}").status_code == 200
    assert put_in(client, variant, 2).location == "/gio-hang"
    cart = client.get("/gio-hang").text
    assert "Mật ong Cường Nga" in cart
    assert f"Gửi từ {point.name}" in cart
    assert "từ 28.000\xa0₫" in cart

    # a mistake first: nothing typed is lost
    wrong = type_in(client, phone="0912 345 67")
    assert wrong.status_code == 422
    assert "Thiếu một chữ số: số di động có 10 chữ số." in wrong.text
    assert 'value="36 Xuân Thủy"' in wrong.text

    assert type_in(client, email="ha@example.com", note="Gọi trước").location == "/dat-hang/xem-lai"
    review = client.get("/dat-hang/xem-lai").text
    for words in (
        "Trần Thị Hà",
        "0912 345 678",
        "36 Xuân Thủy, phường Cầu Giấy, thành phố Hà Nội",
        "Gọi trước",
    ):
        assert words in review
    assert "Đặt hàng · 398.000\xa0₫" in review

    placed = client.post("/dat-hang/xem-lai", data=reviewed(client))
    group = the_order(placed)
    assert placed.location == f"/don-hang/{group.code}/{group.secret}"
    page = client.get(placed.location).text
    assert "Cửa hàng xem đơn và xác nhận" in page
    assert "2394/QĐ-UBND" in page
    assert "398.000\xa0₫" in page

    letter = session().scalars(select(Letter)).one()
    assert letter.to_address == "ha@example.com"
    assert f"http://localhost/don-hang/{group.code}/{group.secret}" in letter.body
    assert "Giỏ đang trống" in client.get("/gio-hang").text

    deliver(group.code, clerk.id)
    page = client.get(placed.location).text
    assert "Hàng đã tới" in page
    assert "VN123" in page
    assert "Huỷ đơn" not in page

    found = client.post("/don-hang", data={"code": group.code.lower(), "phone": "+84 912345678"})
    assert found.location == placed.location


def deliver(code: str, clerk_id: int) -> None:
    post = HandOver(carrier_kind=CarrierKind.POST, carrier_name="Bưu điện", tracking_code="VN123")
    ways = (OrderState.CONFIRMED, OrderState.PACKING, OrderState.HANDED_OVER, OrderState.DELIVERED)
    for wanted in ways:
        with transaction():
            order = queries.order_of_points(queries.group_by_code(code).orders[0].id, None)
            move_order.run(
                order=order,
                wanted=wanted,
                actor_id=clerk_id,
                note="",
                mail_domain="localhost",
                now=clock.now(),
                handover=post if wanted is OrderState.HANDED_OVER else None,
            )
