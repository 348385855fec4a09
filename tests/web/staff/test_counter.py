"""The counter: who sees which queue, what the scan field finds, what is done with many orders at once."""

from __future__ import annotations

import pytest

from storefront import access, clock, codes
from storefront.cases import service as cases
from storefront.cases.models import CaseKind
from storefront.database import session
from storefront.fulfilment import service as fulfilment
from storefront.fulfilment.models import CarrierKind
from storefront.orders.models import Order
from storefront.orders.states import Method, OrderState
from storefront.stock.models import PointKind
from tests.factories import orders, shop

Q = "/quay/hang-cho/cho-xac-nhan"


@pytest.fixture
def point(app):
    return shop.make_point()


@pytest.fixture
def clerk(point, client):
    made = shop.make_staff(points=(point,))
    shop.save()
    shop.sign_in(client, made)
    return made


def test_a_stranger_is_asked_to_sign_in(client):
    for path in ("/quay", Q, "/quay/dem", "/quay/tim?q=a", "/quay/phieu?don=1"):
        answer = client.get(path)
        assert answer.status_code == 303
        assert "/dang-nhap" in answer.location


@pytest.mark.parametrize("path", [Q, "/quay/dem", "/quay/tim?q=a", "/quay/phieu?don=1"])
def test_a_shopper_finds_nothing_there(client, path):
    user = shop.make_user()
    shop.save()
    shop.sign_in(client, user)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", [Q, "/quay/dem?hang=cho-xac-nhan", "/quay/tim?q=a", "/quay/phieu?don=1"])
def test_the_office_does_not_work_on_orders(client, path):
    user = shop.make_staff(role=access.Role.OFFICE)
    shop.save()
    shop.sign_in(client, user)
    assert client.get(path).status_code == 403


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/quay/san-pham", 403, "Vai trò của bạn không mở trang này."),
        ("/quay/don/999", 404, "thuộc điểm khác"),
        ("/quay/khong-co", 404, "thuộc điểm khác"),
    ],
)
def test_staff_are_led_back_to_the_counter(client, clerk, path, status, said):
    answer = client.get(path)
    assert answer.status_code == status
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    assert said in main
    assert 'href="/quay"' in main
    assert "/dang-nhap" not in main
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/quay/don/999", "/quay/khong-co", "/quayngoai"])
def test_a_shopper_is_told_nothing_of_the_counter(client, path):
    user = shop.make_user()
    shop.save()
    shop.sign_in(client, user)
    assert 'href="/quay"' not in client.get(path).text


def test_the_office_starts_in_its_first_room(client):
    user = shop.make_staff(role=access.Role.OFFICE)
    shop.save()
    shop.sign_in(client, user)
    assert client.get("/quay").location == "/quay/san-pham"


def test_the_desk_opens_the_first_queue_with_orders(client, clerk, point):
    assert client.get("/quay").location == Q
    orders.make_order(point, state=OrderState.PACKING)
    shop.save()
    assert client.get("/quay").location == "/quay/hang-cho/dang-goi"


def test_a_queue_shows_only_orders_of_own_points(client, clerk, point):
    mine, other = orders.make_order(point), orders.make_order()
    codes_ = codes.grouped(mine.group.code), codes.grouped(other.group.code)
    shop.save()
    page = client.get(Q).text
    assert codes_[0] in page
    assert codes_[1] not in page
    assert "398.000" in page
    assert "Cầu Giấy, Hà Nội" in page
    assert "Trả khi nhận" in page


def test_a_manager_sees_all_points(client):
    first, second = orders.make_order(), orders.make_order()
    manager = shop.make_staff(role=access.Role.MANAGER)
    shop.save()
    shop.sign_in(client, manager)
    page = client.get(Q).text
    assert all(codes.grouped(one.group.code) in page for one in (first, second))


def test_every_queue_is_drawn_empty_and_full(client, clerk, point):
    from storefront.orders.queries import QUEUES

    for name in QUEUES:
        assert client.get(f"/quay/hang-cho/{name}").status_code == 200
    made = {state: orders.make_order(point, state=state) for state in OrderState}
    shop.save()
    for name, states in QUEUES.items():
        for state in states:
            page = client.get(f"/quay/hang-cho/{name}?don={made[state].id}")
            assert page.status_code == 200
            assert "×2" in page.text


@pytest.mark.parametrize("method", Method)
def test_an_order_being_packed_waits_under_that_word(client, clerk, point, method):
    made = orders.make_order(point, state=OrderState.PACKING, method=method)
    shop.save()
    page = client.get("/quay", follow_redirects=True)
    assert page.request.path == "/quay/hang-cho/dang-goi"
    assert "<h1>Đang gói</h1>" in page.text
    assert f'<tr data-id="{made.id}"' in page.text
    elsewhere = client.get("/quay/hang-cho/khach-den-lay").text
    assert f'<tr data-id="{made.id}"' not in elsewhere


