"""`/en/…` is the same shop in English: addresses stay in it, what has no twin is not there, nobody is sent elsewhere."""

import re
from html import unescape

import pytest

from storefront import languages
from storefront.certification.groups import ENGLISH
from storefront.database import transaction
from storefront.web.context import GROUP_WORDS
from tests.factories import shop


@pytest.fixture
def goods(app):
    with transaction():
        honey, variant, point = shop.make_buyable("Mật ong Cường Nga")
        lot = shop.stock_up(variant, point)
        return {"listing": honey, "variant": variant, "lot": lot}


def links(page):
    """Where the links and forms of a page lead, those of the language link aside."""
    text = re.sub(r"<a [^>]*hreflang=[^>]*>", "", page.text)
    found = re.findall(r'<(?:a|form)\b[^>]*?(?:href|action)="([^"]*)"', text)
    return [unescape(one) for one in found]


PAGES = [
    "/",
    "/san-pham",
    "/nhom/thuc-pham",
    "/san-pham/mat-ong-cuong-nga",
    "/tim?q=mat+ong",
    "/tim?q=zzzz",
    "/chu-the",
    "/so-dang-ky",
    "/soi",
    "/gio-hang",
    "/dang-nhap",
    "/dang-ky",
    "/don-hang",
    "/khieu-nai",
    "/bao-dang-ngo",
    "/yeu-cau-du-lieu",
    "/ho-so",
    "/gioi-thieu",
    "/dieu-khoan",
    "/giao-hang",
    "/doi-tra",
    "/thanh-toan",
    "/thu-tu-hien-thi",
    "/quyen-rieng-tu",
    "/khong-co-trang-nay",
    "/nhom/do-uong",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_stays_in_its_language(client, goods, path):
    page = client.get("/en" + path)
    assert page.status_code == client.get(path).status_code
    assert '<html lang="en">' in page.text
    away = [one for one in links(page) if one.startswith("/") and not one.startswith(("/en/", "/api/"))]
    assert away == []
    assert not [one for one in links(client.get(path)) if one.startswith("/en")]


@pytest.mark.parametrize(
    "path",
    [
        "/static/x/site.css",
        "/healthz",
        "/readyz",
        "/robots.txt",
        "/sitemap.xml",
        "/favicon.ico",
        "/api/v1/openapi.json",
        "/hooks/any",
        "/feeds/x/google.xml",
        "/t/LXXXXXXXXX/qr.svg",
        "/media/og/00000000000000000000000000000000.png",
        "/.well-known/security.txt",
        "/en/",
        "/en/san-pham",
        "/../",
        "/%2e%2e/",
        "//evil.example",
        "//evil.example/%2e%2e",
        "/\\evil.example",
        "/%0d%0aLocation:evil",
    ],
)
def test_what_has_no_twin_is_not_there(client, path):
    answer = client.get("/en" + path)
    assert answer.status_code in (400, 404)
    assert "Location" not in answer.headers


def test_the_prefix_is_a_whole_part_of_the_path(client):
    assert client.get("/english").status_code == 404
    assert 'lang="vi"' in client.get("/english").text
    bare = client.get("/en?trang=2")
    assert (bare.status_code, bare.headers["Location"]) == (308, "/en/?trang=2")
    assert client.get("/EN/").status_code == 404


def test_more_slashes_name_the_same_page_of_this_host(client, goods):
    for path in ("/en//san-pham", "/en///san-pham"):
        assert '<link rel="canonical" href="http://localhost/en/san-pham">' in client.get(path).text
    answer = client.get("/en/san-pham//mat-ong-cuong-nga")
    assert answer.headers["Location"] == "/en/san-pham/mat-ong-cuong-nga"


def test_signing_in_leads_on_to_an_english_page_and_nowhere_else(client, goods):
    with transaction():
        user = shop.make_user()
    asked = client.get("/en/tai-khoan")
    assert asked.headers["Location"] == "/en/dang-nhap?tiep=/en/tai-khoan"
    for wanted, led in (
        ("/en/tai-khoan/cai-dat", "/en/tai-khoan/cai-dat"),
        ("/tai-khoan", "/tai-khoan"),
        ("https://evil.example/en/", "/en/tai-khoan"),
        ("//evil.example/en/", "/en/tai-khoan"),
        ("/\\evil.example", "/en/tai-khoan"),
        ("en/tai-khoan", "/en/tai-khoan"),
    ):
        form = {"typed": user.phone or user.email, "password": shop.PASSWORD, "tiep": wanted}
        answer = client.post("/en/dang-nhap", data=form)
        assert (answer.status_code, answer.headers["Location"]) == (303, led)


def test_a_basket_is_the_same_in_both_languages(client, goods):
    answer = client.post("/en/gio-hang/mon", data={"variant": goods["variant"].id, "quantity": 2})
    assert answer.headers["Location"] == "/en/gio-hang"
    assert all("Path=/;" in one + ";" for one in answer.headers.getlist("Set-Cookie"))
    assert f'id="mon-{goods["variant"].id}"' in client.get("/gio-hang").text


def test_stating_ones_age_leads_back_to_the_same_page(client, goods):
    with transaction():
        shop.make_buyable("Rượu Thử", kind="ruou", group="drink")
    asked = client.get("/en/san-pham/ruou-thu")
    assert 'name="tiep" value="/en/san-pham/ruou-thu"' in asked.text
    answer = client.post("/en/tuoi", data={"tuoi": "18", "tiep": "/en/san-pham/ruou-thu"})
    assert answer.headers["Location"] == "/en/san-pham/ruou-thu"


def switch(page):
    """The language link of a page: language and address."""
    found = re.search(r'<a href="([^"]*)" lang="(..)" hreflang="\2"', page.text)
    return found[2], unescape(found[1])


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("/", "/"),
        ("/tim?q=m%E1%BA%ADt+ong&xep=gia-tang", "/tim?q=m%E1%BA%ADt+ong&xep=gia-tang"),
        ("/san-pham?sao=5&sao=4&trang=1", "/san-pham?sao=4&sao=5"),
        ("/so-dang-ky?q=mat&trang=1", "/so-dang-ky?q=mat&trang=1"),
        ("/san-pham?utm_source=x", "/san-pham"),
        ("/khong/c%C3%B3", "/khong/c%C3%B3"),
        ('/tim?q="><script>', "/tim?q=%22%3E%3Cscript%3E"),
    ],
)
def test_the_language_link_stays_on_the_page(client, goods, path, there):
    assert switch(client.get(path)) == ("en", "/en" + there)
    assert switch(client.get("/en" + path)) == ("vi", there)


