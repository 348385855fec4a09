"""Site maps name every public page that is a page of its own, and robots.txt keeps robots to these."""

import dataclasses
import gzip
import re
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest

from storefront import clock
from storefront.certification.groups import ProductGroup
from storefront.cli.drawing import DrawingTable
from storefront.database import transaction
from storefront.media import store
from storefront.web import robots
from storefront.web.shop import sitemap
from tests.architecture.test_audience import path_of, rules
from tests.factories import shop

NS = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
}


@pytest.fixture
def goods(app):
    with transaction():
        honey, _, _ = shop.make_buyable("Mật ong Cường Nga", producer=shop.make_producer("HTX Cường Nga"))
        shop.make_buyable(
            "Rượu Thử", kind="ruou", group=ProductGroup.DRINK, producer=shop.make_producer("Hộ Rượu")
        )
        shop.make_listing(product_name="Giò ẩn", published=False)
    return honey


def everything(client):
    """All addresses of all files, with their last change."""
    found = {}
    for file in ElementTree.fromstring(client.get("/sitemap.xml").data).findall(".//s:loc", NS):
        answer = client.get(file.text.removeprefix("http://localhost"))
        assert answer.mimetype == "application/xml"
        for url in ElementTree.fromstring(answer.data).findall("s:url", NS):
            found[url.findtext("s:loc", namespaces=NS)] = url
    return found


def test_every_address_is_the_canonical_one_of_a_page(client, goods):
    found = everything(client)
    for address in found:
        page = client.get(address.removeprefix("http://localhost"))
        assert page.status_code == 200, address
        assert f'<link rel="canonical" href="{address}">' in page.text
        assert 'content="noindex"' not in page.text, address


def test_alcohol_and_what_is_not_shown_are_left_out(client, goods):
    text = " ".join(everything(client))
    assert "mat-ong-cuong-nga" in text
    assert "/chu-the/htx-cuong-nga" in text
    assert "/nhom/thuc-pham" in text
    assert f"/san-pham?xa={goods.commune_code}" in text
    for left_out in ("ruou", "gio-an", "/nhom/do-uong", "/gio-hang", "/tim"):
        assert left_out not in text


def test_the_last_change_is_true(client, goods, monkeypatch):
    def changed():
        found = everything(client)["http://localhost/san-pham/mat-ong-cuong-nga"]
        return datetime.fromisoformat(found.findtext("s:lastmod", namespaces=NS))

    assert abs(changed() - goods.updated_at) < timedelta(seconds=1)
    monkeypatch.setattr(clock, "_pretended", goods.valid_until + timedelta(days=3))
    assert changed() == clock.start_of(goods.valid_until + timedelta(days=1))


def test_a_drawn_picture_is_named(client, goods, app, tmp_path, monkeypatch):
    settings = dataclasses.replace(app.config["SETTINGS"], instance_dir=tmp_path)
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    table = DrawingTable(store.of_instance(tmp_path))
    while table.draw(clock.today()):  # about a second at a time, which a busy machine may need more of
        pass
    found = everything(client)["http://localhost/san-pham/mat-ong-cuong-nga"]
    picture = found.findtext("i:image/i:loc", namespaces=NS)
    assert client.get(picture.removeprefix("http://localhost")).mimetype == "image/png"


def test_many_products_are_many_files(client, app, monkeypatch):
    monkeypatch.setattr(sitemap, "PER_FILE", 4)
    with transaction():
        for number in range(9):
            shop.make_listing(product_name=f"Cam Thử {number}")
    assert client.get("/sitemap.xml").text.count("/sitemap-san-pham-") == 3
    assert sum("/san-pham/" in address for address in everything(client)) == 18  # in two languages
    assert client.get("/sitemap-san-pham-4.xml").status_code == 404


