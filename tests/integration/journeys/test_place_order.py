"""Placing an order: once, at what was agreed, from what is really there."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from storefront import clock
from storefront.cart import service as cart_service
from storefront.cart.errors import EmptyCart
from storefront.cart.models import Cart
from storefront.catalogue.models import Listing, Variant
from storefront.certification.models import Certificate
from storefront.database import session, transaction
from storefront.journeys import move_order, place_order
from storefront.money import Vnd
from storefront.orders import queries
from storefront.orders.errors import BasketChanged, IllegalTransition
from storefront.orders.models import OrderGroup, OrderPick
from storefront.orders.service import Contact
from storefront.orders.states import Method, OrderState
from storefront.payments.models import Payment, PaymentState
from storefront.stock.models import StockItem, StockMovement
from tests.factories import shop

CONTACT = Contact(
    name="Trần Thị Hà",
    phone="+84912345678",
    email=None,
    method=Method.DELIVERY,
    commune_code="00166",
    commune_name="phường Cầu Giấy",
    province_name="thành phố Hà Nội",
    street="36 Xuân Thủy",
    pickup_point_id=None,
    note="",
    payment_method="cod",
)


def fill(token: str, *wanted: tuple[Variant, int]) -> tuple[int, str]:
    """A basket with a draft: its id and the key of its one order."""
    with transaction():
        cart = cart_service.find_or_make(token=token, user_id=None, now=clock.now())
        for variant, quantity in wanted:
            cart_service.add(
                cart=cart_service.OpenCart(id=cart.id, is_new=False),
                variant_id=variant.id,
                quantity=quantity,
                price=variant.price_vnd,
                now=clock.now(),
            )
        return cart.id, cart_service.keep_draft(cart=cart, fields={}, now=clock.now()).key


def command(key: str, total: int, **values) -> place_order.PlaceOrder:
    given = {
        "checkout_key": key,
        "contact": CONTACT,
        "province_code": "01",
        "agreed_total_vnd": Vnd(total),
        "user_id": None,
        "terms_version": "2026-11-23",
        "mail_domain": "localhost",
    }
    return place_order.PlaceOrder(**{**given, **values})


def place(cart_id: int, key: str, total: int, **values) -> OrderGroup:
    return place_order.run(cart_id=cart_id, command=command(key, total, **values), now=clock.now())


def count(model) -> int:
    return session().scalar(select(func.count()).select_from(model)) or 0


def on_hand() -> int:
    return session().scalar(select(func.sum(StockItem.on_hand))) or 0


def refused(cart_id: int, key: str, total: int, error=BasketChanged, **values) -> None:
    """Nothing is ordered, nothing taken, and the basket is as it was."""
    before = on_hand()
    with pytest.raises(error):
        place(cart_id, key, total, **values)
    assert count(OrderGroup) == 0
    assert on_hand() == before
    assert session().get_one(Cart, cart_id)


@pytest.fixture
def jar(app):
    """A variant of 185.000 ₫ of which ten are on hand; sent for 28.000 ₫."""
    _, variant, _ = shop.make_buyable(price=185_000, on_hand=10)
    shop.save()
    return variant


def test_the_same_key_twice_is_one_order(jar):
    cart_id, key = fill("một", (jar, 2))
    first = place(cart_id, key, 398_000)
    again = place(cart_id, key, 398_000)
    assert again.id == first.id
    assert count(OrderGroup) == 1
    assert on_hand() == 8


def test_what_was_true_is_frozen_on_the_line(jar):
    cart_id, key = fill("một", (jar, 2))
    group = place(cart_id, key, 398_000)
    with transaction():
        session().execute(update(Variant).values(price_vnd=999_000))
    line = queries.group_by_code(group.code).orders[0].lines[0]
    assert (line.unit_price_vnd, line.total_vnd, line.stars) == (185_000, 370_000, 4)
    assert line.decision_number == "2394/QĐ-UBND"


def test_two_buyers_of_the_last_jar_make_one_order(app):
    _, variant, _ = shop.make_buyable(price=185_000, on_hand=1)
    shop.save()
    mine, theirs = fill("một", (variant, 1)), fill("hai", (variant, 1))
    place(*mine, 213_000)
    with pytest.raises(BasketChanged):
        place(*theirs, 213_000)
    assert count(OrderGroup) == 1
    assert on_hand() == 0


def test_the_demand_of_one_listing_in_two_packs_is_taken_from_each(app):
    listing, small, point = shop.make_buyable(price=100_000, on_hand=3)
    large = shop.make_variant(listing, label="1 l", price=190_000, position=2)
    shop.stock_up(large, point, 2)
    shop.save()
    cart_id, key = fill("một", (small, 3), (large, 1), (large, 1))
    group = place(cart_id, key, 3 * 100_000 + 2 * 190_000 + 28_000)
    assert on_hand() == 0
    lines = queries.group_by_code(group.code).orders[0].lines
    assert sorted((line.variant_id, line.quantity) for line in lines) == [(small.id, 3), (large.id, 2)]


def test_one_line_may_come_from_two_lots(app):
    _, variant, point = shop.make_buyable(price=100_000, on_hand=2)
    shop.stock_up(variant, point, 5, produced_on=clock.today())
    shop.save()
    place(*fill("một", (variant, 4)), 428_000)
    assert sorted(session().scalars(select(OrderPick.quantity))) == [2, 2]
    assert on_hand() == 3


def test_each_origin_has_its_own_order_and_fee(app):
    _, honey, _ = shop.make_buyable(price=100_000)
    _, sweet, _ = shop.make_buyable(price=50_000)
    shop.save()
    group = place(*fill("một", (honey, 1), (sweet, 1)), 150_000 + 2 * 28_000)
    orders = queries.group_by_code(group.code).orders
    assert [(one.number, one.delivery_vnd) for one in orders] == [(1, 28_000), (2, 28_000)]
    assert group.total_vnd == sum(one.total_vnd for one in orders)


@pytest.mark.parametrize("forged", [0, 1, 212_999, 213_001])
def test_a_forged_total_is_refused(jar, forged):
    refused(*fill("một", (jar, 1)), forged)


def test_a_price_that_rose_after_the_review_is_refused(jar):
    cart_id, key = fill("một", (jar, 1))
    with transaction():
        session().execute(update(Variant).values(price_vnd=200_000))
    refused(cart_id, key, 213_000)
    refused(cart_id, key, 228_000)


def test_a_certificate_that_lapsed_between_review_and_order_is_refused(jar):
    cart_id, key = fill("một", (jar, 1))
    day = clock.today()
    with transaction():
        # the copy on the listing still says it holds: the register itself decides
        session().execute(update(Certificate).values(valid_until=day.replace(day=day.day - 1)))
    refused(cart_id, key, 213_000)


def test_a_listing_withdrawn_between_review_and_order_is_refused(jar):
    cart_id, key = fill("một", (jar, 1))
    with transaction():
        session().execute(update(Listing).values(is_published=False))
    refused(cart_id, key, 213_000)


def test_a_way_to_pay_that_is_not_offered_is_refused(jar):
    refused(*fill("một", (jar, 1)), 213_000, contact=replace(CONTACT, payment_method="card"))


def test_another_browsers_basket_is_not_ordered_with_my_key(jar):
    _, key = fill("một", (jar, 1))
    other, _ = fill("hai", (jar, 1))
    refused(other, key, 213_000, EmptyCart)


def test_cancelling_gives_the_stock_back_and_the_movements_add_up(jar):
    group = place(*fill("một", (jar, 3)), 583_000)
    assert on_hand() == 7
    with transaction():
        move_order.cancel_group(
            group=queries.group_by_code(group.code), actor_id=None, mail_domain="localhost", now=clock.now()
        )
    assert on_hand() == 10
    for item in session().scalars(select(StockItem)):
        moved = select(func.sum(StockMovement.change)).where(StockMovement.stock_item_id == item.id)
        assert session().scalar(moved) == item.on_hand
    assert session().scalars(select(Payment.state)).one() is PaymentState.VOID


def test_nothing_is_cancelled_once_a_part_is_packed(jar):
    group = place(*fill("một", (jar, 1)), 213_000)
    clerk = shop.make_staff()
    shop.save()
    for wanted in (OrderState.CONFIRMED, OrderState.PACKING):
        with transaction():
            order = queries.group_by_code(group.code).orders[0]
            order = queries.order_of_points(order.id, None)
            move_order.run(
                order=order,
                wanted=wanted,
                actor_id=clerk.id,
                note="",
                mail_domain="localhost",
                now=clock.now(),
            )
    with pytest.raises(IllegalTransition), transaction():
        move_order.cancel_group(
            group=queries.group_by_code(group.code), actor_id=None, mail_domain="localhost", now=clock.now()
        )
    assert on_hand() == 9
