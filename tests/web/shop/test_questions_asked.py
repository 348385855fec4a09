"""What the page of a question says of it, and what it leads to instead of something else."""

import re

import pytest

from storefront import languages
from storefront.catalogue.search import groups
from storefront.certification.groups import ProductGroup
from storefront.certification.models import Recorded
from storefront.database import transaction
from storefront.web import context
from tests.factories import shop


@pytest.fixture
def shelf(app):
    with transaction():
        shop.make_buyable("Mật ong Cường Nga")
        shop.make_buyable("Cu đơ Phong Nga", kind="cu-do", stars=3, decision_number="1191/QĐ-UBND")
        shop.make_buyable("Giò lụa Bình Sơn", kind="gio", stars=3)
        shop.make_buyable("Nhung hươu Hương Sơn", kind="nhung-huou", group=ProductGroup.HERBAL)
        shop.make_buyable("Rượu nếp Thử", kind="ruou", group=ProductGroup.DRINK)


def asked(client, question, **values):
    return client.get("/tim", query_string={"q": question, **values})


def names(page):
    return re.findall(r'class="card-name"><a href="[^"]*">([^<]*)</a>', page.text)


def said(page):
    found = re.search(r'<div class="understood">(.*?)</div>', page.text, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", "", found[1]).split()) if found else ""


def offered(page):
    return set(re.findall(r'<input type="checkbox" name="([^"]*)"', page.text))


@pytest.mark.parametrize(
    "question", ["1048/QĐ", "5610/QĐ-UBND", "quyết định số 1048", "mật ong 5610/QĐ-UBND", "148"]
)
def test_a_decision_the_register_does_not_have_is_said_and_no_other_shown(client, shelf, question):
    page = asked(client, question)
    assert names(page) == []
    number = re.search(r"\d+", question)[0]
    assert f"Sổ đăng ký không có quyết định nào số {number}." in said(page)
    assert 'href="/so-dang-ky"' in page.text
    assert "Có phải bạn tìm" not in page.text


@pytest.mark.parametrize(
    "question", ["1191/QĐ-UBND", "1191/QĐ", "1191", "quyết định 1191", "cu đơ 1191/QĐ-UBND"]
)
def test_a_decision_the_register_has_finds_what_it_certified(client, shelf, question):
    page = asked(client, question)
    assert names(page) == ["Cu đơ Phong Nga"]
    assert "không có quyết định" not in page.text
    assert 'href="/so-dang-ky?q=1191"' in page.text
    assert "Cu đơ Phong Nga" in client.get("/so-dang-ky?q=1191").text


def test_what_a_decision_certified_and_is_alcohol_is_counted_as_left_out(client, shelf):
    page = asked(client, "2394/QĐ-UBND")
    assert "Rượu nếp Thử" not in names(page)
    assert "1 sản phẩm có cồn" in page.text


@pytest.mark.parametrize("typed", ["L23456789A", "LUA5-234567"])
def test_a_mistyped_code_is_said_to_be_one_rather_than_put_right_as_a_word(client, shelf, typed):
    page = asked(client, typed)
    assert names(page) == []
    assert f"“{typed}” giống mã in dưới tem, nhưng có chữ gõ sai" in said(page)


@pytest.mark.parametrize("typed", ["lua binh 5kg", "LUABINHSON"])
def test_words_as_long_as_a_code_are_still_words(client, shelf, typed):
    assert "Giò lụa Bình Sơn" in names(asked(client, typed))


def test_a_facet_is_offered_with_the_values_that_narrow_the_list(client, shelf):
    with transaction():
        shop.make_buyable("Cu đơ Thử", kind="cu-do", recorded=Recorded.UNCLEAR, stars=None)
    page = asked(client, "cu đơ")
    assert len(names(page)) == 2
    assert {"sao", "con-hang"} <= offered(page)
    assert "nhom" not in offered(page)
    assert "sao" in offered(asked(client, "cu đơ", sao="3"))


@pytest.mark.parametrize(
    "question",
    ["dược liệu", "duoc lieu", "nhóm dược liệu", "Dược liệu và sản phẩm từ dược liệu", "herbal products"],
)
def test_the_name_of_a_group_asks_for_its_products(client, shelf, question):
    page = asked(client, question)
    assert names(page) == ["Nhung hươu Hương Sơn"]
    assert said(page) == f"Hiểu là: nhóm Dược liệu. Tìm đúng “{question}”"


def test_every_name_the_shop_has_for_a_group_is_understood_in_both_languages(app):
    for spoken in languages.PREFIXES:
        with languages.speaking(spoken):
            for group, word in context.GROUP_WORDS.items():
                assert groups.read(str(word)) == (group, ""), (spoken, str(word))


def test_a_group_beside_other_words_narrows_what_they_find(client, shelf):
    assert names(asked(client, "thực phẩm phong nga")) == ["Cu đơ Phong Nga"]
    page = asked(client, "thực phẩm nhung hươu")
    assert names(page) == []
    assert "Bỏ nhóm Thực phẩm" in page.text
    drinks = asked(client, "đồ uống")
    assert names(drinks) == []
    assert "1 sản phẩm có cồn" in drinks.text
    assert "chưa có sản phẩm" not in drinks.text


def test_a_name_that_holds_the_name_of_a_group_is_still_a_name(client, shelf):
    with transaction():
        shop.make_buyable("Bột dược liệu Thử", kind="mat-ong")
    assert names(asked(client, "bột dược liệu")) == ["Bột dược liệu Thử"]


def test_a_group_without_products_says_so(client, shelf):
    page = asked(client, "sinh vật cảnh")
    assert "Nhóm này chưa có sản phẩm" in page.text
    assert names(page) == []


@pytest.mark.parametrize(
    "question",
    ["quà", "quà biếu", "qua tang", "đặc sản", "hà tĩnh", "đặc sản Hà Tĩnh", "ocop ha tinh", "mua quà"],
)
def test_gifts_and_the_province_ask_for_everything(client, shelf, question):
    page = asked(client, question)
    assert len(names(page)) == 4
    assert "1 sản phẩm có cồn" in page.text
    assert said(page) == f"Hiểu là: tất cả sản phẩm OCOP Hà Tĩnh. Tìm đúng “{question}”"


def test_gifts_and_the_province_leave_the_rest_of_a_question_as_it_is(client, shelf):
    assert sorted(names(asked(client, "quà hà tĩnh 3 sao"))) == ["Cu đơ Phong Nga", "Giò lụa Bình Sơn"]
    page = asked(client, "quà biếu mật ong")
    assert names(page) == ["Mật ong Cường Nga"]
    assert "Hiện kết quả cho “mật ong”" in said(page)
    assert names(asked(client, "quà tết")) == ["Cu đơ Phong Nga"]


@pytest.mark.parametrize(
    "measure", ["35 độ đạm", "35 do dam", "500ml", "1,5 kg", "100%", "độ đạm 40", "40 độ"]
)
def test_a_measure_that_no_product_tells_is_left_out_and_said(client, shelf, measure):
    page = asked(client, f"mật ong {measure}")
    assert names(page) == ["Mật ong Cường Nga"]
    assert said(page).startswith(f"Bỏ qua: {measure}.")
    assert "1 sản phẩm có cồn" in asked(client, f"rượu {measure}").text


def test_a_measure_in_a_name_is_heeded(client, shelf):
    with transaction():
        shop.make_buyable("Mật ong 500 ml Thử")
    page = asked(client, "mật ong 500 ml")
    assert names(page) == ["Mật ong 500 ml Thử"]
    assert "Bỏ qua" not in page.text


@pytest.mark.parametrize(
    ("question", "leads_to"),
    [
        ("mật ong rẻ nhất", "/tim?q=m%E1%BA%ADt+ong&xep=gia-tang"),
        ("cheapest honey", "/tim?q=honey&xep=gia-tang"),
        ("giá rẻ nhất", "/tim?xep=gia-tang"),
        ("nhung hươu đắt nhất", "/tim?q=nhung+h%C6%B0%C6%A1u&xep=gia-giam"),
    ],
)
def test_the_cheapest_is_an_order_of_the_list(client, shelf, question, leads_to):
    answer = asked(client, question)
    assert (answer.status_code, answer.location) == (302, leads_to)
    page = client.get(answer.location)
    assert names(page)
    assert re.search(r"<option[^>]* selected>Giá (thấp|cao) trước|1 sản phẩm", page.text)
    for settled in ({"dung": "1"}, {"xep": "ten"}):
        assert asked(client, question, **settled).status_code == 200
    assert asked(client, "cao nhất").status_code == 200  # cao is a product too
