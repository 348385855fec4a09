"""Whatever a request asks or carries: a clear answer in its language, never a 500, and nothing of it on the next page."""

import re
from urllib.parse import quote

import pytest

from storefront.database import transaction
from tests.conftest import make_app
from tests.factories import shop

LANGUAGES = ["", "/en"]
QUESTIONS = [
    "x" * 10_000, "mật ong " * 1_250, '"', '""', '"mật', "'", "' OR 1=1 --", "; DROP TABLE listings", "AND", "OR NOT",
    "NEAR(a b)", "a*", "*", "a^2", "name:mat", "-mật", "+ong", "(((((", ")", "{}", "[]", "%", "_", "%%%", "\\", "\\%",
    "🍯", "👩‍🌾🍯", "\u202e", "\u200b", "\u0301" * 50, "\ufdfd" * 100, "ＭＡＴ", "<script>alert(1)</script>", "{{7*7}}",
    "%(n)s", "1e9", "9" * 40, "-1", "dưới 99999999999999999999999k", "null", "\r\nSet-Cookie: a=b",
]  # fmt: skip
UNSOUND = [
    "%00",
    "a%00b",
    "%0b",
    "%1b%5b31m",
    "%7f",
    "%ff",
    "%c3%28",
    "%zz",
    "%",
    "%e2%80",
    "%C0%80",
    "%ED%A0%80",
]
ASKING = ["/tim?q=", "/so-dang-ky?q=", "/goi-y?q=", "/xa-phuong?q=", "/soi?ma=", "/bao-dang-ngo?ma="]


@pytest.fixture
def goods(app):
    with transaction():
        honey, variant, point = shop.make_buyable(
            "Mật ong Cường Nga", producer=shop.make_producer("HTX Cường Nga")
        )
        for number in range(3):
            shop.make_buyable(f"Cam Thử {number}")
        lot = shop.stock_up(variant, point)
    return honey, lot


def said_in(page):
    return re.search(r'<html lang="(..)"', page.text)[1]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("door", ASKING)
def test_any_question_gets_an_answer(client, goods, language, door):
    path, name = door[:-1].split("?")
    for asked in QUESTIONS:
        answer = client.get(language + path, query_string={name: asked})
        assert answer.status_code == (422 if path == "/soi" else 200), asked[:40]
        assert "<script>alert" not in answer.text
        assert "Set-Cookie" not in answer.headers
        assert answer.is_json or said_in(answer) == (language[1:] or "vi")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("door", ASKING)
def test_bytes_that_are_no_text_are_refused_in_words(client, goods, language, door):
    for raw in UNSOUND:
        answer = client.get(language + door + raw)
        assert answer.status_code == 400, raw
        assert "could not read" in answer.text if language else "đọc không ra" in answer.text


@pytest.mark.parametrize("wild", ["%", "_", "%a%", "\\%", "*", "c_m", "C%"])
def test_wildcards_stand_for_themselves(client, goods, wild):
    assert "Cam Thử 1" not in client.get("/so-dang-ky", query_string={"q": wild}).text
    assert "Cam Thử 1" not in client.get("/tim", query_string={"q": f"zz{wild}zz"}).text
    assert client.get("/api/v1/listings", query_string={"producer": wild}).status_code == 400


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "number", ["0", "-1", "1000000000", "9" * 40, "x", "", "1.5", "1e3", "٣", "%201", "+1", "%00"]
)
def test_a_page_that_cannot_be_is_said_not_to_be(client, goods, language, number):
    for path in ("/san-pham", "/nhom/thuc-pham", "/tim", "/so-dang-ky", "/chu-the"):
        answer = client.get(f"{language}{path}?trang={number}")
        assert answer.status_code in (400, 404), path
        assert said_in(answer) == (language[1:] or "vi")
        assert f'href="{language}/' in answer.text


