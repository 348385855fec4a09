"""Staff help a shopper who cannot sign in."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from storefront import access
from storefront.accounts.models import PasswordReset
from storefront.database import session
from tests.factories import shop


@pytest.fixture
def manager(client):
    user = shop.make_staff(access.Role.MANAGER)
    shop.save()
    shop.sign_in(client, user)
    return user


@pytest.fixture
def shopper(app):
    user = shop.make_user(name="Trần Thị Lan", phone="+84912345678", email="lan@example.org")
    shop.save()
    return user


def resets() -> list[PasswordReset]:
    return list(session().scalars(sa.select(PasswordReset)))


@pytest.mark.parametrize("typed", ["0912 345 678", "+84912345678", "LAN@example.org"])
def test_finds_a_shopper_by_the_whole_number_or_address(client, manager, shopper, typed):
    assert "Trần Thị Lan" in client.get("/quay/tai-khoan", query_string={"tim": typed}).text


@pytest.mark.parametrize("typed", ["", "0912", "345 678", "lan", "Trần Thị Lan", "%", "x" * 200])
def test_a_part_finds_nobody(client, manager, shopper, typed):
    answer = client.get("/quay/tai-khoan", query_string={"tim": typed})
    assert answer.status_code == 200
    assert "Trần Thị Lan" not in answer.text.replace(f'value="{typed}"', "")


def test_a_very_long_word_is_refused(client, manager):
    assert client.get("/quay/tai-khoan", query_string={"tim": "x" * 10_000}).status_code == 422


def test_a_link_is_made_after_a_check_and_shown_once(client, manager, shopper):
    path = f"/quay/tai-khoan/{shopper.id}/lien-ket"
    for said in ({}, {"checked": ""}, {"checked": "false"}):
        assert client.post(path, data=said).status_code == 422
    assert resets() == []
    answer = client.post(path, data={"checked": "y"})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    link = re.search(r"http://localhost(/mat-khau-moi/[\w-]+)", answer.text)[1]
    assert [row.made_by_id for row in resets()] == [manager.id]
    assert link not in client.get("/quay/tai-khoan", query_string={"tim": "0912345678"}).text
    assert client.post(link, data={"password": "mot-cau-dai-de-nho"}).status_code == 303


def test_a_new_link_ends_the_one_before(client, manager, shopper):
    path = f"/quay/tai-khoan/{shopper.id}/lien-ket"
    pages = [client.post(path, data={"checked": "y"}).text for _ in range(2)]
    first, second = (re.search(r"/mat-khau-moi/[\w-]+", page)[0] for page in pages)
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200


@pytest.mark.parametrize("role", sorted(access.STAFF))
def test_never_for_an_account_of_staff(client, manager, role):
    colleague = shop.make_staff(role)
    shop.save()
    page = client.get("/quay/tai-khoan", query_string={"tim": colleague.email}).text
    assert "Không có tài khoản khách nào" in page
    assert client.post(f"/quay/tai-khoan/{colleague.id}/lien-ket", data={"checked": "y"}).status_code == 404
    assert resets() == []


@pytest.mark.parametrize("user_id", ["999999999", "9" * 30, "0", "-1", "x"])
def test_an_unknown_account_is_not_there(client, manager, user_id):
    assert client.post(f"/quay/tai-khoan/{user_id}/lien-ket", data={"checked": "y"}).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [(access.Role.CLERK, 403), (access.Role.OFFICE, 403), (access.Role.SHOPPER, 404)],
)
def test_only_who_may_help(client, shopper, role, status):
    user = shop.make_user(role)
    shop.save()
    shop.sign_in(client, user)
    assert client.get("/quay/tai-khoan").status_code == status
    assert client.post(f"/quay/tai-khoan/{shopper.id}/lien-ket", data={"checked": "y"}).status_code == status
    assert resets() == []