def test_an_unchanged_file_is_not_sent_again(client, goods):
    answer = client.get("/sitemap-san-pham-1.xml")
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    again = client.get("/sitemap-san-pham-1.xml", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def allows(text, path, agent="Googlebot"):
    """The longest rule that fits decides, as Google and RFC 9309 have it."""
    groups = [block.splitlines() for block in text.split("\n\n")]
    named = [lines for lines in groups if f"User-agent: {agent}" in lines]
    lines = named[0] if named else groups[0]
    best = (0, True)
    for line in lines:
        word, _, pattern = line.partition(": ")
        if word in ("Allow", "Disallow") and re.match(re.escape(pattern).replace(r"\*", ".*"), path):
            best = max(best, (len(pattern), word == "Allow"))
    return best[1]


def test_robots_read_public_pages_and_no_others(client, app, goods):
    text = client.get("/robots.txt").text
    public = [path_of(app, rule) for rule in rules(app, "public")]
    assert {path for path in public if not allows(text, path)} == set()
    kept = {"personal", "signed-in"}
    closed = [
        rule
        for rule in app.url_map.iter_rules()
        if getattr(app.view_functions[rule.endpoint], "__audience__", "public") not in kept | {"public"}
    ]
    assert closed
    assert {rule.rule for rule in closed if allows(text, path_of(app, rule))} == set()
    assert {rule.rule for rule in rules(app, "signed-in") if allows(text, path_of(app, rule))} == set()
    for path in (
        "/gio-hang",
        "/dat-hang",
        "/en/gio-hang",
        "/san-pham?sao=4",
        "/tim?q=cam",
        "/san-pham?sao=4&trang=2",
        "/san-pham?xa=18418&xep=moi",
    ):
        assert not allows(text, path), path
    for path in (
        "/san-pham?trang=2",
        "/san-pham?xa=18418",
        "/en/san-pham?xa=18418&trang=2",
        "/nhom/thuc-pham?trang=3",
    ):
        assert allows(text, path), path


@pytest.mark.parametrize(
    ("choice", "refused", "admitted"),
    [
        ("all", [], ["GPTBot", "ChatGPT-User", "Googlebot"]),
        (
            "no-training",
            ["GPTBot", "CCBot", "Google-Extended"],
            ["ChatGPT-User", "PerplexityBot", "Googlebot"],
        ),
        ("none", ["GPTBot", "ChatGPT-User", "PerplexityBot"], ["Googlebot", "Bingbot"]),
    ],
)
def test_the_owner_chooses_about_crawlers_of_language_models(app, choice, refused, admitted):
    text = robots.text(dataclasses.replace(app.config["SETTINGS"], ai_crawlers=choice))
    for agent in refused:
        assert not allows(text, "/san-pham/x", agent), agent
    for agent in (*admitted, "facebookexternalhit", "Applebot", "ZaloBot", "Twitterbot"):
        assert allows(text, "/san-pham/x", agent), agent
        assert not allows(text, "/gio-hang", agent), agent


def test_whoever_finds_a_hole_finds_whom_to_tell(client, app, monkeypatch):
    told = client.get("/.well-known/security.txt").text
    assert "Contact: http://localhost/khieu-nai\n" in told
    assert client.get("/khieu-nai").status_code == 200
    expires = datetime.fromisoformat(re.search(r"Expires: (\S+)", told)[1])
    assert timedelta(days=100) < expires - clock.now() < timedelta(days=365)
    settings = app.config["SETTINGS"]
    owner = dataclasses.replace(settings.owner, email="cua-hang@example.org")
    monkeypatch.setitem(app.config, "SETTINGS", dataclasses.replace(settings, owner=owner))
    assert "Contact: mailto:cua-hang@example.org\n" in client.get("/.well-known/security.txt").text


def test_a_shop_that_is_not_to_be_found_says_so_and_lets_robots_read_it(client, app, tmp_path):
    from tests.conftest import make_app

    page = client.get("/")
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert allows(client.get("/robots.txt").text, "/")
    assert "Sitemap:" not in client.get("/robots.txt").text
    found = make_app(f"sqlite:///{tmp_path / 'x.sqlite3'}", tmp_path, INDEXING="yes").test_client()
    assert "X-Robots-Tag" not in found.get("/").headers
    assert "Sitemap: http://localhost/sitemap.xml" in found.get("/robots.txt").text


def test_the_products_come_compressed(client, app):
    with transaction():
        for _ in range(3):
            shop.make_buyable()
    plain = client.get("/sitemap-san-pham-1.xml")
    packed = client.get("/sitemap-san-pham-1.xml", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