@pytest.mark.parametrize(
    "query",
    ["?trang=0", "?trang=99", "?trang=x", "?don=0", "?don=" + "9" * 30, "?don=-1", "?don=a", "?don=99999"],
)
def test_a_wrong_number_is_not_there(client, clerk, query):
    assert client.get(Q + query).status_code == 404
    assert client.get("/quay/hang-cho/khong-co").status_code == 404


def test_anothers_order_does_not_open_in_the_pane(client, clerk):
    other = orders.make_order()
    shop.save()
    assert client.get(f"{Q}?don={other.id}").status_code == 404


def test_the_fragment_brings_counts_rows_and_the_newest(client, clerk, point):
    before = client.get("/quay/dem?hang=cho-xac-nhan").text
    assert 'data-live="dem:/quay/hang-cho/cho-xac-nhan">0<' in before
    assert 'data-live="total">0 đơn<' in before
    made = orders.make_order(point)
    shop.save()
    after = client.get("/quay/dem?hang=cho-xac-nhan").text
    assert 'data-live="dem:/quay/hang-cho/cho-xac-nhan">1<' in after
    assert 'data-live="total">1 đơn<' in after
    assert f'<tr data-id="{made.id}"' in after
    assert f'data-live="newest"><i data-id="{made.id}"' in after
    assert client.get("/quay/dem?hang=x").status_code == 404
    assert client.get("/quay/dem").status_code == 200


def test_every_staff_page_keeps_the_count_of_cases_fresh(client):
    office = shop.make_staff(role=access.Role.OFFICE)
    shop.save()
    shop.sign_in(client, office)
    assert 'data-live="dem:/quay/ho-so">0<' in client.get("/quay/dem").text
    words = cases.NewCase(
        kind=CaseKind.SUSPICION,
        topic="fake_stamp",
        text="Tem mờ",
        reference="",
        contact_name="",
        contact_phone=None,
        contact_email=None,
    )
    cases.open_case(words, now=clock.now())
    shop.save()
    for path in ("/quay/dem", "/quay/ho-so"):
        assert 'data-live="dem:/quay/ho-so">1<' in client.get(path).text
        assert 'data-live="ho-so:open">1<' in client.get(path).text
    for path in ("/quay/san-pham", "/quay/ho-so"):
        assert 'data-behaviour="refresh"' in client.get(path).text


def test_the_rail_names_where_one_works(client, clerk, point):
    words = client.get(Q).text.partition('class="workplace"')[2].partition("</nav>")[0]
    assert point.name in words
    manager = shop.make_staff(role=access.Role.MANAGER)
    shop.save()
    shop.sign_in(client, manager)
    assert '<p class="workplace">Mọi điểm</p>' in client.get(Q).text


def test_the_rail_names_every_point_of_a_clerk_shops_first(client):
    place = shop.make_point(kind=PointKind.PRODUCER_PLACE)
    desk = shop.make_point()
    names = [desk.name, place.name]
    clerk = shop.make_staff(points=(place, desk))
    shop.save()
    shop.sign_in(client, clerk)
    for path in (Q, "/quay/ho-so"):
        words = client.get(path).text.partition('class="workplace"')[2].partition("</details>")[0]
        assert f"{names[0]} và 1 điểm khác" in words
        assert names[1] in words


def test_search_by_code_opens_that_order(client, clerk, point):
    made = orders.make_order(point)
    code = made.group.code
    shop.save()
    bare = code.removeprefix("DH")
    for typed in (
        code,
        codes.grouped(code).lower(),
        f"{codes.grouped(code)}/1",
        bare,
        bare.lower(),
        f"{bare[:4]} {bare[4:]}".lower(),
        f" {bare[:4]}-{bare[4:]} ",
        f"http://localhost/quay/don/{made.id}",
    ):
        answer = client.get("/quay/tim", query_string={"q": typed})
        assert answer.location == f"/quay/don/{made.id}"


def test_a_name_that_could_be_a_code_is_still_a_name(client, clerk, point):
    name = "Su Tran V" + codes.check_character("SUTRANV")
    made = orders.make_order(point, name=name)
    shop.save()
    assert client.get("/quay/tim", query_string={"q": name.lower()}).location == f"/quay/don/{made.id}"


def test_search_by_phone_name_and_lot(client, clerk, point):
    first = orders.make_order(point, state=OrderState.PACKING)
    second = orders.make_order(point, name="Nguyễn Văn Lộc", phone="+84987654321")
    lot = first.lines[0].picks[0].lot_code
    shop.save()
    for typed, order in (
        ("0912 345", first),
        ("tran ha", first),
        (lot, first),
        (f"http://localhost/t/{lot}", first),
        ("loc", second),
    ):
        answer = client.get("/quay/tim", query_string={"q": typed})
        assert answer.location == f"/quay/don/{order.id}", typed


