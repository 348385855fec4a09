"""Lists, their facets and their addresses, and what is offered while typing."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from storefront.certification.groups import ProductGroup
from storefront.database import transaction
from tests.factories import shop

NARROWED = "noindex"


@pytest.fixture
def shelf(app):
    with transaction():
        honey, _, _ = shop.make_buyable("Mật ong Cường Nga")
        shop.make_buyable(
            "Cu đơ Phong Nga", kind="cu-do", stars=3, commune_new="xã Kỳ Anh", district_old="Kỳ Anh"
        )
        shop.make_buyable("Nhung hươu Hương Sơn", kind="nhung-huou", group=ProductGroup.HERBAL)
        shop.make_buyable("Rượu nếp Thử", kind="ruou", group=ProductGroup.DRINK)
    return honey


def names(page):
    return re.findall(r'class="card-name"><a href="[^"]*">([^<]*)</a>', page.text)


def links_to(page, path):
    return [href.replace("&amp;", "&") for href in re.findall(rf'href="({re.escape(path)}[^"]*)"', page.text)]


def counts(page, name):
    found = re.findall(
        rf'name="{name}" value="([^"]*)"[^>]*><span>[^<]*</span><span class="count">(\d+)</span>', page.text
    )
    return {value: int(count) for value, count in found}


def test_facets_are_counted_and_narrow(client, shelf):
    page = client.get("/san-pham")
    assert counts(page, "nhom") == {"thuc-pham": 2, "duoc-lieu": 1}
    assert counts(page, "sao") == {"4": 2, "3": 1}
    narrowed = client.get("/san-pham?sao=4&nhom=thuc-pham")
    assert names(narrowed) == ["Mật ong Cường Nga"]
    assert counts(narrowed, "sao") == {"4": 1, "3": 1}
    assert counts(narrowed, "nhom") == {"thuc-pham": 1, "duoc-lieu": 1}


def test_several_values_of_a_facet_widen_it(client, shelf):
    assert len(names(client.get("/san-pham?sao=4&sao=3"))) == 3
    assert names(client.get("/san-pham?vung=huyen-ky-anh")) == ["Cu đơ Phong Nga"]


def test_each_choice_can_be_taken_off(client, shelf):
    page = client.get("/san-pham?sao=4&nhom=thuc-pham&con-hang=1")
    assert "/san-pham?nhom=thuc-pham&con-hang=1" in links_to(page, "/san-pham")
    assert "/san-pham?nhom=thuc-pham&sao=4" in links_to(page, "/san-pham")


def test_addresses_keep_one_order_whatever_order_was_asked(client, shelf):
    one = client.get("/san-pham?con-hang=1&sao=4&sao=3&xep=ten&nhom=duoc-lieu&la=1")
    other = client.get("/san-pham?nhom=duoc-lieu&xep=ten&sao=3&con-hang=1&sao=4")
    assert links_to(one, "/san-pham") == links_to(other, "/san-pham")
    assert not any("la=" in href for href in links_to(one, "/san-pham"))


@pytest.mark.parametrize(
    "query",
    [
        "sao=9", "sao=4'--", "nhom=khong-co", "xa=99999", "xa=../etc", "vung=x", "gia=1", "xep=id;drop",
        "xep=", "con-hang=2", "dang-mua=yes", "sao=" + "4" * 5000, "&".join(f"sao={n}" for n in range(500)),
    ],
)  # fmt: skip
def test_what_no_facet_knows_is_left_out_and_said(client, shelf, query):
    page = client.get(f"/san-pham?{query}")
    assert page.status_code == 200
    assert len(names(page)) == 3
    said = re.search(r"Không có (?:lựa chọn|cách xếp) (.*?), nên danh sách ", page.text)
    if query == "xep=":
        assert said is None
        return
    assert said
    assert len(said[1]) < 200
    assert NARROWED in page.text
    wrong = query.partition("=")[2].partition("&")[0]
    assert not any(wrong[:40] in href for href in re.findall(r'href="([^"]*)"', page.text) if "?" in href)


def test_a_district_may_be_asked_for_as_people_write_it(client, shelf):
    for query in ("huyen=ky-anh", "huyen=huyen-ky-anh", "vung=huyen-ky-anh"):
        page = client.get(f"/san-pham?{query}")
        assert names(page) == ["Cu đơ Phong Nga"]
        assert "Không có lựa chọn" not in page.text
        assert not [href for href in re.findall(r'href="([^"]*)"', page.text) if "huyen=" in href]
    page = client.get("/san-pham?huyen=abc")
    assert len(names(page)) == 3
    assert "Không có lựa chọn “Vùng quen gọi: abc”" in page.text
    assert NARROWED in page.text


def test_a_long_question_says_how_much_of_it_is_looked_for(client, shelf):
    page = client.get("/tim", query_string={"q": "m" * 7000})
    assert "Câu hỏi dài quá: chỉ tìm 120 chữ đầu." in page.text
    assert "Câu hỏi dài quá" not in client.get("/tim", query_string={"q": "m" * 120}).text
    assert 'maxlength="120"' in re.search(r'<input type="search" id="tim"[^>]*>', page.text)[0]


def test_what_is_known_stays_beside_what_is_not(client, shelf):
    page = client.get("/en/san-pham?sao=3&sao=9&nhom=khong-co")
    assert names(page) == ["Cu đơ Phong Nga"] or len(re.findall('class="card"', page.text)) == 1
    assert "There is no choice “Group: khong-co”, “Current stars: 9”" in page.text
    assert 'href="/san-pham?sao=3" lang="vi"' in page.text
    assert "<script" not in client.get("/san-pham?sao=<script>alert(1)").text.partition("understood")[2][:400]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/san-pham?xa=xyz", "Không có lựa chọn “Xã, phường: xyz”, nên danh sách không lọc theo đó."),
        ("/san-pham?xep=re", "Không có cách xếp “re”, nên danh sách xếp theo “Nhiều sao trước”."),
        ("/tim?q=mat&xep=re", "Không có cách xếp “re”, nên danh sách xếp theo “Phù hợp nhất”."),
        ("/nhom/thuc-pham?nhom=khong-co", "Không có lựa chọn “Nhóm: khong-co”, nên danh sách không lọc theo đó."),
        ("/nhom/thuc-pham?nhom=do-uong", "Trang này chỉ có nhóm “Thực phẩm”, nên không lọc theo nhóm “Đồ uống”."),
    ],
)  # fmt: skip
def test_what_is_not_heeded_is_said_by_its_name(client, shelf, address, said):
    page = client.get(address)
    assert page.status_code == 200
    assert re.findall(r'<p role="status">((?:Không có|Trang này).*?)</p>', page.text) == [said]
    assert robots(page)
    own, _, query = address.partition("?")
    assert names(page) == names(client.get(f"{own}?q=mat" if own == "/tim" else own))
    wrong = query.rpartition("&")[2]
    assert not [href for href in re.findall(r'href="([^"]*)"', page.text) if wrong in href]


def test_the_group_of_a_page_may_be_named_in_its_address(client, shelf):
    page = client.get("/nhom/thuc-pham?nhom=thuc-pham")
    assert "không lọc theo" not in page.text
    assert names(page) == names(client.get("/nhom/thuc-pham"))
    assert not robots(page)


@pytest.mark.parametrize(
    ("number", "status"),
    [
        ("1", 200),
        ("2", 404),
        ("0", 404),
        ("-1", 404),
        ("1000000000", 404),
        ("abc", 404),
        ("1.5", 404),
        ("", 404),
    ],
)
def test_pages_that_are_not_there(client, shelf, number, status):
    assert client.get(f"/san-pham?trang={number}").status_code == status


def test_an_empty_combination_says_what_to_loosen(client, shelf):
    page = client.get("/san-pham?sao=3&nhom=duoc-lieu")
    assert page.status_code == 404
    assert "Không có sản phẩm nào hợp mọi điều kiện" in page.text
    assert "/san-pham?nhom=duoc-lieu" in links_to(page, "/san-pham")
    assert "1 sản phẩm" in page.text


def robots(page):
    return NARROWED in (re.search(r'<meta name="robots" content="([^"]*)"', page.text) or [""])[0]


def canonical(page):
    return (re.search(r'<link rel="canonical" href="([^"]*)"', page.text) or ["", None])[1]


def test_whole_lists_and_one_commune_are_indexed_and_nothing_else(client, shelf):
    commune = shelf.commune_code
    assert not robots(client.get("/san-pham"))
    assert not robots(client.get("/nhom/thuc-pham"))
    one = client.get(f"/san-pham?xa={commune}&la=1")
    assert not robots(one)
    assert canonical(one) == f"http://localhost/san-pham?xa={commune}"
    narrowed = ("sao=4", f"xa={commune}&sao=4", "xep=ten", "vung=huyen-huong-son")
    for path in (*(f"/san-pham?{query}" for query in narrowed), "/tim?q=mat+ong"):
        page = client.get(path)
        assert robots(page), path
        assert canonical(page) is None, path
        assert "hreflang" not in page.text.partition("<body")[0], path


def test_a_group_that_has_no_product_yet_is_not_indexed(client, shelf):
    empty = client.get("/nhom/sinh-vat-canh")
    assert empty.status_code == 200
    assert robots(empty)
    assert not robots(client.get("/nhom/do-uong"))  # alcohol, shown to who states to be 18


def test_a_narrowed_list_is_called_by_what_narrows_it(client, shelf):
    page = client.get("/san-pham?sao=4&vung=huyen-huong-son").text
    for words in (
        "<h1>Tất cả sản phẩm: 4 sao, huyện Hương Sơn trước đây</h1>",
        "<title>Tất cả sản phẩm: 4 sao",
    ):
        assert words in page
    assert "<h1>Thực phẩm</h1>" in client.get("/nhom/thuc-pham").text


def test_what_a_question_finds_says_in_which_order_it_stands(client, shelf):
    assert "khớp nhất đứng trước" in client.get("/tim?q=huong+son").text
    assert "khớp nhất đứng trước" not in client.get("/tim?q=huong+son&xep=gia-tang").text


def test_alcohol_is_left_out_of_counts_and_offers_until_stated(client, shelf):
    assert "do-uong" not in counts(client.get("/san-pham"), "nhom")
    assert [one["url"] for one in client.get("/goi-y?q=ruou").json] == ["/nhom/do-uong"]
    client.post("/tuoi", data={"tuoi": "18"})
    assert counts(client.get("/san-pham"), "nhom")["do-uong"] == 1
    assert [one["label"] for one in client.get("/goi-y?q=ruou+nep").json] == ["Rượu nếp Thử"]
    assert client.get("/goi-y?q=ruou").headers["Cache-Control"].startswith("private")


def test_what_was_understood_is_shown_with_the_way_back(client, shelf):
    page = client.get("/tim?q=nhug+huou")
    assert "Hiện kết quả cho “nhung hươu”" in page.text
    (exactly,) = (href for href in links_to(page, "/tim") if "dung=1" in href)
    assert parse_qs(urlsplit(exactly).query) == {"q": ["nhug huou"], "dung": ["1"]}
    assert names(client.get(exactly)) == []


def test_prices_in_a_question_are_understood(client, shelf):
    assert len(names(client.get("/tim?q=dưới+200k"))) == 3
    page = client.get("/tim?q=mật+ong+dưới+100k")
    assert names(page) == []
    assert "giá đến 100.000\u00a0₫" in page.text
    assert any(parse_qs(urlsplit(href).query).get("q") == ["mật ong"] for href in links_to(page, "/tim"))


def test_products_that_only_mention_what_was_asked_are_said_to(client, shelf):
    said = "Không có sản phẩm nào tên là “{}”: các sản phẩm dưới đây chỉ nhắc đến"
    for question in ("vùng đồi", "mật ong vùng đồi", "vùng đồi&dung=1"):
        page = client.get(f"/tim?q={question}")
        assert "Mật ong Cường Nga" in names(page)
        assert said.format(question.partition("&")[0]) in page.text, question
    assert said.format("vùng đồi") in client.get("/tim?q=vùng đồi dưới 2 triệu").text
    for question in ("mật ong", "sơn giang", "mật ong&dung=1", "xyzzy"):
        assert "chỉ nhắc đến" not in client.get(f"/tim?q={question}").text


def test_nothing_found_offers_near_words_and_the_groups(client, shelf):
    page = client.get("/tim?q=cương+giặt+máy")
    assert page.status_code == 200
    assert "/nhom/thuc-pham" in page.text
    assert any(parse_qs(urlsplit(href).query).get("q") == ["cường"] for href in links_to(page, "/tim"))


def test_the_register_understands_slips_too(client, shelf):
    page = client.get("/so-dang-ky?q=nhug+huou")
    assert "Hiện kết quả cho “nhung hươu”" in page.text
    assert "Nhung hươu Hương Sơn" in page.text
    assert client.get("/so-dang-ky?q=xyzzy").status_code == 200


def test_offers_are_products_producers_communes_and_groups(client, shelf):
    offered = client.get("/goi-y?q=mat+o")
    assert offered.content_type == "application/json"
    first = offered.json[0]
    assert (first["label"], first["url"]) == ("Mật ong Cường Nga", "/san-pham/mat-ong-cuong-nga")
    assert "185.000\u00a0₫" in first["hint"]
    assert first["picture"].endswith("/img/kinds/mat-ong.svg")
    assert any(one["url"] == "/nhom/thuc-pham" for one in client.get("/goi-y?q=thuc").json)
    assert any("xa=" in one["url"] for one in client.get("/goi-y?q=sơn+gia").json)
    assert any(one["url"].startswith("/chu-the/") for one in client.get("/goi-y?q=htx").json)


def test_a_price_and_stars_are_offered_as_the_list_they_ask_for(client, shelf):
    first = client.get("/goi-y?q=4+sao").json[0]
    assert (first["label"], first["hint"], first["url"]) == ("4 sao", "2 sản phẩm", "/san-pham?sao=4")
    assert len(names(client.get(first["url"]))) == 2
    first = client.get("/goi-y", query_string={"q": "mật ong dưới 200k"}).json[0]
    assert (first["label"], first["hint"]) == ("“mật ong”, giá đến 200.000\u00a0₫", "1 sản phẩm")
    assert names(client.get(first["url"])) == ["Mật ong Cường Nga"]
    first = client.get("/en/goi-y?q=duoi+200k").json[0]
    assert first["url"].startswith("/en/tim?")
    assert first["hint"] == "3 products"


@pytest.mark.parametrize("typed", ["", "x" * 10_000, "%", "'", "😀", "(((", "\u0300", "đ"])
def test_odd_beginnings_are_offered_something_or_nothing(client, shelf, typed):
    answer = client.get("/goi-y", query_string={"q": typed})
    assert answer.status_code == 200
    assert isinstance(answer.json, list)


def test_sorting(client, shelf):
    assert names(client.get("/san-pham?xep=ten")) == [
        "Cu đơ Phong Nga",
        "Mật ong Cường Nga",
        "Nhung hươu Hương Sơn",
    ]
    for sort in ("gia-tang", "gia-giam", "gia-kg", "moi", "sao"):
        assert len(names(client.get(f"/san-pham?xep={sort}"))) == 3


def test_producers_stand_on_pages_of_two_hundred(client, db_session):
    for number in range(201):
        shop.make_producer(f"HTX Số {number:03d}")
    shop.save()
    first = client.get("/chu-the").text
    assert "201 chủ thể" in first
    assert "HTX Số 199" in first
    assert "HTX Số 200" not in first
    assert 'href="/chu-the?trang=2"' in first
    assert "HTX Số 200" in client.get("/chu-the?trang=2").text
    assert client.get("/chu-the?trang=3").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/san-pham",
        "/nhom/do-uong",
        "/tim?q=rượu",
        "/tim?q=ruou+nep",
        "/tim?q=rượu&dung=1",
        "/tim?q=sơn+giang",
    ],
)
def test_what_is_left_out_for_being_alcohol_is_counted_with_the_way_to_it(client, shelf, path):
    page = client.get(path)
    assert page.status_code == 200
    assert "còn 1 sản phẩm có cồn" in page.text
    assert "Chưa thấy sản phẩm nào" not in page.text
    assert "Có phải bạn tìm" not in page.text
    assert "Rượu nếp Thử" not in page.text
    client.set_cookie("tuoi", "18")
    page = client.get(path)
    assert "Rượu nếp Thử" in names(page)
    assert "sản phẩm có cồn" not in page.text


@pytest.mark.parametrize(
    "path", ["/tim?q=mật+ong", "/tim?q=nhug+huou", "/nhom/thuc-pham", "/san-pham?sao=3", "/tim?q=xyzzy"]
)
def test_nothing_is_said_of_alcohol_where_none_is_left_out(client, shelf, path):
    assert "Tôi đủ 18 tuổi" not in client.get(path).text


def test_a_producer_says_how_many_are_left_out(client, app):
    with transaction():
        maker = shop.make_producer("HTX Nấu Rượu Thử")
        shop.make_listing(maker, kind="ruou", group=ProductGroup.DRINK, product_name="Rượu nếp Thử")
        shop.make_producer("HTX Mật Thử")
    page = client.get("/chu-the/htx-nau-ruou-thu").text
    assert "còn 1 sản phẩm có cồn" in page
    assert "Chưa có sản phẩm nào" not in page
    assert "sản phẩm có cồn" not in client.get("/chu-the/htx-mat-thu").text


def test_nearness_is_an_order_only_where_something_was_asked(client, shelf):
    assert "Phù hợp nhất" in client.get("/tim?q=nga").text
    page = client.get("/san-pham").text
    assert "Phù hợp nhất" not in page
    assert '<option value="phu-hop" selected>Nhiều sao trước</option>' in page
    assert page.count("Nhiều sao trước") == 1
    assert 'id="xep"' not in client.get("/tim?q=xyzzy").text


def test_what_can_be_bought_is_in_stock_and_its_price_alone_stands_out(client, shelf):
    with transaction():
        lapsed, _, _ = shop.make_buyable("Cam Thử", certified_year=2020, decided_on=None, decision_number="")
    assert "Cam Thử" in names(client.get("/san-pham"))
    in_stock = client.get("/san-pham?con-hang=1")
    assert sorted(names(in_stock)) == ["Cu đơ Phong Nga", "Mật ong Cường Nga", "Nhung hươu Hương Sơn"]
    assert 'class="price idle"' not in in_stock.text
    assert client.get("/san-pham").text.count('class="price idle"') == 1
    page = client.get(f"/san-pham/{lapsed.slug}").text
    assert 'class="price idle"' in page
    assert "price big" not in page


def test_a_product_whose_commune_is_not_known_belongs_to_the_old_district_the_register_tells(client, shelf):
    with transaction():
        shop.make_buyable("Mực khô Thử", commune_old="", commune_new="", district_old="Lộc Hà")
    page = client.get("/san-pham")
    assert counts(page, "vung")["huyen-loc-ha"] == 1
    assert names(client.get("/san-pham?vung=huyen-loc-ha")) == ["Mực khô Thử"]


def test_nothing_found_for_a_condition_in_the_question_leads_to_a_list_without_it(client, shelf):
    page = client.get("/tim?q=mật+ong+dưới+10k")
    assert names(page) == []
    assert "đứng trước" not in page.text
    clear = re.search(r'href="([^"]*)"[^>]*><span>Bỏ hết điều kiện', page.text)[1].replace("&amp;", "&")
    assert names(client.get(clear)) == ["Mật ong Cường Nga"]
    ways = re.findall(r'rel="nofollow">Bỏ ([^<]*)</a> <span class="count">', page.text)
    assert [way.startswith("“") for way in ways] == [False, True]
