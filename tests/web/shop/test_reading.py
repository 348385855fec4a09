import re

import pytest

from storefront.certification.groups import ProductGroup
from storefront.database import transaction
from tests.factories import shop

PAGES = [
    "/",
    "/san-pham",
    "/nhom/thuc-pham",
    "/nhom/du-lich",
    "/tim",
    "/tim?q=mat+ong",
    "/so-dang-ky",
    "/chu-the",
    "/soi",
]


@pytest.fixture
def honey(app):
    with transaction():
        listing, _, _ = shop.make_buyable("Mật ong Cường Nga")
    return listing


@pytest.fixture
def spirit(app):
    with transaction():
        listing, _, _ = shop.make_buyable("Rượu nếp Thử", kind="ruou", group=ProductGroup.DRINK)
    return listing


@pytest.mark.parametrize("path", PAGES)
def test_pages_answer_in_an_empty_and_in_a_filled_shop(client, path, request):
    assert client.get(path).status_code == 200
    request.getfixturevalue("honey")
    page = client.get(path)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-cache"
    assert "None" not in page.text


@pytest.mark.parametrize(
    "typed", ["mật ong", "mat ong", "MAT ONG", "cuong nga mat", "cường", "son giang", "huong son"]
)
def test_search_needs_no_marks_and_looks_in_places_too(client, honey, typed):
    assert "Mật ong Cường Nga" in client.get("/tim", query_string={"q": typed}).text


@pytest.mark.parametrize("typed", ["%", "_", "'; drop", "x" * 10_000, "\u0300", "😀", "\\", '"', "đ" * 200])
def test_odd_questions_get_a_page(client, honey, typed):
    assert client.get("/tim", query_string={"q": typed}).status_code == 200


@pytest.mark.parametrize(
    "query", ["?q=%ff", "?q=%00", "?q=%zz", "?trang=0", "?trang=-1", "?trang=x", "?trang=999999999"]
)
def test_wrong_addresses_are_refused(client, query):
    assert client.get("/tim" + query).status_code in (400, 404)


def test_a_product_shows_price_certificate_lot_and_where_it_is_from(client, honey):
    page = client.get("/san-pham/mat-ong-cuong-nga").text
    for words in (
        "185.000\u00a0₫",
        "370.000\u00a0₫",
        "2394/QĐ-UBND",
        "15/10/2027",
        "còn hạn",
        "xã Sơn Giang",
        "/t/L",
        "Thêm vào giỏ",
    ):
        assert words in page


def test_without_a_valid_certificate_there_is_no_button_and_the_page_says_so(client, app):
    with transaction():
        shop.make_buyable("Cam Thử", certified_year=2020, decided_on=None, decision_number="")
    page = client.get("/san-pham/cam-thu").text
    assert "Thêm vào giỏ" not in page
    assert "đã hết hạn" in page
    assert "31/12/2023" in page
    assert "★" not in page


def test_alcohol_is_hidden_until_the_visitor_states_to_be_of_age(client, spirit):
    for path in ("/san-pham", "/nhom/do-uong", "/tim?q=ruou", "/"):
        assert "Rượu nếp Thử" not in client.get(path).text
    asked = client.get("/san-pham/ruou-nep-thu").text
    assert "Rượu nếp Thử" not in asked
    assert "18 tuổi" in asked
    assert "Rượu nếp Thử" in client.get("/so-dang-ky").text
    answer = client.post("/tuoi", data={"tuoi": "18", "tiep": "/san-pham/ruou-nep-thu"})
    assert (answer.status_code, answer.location) == (303, "/san-pham/ruou-nep-thu")
    page = client.get("/san-pham/ruou-nep-thu")
    assert "Chưa bán online" in page.text
    assert "Thêm vào giỏ" not in page.text
    assert page.headers["Cache-Control"] == "private, no-cache"
    assert "Rượu nếp Thử" in client.get("/nhom/do-uong").text


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", "", "tuoi"])
def test_the_age_statement_leads_only_to_our_own_pages(client, target):
    assert client.post("/tuoi", data={"tuoi": "18", "tiep": target}).location == "/"


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"}]
)
def test_posts_of_other_sites_are_refused(client, headers):
    assert client.post("/tuoi", data={"tuoi": "18"}, headers=headers).status_code == 403


def test_a_post_that_does_not_say_where_it_comes_from_is_refused(migrated_app):
    bare = migrated_app.test_client()
    bare.environ_base.pop("HTTP_SEC_FETCH_SITE", None)
    from flask.testing import FlaskClient

    plain = FlaskClient(migrated_app, migrated_app.response_class)
    assert plain.post("/tuoi", data={"tuoi": "18"}).status_code == 403
    assert (
        plain.post("/tuoi", data={"tuoi": "18"}, headers={"Origin": "https://evil.example"}).status_code
        == 403
    )
    assert plain.post("/tuoi", data={"tuoi": "18"}, headers={"Origin": "http://localhost"}).status_code == 303


