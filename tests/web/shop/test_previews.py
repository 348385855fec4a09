"""What a chat or a search engine shows of a page: title, description, picture, one address."""

import html
import io
import re

import pytest
from PIL import Image

from storefront.database import transaction
from tests.architecture.test_audience import path_of, rules
from tests.factories import shop

META = re.compile(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"')
NO_PAGE = ("/healthz", "/readyz")


@pytest.fixture
def honey(app):
    with transaction():
        listing, _, _ = shop.make_buyable("Mật ong Cường Nga", producer=shop.make_producer("HTX Cường Nga"))
    return listing


def meta(page):
    return {name: html.unescape(content) for name, content in META.findall(page.text)}


@pytest.fixture(params=["", "/en"], ids=["vi", "en"])
def pages(request, app, client, honey):
    """Every public page of the shop that is HTML, by its path."""
    paths = [path_of(app, rule) for rule in rules(app, "public") if not rule.arguments]
    lot = re.search(r"/t/(L\w+)", client.get(f"/san-pham/{honey.slug}").text)[1]
    paths += [
        f"/san-pham/{honey.slug}",
        "/chu-the/htx-cuong-nga",
        f"/t/{lot}",
        "/nhom/thuc-pham",
        "/nhom/do-uong",
    ]
    answers = {
        request.param + path: client.get(request.param + path) for path in paths if path not in NO_PAGE
    }
    found = {p: a for p, a in answers.items() if a.mimetype == "text/html" and a.status_code == 200}
    assert len(found) > 15
    return found


def test_every_public_page_has_its_own_title_and_description(pages):
    titles = {path: re.search("<title>(.*?)</title>", page.text)[1] for path, page in pages.items()}
    described = {path: meta(page)["description"] for path, page in pages.items()}
    for told in (titles, described):
        assert len(set(told.values())) == len(told), sorted(told.values())
    assert {path: text for path, text in described.items() if not 25 <= len(text) <= 160} == {}
    assert {path: text for path, text in titles.items() if not 5 <= len(text) <= 80} == {}


def test_every_public_page_can_be_shared(pages, client):
    for path, page in pages.items():
        told = meta(page)
        assert told["og:url"] == f"http://localhost{path.split('?')[0]}", path
        canonical = re.findall(r'<link rel="canonical" href="([^"]+)">', page.text)
        assert canonical == ([] if 'content="noindex"' in page.text else [told["og:url"]]), path
        assert told["og:title"]
        assert told["og:title"] == told["og:image:alt"]
        assert told["og:description"] == told["description"]
        english = path.startswith("/en")
        assert told["og:site_name"] == ("Hà Tĩnh Specialities" if english else "Sản vật Hà Tĩnh")
        spoken = [told["og:locale"], told["og:locale:alternate"]]
        assert spoken == (["en_US", "vi_VN"] if english else ["vi_VN", "en_US"])
        assert told["twitter:card"] == "summary_large_image"
        assert told["og:type"] == ("product" if "/san-pham/" in path else "website"), path
        assert told["og:image"].startswith("http://localhost/")
        picture = client.get(told["og:image"].removeprefix("http://localhost"))
        assert picture.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert Image.open(io.BytesIO(picture.data)).size == (1200, 630)
        assert len(picture.data) < 300_000


def test_what_the_address_says_besides_the_page_is_not_in_the_canonical(client, honey):
    page = client.get("/san-pham?xep=gia-tang&utm_source=x&sao=4")
    assert meta(page)["og:url"] == "http://localhost/san-pham"


def test_a_further_page_is_its_own(client, app):
    with transaction():
        for number in range(25):
            shop.make_listing(product_name=f"Cam Thử {number}")
    first, second = client.get("/san-pham"), client.get("/san-pham?trang=2")
    assert meta(second)["og:url"] == "http://localhost/san-pham?trang=2"
    assert meta(first)["description"] != meta(second)["description"]


def test_pages_about_somebody_and_errors_are_neither_shared_nor_listed(client, app):
    for path in ("/gio-hang", "/san-pham/khong-co", "/dang-nhap", "/dang-ky", "/don-hang", "/ho-so"):
        page = client.get(path).text
        assert "og:" not in page, path
        assert page.count('<meta name="robots" content="noindex">') == 1, path


def test_the_manifest_names_icons_that_are_there(client, app):
    manifest = client.get("/manifest.webmanifest")
    assert manifest.mimetype == "application/manifest+json"
    assert {"192x192", "512x512"} == {icon["sizes"] for icon in manifest.json["icons"]}
    assert {"any", "maskable"} == {icon["purpose"] for icon in manifest.json["icons"]}
    for icon in manifest.json["icons"]:
        side = int(icon["sizes"].split("x")[0])
        assert Image.open(io.BytesIO(client.get(icon["src"]).data)).size == (side, side)
    assert 'rel="manifest" href="/manifest.webmanifest"' in client.get("/").text
    assert Image.open(io.BytesIO(client.get("/favicon.ico", follow_redirects=True).data)).size == (48, 48)


def test_the_manifest_speaks_the_language_of_the_page_that_names_it(client, app):
    assert 'rel="manifest" href="/en/manifest.webmanifest"' in client.get("/en/").text
    plain, english = (client.get(f"{place}/manifest.webmanifest").json for place in ("", "/en"))
    assert (plain["lang"], plain["name"], plain["start_url"]) == ("vi", "Sản vật Hà Tĩnh", "/")
    assert (english["lang"], english["name"], english["start_url"]) == ("en", "Hà Tĩnh Specialities", "/en/")
    assert plain["id"] != english["id"]
    assert plain["scope"] == english["scope"] == "/"
    assert {one["url"] for one in english["shortcuts"]} == {"/en/soi", "/en/san-pham"}
    assert english["icons"] == plain["icons"]
