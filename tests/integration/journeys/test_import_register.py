from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from storefront import clock
from storefront.catalogue.models import Listing
from storefront.certification import queries, validity
from storefront.certification.models import Certificate, RegisteredProduct
from storefront.cli import tables
from storefront.database import transaction
from storefront.journeys import import_register
from storefront.journeys.import_report import Rejected
from storefront.producers.models import NameSource, Producer
from tests.factories import shop

FILE = Path("storefront/cli/demo/register.csv")
DAY = date(2026, 11, 23)


def run(rows):
    with transaction():
        return import_register.run(rows, today=DAY, now=clock.now())


def count(db_session, model):
    return db_session.scalar(sa.select(sa.func.count()).select_from(model))


@pytest.fixture
def rows():
    return tables.read(FILE)


def test_the_demo_register_has_85_products_valid_on_its_day(app, db_session, rows):
    report = run(rows)
    assert report.counts == {"added": 129}
    products = list(db_session.scalars(sa.select(RegisteredProduct.id)))
    assert len(products) == 129
    current = queries.current_certificates(products, DAY)
    assert sum(validity.state_on(one, DAY) in validity.HOLDS for one in current.values()) == 85


def test_importing_again_changes_nothing(app, db_session, rows):
    run(rows)
    before = [count(db_session, model) for model in (Producer, RegisteredProduct, Certificate)]
    assert run(rows).counts == {"unchanged": 129}
    assert [count(db_session, model) for model in (Producer, RegisteredProduct, Certificate)] == before


def test_a_new_decision_adds_a_certificate_and_keeps_the_older(app, db_session, rows):
    run(rows)
    again = next(row for row in rows if row["product_name"] == "Mật ong Cường Nga")
    newer = {
        **again,
        "decision_number": "99/QĐ-UBND",
        "decision_date": "2026-10-01",
        "certified_year": "2026",
    }
    report = run([newer])
    assert report.counts == {"added": 1}
    product = db_session.scalar(
        sa.select(RegisteredProduct).where(RegisteredProduct.name == "Mật ong Cường Nga")
    )
    certificates = queries.certificates_of(product.id)
    assert [one.decision_number for one in certificates] == ["99/QĐ-UBND", "2394/QĐ-UBND"]
    assert queries.current(product.id, DAY).decision_number == "99/QĐ-UBND"


def test_a_row_without_a_producer_takes_the_brand_and_says_so(app, db_session, rows):
    run(rows)
    brand = db_session.scalar(sa.select(Producer).where(Producer.name == "Đông An"))
    assert brand.name_source is NameSource.PRODUCT_NAME
    assert count(db_session, RegisteredProduct) == 129
    named = sa.select(sa.func.count()).where(RegisteredProduct.producer_id == brand.id)
    assert db_session.scalar(named) == 2


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("product_name", ""),
        ("group", "Đồ chơi"),
        ("stars", "2"),
        ("stars", "6"),
        ("stars", "bốn"),
        ("certified_year", "2017"),
        ("decision_date", "2024-13-01"),
        ("decision_date", "2030-01-01"),
        ("issuing_level", "xã"),
        ("legal_basis", "999"),
        ("status", "maybe"),
        ("commune_new", "xã Không Có"),
        ("source_url", "javascript:alert(1)"),
    ],
)
def test_one_wrong_cell_rejects_the_whole_file_and_is_named(app, db_session, rows, column, value):
    bad = [dict(row) for row in rows[:5]]
    bad[3][column] = value
    with pytest.raises(Rejected) as rejected:
        run(bad)
    assert {error.row for error in rejected.value.report.errors} == {5}
    assert column in {error.column for error in rejected.value.report.errors}
    assert "give" in str(rejected.value.report.errors[0])
    assert count(db_session, RegisteredProduct) == 0


def test_a_file_without_a_column_or_rows_is_refused(app):
    with pytest.raises(Rejected, match="rejected"):
        run([{"product_name": "x"}])
    with pytest.raises(Rejected):
        run([])


def test_the_same_product_and_decision_twice_is_refused(app, rows):
    with pytest.raises(Rejected) as rejected:
        run([rows[1], rows[1]])
    assert rejected.value.report.errors[0].row == 3


def test_a_revoked_certificate_takes_the_stars_off_the_listing(app, db_session):
    with transaction():
        listing = shop.make_listing(product_name="Mật ong Thử A", decision_number="1/QĐ-UBND")
    assert listing.stars == 4
    producer = db_session.get(Producer, listing.producer_id)
    row = {
        "product_name": "Mật ong Thử A",
        "group": "Thực phẩm",
        "producer_name": producer.name,
        "producer_type": "hợp tác xã",
        "commune_old": "Quang Diệm",
        "district_old": "Hương Sơn",
        "commune_new": "xã Sơn Giang",
        "stars": "4",
        "certified_year": "2024",
        "decision_number": "1/QĐ-UBND",
        "decision_date": "2024-10-15",
        "issuing_level": "tỉnh",
        "legal_basis": "148",
        "status": "revoked",
        "notes": "",
        "source_url": "https://example.org/thu-hoi",
    }
    assert run([row]).counts == {"changed": 1}
    db_session.expire_all()
    assert db_session.get(Listing, listing.id).stars is None
