"""Signing in and out, opening an account, forgotten passwords."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from storefront import clock
from storefront.accounts import passwords
from storefront.accounts import service as accounts
from storefront.accounts.models import PasswordReset, SignedInSession, User
from storefront.cart import service as cart
from storefront.database import session, transaction
from storefront.outbox.models import Letter
from tests.factories import shop

GOOD = {"password": shop.PASSWORD}


def post(client, path, **fields):
    return client.post(path, data=fields)


def count(model) -> int:
    return session().scalar(sa.select(sa.func.count()).select_from(model)) or 0


def user_with(**values) -> User:
    user = shop.make_user(**values)
    shop.save()
    return user


def guest_basket(client, lines: int = 1) -> None:
    token = cart.new_token()
    with transaction():
        basket = cart.find_or_make(token=token, user_id=None, now=clock.now())
        for _ in range(lines):
            variant = shop.make_variant(shop.make_listing())
            cart.add(
                cart=cart.OpenCart(id=basket.id, is_new=False),
                variant_id=variant.id,
                quantity=2,
                price=185_000,
                now=clock.now(),
            )
    client.set_cookie("gio", token)


@pytest.mark.parametrize("typed", ["0912 345 678", "+84912345678", "Lan@Example.org "])
def test_signs_in_by_phone_or_email_however_typed(client, typed):
    user_with(phone="+84912345678", email="lan@example.org")
    answer = post(client, "/dang-nhap", typed=typed, **GOOD)
    assert (answer.status_code, answer.location) == (303, "/tai-khoan")
    assert client.get("/tai-khoan").status_code == 200


def test_staff_go_to_the_counter_and_their_session_lasts_a_shift(client):
    staff = shop.make_staff()
    shop.save()
    assert post(client, "/dang-nhap", typed=staff.email, **GOOD).location == "/quay"
    assert client.get_cookie("phien").max_age in (12 * 3600 - 1, 12 * 3600)
    row = session().scalars(sa.select(SignedInSession)).one()
    assert row.expires_at - row.created_at == accounts.STAFF_SESSION_LASTS


@pytest.mark.parametrize(
    ("wanted", "goes"),
    [
        ("/gio-hang?a=1", "/gio-hang?a=1"),
        ("//xau.example", "/tai-khoan"),
        ("https://xau.example/", "/tai-khoan"),
        ("/\\xau.example", "/tai-khoan"),
    ],
)
def test_goes_on_only_within_the_shop(client, wanted, goes):
    user = user_with()
    assert post(client, "/dang-nhap", typed=user.email, tiep=wanted, **GOOD).location == goes
    assert client.get("/dang-nhap", query_string={"tiep": wanted}).location == goes


def test_an_unknown_account_gets_the_same_answer_and_the_same_work(client, monkeypatch):
    user = user_with()
    hashed = []
    real = passwords.matches
    monkeypatch.setattr(passwords, "matches", lambda *given: hashed.append(given) or real(*given))
    wrong = post(client, "/dang-nhap", typed=user.email, password="khong-phai-the")
    unknown = post(client, "/dang-nhap", typed="khong@example.org", password="khong-phai-the")
    assert wrong.status_code == unknown.status_code == 422
    assert wrong.text.replace(user.email, "") == unknown.text.replace("khong@example.org", "")
    assert len(hashed) == 2
    assert "chưa đúng" in wrong.text
    assert count(SignedInSession) == 0


def test_a_closed_account_does_not_sign_in(client):
    user = user_with()
    user.is_active = False
    shop.save()
    assert post(client, "/dang-nhap", typed=user.email, **GOOD).status_code == 422


def test_guesses_are_counted_before_the_password_is_looked_at(client, monkeypatch):
    user = user_with(phone="+84912345678")
    for _ in range(10):
        assert post(client, "/dang-nhap", typed="0912345678", password="sai-roi").status_code == 422
    monkeypatch.setattr(passwords, "matches", lambda *_given: pytest.fail("hashed"))
    answer = post(client, "/dang-nhap", typed="+84 912 345 678", **GOOD)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert user.id


def test_a_shared_counter_is_not_shut_out_by_signing_in_rightly(app, monkeypatch):
    staff = shop.make_staff()
    email = staff.email
    shop.save()
    monkeypatch.setattr(passwords, "matches", lambda given, _kept: given == shop.PASSWORD)
    statuses = [post(app.test_client(), "/dang-nhap", typed=email, **GOOD).status_code for _ in range(45)]
    assert set(statuses) == {303}


def test_ones_own_sign_in_forgives_no_guess_at_anothers_password(app, monkeypatch):
    own, victim = user_with().email, user_with().email
    monkeypatch.setattr(passwords, "matches", lambda given, _kept: given == shop.PASSWORD)
    statuses = []
    for _ in range(11):
        statuses.append(post(app.test_client(), "/dang-nhap", typed=victim, password="sai").status_code)
        assert post(app.test_client(), "/dang-nhap", typed=own, **GOOD).status_code == 303
    assert statuses == [422] * 10 + [429]
    over_names = [
        post(app.test_client(), "/dang-nhap", typed=f"a{n}@example.org", password="sai").status_code
        for n in range(30)
    ]
    assert over_names == [422] * 29 + [429]


def test_guesses_before_a_right_password_still_count(client, app, monkeypatch):
    email = user_with().email
    monkeypatch.setattr(passwords, "matches", lambda given, _kept: given == shop.PASSWORD)
    tries = ["sai"] * 9 + [shop.PASSWORD, "sai", "sai"]
    statuses = [
        post(app.test_client(), "/dang-nhap", typed=email, password=typed).status_code for typed in tries
    ]
    assert statuses == [422] * 9 + [303, 422, 429]


def test_a_network_is_limited_over_many_names(client, monkeypatch):
    monkeypatch.setattr(passwords, "matches", lambda *_given: False)
    statuses = [
        post(client, "/dang-nhap", typed=f"a{n}@example.org", password="sai").status_code for n in range(41)
    ]
    assert statuses == [422] * 40 + [429]


def test_each_sign_in_is_a_new_row_and_the_browsers_old_one_goes(client):
    user = user_with()
    post(client, "/dang-nhap", typed=user.email, **GOOD)
    first = client.get_cookie("phien").value
    post(client, "/dang-nhap", typed=user.email, **GOOD)
    assert client.get_cookie("phien").value != first
    assert count(SignedInSession) == 1


def test_the_guests_basket_joins_the_accounts_and_it_is_said(client):
    user = user_with()
    guest_basket(client, lines=2)
    post(client, "/dang-nhap", typed=user.email, **GOOD)
    mine = cart.find(token="", user_id=user.id)
    assert cart.count(mine) == 4
    assert client.get_cookie("gio") is None
    assert client.get_cookie("hien_thi") is not None
    page = client.get("/tai-khoan").text
    assert re.search(
        r"Đã chuyển vào giỏ của tài khoản: Mật ong Thử \d+ 500 ml, Mật ong Thử \d+ 500 ml\.", page
    )


def test_what_does_not_fit_is_said(client, monkeypatch):
    user = user_with()
    guest_basket(client, lines=2)
    monkeypatch.setattr(cart, "MOST_LINES", 1)
    post(client, "/dang-nhap", typed=user.email, **GOOD)
    assert "1 món không chuyển được" in client.get("/tai-khoan").text


def test_a_wrong_password_leaves_the_basket_alone(client):
    user = user_with()
    guest_basket(client)
    post(client, "/dang-nhap", typed=user.email, password="khong-phai-the")
    assert cart.count(cart.find(token=client.get_cookie("gio").value, user_id=None)) == 2


def test_signing_out_takes_the_row_and_the_cookies(client):
    user = user_with()
    post(client, "/dang-nhap", typed=user.email, **GOOD)
    answer = post(client, "/dang-xuat")
    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert client.get_cookie("phien") is None
    assert client.get_cookie("hien_thi") is None
    assert count(SignedInSession) == 0
    assert client.get("/tai-khoan").location.startswith("/dang-nhap?tiep=")
    assert client.get("/dang-xuat").status_code == 405


@pytest.mark.parametrize("path", ["/dang-nhap", "/dang-xuat", "/dang-ky", "/quen-mat-khau"])
def test_another_site_cannot_post(client, path):
    answer = client.post(path, data={}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_opening_an_account_by_phone_tells_nothing_of_a_taken_number(client):
    user_with(phone="+84912345678")
    fields = {"name": "Lan", "password": "mot-cau-khac-han"}
    taken = post(client, "/dang-ky", phone="0912345678", **fields)
    after_taken = client.get("/dang-nhap").text
    free = post(client, "/dang-ky", phone="0987654321", **fields)
    assert (taken.status_code, taken.location) == (free.status_code, free.location) == (303, "/dang-nhap")
    assert client.get("/dang-nhap").text == after_taken
    assert accounts.sign_in(typed="0987654321", password=fields["password"], now=clock.now())
    assert accounts.sign_in(typed="0912345678", password=shop.PASSWORD, now=clock.now())


def test_an_account_by_email_opens_only_by_the_letter(client):
    answer = post(client, "/dang-ky/e-mail", name="Lan", email="Lan@example.org")
    assert answer.status_code == 200
    letter = session().scalars(sa.select(Letter)).one()
    assert letter.to_address == "lan@example.org"
    assert letter.subject == "Đặt mật khẩu cho tài khoản Sản vật Hà Tĩnh"
    path = re.search(r"http://localhost(/mat-khau-moi/\S+)", letter.body)[1]
    assert client.get(path).status_code == 200
    assert post(client, path, password="mot-cau-dai-de-nho").location == "/dang-nhap"
    assert (
        post(client, "/dang-nhap", typed="lan@example.org", password="mot-cau-dai-de-nho").status_code == 303
    )


def test_by_email_the_answer_is_the_same_for_a_taken_address(client):
    user = user_with()
    taken = post(client, "/dang-ky/e-mail", name="Lan", email=user.email)
    free = post(client, "/dang-ky/e-mail", name="Lan", email="moi@example.org")
    assert taken.text.replace(user.email, "") == free.text.replace("moi@example.org", "")
    assert count(Letter) == 2
    assert accounts.sign_in(typed=user.email, password=shop.PASSWORD, now=clock.now())


@pytest.mark.parametrize(
    "wrong",
    [
        {"phone": "12345"},
        {"phone": "9" * 10_000},
        {"name": ""},
        {"name": "x" * 10_000},
        {"password": "ngan"},
        {"password": "x" * 10_000},
        {"password": "aaaaaaaaaaaa"},
    ],
)
def test_a_wrong_field_is_said_and_nothing_is_made(client, wrong):
    fields = {"name": "Trần Thị Lan", "phone": "0912345678", "password": "mot-cau-dai-de-nho", **wrong}
    answer = post(client, "/dang-ky", **fields)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert "mot-cau-dai-de-nho" not in answer.text
    assert count(User) == 0


@pytest.mark.parametrize("body", [b"typed=%ff&password=x", b"typed=a%00b&password=x", b"typed=%zz"])
def test_broken_bytes_are_refused(client, body):
    answer = client.post("/dang-nhap", data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400


def test_a_forgotten_password_is_answered_alike(client):
    user = user_with()
    known = post(client, "/quen-mat-khau", email=user.email)
    unknown = post(client, "/quen-mat-khau", email="khong@example.org")
    assert known.status_code == unknown.status_code == 200
    assert known.text.replace(user.email, "") == unknown.text.replace("khong@example.org", "")
    assert count(Letter) == 1
    assert post(client, "/quen-mat-khau", email="khong phai").status_code == 422


def test_letters_to_one_address_are_limited(client):
    user = user_with()
    statuses = [post(client, "/quen-mat-khau", email=user.email).status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    assert count(Letter) == 3


def test_a_link_sets_the_password_once_and_ends_all_sessions(client):
    user = user_with()
    shop.sign_in(client, user)
    with transaction():
        token = accounts.start_reset(user=user, made_by_id=None, now=clock.now())
    assert post(client, f"/mat-khau-moi/{token}", password="ngan").status_code == 422
    assert count(SignedInSession) == 1
    assert post(client, f"/mat-khau-moi/{token}", password="mot-cau-dai-de-nho").status_code == 303
    assert count(SignedInSession) == 0
    assert client.get(f"/mat-khau-moi/{token}").status_code == 410
    assert post(client, f"/mat-khau-moi/{token}", password="mot-cau-nua-dai").status_code == 410


def test_a_link_that_never_was_or_has_run_out_is_gone(client):
    user = user_with()
    with transaction():
        token = accounts.start_reset(user=user, made_by_id=None, now=clock.now() - accounts.RESET_LASTS)
    assert client.get(f"/mat-khau-moi/{token}").status_code == 410
    assert client.get("/mat-khau-moi/" + "x" * 500).status_code == 410
    assert count(PasswordReset) == 1


def test_personal_pages_are_kept_by_nobody(client):
    for path in ("/dang-nhap", "/dang-ky", "/dang-ky/e-mail", "/quen-mat-khau"):
        answer = client.get(path)
        assert answer.headers["Cache-Control"] == "no-store", path
        assert " style=" not in answer.text
