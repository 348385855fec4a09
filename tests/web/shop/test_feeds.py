"""The product feeds say what the product page says, of what can be bought, to whoever has their address."""

import csv
import dataclasses
import io
import json
import re
from xml.etree import ElementTree

import pytest

from storefront import clock
from storefront.catalogue.models import Variant
from storefront.certification.groups import ProductGroup
from storefront.cli.drawing import DrawingTable
from storefront.database import transaction
from storefront.media import store
from storefront.web import compression
from tests import vocabulary
from tests.factories import shop
from tests.web.shop.test_sitemap import allows

TOKEN = "dai-va-kho-doan-1234567890"
G = "{http://base.google.com/ns/1.0}"


@pytest.fixture
def offered(app, tmp_path, monkeypatch):
    settings = dataclasses.replace(app.config["SETTINGS"], feed_token=TOKEN, instance_dir=tmp_path)
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    with transaction():
        listing, _, _ = shop.make_buyable("Mật ong & <Cường> Nga")
        shop.make_variant(listing, "1 lít", price=350_000, position=2, net_quantity=1000)
        shop.make_buyable("Cu đơ Thử", price=60_000, kind="cu-do")
        shop.make_buyable("Rượu Thử", kind="ruou", group=ProductGroup.DRINK)
        shop.make_buyable("Cam Thử", certified_year=2020, decided_on=None, decision_number="")
        shop.make_listing(product_name="Giò Thử")
    table = DrawingTable(store.of_instance(tmp_path))
    while table.draw(clock.today()):  # about a second at a time, which a busy machine may need more of
        pass
    return listing


def google(client):
    channel = ElementTree.fromstring(client.get(f"/feeds/{TOKEN}/google.xml").data)
    return [{one.tag.removeprefix(G): one.text for one in item} for item in channel.iter("item")]


def meta(client):
    return list(csv.DictReader(io.StringIO(client.get(f"/feeds/{TOKEN}/meta.csv").text)))


def test_only_what_can_be_bought_is_in_it(client, offered):
    assert [item["title"] for item in google(client)] == [
        "Mật ong & <Cường> Nga, 500 ml",
        "Mật ong & <Cường> Nga, 1 lít",
        "Cu đơ Thử, 500 ml",
    ]
    assert [row["title"] for row in meta(client)] == [item["title"] for item in google(client)]


def test_it_says_what_the_page_says(client, offered):
    for item, row in zip(google(client), meta(client), strict=True):
        page = client.get(item["link"].removeprefix("http://localhost"))
        assert f'<link rel="canonical" href="{item["link"].split("?")[0]}">' in page.text
        assert allows(client.get("/robots.txt").text, item["link"].removeprefix("http://localhost"))
        shown = re.search(r'class="price big"><b>([\d.]+)', page.text)[1].replace(".", "")
        assert item["price"] == f"{shown} VND"
        offers = {
            one["sku"]: one["offers"]
            for one in vocabulary.of_type(vocabulary.graph(page), "Product")
            if "offers" in one
        }
        offer = offers[item["id"]]
        assert item["price"] == row["price"] == f"{offer['price']} VND"
        stocked = offer["availability"].endswith("InStock")
        assert item["availability"] == ("in_stock" if stocked else "out_of_stock")
        assert row["availability"] == ("in stock" if stocked else "out of stock")
        assert item["image_link"] == row["image_link"]
        assert item["image_link"] in json.dumps(vocabulary.graph(page))
        assert client.get(item["image_link"].removeprefix("http://localhost")).mimetype == "image/png"
    assert {item["availability"] for item in google(client)} == {"in_stock", "out_of_stock"}


def test_packs_of_one_product_belong_together(client, offered):
    groups = [item.get("item_group_id") for item in google(client)]
    assert groups == [f"L{offered.id}", f"L{offered.id}", None]
    assert [row["item_group_id"] for row in meta(client)] == [f"L{offered.id}", f"L{offered.id}", ""]
    assert google(client)[0]["unit_pricing_measure"] == "500 ml"
    assert google(client)[0]["product_highlight"] == "OCOP 4 sao, chứng nhận 2024"


def test_an_address_that_chooses_a_pack_shows_that_pack(client, offered):
    sizes = {item["size"]: item["link"].removeprefix("http://localhost") for item in google(client)[:2]}
    page = client.get(sizes["500 ml"]).text
    assert 'class="price big"><b>185.000' in page
    sold_out = client.get(sizes["1 lít"]).text
    assert 'class="price big"><b>350.000' in sold_out
    assert not re.search(
        r'name="variant"[^>]* checked', sold_out
    )  # its price would take the place of this one
    checked = re.search(r'value="(\d+)" required checked', page)[1]
    assert sizes["500 ml"].endswith(f"?v={checked}")
    for other in ("x", "0", "-1", "999999999999999999999", "%00"):
        assert client.get(f"{sizes['500 ml'].split('?')[0]}?v={other}").status_code in (200, 400)


def test_without_its_token_there_is_no_feed(client, offered, app, monkeypatch):
    for wrong in (TOKEN[:-1], TOKEN + "x", "x" * 30, "đ" * 24):
        assert client.get(f"/feeds/{wrong}/google.xml").status_code == 404
    monkeypatch.setitem(app.config, "SETTINGS", dataclasses.replace(app.config["SETTINGS"], feed_token=""))
    assert client.get("/feeds//google.xml").status_code == 404
    assert client.get(f"/feeds/{TOKEN}/meta.csv").status_code == 404


def test_an_unchanged_feed_is_not_sent_again_and_a_changed_one_is(client, offered, db_session):
    for path in (f"/feeds/{TOKEN}/google.xml", f"/feeds/{TOKEN}/meta.csv"):
        first = client.get(path)
        assert first.headers["Cache-Control"] == "private, no-cache"
        known = {"If-None-Match": first.headers["ETag"]}
        again = client.get(path, headers=known)
        assert (again.status_code, again.data) == (304, b"")
        with transaction():
            for pack in db_session.query(Variant):
                pack.left_shown = 0 if pack.left_shown else 3
        assert client.get(path, headers=known).status_code == 200


@pytest.mark.parametrize("file", ["google.xml", "meta.csv"])
@pytest.mark.parametrize(("accepted", "encoding"), [("gzip, br", "br"), ("gzip", "gzip"), ("br;q=0", "")])
def test_a_feed_is_made_small_for_whoever_reads_it_so(client, offered, file, accepted, encoding):
    path, asking = f"/feeds/{TOKEN}/{file}", {"Accept-Encoding": accepted}
    plain, packed = client.get(path), client.get(path, headers=asking)
    assert packed.headers.get("Content-Encoding", "") == encoding
    assert compression.decode(packed.data, encoding) == plain.data
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert packed.content_length == len(packed.data)
    if encoding:
        assert len(packed.data) < len(plain.data)
    assert (packed.headers["ETag"] == plain.headers["ETag"]) is (encoding == "")
    again = client.get(path, headers={**asking, "If-None-Match": packed.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Vary"] == "Accept-Encoding"
