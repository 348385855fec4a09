"""The shop with its page cache: what a visitor sees is what the database says now, and the same for everybody."""

import contextlib
import json
import os
import subprocess
import sys
from datetime import date, timedelta

import psycopg
import pytest
import sqlalchemy as sa

from storefront import clock, database, schema
from storefront.catalogue.models import Listing
from storefront.catalogue.search import live as search_index
from storefront.certification.groups import ProductGroup
from storefront.cli.demo import load as demo
from storefront.database import db, session, transaction
from storefront.journeys import note_stock
from storefront.stock.models import Lot, StockItem
from storefront.version_reader import VersionReader
from storefront.web.page_cache import PageCache
from tests.conftest import TODAY, make_app
from tests.factories import shop

OTHER_PROCESS = """
import sys, json
import sqlalchemy as sa
import config
from storefront import create_app, schema
from storefront.database import transaction
with create_app(config.load()).app_context():
    print("ready", flush=True)
    for line in sys.stdin:
        table, column, value = json.loads(line)
        which = schema.metadata.tables[table]
        kind = which.c[column].type
        with transaction() as current:
            first = current.execute(sa.select(sa.func.min(list(which.primary_key)[0]))).scalar_one()
            current.execute(
                sa.update(which).where(list(which.primary_key)[0] == first).values({column: sa.text(value)})
            )
        print("done", flush=True)
"""


@pytest.fixture
def kept_app(own_url, tmp_path):
    """The shop with its cache, on a database that is really written."""
    search_index.forget()
    made = make_app(own_url, tmp_path, PAGE_CACHE_MB="16")
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()
    search_index.forget()


@pytest.fixture
def plain_app(kept_app, own_url, tmp_path):
    """The same without."""
    made = make_app(own_url, tmp_path)
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def made(kept_app, monkeypatch):
    """The paths that were not answered from what is kept."""
    found = []
    real = PageCache._made

    def counted(self, environ, key):
        if self._version is not None:  # that of the shop with a cache
            found.append(key[0])
        return real(self, environ, key)

    monkeypatch.setattr(PageCache, "_made", counted)
    return found


def fill(app):
    with app.app_context(), transaction():
        listing, variant, point = shop.make_buyable("Mật ong Cường Nga")
        lot = shop.stock_up(variant, point)
        shop.make_buyable("Rượu Thử", kind="ruou", group=ProductGroup.DRINK)
        return listing.slug, variant.id, lot.code


def test_every_public_view_says_what_its_answer_depends_on(app):
    """Or stands here, with why it is not kept."""
    known = {"static_file", "picture", "favicon"}  # in memory or on the disk already, and for ever
    known |= {"healthz", "readyz"}  # they speak of this moment
    known |= {"shop.feed_google", "shop.feed_meta"}  # long, streamed, asked for once a day
    views = {
        name
        for name, view in app.view_functions.items()
        if view.__audience__ == "public" and not hasattr(view, "__kept__")
    }
    assert views == known


def test_only_public_views_are_kept(app):
    kept = [name for name, view in app.view_functions.items() if hasattr(view, "__kept__")]
    assert {app.view_functions[name].__audience__ for name in kept} == {"public"}
    assert len(kept) > 30


def test_everybody_sees_the_same_page(kept_app, plain_app, made):
    """Byte for byte: a stranger, a person signed in with a full basket, and a shop without a cache."""
    slug, variant_id, code = fill(kept_app)
    mine = kept_app.test_client()
    with kept_app.app_context():
        with transaction():
            user = shop.make_user(name="Trần Thị Hà")
        shop.sign_in(mine, user)
    mine.post("/gio-hang/mon", data={"variant": variant_id, "quantity": 2})
    paths = ["/", f"/san-pham/{slug}", "/san-pham", "/tim?q=mat+ong", f"/t/{code}", "/so-dang-ky", "/en/"]
    for path in paths:
        answers = [one.get(path) for one in (mine, kept_app.test_client(), plain_app.test_client())]
        assert len({answer.data for answer in answers}) == 1, path
        assert {answer.status_code for answer in answers} == {200}
        assert not any("Set-Cookie" in answer.headers for answer in answers)
        assert dict(answers[0].headers) == dict(answers[1].headers) == dict(answers[2].headers)
    assert "Hà" in mine.get("/tai-khoan").text


