"""The page cache by itself: what it keeps, for how long, and what it lets through to the page."""

import random
from datetime import date

import pytest
from flask import Flask, request
from werkzeug.test import Client

from storefront import clock
from storefront.version_reader import VersionReader
from storefront.web import compression, page_cache
from storefront.web.page_cache import Addresses, Answer, PageCache, Shelf, kept

DAY = date(2026, 11, 23)
TEXT = "Mật ong Cường Nga. " * 200


class Numbered:
    """Stands for the database: a version to set, which may fail."""

    number: int | None = 1

    def __call__(self):
        if self.number is None:
            raise VersionReader.Failed
        return self.number


LONG = "".join(f'<li class="card"><a href="/san-pham/{n}">Mật ong {n * n}</a></li>' for n in range(400))


class World:
    """A small application behind the cache, which counts what is asked of it."""

    def __init__(self, room=1_000_000):
        self.app = Flask("small")
        self.version = Numbered()
        self.made = []
        self.meanwhile = lambda: None
        self.app.add_url_rule("/trang", "page", kept("q", "trang")(lambda: self.page()))
        self.app.add_url_rule("/to/<name>", "sheet", kept(page_cache.EVERY)(lambda name: self.page(name)))
        self.app.add_url_rule("/rieng", "own", self.page)
        self.app.add_url_rule("/dai", "long", kept()(lambda: self.page() + LONG))
        self.app.add_url_rule("/khong-co", "gone", kept()(lambda: (self.page(), 404)))
        self.app.add_url_rule("/chao", "greet", kept()(lambda: self.greet()))
        self.cache = PageCache(self.app.wsgi_app, Addresses(self.app), self.version, "shop.test", room)
        self.browser = Client(self.cache, use_cookies=False)

    def page(self, name=""):
        seen = dict(request.headers)
        self.made.append({"query": request.query_string.decode(), "cookies": dict(request.cookies), **seen})
        self.meanwhile()
        return f"{TEXT} {len(self.made)} {request.url} {sorted(request.args.items(multi=True))} {name}"

    def greet(self):
        response = self.app.make_response(self.page())
        response.set_cookie("chao", "1")
        return response

    def get(self, path="/trang", **headers):
        return self.browser.get(
            path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )


@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: DAY)
    return World()


def test_a_page_is_made_once(world):
    first, again = world.get(), world.get()
    assert len(world.made) == 1
    assert first.data == again.data
    assert again.headers["ETag"] == first.headers["ETag"]


def test_a_new_version_or_day_is_a_new_page(world, monkeypatch):
    world.get()
    world.version.number = 2
    assert " 2 http" in world.get().text
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 24))
    assert " 3 http" in world.get().text


def test_a_page_during_whose_making_something_changed_is_not_given_again(world):
    def change():
        world.version.number = 2

    world.meanwhile = change
    assert " 1 http" in world.get().text
    world.meanwhile = lambda: None
    assert " 2 http" in world.get().text


def test_a_page_of_the_edition_before_does_not_come_back(world):
    """One request reads the version and waits; the new page of another is not replaced by its old one."""

    def another():
        world.version.number, world.meanwhile = 2, lambda: None
        world.get()

    world.meanwhile = another
    world.get()
    assert " 2 http" in world.get().text
    assert len(world.made) == 2


def test_only_known_parameters_count_and_in_any_order(world):
    first = world.get("/trang?q=mat+ong&trang=2")
    for same in (
        "/trang?trang=2&q=mat+ong",
        "/trang?utm_source=x&q=mat+ong&fbclid=1&trang=2",
        "/trang?&trang=2&&q=mat+ong",
    ):
        assert world.get(same).data == first.data
    assert len(world.made) == 1
    assert world.made[0]["query"] == "q=mat+ong&trang=2"
    assert world.get("/trang?q=khac&trang=2").data != first.data
    assert world.get("/trang").data != first.data


def test_where_every_parameter_counts_the_query_stays(world):
    assert "('fbclid', '1')" in world.get("/to/a?fbclid=1").text
    assert "('fbclid', '2')" in world.get("/to/a?fbclid=2").text
    assert len(world.made) == 2


@pytest.mark.parametrize(
    "path", ["/rieng", "/khong-co", "/chao", "/nirgends", "/to/a/b", "/TRANG", "/trang/"]
)
def test_what_is_not_the_same_for_everybody_or_no_page_is_made_each_time(world, path):
    first, again = world.get(path), world.get(path)
    assert "ETag" not in again.headers
    assert len(world.made) in (0, 2)
    assert first.status_code == again.status_code


def test_a_long_question_is_answered_but_not_kept(world):
    long = "/trang?q=" + "a" * 600
    assert world.get(long).status_code == 200
    world.get(long)
    assert len(world.made) == 2


POISON = {
    "Host": "evil.example",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Prefix": "/evil",
    "X-Forwarded-Server": "evil.example",
    "X-Original-URL": "/rieng",
    "X-Rewrite-URL": "/rieng",
    "X-HTTP-Method-Override": "POST",
    "Forwarded": "host=evil.example;proto=https",
    "Origin": "https://evil.example",
    "Referer": "https://evil.example/",
    "Accept-Language": "en",
    "User-Agent": "evil",
    "Cookie": "phien=abc; gio=def; hien_thi=ghi",
    "Authorization": "Basic evil",
    "Range": "bytes=0-1",
    "If-Modified-Since": "Mon, 23 Nov 2026 00:00:00 GMT",
    "If-None-Match": '"evil"',
    "Content-Type": "application/x-www-form-urlencoded",
}