NOTHING = [
    "xep=price;DROP", "xep=gia)--", "xep=", "xep[]=gia", "xep=GIA", "sao=9", "sao=x&sao=-1", "nhom=khong-co", "xa=99999",
    "xa=" + "1" * 5_000, "vung=x", "gia=1-2", "con-hang=2", "mua=co", "utm_source=x", "q=x", "__proto__=1",
    "&".join(["a=b"] * 900),
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_no_list_knows_changes_no_list(client, goods, language):
    plain = client.get(f"{language}/san-pham")
    for query in NOTHING:
        answer = client.get(f"{language}/san-pham?{query}")
        assert answer.status_code == 200, query
        assert re.findall(r'class="card"', answer.text) == re.findall(r'class="card"', plain.text), query
        own = f"http://localhost{language}/san-pham"
        assert f'<meta property="og:url" content="{own}">' in answer.text, query
        assert set(re.findall(r'<link rel="canonical" href="([^"]*)">', answer.text)) <= {own}, query


CARRIED = {
    "languages": {"Accept-Language": "ÿþ;;q=abc," + "en;q=9," * 900},
    "a language": {"Accept-Language": "en-GB,en;q=0.9"},
    "a huge cookie": {"Cookie": "a=" + "x" * 60_000},
    "many cookies": {"Cookie": "; ".join(f"c{number}=1" for number in range(2_000))},
    "broken cookies": {"Cookie": 'gio=ÿþ"; phien=..; tuoi=19; session=e30.x.y; hien_thi={{}}; q==;;='},
    "another host": {"Host": "evil.example"},
    "a host that is none": {"Host": 'evil.example:9"><script>'},
    "forwarding": {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "gopher",
        "X-Forwarded-Port": "9",
        "X-Forwarded-Prefix": "/evil",
        "X-Forwarded-For": "192.0.2.1",
        "Forwarded": "host=evil.example;proto=https",
    },
    "other ways to name an address": {
        "X-Original-URL": "/quay",
        "X-Rewrite-URL": "/quay",
        "X-HTTP-Method-Override": "DELETE",
        "X-Host": "evil.example",
    },
    "ranges": {"Range": "bytes=" + ",".join(["0-1"] * 900)},
    "a range past the end": {"Range": "bytes=99999999999-"},
    "a range if": {"Range": "bytes=0-1", "If-Range": '"x"'},
    "a wrong tag": {"If-None-Match": '"' + "x" * 5_000},
    "a wrong day": {"If-Modified-Since": "Sat, 99 Xxx 9999"},
    "odd wishes": {"Accept": "ÿ/;q=2", "Accept-Encoding": "zip;q=ÿ, *;q=0;;,"},
    "a type": {"Content-Type": "application/x-www-form-urlencoded; charset=utf-7"},
}


@pytest.mark.parametrize("what", CARRIED)
def test_what_a_request_carries_is_on_nobodys_page(client, app, goods, what):
    _, lot = goods
    paths = ["/", "/san-pham", "/san-pham/mat-ong-cuong-nga", "/so-dang-ky", f"/t/{lot.code}", "/khong-co"]
    alone = ["/api/v1/listings", "/robots.txt", "/sitemap.xml"]
    for path in [*(language + path for language in LANGUAGES for path in paths), *alone]:
        plain = app.test_client().get(path)
        for asked in (app.test_client().get(path, headers=CARRIED[what]), app.test_client().get(path)):
            assert (asked.status_code, asked.data) == (plain.status_code, plain.data), path
            assert asked.headers.get("Vary") == plain.headers.get("Vary"), path
            assert "evil" not in str(asked.headers), path


def test_a_page_is_not_sent_again_by_whatever_tag_or_day(client, goods):
    tag = client.get("/sitemap.xml").headers["ETag"]
    for sent in (f'"a", {tag}', f"W/{tag}", tag):
        again = client.get("/sitemap.xml", headers={"If-None-Match": sent})
        assert (again.status_code, again.data) == (304, b""), sent
    assert client.get("/sitemap.xml", headers={"If-None-Match": "zz"}).status_code == 200


@pytest.mark.parametrize("path", ["/san-pham//mat-ong-cuong-nga", "/en/san-pham//x?v=1", "/en"])
def test_a_redirect_stays_on_this_host_whoever_is_named(client, goods, path):
    answer = client.get(path, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    assert answer.status_code == 308
    assert re.fullmatch(r"/[^/].*", answer.headers["Location"])
    assert "evil" not in answer.text


def test_a_proxy_is_believed_about_the_shopper_and_not_about_the_shop(tmp_path):
    app = make_app(f"sqlite:///{tmp_path / 'x.sqlite3'}", tmp_path, PROXY_HOPS="1")
    plain = app.test_client().get("/")
    asked = app.test_client().get("/", headers=CARRIED["forwarding"])
    assert (asked.status_code, asked.data) == (200, plain.data)
    assert "evil" not in str(asked.headers)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "FOO"])