@pytest.mark.parametrize(
    "path",
    [
        "/gio-hang",
        "/dat-hang",
        "/don-hang",
        "/ho-so",
        "/dang-nhap",
        "/tai-khoan",
        "/quay",
        "/khong-co",
        "/t/LABCDEFGHJ",
    ],
)
def test_what_is_personal_or_nothing_is_never_kept(kept_app, path):
    fill(kept_app)
    kept_app.test_client().get(path)
    cache = kept_app.wsgi_app
    assert not [key for half in (cache._shelf._young, cache._shelf._old) for key in half if key[0] == path]


def test_18_or_over_is_a_page_of_its_own(kept_app):
    fill(kept_app)
    browser = kept_app.test_client()
    young = browser.get("/san-pham")
    browser.post("/tuoi", data={"tuoi": "18", "tiep": "/san-pham"})
    adult = browser.get("/san-pham", headers={"If-None-Match": young.headers["ETag"]})
    assert "Rượu Thử" not in young.text
    assert "Rượu Thử" in adult.text
    assert young.headers["Cache-Control"] == "no-cache"
    assert adult.headers["Cache-Control"] == "private, no-cache"
    assert kept_app.test_client().get("/san-pham").data == young.data


def test_a_certificate_lapses_at_midnight_without_any_write(kept_app, made):
    slug, _variant, _lot = fill(kept_app)
    browser = kept_app.test_client()
    with kept_app.app_context():
        before = database.public_version()
        until = session().execute(sa.text("SELECT MAX(valid_until) FROM listings")).scalar_one()
        database.end_read()
    last = date.fromisoformat(str(until))
    try:
        clock.pretend(last)
        assert "Thêm vào giỏ" in browser.get(f"/san-pham/{slug}").text
        browser.get(f"/san-pham/{slug}")
        assert made == [f"/san-pham/{slug}"]
        clock.pretend(last + timedelta(days=1))
        assert "Thêm vào giỏ" not in browser.get(f"/san-pham/{slug}").text
    finally:
        clock.pretend(date.fromisoformat(TODAY))
    with kept_app.app_context():
        assert database.public_version() == before


def count(app, on_hand):
    with app.app_context(), transaction() as current:
        current.execute(sa.update(StockItem).values(on_hand=on_hand))
        listing_id = current.scalars(sa.select(Listing.id).order_by(Listing.id).limit(1)).one()
        note_stock.run(listing_ids=[listing_id], day=clock.today())


def test_stock_that_changes_no_page_throws_none_away(kept_app, made):
    slug, _variant, _lot = fill(kept_app)
    browser, page = kept_app.test_client(), f"/san-pham/{slug}"
    count(kept_app, 12)
    assert "chỉ còn" not in browser.get(page).text
    count(kept_app, 11)
    browser.get(page)
    assert made == [page]
    count(kept_app, 5)
    assert "chỉ còn 5" in browser.get(page).text
    count(kept_app, 4)
    assert "chỉ còn 4" in browser.get(page).text
    assert made == [page] * 3