def test_search_by_a_part_of_the_code(client, clerk, point):
    code = orders.make_order(point).group.code
    made = orders.make_order(point)
    made.group.code, other = "DH739S5SXZ", orders.make_order()
    other.group.code = "DH739S2222"
    shop.save()
    for typed in ("739S", "5sxz", "DH-739S", "9s 5sx"):
        answer = client.get("/quay/tim", query_string={"q": typed})
        assert answer.location == f"/quay/don/{made.id}", typed
    assert "Không thấy đơn nào khớp" in client.get("/quay/tim?q=sxz").text
    assert code not in client.get("/quay/tim?q=739S", follow_redirects=True).text


def test_search_by_the_tracking_code_given_at_hand_over(client, clerk, point):
    made, plain, other = orders.make_order(point), orders.make_order(point), orders.make_order()
    shop.save()
    for order, code in ((made, "HH-99"), (plain, ""), (other, "HH-100")):
        words = fulfilment.HandOver(
            carrier_kind=CarrierKind.BUS, carrier_name="Hai Hồng Hà", tracking_code=code
        )
        fulfilment.record_handover(order_id=order.id, words=words, actor_id=clerk.id, now=clock.now())
    shop.save()
    for typed in ("HH-99", "hh-99"):
        answer = client.get("/quay/tim", query_string={"q": typed})
        assert answer.location == f"/quay/don/{made.id}"
    assert "Không thấy đơn nào khớp" in client.get("/quay/tim?q=HH-100").text


def test_search_lists_several_and_says_when_there_is_none(client, clerk, point):
    for _ in range(2):
        orders.make_order(point)
    other = orders.make_order(name="Người Nơi Khác")
    code = other.group.code
    shop.save()
    several = client.get("/quay/tim?q=tran")
    assert several.status_code == 200
    assert several.text.count("<tr data-id=") == 2
    for typed in (code, "nguoi noi khac", f"http://localhost/quay/don/{other.id}", "x" * 10_000, "%", "!!"):
        assert "Không thấy đơn nào khớp" in client.get("/quay/tim", query_string={"q": typed}).text
    assert client.get("/quay/tim").location == "/quay"


def test_bulk_confirm_moves_new_orders_and_leaves_the_rest(client, clerk, point):
    new, packed = orders.make_order(point), orders.make_order(point, state=OrderState.PACKING)
    ids = [new.id, packed.id]
    shop.save()
    answer = client.post(f"{Q}/xac-nhan", data={"don": ids}, follow_redirects=True)
    assert "Đã xác nhận một đơn" in answer.text
    assert "có người xử lý trước" in answer.text
    session().expire_all()
    assert [session().get(Order, one).state for one in ids] == [OrderState.CONFIRMED, OrderState.PACKING]


def test_bulk_confirm_touches_nothing_when_one_is_anothers(client, clerk, point):
    mine, other = orders.make_order(point), orders.make_order()
    ids = [mine.id, other.id]
    shop.save()
    assert client.post(f"{Q}/xac-nhan", data={"don": ids}).status_code == 404
    session().expire_all()
    assert session().get(Order, ids[0]).state is OrderState.NEW


def test_bulk_confirm_refuses_nonsense(client, clerk):
    for typed in ("x", "9" * 30, "-1", "0"):
        assert client.post(f"{Q}/xac-nhan", data={"don": typed}).status_code == 404
    assert client.post(f"{Q}/xac-nhan", data={"don": list(range(1, 60))}).status_code == 400
    assert client.post("/quay/hang-cho/cho-goi/xac-nhan").status_code == 404
    nothing = client.post(f"{Q}/xac-nhan", follow_redirects=True)
    assert "Chưa chọn đơn nào" in nothing.text
    assert client.post(f"{Q}/xac-nhan", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_slips_print_one_sheet_an_order(client, clerk, point):
    made = [orders.make_order(point) for _ in range(2)]
    other = orders.make_order()
    query = "&".join(f"don={one.id}" for one in made)
    lot = codes.grouped(made[0].lines[0].picks[0].lot_code)
    other_id = other.id
    shop.save()
    page = client.get(f"/quay/phieu?{query}").text
    assert page.count('<section class="leaf slip">') == 2
    for words in (lot, "A1", "Gọi trước khi giao", "398.000", "36 Xuân Thủy", 'class="qr"'):
        assert words in page
    assert client.get(f"/quay/phieu?{query}&don={other_id}").status_code == 404
    assert client.get("/quay/phieu").status_code == 303
