"""Accounts: made, recognised, sessions, password links."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

import pytest
import sqlalchemy as sa

from storefront import access, clock
from storefront.accounts import service as accounts
from storefront.accounts.errors import AccountNotFound, AddressNotFound, ResetNotFound, Taken, WrongSignIn
from storefront.accounts.models import Address, PasswordReset, SignedInSession, User
from storefront.database import session
from tests.factories import shop

NOW = clock.now()
HOME = {
    "name": "Lan",
    "phone": "+84912345678",
    "commune_code": "18001",
    "commune_name": "xã Thử",
    "province_name": "Hà Tĩnh",
    "street": "1",
}


@pytest.fixture
def lan(app) -> User:
    return shop.make_user(phone="+84912345678", email="lan@example.org")


@pytest.mark.parametrize("given", [{"phone": "+84912345678", "email": None}, {"email": "lan@example.org"}])
def test_a_phone_or_email_belongs_to_one_account(lan, given):
    with pytest.raises(Taken):
        shop.make_user(**given)
    assert session().scalar(sa.select(sa.func.count(User.id))) == 1


def test_passwords_are_kept_as_argon2id_and_in_one_form_of_unicode(app):
    composed, decomposed = (unicodedata.normalize(form, "mật khẩu dài") for form in ("NFC", "NFD"))
    user = shop.make_user(password=decomposed)
    assert user.password_hash.startswith("$argon2id$")
    assert accounts.recognise(typed=user.email, password=composed) is user


@pytest.mark.parametrize("typed", ["", "lan", "0987654321", "khong@example.org", "@", "+84", "9" * 500])
def test_who_is_not_there_is_not_recognised(lan, typed):
    with pytest.raises(WrongSignIn):
        accounts.recognise(typed=typed, password=shop.PASSWORD)


def test_a_password_changed_in_between_does_not_sign_in(lan):
    known = accounts.recognise(typed="0912345678", password=shop.PASSWORD)
    session().execute(
        sa.update(User).values(password_hash="other").execution_options(synchronize_session=False)
    )
    with pytest.raises(WrongSignIn):
        accounts.still(known)


@pytest.mark.parametrize(
    ("role", "lasts"),
    [
        (access.Role.SHOPPER, timedelta(days=30)),
        *((role, timedelta(hours=12)) for role in sorted(access.STAFF)),
    ],
)
def test_a_session_lasts_its_time_and_keeps_no_token(app, role, lasts):
    user = shop.make_user(role)
    opened = accounts.open_session(user=user, now=NOW)
    just_before = NOW + lasts - timedelta(seconds=1)
    assert accounts.user_of_session(token=opened.token, now=just_before) is user
    assert accounts.user_of_session(token=opened.token, now=NOW + lasts) is None
    assert session().scalars(sa.select(SignedInSession.token_hash)).one() != opened.token


def test_signing_out_ends_that_session_alone(lan):
    one, other = (accounts.open_session(user=lan, now=NOW) for _ in range(2))
    accounts.sign_out(token=one.token)
    assert accounts.user_of_session(token=one.token, now=NOW) is None
    assert accounts.user_of_session(token=other.token, now=NOW) is lan


def test_a_closed_account_loses_its_sessions_at_once(lan):
    opened = accounts.open_session(user=lan, now=NOW)
    lan.is_active = False
    session().flush()
    assert accounts.user_of_session(token=opened.token, now=NOW) is None


def test_a_password_link_works_once_and_ends_sessions(lan):
    opened = accounts.open_session(user=lan, now=NOW)
    token = accounts.start_reset(user=lan, made_by_id=None, now=NOW)
    accounts.finish_reset(token=token, password="mot-cau-dai-de-nho", now=NOW)
    assert accounts.user_of_session(token=opened.token, now=NOW) is None
    assert accounts.recognise(typed="0912345678", password="mot-cau-dai-de-nho") is lan
    with pytest.raises(ResetNotFound):
        accounts.finish_reset(token=token, password="mot-cau-nua-dai", now=NOW)


def test_only_the_newest_link_works_and_only_for_two_hours(lan):
    first = accounts.start_reset(user=lan, made_by_id=None, now=NOW)
    second = accounts.start_reset(user=lan, made_by_id=None, now=NOW)
    assert not accounts.reset_is_open(token=first, now=NOW)
    assert accounts.reset_is_open(token=second, now=NOW + timedelta(minutes=119))
    assert not accounts.reset_is_open(token=second, now=NOW + timedelta(hours=2))


def test_staff_help_finds_shoppers_alone(lan):
    assert accounts.shopper(lan.id) is lan
    with pytest.raises(AccountNotFound):
        accounts.shopper(shop.make_staff().id)
    with pytest.raises(AccountNotFound):
        accounts.shopper(999_999_999)


def test_an_address_is_saved_once_and_deleted_by_its_owner(lan):
    for _ in range(2):
        accounts.save_address(user_id=lan.id, values=HOME, now=NOW)
    (address,) = accounts.addresses(lan.id)
    with pytest.raises(AddressNotFound):
        accounts.delete_address(user_id=shop.make_user().id, address_id=address.id)
    accounts.delete_address(user_id=lan.id, address_id=address.id)
    assert accounts.addresses(lan.id) == []


def test_at_most_twenty_addresses(lan):
    for number in range(25):
        accounts.save_address(user_id=lan.id, values={**HOME, "street": str(number)}, now=NOW)
    assert session().scalar(sa.select(sa.func.count(Address.id))) == 20


def test_a_sign_up_whose_letter_nobody_read_is_forgotten_after_a_week(lan):
    values = {"name": "Lan", "phone": None, "password": "khong-ai-biet-cau-nay", "is_confirmed": False}
    waiting = accounts.create(email="moi@example.org", now=NOW - timedelta(days=6), **values)
    accounts.create(email="ai@example.org", now=NOW - timedelta(days=8), **values)
    read = accounts.create(email="ha@example.org", now=NOW - timedelta(days=8), **values)
    token = accounts.start_reset(user=read, made_by_id=None, now=NOW)
    accounts.finish_reset(token=token, password="mot-cau-dai-de-nho", now=NOW)
    assert accounts.forget_old(NOW) == 1
    assert set(session().scalars(sa.select(User.id))) == {lan.id, waiting.id, read.id}


def test_what_has_run_out_is_forgotten(lan):
    accounts.open_session(user=lan, now=NOW - timedelta(days=31))
    accounts.start_reset(user=lan, made_by_id=None, now=NOW - timedelta(hours=3))
    accounts.open_session(user=lan, now=NOW)
    assert accounts.forget_old(NOW) == 2
    assert session().scalar(sa.select(sa.func.count(PasswordReset.id))) == 0
    assert session().scalar(sa.select(sa.func.count(SignedInSession.id))) == 1