@pytest.mark.parametrize("name", POISON)
def test_no_header_reaches_a_kept_page(world, name):
    poisoned = world.get(**{name: POISON[name]})
    assert poisoned.status_code == 200
    assert set(world.made[0]) - {"query", "cookies"} == {"Host"}
    assert world.made[0]["Host"] == "shop.test"
    assert world.made[0]["cookies"] == {}
    assert world.get().data == poisoned.data
    assert "http://shop.test/trang" in poisoned.text


def test_from_whom_a_request_comes_is_known_to_the_limits(world):
    world.get(X_Forwarded_For="192.0.2.1")
    assert world.made[0]["X-Forwarded-For"] == "192.0.2.1"


@pytest.mark.parametrize(
    ("cookie", "adult"),
    [
        ("tuoi=18", True),
        ("a=b; tuoi=18; c=d", True),
        ("tuoi=180", False),
        ("xtuoi=18", False),
        ("a=tuoi=18", False),
    ],
)
def test_the_statement_to_be_18_makes_another_page(world, cookie, adult):
    plain = world.get()
    assert (world.get(Cookie=cookie).data != plain.data) is adult
    assert world.made[-1]["cookies"] == ({"tuoi": "18"} if adult else {})
    assert world.get().data == plain.data


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("br, gzip", "br"),
        ("gzip, deflate", "gzip"),
        ("gzip, br;q=0", "gzip"),
        ("br;q=0.1, gzip;q=0.9", "gzip"),
        ("gzip;q=0.5, br;q=0.5", "br"),
        ("", None),
        ("identity", None),
        ("br;q=nonsense, gzip;q=", "gzip"),
        ("x" * 2000, None),
    ],
)
def test_it_comes_in_the_encoding_that_is_read(world, accepted, encoding):
    plain = world.get()
    answer = world.get(Accept_Encoding=accepted)
    assert answer.headers.get("Content-Encoding") == encoding
    assert compression.decode(answer.data, encoding or "") == plain.data
    assert answer.content_length == len(answer.data)
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert len(world.made) == 1


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_who_asks_again_gets_it_smaller(world, encoding):
    first, *more = (world.get("/dai", Accept_Encoding=encoding) for _ in range(4))
    assert len({answer.data for answer in more}) == 1
    assert len(more[0].data) < len(first.data)
    assert compression.decode(more[0].data, encoding) == compression.decode(first.data, encoding)
    assert more[0].content_length == len(more[0].data)
    assert more[0].headers["ETag"] != first.headers["ETag"]
    assert len(world.made) == 1


def test_it_is_made_smaller_once(world, monkeypatch):
    qualities = []
    monkeypatch.setattr(
        compression, "encode", lambda plain, _encoding, quality: qualities.append(quality) or plain
    )
    monkeypatch.setattr(compression, "decode", lambda body, _encoding: body)
    for _ in range(5):
        world.get("/dai", Accept_Encoding="br")
    assert qualities == [compression.QUICK, compression.WELL]


def test_each_encoding_has_its_tag(world):
    tags = {world.get(Accept_Encoding=accepted).headers["ETag"] for accepted in ("br", "gzip", "")}
    assert len(tags) == 3


@pytest.mark.parametrize("form", ["{}", "W/{}", '"a", {}, "b"', "*"])
def test_who_has_the_page_gets_no_body(world, form):
    tag = world.get().headers["ETag"]
    answer = world.get(If_None_Match=form.format(tag))
    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["ETag"] == tag
    assert "Content-Length" not in answer.headers
    world.version.number = 2
    assert world.get(If_None_Match=tag).status_code == 200


def test_head_has_the_headers_of_get(world):
    asked, got = world.browser.head("/trang"), world.get()
    assert asked.data == b""
    assert dict(asked.headers) == dict(got.headers)
    assert len(world.made) == 1


def test_nothing_but_reading_is_answered_here(world):
    world.get()
    assert world.browser.post("/trang").status_code == 405
    assert "Allow" in world.browser.options("/trang").headers


def test_pages_are_given_while_the_version_cannot_be_read(world):
    world.version.number = None
    assert world.get().status_code == world.get().status_code == 200
    assert len(world.made) == 2
    world.version.number = 1
    world.get()
    world.get()
    assert len(world.made) == 3


def test_a_small_page_leaves_as_it_is():
    world = World()
    world.app.add_url_rule("/ngan", "short", kept()(lambda: "ngắn"))
    world.browser = Client(
        PageCache(world.app.wsgi_app, Addresses(world.app), world.version, "shop.test", 10_000)
    )
    assert "Content-Encoding" not in world.get("/ngan", Accept_Encoding="br").headers


def kilobytes(shelf):
    return sum(len(answer.body) for half in (shelf._young, shelf._old) for answer in half.values()) / 1000


def test_a_shelf_takes_no_more_room_than_it_has():
    shelf, dice = Shelf((1, DAY), 400_000), random.Random(1)
    favourite = ("/", "", False, "br")
    shelf.put(favourite, Answer("200 OK", [], b"x" * 5000))
    for number in range(3000):
        shelf.put((f"/{number}", "", False, "br"), Answer("200 OK", [], b"x" * dice.randrange(100, 9000)))
        assert kilobytes(shelf) <= 400
        assert shelf.find(favourite), "what is asked for again and again stays"
    assert shelf.find(("/0", "", False, "br")) is None
    assert kilobytes(shelf) > 100


def test_a_page_too_large_for_the_shelf_does_not_empty_it():
    shelf = Shelf((1, DAY), 400_000)
    shelf.put(("/", "", False, ""), Answer("200 OK", [], b"x"))
    shelf.put(("/to", "", False, ""), Answer("200 OK", [], b"x" * 50_000))
    assert shelf.find(("/", "", False, ""))
    assert shelf.find(("/to", "", False, "")) is None
