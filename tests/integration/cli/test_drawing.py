"""Pictures are drawn by the worker, shown once they are there, and never shown when they are no longer true."""

import os
import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from storefront import clock
from storefront.catalogue.models import Listing
from storefront.certification.groups import ProductGroup
from storefront.cli.drawing import DrawingTable
from storefront.database import transaction
from storefront.journeys import sync_certificates
from storefront.media import store
from storefront.producers.models import Producer
from tests.factories import shop


@pytest.fixture
def pictures(tmp_path, app, monkeypatch):
    monkeypatch.setitem(app.config, "SETTINGS", _with_folder(app.config["SETTINGS"], tmp_path))
    return store.of_instance(tmp_path)


def _with_folder(settings, folder):
    from dataclasses import replace

    return replace(settings, instance_dir=folder)


@pytest.fixture
def honey(app):
    with transaction():
        listing, _, _ = shop.make_buyable("Mật ong Cường Nga")
    return listing


def draw(pictures):
    return DrawingTable(pictures).draw(clock.today())


def shown(client, slug="mat-ong-cuong-nga"):
    page = client.get(f"/san-pham/{slug}").text
    return re.search(r'property="og:image" content="http://localhost([^"]+)"', page)[1]


def test_the_page_shows_the_picture_once_it_is_drawn(client, honey, pictures):
    before = shown(client)
    assert before.endswith("/img/share.png")
    assert draw(pictures) == 1
    after = shown(client)
    assert re.fullmatch(r"/media/og/[0-9a-f]{32}\.png", after)
    answer = client.get(after)
    assert answer.mimetype == "image/png"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert client.get(after, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    page = client.get("/san-pham/mat-ong-cuong-nga").text
    assert after in page.split("ld+json")[1]
    lot = re.search(r"/t/L\w+", page)[0]
    assert f'property="og:image" content="http://localhost{after}"' in client.get(lot).text


def test_what_is_drawn_is_not_drawn_again(honey, pictures):
    table = DrawingTable(pictures)
    assert [table.draw(clock.today()), table.draw(clock.today()), draw(pictures)] == [1, 0, 0]


def test_a_picture_is_no_change_of_what_lists_show(honey, pictures, db_session):
    before = db_session.scalars(sa.select(Listing.revision)).all()
    assert draw(pictures) == 1
    assert db_session.scalars(sa.select(Listing.revision)).all() == before


def test_a_change_takes_the_picture_away_until_it_is_drawn_again(client, honey, pictures, db_session):
    draw(pictures)
    first = shown(client)
    with transaction():
        db_session.get(Producer, honey.producer_id).name = "HTX Tên Mới"
    assert shown(client).endswith("/img/share.png")
    draw(pictures)
    assert shown(client) not in (first, "/img/share.png")
    assert client.get(first).status_code == 200


def test_stars_go_from_the_picture_with_the_certificate(client, honey, pictures, db_session, monkeypatch):
    draw(pictures)
    monkeypatch.setattr(
        clock, "_pretended", db_session.get(Listing, honey.id).valid_until + timedelta(days=1)
    )
    with transaction():
        sync_certificates.run(day=clock.today())
    assert shown(client).endswith("/img/share.png")
    draw(pictures)
    assert "/media/og/" in shown(client)


def test_a_file_that_was_lost_is_drawn_again(client, honey, pictures, tmp_path):
    draw(pictures)
    file = next((tmp_path / "media" / "og").iterdir())
    file.unlink()
    assert client.get(shown(client)).status_code == 404
    assert draw(pictures) == 1
    assert client.get(shown(client)).status_code == 200


def test_one_that_cannot_be_drawn_holds_up_no_other(honey, pictures, db_session, caplog):
    with transaction():
        shop.make_listing(product_name="Cam Thử")
        db_session.get(Listing, honey.id).name = "Mật \x01 ong"
    assert draw(pictures) == 1
    assert f"picture of listing {honey.id} was not drawn" in caplog.text


def test_alcohol_has_no_picture(app, pictures):
    with transaction():
        shop.make_buyable("Rượu Thử", kind="ruou", group=ProductGroup.DRINK)
    assert draw(pictures) == 0


@pytest.mark.parametrize("name", ["0" * 32, "..%2f..%2fsecret-key" + "0" * 12, "x", "A" * 32])
def test_a_picture_that_is_not_there_is_404(client, app, pictures, name):
    assert client.get(f"/media/og/{name}.png").status_code == 404


def test_old_pictures_go_after_their_time(honey, pictures, tmp_path):
    draw(pictures)
    long_ago = (clock.now() - timedelta(days=31)).timestamp()
    old, young = "a" * 32, "b" * 32
    pictures.keep(old, b"x")
    pictures.keep(young, b"x")
    for file in (tmp_path / "media" / "og").iterdir():
        if file.stem != young:
            os.utime(file, (long_ago, long_ago))
    recent = clock.now().timestamp()
    os.utime(tmp_path / "media" / "og" / f"{young}.png", (recent, recent))
    assert DrawingTable(pictures).clear_away(clock.now()) == 1
    assert not pictures.has(old)
    assert pictures.has(young)
    assert len(list((tmp_path / "media" / "og").iterdir())) == 2
