"""Codes and addresses typed into the search: each leads to what it names, and a mistyped one is told."""

import re

import pytest

from storefront import codes
from storefront.database import transaction
from storefront.stock import queries as stock
from tests.factories import shop


@pytest.fixture
def code(app):
    with transaction():
        honey, _, _ = shop.make_buyable("Mật ong Cường Nga")
    return stock.newest_lot(honey.id).code


def with_a_slip(code):
    return code[:-1] + ("2" if code[-1] != "2" else "3")


def test_a_code_of_a_lot_leads_to_its_page_and_one_of_an_order_to_the_form(client, code):
    for typed in (code, codes.grouped(code).lower(), f" {code} "):
        answer = client.get("/tim", query_string={"q": typed})
        assert (answer.status_code, answer.location) == (302, f"/t/{code}")
    order = codes.new(codes.Kind.ORDER)
    answer = client.get("/tim", query_string={"q": codes.grouped(order)})
    assert (answer.status_code, answer.location) == (302, f"/don-hang?ma={order}")
    form = client.get(answer.location)
    assert order in form.text
    assert 'name="phone"' in form.text


def test_a_pasted_address_of_a_lot_leads_to_its_page_here(client, code):
    for link in ("/01/09506000134352/10", "/01/09506000134352/22/2A/10"):
        answer = client.get("/tim", query_string={"q": f"https://id.gs1.org{link}/{code}?17=271231"})
        assert (answer.status_code, answer.location) == (302, f"/t/{code}")
    for host in ("http://localhost", "https://evil.test/en", ""):
        answer = client.get("/tim", query_string={"q": f"{host}/t/{code}?a=1"})
        assert (answer.status_code, answer.location) == (302, f"/t/{code}")


def test_a_stop_after_a_code_is_no_part_of_it(client, code):
    for typed in (
        f"{code}.",
        f"{codes.grouped(code)},",
        f"https://shop.vn/t/{code}.",
        f"/01/09506000134352/10/{code},",
    ):
        answer = client.get("/tim", query_string={"q": typed})
        assert (answer.status_code, answer.location) == (302, f"/t/{code}"), typed


@pytest.mark.parametrize(
    "address", ["https://shop.vn/t/{}", "shop.vn/en/t/{}.", "https://id.gs1.org/01/09506000134352/10/{}?17=1"]
)
def test_a_pasted_address_with_a_mistyped_code_is_answered_as_the_code(client, code, address):
    wrong = with_a_slip(code)
    answer = client.get("/tim", query_string={"q": address.format(wrong.lower())}, follow_redirects=True)
    assert answer.request.full_path == f"/tim?q={wrong}"
    assert f"“{wrong}” giống mã in dưới tem, nhưng có chữ gõ sai" in answer.text


def test_the_number_of_a_case_is_taken_for_no_other_code(client, app):
    case = codes.new(codes.Kind.CASE)
    for typed in (case, with_a_slip(case)):
        page = client.get("/tim", query_string={"q": typed})
        assert page.status_code == 200
        assert "gõ sai" not in page.text
        assert "không phải mã" not in page.text


@pytest.mark.parametrize(
    "typed", ["893850024901", "222222222222", "7K2M9XD4T2B" + codes.check_character("7K2M9XD4T2B")]
)
def test_twelve_characters_are_no_code_that_was_given_out(client, app, typed):
    page = client.get("/tim", query_string={"q": typed})
    assert page.status_code == 200
    assert f"“{typed}” không phải mã in dưới tem: mã ấy có 10 chữ và số, chữ đầu là L." in page.text
    assert "gõ sai" not in page.text


def test_a_code_with_a_wrong_character_is_said_to_be_one(client, code):
    wrong = with_a_slip(code)
    page = client.get("/tim", query_string={"q": codes.grouped(wrong)})
    assert "giống mã in dưới tem, nhưng có chữ gõ sai" in page.text
    (again,) = re.findall(r'href="(/soi\?[^"]*)"', page.text)
    assert again == f"/soi?ma={codes.grouped(wrong)}"
    assert "ký tự kiểm tra không khớp" in client.get(again).text
    wrong = with_a_slip(codes.new(codes.Kind.ORDER))
    page = client.get("/tim", query_string={"q": wrong})
    assert "giống một mã đơn, nhưng có chữ gõ sai" in page.text
    assert "giống mã" not in client.get("/tim?q=mat+ong").text


def test_a_price_under_which_there_is_nothing_is_no_mistyped_code(client, code):
    page = client.get("/tim", query_string={"q": "less than 100k"})
    assert "giá đến" in page.text
    assert "mã in dưới tem" not in page.text


def test_a_code_typed_so_far_as_it_goes_offers_its_page_whether_it_was_given_out_or_not(client, code):
    for lot in (code, codes.new(codes.Kind.LOT)):
        for typed in (lot.lower(), codes.grouped(lot)):
            (offered,) = client.get("/goi-y", query_string={"q": typed}).json
            assert (offered["label"], offered["url"]) == (codes.grouped(lot), f"/t/{lot}")
    order = codes.new(codes.Kind.ORDER)
    (offered,) = client.get("/en/goi-y", query_string={"q": order}).json
    assert offered["url"] == f"/en/don-hang?ma={order}"
    mistyped = client.get("/goi-y", query_string={"q": with_a_slip(code)}).json
    assert not [one for one in mistyped if one["url"].startswith("/t/")]