@pytest.mark.parametrize(
    "path", ["/san-pham/khong-co", "/chu-the/khong-co", "/nhom/khong-co", "/san-pham/A%20B", "/x" * 300]
)
def test_unknown_pages_are_404_with_two_ways_on(client, path):
    page = client.get(path)
    assert page.status_code == 404
    assert "<h1" in page.text


def test_every_page_carries_a_strict_policy(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "trước đây Quang Diệm, Hương Sơn"),
        ({"commune_old": "", "commune_new": "", "district_old": "Đức Thọ"}, "trước đây Đức Thọ"),
    ],
)
def test_a_place_of_before_july_2025_is_never_told_as_one_of_today(client, app, values, words):
    with transaction():
        maker = shop.make_producer(
            "HTX Thử", **{name: given or None for name, given in values.items() if name != "commune_new"}
        )
        shop.make_listing(maker, product_name="Mật ong Thử", **values)
    for path in ("/san-pham/mat-ong-thu", "/chu-the/htx-thu", "/so-dang-ky"):
        page = client.get(path).text
        assert f"({words})" in page, path
        assert "cũ)" not in page, path
    assert "Xuất xứ" in client.get("/san-pham/mat-ong-thu").text


def test_a_chosen_district_says_that_it_is_none_of_today(client, honey):
    page = client.get("/san-pham?vung=huyen-huong-son").text
    assert "huyện Hương Sơn trước đây" in page


def test_the_price_on_top_is_that_of_the_pack_chosen(client, app):
    with transaction():
        listing, small, point = shop.make_buyable("Mật ong Thử", price=185_000)
        large = shop.make_variant(listing, "1 lít", 350_000, position=2)
        gone = shop.make_variant(listing, "5 lít", 1_500_000, position=3)
        shop.stock_up(large, point, 5)

    def on_top(path):
        page = client.get(path).text
        shown = re.findall(r'<div class="picked n\d"><p class="price big"><b>([^<]*)</b>', page)
        chosen = re.findall(r'name="variant" value="(\d+)" required checked', page)
        return shown, [int(one) for one in chosen]

    assert on_top("/san-pham/mat-ong-thu") == (["185.000\xa0₫"], [small.id])
    assert on_top(f"/san-pham/mat-ong-thu?v={large.id}") == (["350.000\xa0₫"], [large.id])
    assert on_top(f"/san-pham/mat-ong-thu?v={gone.id}") == (["1.500.000\xa0₫"], [])


def test_a_source_is_called_by_the_name_of_its_site(client, app):
    with transaction():
        shop.make_listing(product_name="Mật ong Một", source_url="http://14.225.252.124/vi/tin")
        shop.make_listing(product_name="Mật ong Hai", source_url="https://www.baohatinh.vn/tin")
    register = client.get("/so-dang-ky").text
    assert ">nguồn công khai</a>" in register
    assert ">baohatinh.vn</a>" in register
    assert ">nguồn công khai</a>" in client.get("/san-pham/mat-ong-mot").text


def test_what_is_offered_besides_is_near_or_little(client, app):
    with transaction():
        shop.make_buyable("Mật ong Thử")
        shop.make_buyable("Cu đơ Gần", kind="cu-do")
        shop.make_buyable("Nhung hươu Gần", kind="nhung-huou", group=ProductGroup.HERBAL)
        for number in range(6):
            shop.make_buyable(f"Cu đơ Xa {number}", kind="cu-do", commune_new="xã Kỳ Anh")
        shop.make_buyable("Nước mắm Xa", kind="nuoc-mam", commune_new="xã Cẩm Xuyên")

    def offered(path):
        return re.findall(r'class="card-name"><a href="[^"]*">([^<]*)</a>', client.get(path).text)

    assert offered("/san-pham/mat-ong-thu") == ["Cu đơ Gần"]
    assert len(offered("/san-pham/nuoc-mam-xa")) == 4


def test_a_form_from_nowhere_is_told_what_to_do(migrated_app):
    from flask.testing import FlaskClient

    page = FlaskClient(migrated_app, migrated_app.response_class).post("/tuoi", data={"tuoi": "18"})
    assert page.status_code == 403
    assert "Mở lại trang rồi bấm lại" in page.text
    assert "Đăng nhập</span>" not in page.text.split("<main", 1)[1].split("</main>")[0]
