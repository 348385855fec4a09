"""The register's page finds what the database would, and what it keeps is never stale."""

import random
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from storefront import clock, database, text
from storefront.catalogue.models import Listing, Variant
from storefront.catalogue.search import live
from storefront.certification import queries, register_index
from storefront.certification.models import Certificate, Recorded, RegisteredProduct
from storefront.certification.validity import CertificateState
from storefront.database import db, session, transaction
from storefront.producers.models import Producer
from storefront.stock.models import StockItem
from tests.factories import shop

THINGS = ["Mật ong", "Cu đơ", "Nước mắm", "Rượu 45%", "Kẹo_lạc", "Chè", "Cu đơ\\gừng", "Hương"]
PLACES = ["xã Sơn Giang", "xã Kỳ Anh", "phường Thành Sen"]
QUESTIONS = [
    *("", "mật ong", "mat ong", "ong", "uong son", "ky anh", "ki anh", "2394", "94/qd", "%", "_", "5%", "\\"),
    *("a", "cu do giang", "htx 3", "xyzzy", "khong co gi", "o_l", "mat ong son giang 2394 qd ubnd htx thu x"),
]


def fill(dice, count):
    for number in range(count):
        year = dice.choice([2022, 2023, 2024])
        decided = dice.choice([None, date(year, 10, 15), date(year, 12, 1)])
        shop.make_product(
            shop.make_producer(f"HTX {dice.choice(PLACES)} {dice.randrange(6)}"),
            product_name=f"{dice.choice(THINGS)} {number}",
            commune_new=dice.choice(PLACES),
            decided_on=decided,
            certified_year=year,
            decision_number=dice.choice(["2394/QĐ-UBND", f"{number}/QĐ-UBND"]) if decided else "",
            recorded=dice.choice([Recorded.GRANTED, Recorded.GRANTED, Recorded.UNCLEAR]),
        )


def looked_through(query):
    """What the database finds by looking through every row."""
    found = (
        sa.select(Certificate.id)
        .join(RegisteredProduct, RegisteredProduct.id == Certificate.product_id)
        .join(Producer, Producer.id == RegisteredProduct.producer_id)
    )
    for word in text.fold(query).split()[:8]:
        columns = (
            RegisteredProduct.name_folded,
            RegisteredProduct.place_folded,
            Producer.name_folded,
            Certificate.decision_folded,
        )
        found = found.where(sa.or_(*(column.contains(word, autoescape=True) for column in columns)))
    order = (Certificate.valid_until.desc().nulls_last(), RegisteredProduct.name_folded, Certificate.id)
    return list(session().scalars(found.order_by(*order)))


@pytest.mark.parametrize("query", QUESTIONS)
def test_it_finds_what_the_database_would_in_the_same_order(app, query):
    with transaction():
        fill(random.Random(7), 120)
    every, shown = looked_through(query), []
    for page in range(1, len(every) // queries.PAGE_SIZE + 3):
        rows, total = queries.search(query, page, clock.today())
        assert total == len(every)
        shown += [row.certificate.id for row in rows]
    assert shown == every


def test_a_state_is_that_of_the_day_whatever_is_kept(app):
    with transaction():
        shop.make_product(decided_on=date(2024, 10, 15))
    last = date(2027, 10, 15)
    states = [queries.search("", 1, day)[0][0].state for day in (last, last + timedelta(days=1))]
    assert states == [CertificateState.EXPIRING, CertificateState.EXPIRED]


def names(query=""):
    return [row.product_name for row in queries.search(query, 1, clock.today())[0]]


def test_every_change_of_the_register_is_seen(app):
    with transaction():
        product = shop.make_product(shop.make_producer("HTX Một"), product_name="Cam Một")
    assert names("cam") == ["Cam Một"]
    with transaction():
        shop.make_product(product_name="Cam Hai", decided_on=date(2023, 10, 15), certified_year=2023)
    assert names("cam") == ["Cam Một", "Cam Hai"]
    with transaction():
        session().get_one(Producer, product.producer_id).name_folded = "htx bon"
    assert (names("mot"), names("bon")) == (["Cam Một"], ["Cam Một"])
    with transaction():
        session().execute(sa.update(RegisteredProduct).values(place_folded="xa la"))
    assert len(names("xa la")) == 2
    with transaction():
        session().execute(sa.text("UPDATE certificates SET decision_folded = '77/qd'"))
    assert len(names("77/qd")) == 2
    with transaction():
        session().execute(sa.delete(Certificate).where(Certificate.product_id == product.id))
    assert names() == ["Cam Hai"]


def test_what_is_sold_leaves_it_as_it_is(app, monkeypatch):
    with transaction():
        _, variant, _ = shop.make_buyable()
    kept, before = register_index.current(), database.public_version()
    with transaction():
        session().get_one(Variant, variant.id).price_vnd += 1000
    with transaction():
        session().execute(sa.update(StockItem).values(on_hand=3))
    with transaction():
        session().execute(sa.update(Listing).values(in_stock=False))
    assert database.public_version() == before + 2
    assert register_index.current() is kept


def test_raw_sql_is_seen_when_the_versions_are_raised_as_the_manual_says(own_app):
    manual = Path("docs/operations.md").read_text(encoding="utf-8")
    raise_versions = re.search(r"UPDATE public_version SET .*?;", manual, re.DOTALL)[0]
    mark_listings = re.search(r"UPDATE listings SET revision .*?;", manual, re.DOTALL)[0]
    with own_app.app_context():
        with transaction():
            shop.make_buyable("Cam Một")
        assert names("cam") == ["Cam Một"]
        with live.current() as index:
            assert [row.name for row in index.rows] == ["Cam Một"]
        db.session.remove()
        elsewhere = sa.create_engine(db.engine.url)
        with elsewhere.begin() as connection:
            connection.execute(sa.text("UPDATE registered_products SET name_folded = 'buoi'"))
            connection.execute(sa.text("UPDATE listings SET name = 'Bưởi'"))
            connection.execute(sa.text(raise_versions))
            connection.execute(sa.text(mark_listings))
        elsewhere.dispose()
        assert (len(names("buoi")), names("cam")) == (1, [])
        with live.current() as index:
            assert [index.rows[position].name for position in index.position_of.values()] == ["Bưởi"]
        db.session.remove()