@contextlib.contextmanager
def another_process(app, url):
    """A process that changes one column of the first row of a table, committed when the call returns."""
    env = {**os.environ, "SHOP_ENV": "test", "DATABASE_URL": url, "DEMO_TODAY": TODAY}
    env |= {"INSTANCE_DIR": str(app.config["SETTINGS"].instance_dir), "PUBLIC_URL": "http://localhost"}
    with subprocess.Popen(
        [sys.executable, "-c", OTHER_PROCESS],
        env=env,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout.readline() == "ready\n"

        def change(table, column, value):
            other.stdin.write(json.dumps([table, column, value]) + "\n")
            other.stdin.flush()
            assert other.stdout.readline() == "done\n", f"{table}.{column} = {value} was refused"

        yield change
        other.stdin.close()


LAST = ("code", "slug", "is_published", "is_alcohol")
"""Once these are changed, the pages asked for are no more."""

SHOWN = sorted(
    (
        column
        for table in schema.metadata.sorted_tables
        if table.info["shown"]
        for column in table.columns
        if column.info.get("shown", True) and not column.foreign_keys and not column.primary_key
    ),
    key=lambda column: column.name in LAST,
)
ALLOWED = {
    "certificates.valid_from": "'2021-01-02'",
    "listings.valid_from": "'2021-01-02'",
    "points.province_code": "'42'",
    "certificates.stars": "CASE stars WHEN 3 THEN 4 ELSE 3 END",
    "listings.stars": "CASE stars WHEN 3 THEN 4 ELSE 3 END",
    "listings.kind": "CASE kind WHEN 'cu-do' THEN 'mat-ong' ELSE 'cu-do' END",
    "listings.season_from": "2",
    "listings.sent_from": "'[]'",
    "listings.season_until": "3",
    "lots.produced_on": "'2025-01-02'",
    "tariff_rows.days_min": "0",
    "variants.left_shown": "CASE left_shown WHEN 3 THEN 4 ELSE 3 END",
}
"""What a column that does not take any value is set to."""


def other_value(column):
    """SQL for a value that the column did not have before."""
    given, name = ALLOWED.get(f"{column.table.name}.{column.name}"), f'"{column.name}"'
    if given is not None:
        return given
    if isinstance(column.type, sa.Enum):
        first, second = column.type.enums[:2]
        return f"CASE {name} WHEN '{first}' THEN '{second}' ELSE '{first}' END"
    if isinstance(column.type, sa.Boolean):
        return f"NOT {name}"
    if isinstance(column.type, sa.Integer):
        return f"COALESCE({name}, 0) + 1"
    if isinstance(column.type, sa.Date):
        return "'2030-01-02'"
    if isinstance(column.type, database.UtcDateTime):
        return "'2026-11-01 00:00:00.000000'"
    if column.name.endswith("_code"):
        return "'18073'"
    return f"COALESCE({name}, '') || 'x'"


def test_a_change_by_another_process_is_on_the_next_page(kept_app, plain_app, own_url, made):
    """Every shown column of every table, one after another, with the demo's data."""
    with kept_app.app_context(), transaction():
        demo.fill()
    with kept_app.app_context():
        slug = session().scalars(sa.select(Listing.slug).order_by(Listing.id).limit(1)).one()
        lot = session().scalars(sa.select(Lot.code).order_by(Lot.id).limit(1)).one()
        database.end_read()
    paths = [f"/san-pham/{slug}", "/san-pham", "/so-dang-ky", f"/t/{lot}", "/giao-hang"]
    browser, without = kept_app.test_client(), plain_app.test_client()
    for path in paths:
        browser.get(path)
    with another_process(kept_app, own_url) as change:
        for column in SHOWN:
            change(column.table.name, column.name, other_value(column))
            made.clear()
            for path in paths:
                assert browser.get(path).data == without.get(path).data, f"{column} on {path}"
            assert [path for path in made if path in paths] == paths, f"{column} did not count"


def test_the_reader_finds_the_database_again(kept_app, own_url):
    read = VersionReader(own_url)
    first = read()
    if own_url.startswith("postgresql"):
        with kept_app.app_context():
            url = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
    else:
        read._of_thread.ask = lambda: (_ for _ in ()).throw(TypeError)
    assert read() == first


def test_a_database_that_does_not_answer_is_an_error_with_a_name(tmp_path):
    for url in (f"sqlite:///{tmp_path / 'none.sqlite3'}", "postgresql+psycopg://127.0.0.1:1/none"):
        with pytest.raises(VersionReader.Failed):
            VersionReader(url)()
    assert not (tmp_path / "none.sqlite3").exists()
