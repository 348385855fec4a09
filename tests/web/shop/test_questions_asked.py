"""What the page of a question says of it, and what it leads to instead of something else."""

import re

import pytest

from storefront.certification.groups import ProductGroup
from storefront.certification.models import Recorded
from storefront.database import transaction
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
