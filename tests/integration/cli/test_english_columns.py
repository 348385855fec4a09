"""Files may bring the English of their texts, or leave it as it stands."""

import csv

import click
import pytest
import sqlalchemy as sa

from storefront import clock
from storefront.catalogue.catalogue_file import COLUMNS
from storefront.catalogue.models import Listing
from storefront.cli import points
from storefront.database import transaction
from storefront.fulfilment import queries as fulfilment
from storefront.journeys import import_catalogue
from storefront.journeys.import_report import Rejected
from storefront.stock.models import Point
from tests.factories import shop

ROW = {
    "product_name": "Mật ong Thử",
    "kind": "mat-ong",
    "description": "Mật của đàn ong vùng đồi.",
    "variant": "500 ml",
    "net_quantity": "500",
    "net_unit": "ml",
    "shipping_weight_g": "700",
    "price_vnd": "185000",
}
POINT = {
    "code": "ben-xe",
    "name": "Cửa hàng OCOP",
    "kind": "shop",
    "commune": "phường Thành Sen",
    "street": "Bến xe",
    "opening_hours": "7:00–19:00 mỗi ngày",
    "pickup": "yes",
}
ZONE = {
    "zone": "all",
    "zone_name": "Cả nước",
    "provinces": "*",
    "up_to_g": "5000",
    "fee_vnd": "28000",
    "days_min": "2",
    "days_max": "3",
}


def run(*rows):
    filled = [dict.fromkeys(COLUMNS, "") | row for row in rows]
    with transaction():
        return import_catalogue.run(filled, source="thử", today=clock.today(), now=clock.now()).counts


def write(folder, columns, row):
    file = folder / "rows.csv"
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(dict.fromkeys((*columns, *row))))
        writer.writeheader()
        writer.writerow(row)
    return file


@pytest.fixture
def product(app):
    with transaction():
        shop.make_product(shop.make_producer("Thử"), product_name=ROW["product_name"])
    return {**ROW, "producer_name": "Thử"}


def test_english_comes_in_stays_and_goes(product, db_session):
    assert run({**product, "description_en": "Honey from the hills.", "usage_en": ""}) == {"added": 1}
    listing = db_session.scalars(sa.select(Listing)).one()
    assert (listing.description_en, listing.usage_en, listing.storage_en) == (
        "Honey from the hills.",
        None,
        None,
    )
    assert run(product) == {"unchanged": 1}
    assert listing.description_en == "Honey from the hills."
    assert run({**product, "description_en": "Hill honey."}) == {"changed": 1}
    assert run({**product, "description_en": ""}) == {"changed": 1}
    db_session.expire_all()
    assert db_session.scalars(sa.select(Listing.description_en)).one() is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"description_en": "x" * 2001},
        {"description_en": "It cures coughs."},
        {"usage_en": "A remedy for sore throats"},
    ],
)
def test_english_is_held_to_the_same_rules(product, db_session, wrong):
    with pytest.raises(Rejected) as refused:
        run({**product, **wrong})
    assert [error.column for error in refused.value.report.errors] == list(wrong)
    assert db_session.scalars(sa.select(Listing)).all() == []


def test_points_and_tariff_may_say_it_in_english(app, db_session, tmp_path):
    with transaction():
        told = {"street_en": "Bus station", "opening_hours_en": "7:00–19:00 daily"}
        points.keep_points(write(tmp_path, points.POINT_COLUMNS, {**POINT, **told}))
        points.keep_points(write(tmp_path, points.POINT_COLUMNS, {**POINT, "street": "Bến xe mới"}))
        points.keep_tariff(write(tmp_path, points.TARIFF_COLUMNS, {**ZONE, "zone_name_en": "All of Vietnam"}))
    point = db_session.scalars(sa.select(Point)).one()
    assert (point.street, point.street_en, point.opening_hours_en) == (
        "Bến xe mới",
        "Bus station",
        "7:00–19:00 daily",
    )
    assert [line.zone_name_en for line in fulfilment.tariff_table()] == ["All of Vietnam"]
    with transaction():
        points.keep_tariff(write(tmp_path, points.TARIFF_COLUMNS, ZONE))
    assert [line.zone_name_en for line in fulfilment.tariff_table()] == [None]


def test_a_missing_column_is_still_named(app, tmp_path):
    columns = [name for name in points.POINT_COLUMNS if name != "street"]
    rest = {name: value for name, value in POINT.items() if name != "street"}
    with pytest.raises(click.ClickException, match="street"), transaction():
        points.keep_points(write(tmp_path, columns, rest))
