"""Every page, form and error under /en is English: no Vietnamese is left outside names and what is marked as such."""

import re

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import MultiDict

from storefront import languages
from storefront.certification.groups import ENGLISH
from storefront.database import session, transaction
from storefront.fulfilment.models import Zone
from storefront.places import lookup
from storefront.web import context
from tests.factories import checkout, crowd, shop
from tests.factories.forms import of_page
from tests.factories.reading import names, vietnamese_in

ACTS_AT_ONCE = re.compile(r"/(dang-xuat|huy|nhan|xoa)$")


@pytest.fixture
def crowded(app):
    found = crowd.browsers(app)
    for browser, _paths in found:
        browser.get("/gio-hang")  # what was said in Vietnamese is read in Vietnamese
    return found


def test_every_page_is_english(app, crowded):
    known, seen, left = names(), 0, {}
    for browser, paths in crowded:
        for path in [*crowd.plain_pages(app), *paths]:
            answer = browser.get("/en" + path)
            if answer.mimetype != "text/html" or answer.status_code in (302, 303, 308):
                continue
            assert '<html lang="en">' in answer.text or "<!doctype html>" not in answer.text, path
            seen += 1
            found = vietnamese_in(answer.text, known)
            if found:
                left[path] = found
    assert left == {}
    assert seen > 60


def test_every_answer_to_a_form_left_empty_is_english(app, crowded):
    known, sent, left = names(), set(), {}
    for browser, paths in crowded:
        for path in [*crowd.plain_pages(app), *paths]:
            page = browser.get("/en" + path)
            for form in of_page(page.text, "/en" + path) if page.mimetype == "text/html" else []:
                if form.path in sent or ACTS_AT_ONCE.search(form.path) or not form.typed():
                    continue
                sent.add(form.path)
                emptied = [(one.name, "" if one.is_typed else one.value) for one in form.fields]
                body = MultiDict(pair for pair in emptied if pair[1] is not None)
                answer = browser.post(form.path, data=body)
                found = vietnamese_in(answer.text, known)
                if found:
                    left[form.path] = found
    assert left == {}
    assert len(sent) > 20


WRONG = {
    "/dat-hang": [
        {"phone": "12345"},
        {"phone": "+33 1 23 45 67 89"},
        {"phone": "0912 345 6789"},
        {"phone": "0912 345 67"},
        {"phone": "09a"},
        {"phone": "0212"},
        {"name": "x" * 200},
        {"place": "Khong Dau Ca"},
        {"place": ""},
        {"place": "Thach"},
        {"place": "y" * 400},
        {"email": "x@"},
        {"street": ""},
        {"note": "z" * 900},
        {"how": "x", "pay": "x"},
        {"consent": None},
    ],
    "/khieu-nai": [
        {
            "topic": "x",
            "text": "abc",
            "phone": "1",
            "email": "x@",
            "reference": "r" * 99,
            "contact_name": "n" * 200,
        },
        {"topic": "other", "text": "Long enough to be read."},
        {"text": "t" * 5000},
    ],
    "/ho-so": [{"code": "HS-1", "contact": "x"}, {"code": "HS-7K2M-9QX4", "contact": "0912345678"}],
    "/don-hang": [{"code": "x", "phone": "x"}, {"code": "DH-7K2M-9QX4", "phone": "0912 345 678"}],
    "/dang-ky": [{"name": "n" * 99, "phone": "1", "password": "aaaaaaaaaaaa"}, {"password": "short"}],
    "/dang-ky/e-mail": [{"name": "", "email": "x"}, {"email": "x" * 300}],
    "/dang-nhap": [
        {"typed": "x@y.vn", "password": "wrong words here"},
        {"typed": "t" * 300, "password": "p" * 300},
    ],
    "/quen-mat-khau": [{"email": "x"}],
    "/gio-hang/mon": [
        {"variant": "9", "quantity": "0"},
        {"variant": "", "quantity": "x"},
        {"variant": "999999"},
    ],
}


@pytest.mark.parametrize("path", WRONG)
def test_every_error_of_a_form_is_english(client, app, path):
    with transaction():
        variant = shop.make_buyable("Mật ong Thử", on_hand=5)[1]
    checkout.put_in(client, variant, 2)
    client.get("/gio-hang")
    known = [*names(), *(match.commune.name for match in lookup.find("Thach")), *checkout.TYPED.values()]
    for wrong in WRONG[path]:
        given = {**checkout.TYPED, **wrong} if path == "/dat-hang" else wrong
        answer = client.post(
            "/en" + path, data={name: value for name, value in given.items() if value is not None}
        )
        assert 400 <= answer.status_code < 500, (wrong, answer.status_code)
        assert vietnamese_in(answer.text, known) == [], wrong


@pytest.mark.parametrize(
    ("path", "status"),
    [("/khong-co", 404), ("/san-pham?trang=x", 404), ("/tim?q=%ff", 400), ("/san-pham/khong-co", 404)],
)
def test_error_pages_are_english(client, path, status):
    answer = client.get("/en" + path)
    assert answer.status_code == status
    assert vietnamese_in(answer.text, names()) == []


