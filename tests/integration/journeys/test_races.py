"""What only real commits show: many at once, on a database of its own, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa

from storefront import clock
from storefront.cart import service as carts
from storefront.database import db, session, transaction
from storefront.errors import DomainError
from storefront.journeys import place_order
from storefront.journeys.place_order import PlaceOrder
from storefront.money import Vnd
from storefront.orders.models import Order, OrderGroup
from storefront.orders.service import Contact
from storefront.orders.states import Method
from storefront.places import lookup
from storefront.stock.models import StockItem, StockMovement
from tests.conftest import make_app
from tests.factories import shop

FEE = 28_000
PRICE = 185_000


@pytest.fixture
def own_app(request, tmp_path, migrated_app):
    url = f"sqlite:///{tmp_path / 'own.sqlite3'}"
    if "postgresql" in migrated_app.config["SQLALCHEMY_DATABASE_URI"]:
        url = request.getfixturevalue("own_postgres_url")
    app = make_app(url, tmp_path, POOL_SIZE="20")
    yield app
    with app.app_context():
        db.engine.dispose()


def command(key):
    commune = lookup.by_name("xã Phúc Trạch", "Hà Tĩnh")
    contact = Contact(
        name="Trần Thị Hà",
        phone="+84912345678",
        email=None,
        method=Method.DELIVERY,
        commune_code=commune.code,
        commune_name="xã Phúc Trạch",
        province_name="Hà Tĩnh",
        street="Thôn 1",
        pickup_point_id=None,
        note="",
        payment_method="cod",
    )
    return PlaceOrder(
        checkout_key=key,
        contact=contact,
        province_code=commune.province.code,
        agreed_total_vnd=Vnd(PRICE + FEE),
        user_id=None,
        terms_version="2026-11-23",
        mail_domain="localhost",
    )


def basket(variant, token):
    cart = carts.find_or_make(token=token, user_id=None, now=clock.now())
    carts.add(
        cart=carts.OpenCart(id=cart.id, is_new=False),
        variant_id=variant.id,
        quantity=1,
        price=Vnd(PRICE),
        now=clock.now(),
    )
    return cart.id, carts.keep_draft(cart=cart, fields={}, now=clock.now()).key


def place(app, cart_id, key):
    with app.app_context():
        try:
            return place_order.run(cart_id=cart_id, command=command(key), now=clock.now()).code
        except DomainError as error:
            return type(error).__name__


def test_twenty_sendings_of_one_checkout_make_one_order(own_app):
    with own_app.app_context():
        with transaction():
            _, variant, _ = shop.make_buyable(price=PRICE, on_hand=50)
            cart_id, key = basket(variant, "mot")
        session().rollback()
    with ThreadPoolExecutor(20) as pool:
        codes = list(pool.map(lambda _: place(own_app, cart_id, key), range(20)))
    with own_app.app_context():
        assert session().scalar(sa.select(sa.func.count(OrderGroup.id))) == 1
        assert set(codes) == {session().scalar(sa.select(OrderGroup.code))}
        assert session().scalar(sa.select(StockItem.on_hand)) == 49


def test_two_buyers_one_jar_one_order(own_app):
    with own_app.app_context():
        with transaction():
            _, variant, _ = shop.make_buyable(price=PRICE, on_hand=1)
            baskets = [basket(variant, f"nguoi-{number}") for number in range(8)]
        session().rollback()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda pair: place(own_app, *pair), baskets))
    with own_app.app_context():
        assert session().scalar(sa.select(sa.func.count(Order.id))) == 1
        assert sum(answer.startswith("DH") for answer in answers) == 1
        assert {answer for answer in answers if not answer.startswith("DH")} <= {
            "OutOfStock",
            "BasketChanged",
        }
        assert session().scalar(sa.select(StockItem.on_hand)) == 0
        assert session().scalar(sa.select(sa.func.sum(StockMovement.change))) == 0


def test_an_accounts_order_keeps_its_address_once(app, db_session):
    from storefront.accounts import service as accounts

    with transaction():
        _, variant, _ = shop.make_buyable(price=PRICE, on_hand=5)
        user = shop.make_user()
    for _ in range(2):
        with transaction():
            cart_id, key = basket(variant, "mot")
        place_order.run(cart_id=cart_id, command=replace(command(key), user_id=user.id), now=clock.now())
    assert [(one.street, one.commune_name) for one in accounts.addresses(user.id)] == [
        ("Thôn 1", "xã Phúc Trạch")
    ]