@pytest.mark.parametrize(
    "path", ["/san-pham?xep=ten", "/nhom/thuc-pham?xep=ten", "/chu-the?", "/so-dang-ky?q=mat", "/tim?q=mat"]
)
@pytest.mark.parametrize("number", ["abc", "0", "9", "99999999", ""])
def test_the_language_link_of_a_page_past_the_end_leads_to_the_list(client, goods, path, number):
    answer = client.get(f"{path}&trang={number}")
    assert answer.status_code == 404
    there = f"/en{path}".rstrip("?")
    assert switch(answer) == ("en", there)
    assert client.get(there).status_code == 200


def test_the_language_link_of_an_answered_form_leads_to_the_form(client, goods):
    refused = client.post("/en/gio-hang/mon", data={"variant": "x", "quantity": "0"})
    assert refused.status_code == 422
    assert switch(refused) == ("vi", "/gio-hang")
    assert switch(client.post("/khieu-nai", data={})) == ("en", "/en/khieu-nai")


@pytest.mark.parametrize("path", ["/", "/san-pham?xa=18184", "/san-pham/mat-ong-cuong-nga", "/dieu-khoan"])
def test_languages_name_each_other(client, goods, path):
    heads = [client.get(prefix + path).text for prefix in ("", "/en")]
    whole = "http://localhost"
    for head, prefix in zip(heads, ("", "/en"), strict=True):
        assert f'<link rel="canonical" href="{whole}{prefix}{path}">' in head
        found = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', head)
        assert found == [("vi", whole + path), ("en", f"{whole}/en{path}"), ("x-default", whole + path)]


def test_personal_pages_name_no_languages(client, goods):
    for path in ("/gio-hang", "/dang-nhap", "/khong-co"):
        assert 'rel="alternate" hreflang' not in client.get(path).text


def test_what_the_browser_prefers_changes_nothing(client, goods):
    plain = client.get("/")
    for wanted in ("en", "en-GB,en;q=0.9", "*;q=x, ;;;", "e" * 4000):
        answer = client.get("/", headers={"Accept-Language": wanted})
        assert answer.text == plain.text
        assert "Accept-Language" not in answer.headers.get("Vary", "")


def test_a_request_leaves_no_language_behind(client, goods):
    client.get("/en/")
    assert languages.current() == "vi"
    with pytest.raises(ValueError), languages.speaking("en"):
        raise ValueError
    assert languages.current() == "vi"
    with languages.speaking("xx"):
        assert languages.current() == "vi"


def test_groups_are_found_by_the_names_that_english_pages_give_them(app):
    with languages.speaking("en"):
        assert {group: str(word) for group, word in GROUP_WORDS.items()} == ENGLISH
