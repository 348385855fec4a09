import re

import pytest

from storefront import codes
from storefront.database import transaction
from tests.factories import shop


@pytest.fixture
def lot(app):
    with transaction():
        _, variant, point = shop.make_buyable("Mật ong Cường Nga")
        return shop.stock_up(variant, point)


def test_a_lot_says_no_more_than_it_knows(client, lot):
    page = client.get(f"/t/{lot.code}")
    assert page.status_code == 200
    assert "Lô có thật, chứng nhận còn hạn" in page.text
    assert "Tem thật" not in page.text
    assert len(page.data) < 30_000
    assert "18/11/2026" in page.text


def test_a_code_is_read_however_it_is_typed(client, lot):
    typed = codes.grouped(lot.code).lower()
    assert client.get("/soi", query_string={"ma": typed}).location == f"/t/{lot.code}"
    assert client.get(f"/t/{lot.code.lower()}").location == f"/t/{lot.code}"


def test_an_unknown_code_is_a_warning_with_404(client, app):
    page = client.get(f"/t/{codes.new(codes.Kind.LOT)}")
    assert page.status_code == 404
    assert "Chưa từng cấp mã này" in page.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("%%%", "có 10 chữ"),
        ("L222", "có 10 chữ"),
        ("AAA-AAA-AAA-A", "chữ đầu là L"),
        ("L7K-2M0-XD4-T", "không có 0, 1"),
        ("L22-222-222-3", "ký tự kiểm tra không khớp"),
    ],
)
def test_a_mistyped_code_is_told_at_once(client, app, typed, words):
    page = client.get("/soi", query_string={"ma": typed})
    assert page.status_code == 422
    assert re.search(rf'class="badline" id="ma-loi"[^§]*{words}', page.text)
    assert 'aria-invalid="true" aria-describedby="ma-loi"' in page.text


def test_guessing_is_slowed_down(client, app):
    answers = [client.get(f"/t/{codes.new(codes.Kind.LOT)}").status_code for _ in range(35)]
    assert answers[0] == 404
    assert answers[-1] == 429


def test_the_qr_leads_to_the_page(client, lot):
    page = client.get(f"/t/{lot.code}/qr.svg")
    assert page.mimetype == "image/svg+xml"
    assert re.search(r"<path d=\"M", page.text)
    assert client.get("/t/LXXXXXXXXX/qr.svg").status_code == 404


def test_the_page_of_a_lot_needs_no_script(client, lot):
    for path in (f"/t/{lot.code}", "/t/L2222222222"):
        assert ".js" not in client.get(path).text
