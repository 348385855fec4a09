"""A catalogue file that is wrong somewhere: each wrong cell is said once, and nothing is written."""

import pytest
import sqlalchemy as sa

from storefront import clock
from storefront.catalogue.catalogue_file import COLUMNS
from storefront.catalogue.models import Listing
from storefront.database import transaction
from storefront.journeys import import_catalogue
from storefront.journeys.import_report import Rejected
from tests.factories import shop

PACK = {
    "product_name": "Mật ong Thử",
    "producer_name": "Thử",
    "net_quantity": "500",
    "net_unit": "ml",
    "shipping_weight_g": "700",
    "price_vnd": "185000",
}
FIRST = {**PACK, "kind": "mat-ong", "description": "Mật của đàn ong vùng đồi.", "variant": "500 ml"}
FURTHER = {**PACK, "variant": "1 lít"}


def wrong_cells(*rows):
    filled = [dict.fromkeys(COLUMNS, "") | row for row in rows]
    with pytest.raises(Rejected) as caught, transaction():
        import_catalogue.run(filled, source="thử", today=clock.today(), now=clock.now())
    return [(error.row, error.column) for error in caught.value.report.errors]


@pytest.fixture(autouse=True)
def product(app):
    with transaction():
        shop.make_product(shop.make_producer("Thử"), product_name=PACK["product_name"])


@pytest.mark.parametrize(
    ("column", "value"),
    [("on_hand", "many"), ("kind", "ong"), ("price_vnd", "0"), ("product_name", "Mật ong Thủ Đô")],
)
def test_a_wrong_first_row_does_not_accuse_the_others(db_session, column, value):
    assert wrong_cells({**FIRST, column: value}, FURTHER) == [(2, column)]
    assert db_session.scalars(sa.select(Listing)).all() == []


def test_a_wrong_name_further_down_is_one_error(db_session):
    assert wrong_cells(FIRST, {**FURTHER, "product_name": "Mật ong Thủ Đô"}) == [(3, "product_name")]


def test_a_listing_without_its_kind_is_said(db_session):
    assert wrong_cells(FURTHER, {**FURTHER, "variant": "2 lít"}) == [(2, "kind")]