def test_methods_that_no_page_takes(client, goods, method):
    for path in ("/", "/en/san-pham", "/api/v1/listings"):
        answer = client.open(path, method=method)
        assert answer.status_code == 405
        assert "GET" in answer.headers["Allow"]


ASKED_OF_PROGRAMS = [
    "/listings?producer=", "/listings?commune=", "/listings?cursor=", "/certificates?decision=", "/listings/",
    "/producers/", "/certificates/",
]  # fmt: skip


@pytest.mark.parametrize("door", ASKED_OF_PROGRAMS)
def test_a_program_is_told_what_is_wrong_as_a_problem(client, goods, door):
    for asked in [*QUESTIONS, "9" * 30, "-1", "0", "../x", "a/b"]:
        answer = client.get(f"/api/v1{door}{quote(asked, safe='')}")
        assert answer.status_code in (200, 400, 404), asked[:40]
        wanted = "application/json" if answer.status_code == 200 else "application/problem+json"
        assert answer.mimetype == wanted, asked[:40]
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    for raw in UNSOUND:
        answer = client.get(f"/api/v1{door}{raw}")
        assert (answer.status_code, answer.mimetype) in (
            (400, "application/problem+json"),
            (404, "application/problem+json"),
        ), raw


@pytest.mark.parametrize(
    ("asked", "location"),
    [
        ("/tim/?q=mat%20ong", "/tim?q=mat%20ong"),
        ("/en/san-pham/", "/en/san-pham"),
        ("/san-pham/khong-co/", "/san-pham/khong-co"),
        ("/so-dang-ky///", "/so-dang-ky"),
        ("/soi/?ma=%0d%0aSet-Cookie:a", "/soi?ma=%0d%0aSet-Cookie:a"),
    ],
)
def test_a_slash_too_many_leads_to_the_page(client, asked, location):
    answer = client.get(asked)
    while answer.status_code == 308 and answer.location != location:
        answer = client.get(answer.location)
    assert (answer.status_code, answer.location) == (308, location)


@pytest.mark.parametrize(
    "asked", ["//evil.test/", "//evil.test/tim/", "/\\evil.test/", "/\\evil.test/tim/", "/khong-co/", "/t/"]
)
def test_a_slash_too_many_leads_nowhere_else(client, asked):
    answer = client.get("/", environ_overrides={"PATH_INFO": asked})
    assert (answer.status_code, answer.location) == (404, None)


@pytest.mark.parametrize("asked", ["//san-pham/", "///san-pham///"])
def test_a_page_asked_for_with_slashes_in_front_names_no_host(client, asked):
    answer = client.get("/", environ_overrides={"PATH_INFO": asked})
    assert (answer.status_code, answer.location) == (308, "/san-pham")


@pytest.mark.parametrize("path", ["/gio-hang/mon/", "/san-pham/", "/dang-nhap/"])
def test_a_form_sent_to_a_slash_too_many_is_not_sent_on(client, path):
    answer = client.post(path, data={"variant": 1})
    assert (answer.status_code, answer.location) == (404, None)