def test_refused_methods_and_strangers_are_told_in_english(client):
    assert "does not take that kind of request" in client.post("/en/san-pham").text
    other_site = client.post("/en/gio-hang/mon", headers={"Sec-Fetch-Site": "cross-site"})
    assert "Nothing was done: it is not clear on which page you pressed the button." in other_site.text


def test_lists_name_facets_sorts_and_understanding_in_english(client, app):
    with transaction():
        for number in range(3):
            shop.make_buyable(f"Mật ong Thử {number}", price=50_000 * (number + 1))
        shop.make_buyable("Cam Thử", kind="cam", producer=shop.make_producer(commune_name="xã Vũ Quang"))
    known = names()
    for query in (
        "q=mat+oong",
        "q=mật+ong+dưới+100k",
        "q=cam&sao=5",
        "q=zz",
        "xep=gia&sao=4",
        "con-hang=1",
        "q=4+sao",
    ):
        page = client.get(f"/en/tim?{query}").text
        assert vietnamese_in(page, [*known, "mật ong dưới 100k", "mật ong"]) == [], query
    page = client.get("/en/san-pham").text
    assert "Sơn Giang commune" in page
    assert re.search(r"₫50,000 – ₫100,000|Under ₫50,000", page)


def test_a_product_keeps_its_name_and_gets_a_gloss(client, app):
    with transaction():
        shop.make_buyable("Mật ong Cường Nga")
    page = client.get("/en/san-pham/mat-ong-cuong-nga").text
    assert '<h1><span lang="vi">Mật ong Cường Nga</span></h1>' in page
    assert '<p class="gloss">Honey</p>' in page
    assert "<title>Mật ong Cường Nga (Honey), Sơn Giang commune" in page
    assert '<p><span lang="vi">Mật của đàn ong vùng đồi.</span></p>' in page
    assert '"category":"Honey"' in page
    plain = client.get("/san-pham/mat-ong-cuong-nga").text
    assert 'lang="vi">Mật' not in plain
    assert "Honey" not in plain


def test_cards_drawn_once_are_not_shown_in_the_other_language(client, app):
    with transaction():
        shop.make_buyable("Mật ong Cường Nga", price=110_000)
    for _again in range(2):
        assert "110.000\xa0₫" in client.get("/san-pham").text
        english = client.get("/en/san-pham").text
        assert "₫110,000" in english
        assert "110.000" not in english


def test_suggestions_and_places_answer_in_english(client, app):
    with transaction():
        shop.make_buyable("Mật ong Cường Nga")
    offered = client.get("/en/goi-y?q=mat").json
    assert offered[0]["url"] == "/en/san-pham/mat-ong-cuong-nga"
    assert offered[0]["hint"].startswith("Honey · ₫")
    assert client.get("/en/goi-y?q=hon").json == offered
    assert [one["label"] for one in client.get("/en/goi-y?q=foo").json] == ["Food"]
    found = client.get("/en/xa-phuong?q=huong+trach+huong+khe").json
    assert found[0]["hint"] == "the former Hương Trạch commune, Hương Khê district"
    assert "trước đây" in client.get("/xa-phuong?q=huong+trach+huong+khe").json[0]["hint"]


def test_former_places_are_named_as_english_writes_them(client, app):
    with transaction():
        shop.make_buyable("Mật ong Thử", commune_old="Phường Thạch Quý", district_old="TP Hà Tĩnh")
    for path in ("/en/san-pham/mat-ong-thu", "/en/so-dang-ky"):
        page = client.get(path).text
        assert "formerly Thạch Quý ward, Hà Tĩnh City" in page, path
        assert "Phường" not in page, path


def test_what_is_ordered_is_told_beside_its_name(client, app):
    with transaction():
        variant = shop.make_buyable("Mật ong Thử", on_hand=5)[1]
    client.post("/en/gio-hang/mon", data={"variant": variant.id, "quantity": 2})
    client.post("/en/dat-hang", data=checkout.TYPED)
    review = client.get("/en/dat-hang/xem-lai").text
    assert "Honey · 2 × ₫185,000" in review
    placed = client.post("/en/dat-hang/xem-lai", data=checkout.reviewed(client))
    assert "Honey · 2 × ₫185,000" in client.get(placed.headers["Location"]).text


def test_machines_are_told_places_and_zones_in_english(client, app):
    with transaction():
        listing, _, _ = shop.make_buyable("Mật ong Thử")
        session().execute(sa.update(Zone).values(name_en="All of Vietnam"))
    told = client.get(f"/en/san-pham/{listing.slug}").text
    assert '"addressLocality":"Sơn Giang commune"' in told
    assert '"name":"All of Vietnam"' in told
    assert "Cả nước" not in told


def test_groups_are_called_in_the_search_what_pages_in_english_call_them(app):
    with languages.speaking(languages.ENGLISH):
        assert {group: str(word) for group, word in context.GROUP_WORDS.items()} == ENGLISH
