"""Accounts: made, signed in and out, passwords changed and reset. Every signed-in session is a row."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from storefront.access import Role
from storefront.accounts import contact, passwords
from storefront.accounts.errors import AccountNotFound, AddressNotFound, ResetNotFound, Taken, WrongSignIn
from storefront.accounts.models import Address, PasswordReset, SignedInSession, User
from storefront.database import session, violated
from storefront.errors import Invalid
from storefront.languages import VIETNAMESE

SESSION_LASTS = timedelta(days=30)
STAFF_SESSION_LASTS = timedelta(hours=12)
RESET_LASTS = timedelta(hours=2)
SIGN_UP_WAITS = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A new signed-in session: the token goes to the browser, only its hash stays here."""

    user: User
    token: str
    expires_at: datetime


def create(
    *,
    name: str,
    phone: str | None,
    email: str | None,
    password: str,
    role: Role = Role.SHOPPER,
    is_confirmed: bool = True,
    language: str = VIETNAMESE,
    now: datetime,
) -> User:
    """Make an account (phone in E.164, e-mail in lower case); one not confirmed waits for its letter to be read.

    :raises Taken: when another account has the phone or the e-mail.
    """
    user = User(
        phone=phone,
        email=email,
        name=name,
        password_hash=passwords.hashed(password),
        role=role,
        is_active=True,
        created_at=now,
        confirmed_at=now if is_confirmed else None,
        language=language,
    )
    try:
        with session().begin_nested():
            session().add(user)
            session().flush()
    except sa.exc.IntegrityError as error:
        raise Taken(violated(error)) from None
    return user


def find(typed: str) -> User | None:
    """The active account of a phone or e-mail as typed."""
    try:
        where = User.email == contact.email(typed) if "@" in typed else User.phone == contact.phone(typed)
    except Invalid:
        return None
    return session().scalar(sa.select(User).where(where, User.is_active))


def recognise(*, typed: str, password: str) -> User:
    """Who knows the password of that phone or e-mail; slow on purpose, so call it outside a transaction.

    :raises WrongSignIn: in the same words and the same time whether or not the account exists.
    """
    user = find(typed)
    kept = user.password_hash if user else None
    if not passwords.matches(password[: passwords.LONGEST], kept) or user is None:
        raise WrongSignIn
    return user


def still(user: User) -> User:
    """The account read again inside the transaction that signs in.

    :raises WrongSignIn: when it was closed, or its password changed, since `recognise`.
    """
    same = (User.id == user.id, User.is_active, User.password_hash == user.password_hash)
    if session().scalar(sa.select(User.id).where(*same)) is None:
        raise WrongSignIn
    return user


def sign_in(*, typed: str, password: str, now: datetime) -> Opened:
    """Open a session for who knows the password.

    :raises WrongSignIn: in the same words and the same time whether or not the account exists.
    """
    return open_session(user=recognise(typed=typed, password=password), now=now)


def open_session(*, user: User, now: datetime) -> Opened:
    """A new session row for that person."""
    token = secrets.token_urlsafe(32)
    expires = now + (STAFF_SESSION_LASTS if user.is_staff else SESSION_LASTS)
    session().add(
        SignedInSession(
            token_hash=_hash(token), user_id=user.id, created_at=now, seen_at=now, expires_at=expires
        )
    )
    session().flush()
    return Opened(user=user, token=token, expires_at=expires)


def user_of_session(*, token: str, now: datetime) -> User | None:
    """Whose session that token opens, if it still stands."""
    found = (
        sa.select(User)
        .join(SignedInSession, SignedInSession.user_id == User.id)
        .where(SignedInSession.token_hash == _hash(token), SignedInSession.expires_at > now, User.is_active)
    )
    return session().scalar(found)


def sign_out(*, token: str) -> None:
    """Take the session away."""
    session().execute(sa.delete(SignedInSession).where(SignedInSession.token_hash == _hash(token)))


def rename(*, user: User, name: str) -> None:
    """Change the name the shop calls the person by."""
    user.name = name
    session().flush()


def set_password(*, user: User, password: str) -> None:
    """Change the password; every session of the person ends."""
    user.password_hash = passwords.hashed(password)
    session().execute(sa.delete(SignedInSession).where(SignedInSession.user_id == user.id))
    session().flush()


def start_reset(*, user: User, made_by_id: int | None, now: datetime) -> str:
    """A token that sets a new password once, within two hours; older ones of the person end."""
    session().execute(sa.delete(PasswordReset).where(PasswordReset.user_id == user.id))
    token = secrets.token_urlsafe(32)
    session().add(
        PasswordReset(
            token_hash=_hash(token),
            user_id=user.id,
            created_at=now,
            expires_at=now + RESET_LASTS,
            used_at=None,
            made_by_id=made_by_id,
        )
    )
    session().flush()
    return token


def reset_is_open(*, token: str, now: datetime) -> bool:
    """Whether the link can still be used."""
    return _open_reset(token, now) is not None


def finish_reset(*, token: str, password: str, now: datetime) -> User:
    """Set the new password and end all sessions.

    :raises ResetNotFound: when the link was used, has run out, or never was.
    """
    reset = _open_reset(token, now)
    if reset is None:
        raise ResetNotFound
    used = sa.update(PasswordReset).where(PasswordReset.id == reset.id, PasswordReset.used_at.is_(None))
    if not session().execute(used.values(used_at=now)).rowcount:  # type: ignore[attr-defined]
        raise ResetNotFound
    user = session().get_one(User, reset.user_id)
    user.confirmed_at = user.confirmed_at or now
    set_password(user=user, password=password)
    return user


def shopper(user_id: int) -> User:
    """The active account of a shopper, whom staff may help; accounts of staff are not found here.

    :raises AccountNotFound: when there is none.
    """
    found = sa.select(User).where(User.id == user_id, User.role == Role.SHOPPER, User.is_active)
    user = session().scalar(found)
    if user is None:
        raise AccountNotFound(str(user_id))
    return user


def addresses(user_id: int) -> list[Address]:
    """Saved addresses, newest first."""
    found = sa.select(Address).where(Address.user_id == user_id).order_by(Address.id.desc())
    return list(session().scalars(found))


def save_address(*, user_id: int, values: dict[str, str], now: datetime) -> None:
    """Save an address unless the very same is saved already (at most 20)."""
    same = [getattr(Address, name) == value for name, value in values.items()]
    if (
        session().scalar(sa.select(Address.id).where(Address.user_id == user_id, *same))
        or len(addresses(user_id)) >= 20
    ):
        return
    session().add(Address(user_id=user_id, created_at=now, **values))
    session().flush()


def delete_address(*, user_id: int, address_id: int) -> None:
    """Delete one's own address.

    :raises AddressNotFound: when it is not there or another's.
    """
    done = session().execute(sa.delete(Address).where(Address.id == address_id, Address.user_id == user_id))
    if not done.rowcount:  # type: ignore[attr-defined]
        raise AddressNotFound


def forget_old(now: datetime) -> int:
    """Delete sessions and password links that have run out, and sign-ups nobody confirmed; returns how many."""
    gone = session().execute(sa.delete(SignedInSession).where(SignedInSession.expires_at < now))
    links = session().execute(sa.delete(PasswordReset).where(PasswordReset.expires_at < now))
    unread = session().execute(
        sa.delete(User).where(User.confirmed_at.is_(None), User.created_at < now - SIGN_UP_WAITS)
    )
    return int(gone.rowcount + links.rowcount + unread.rowcount)  # type: ignore[attr-defined]


def _open_reset(token: str, now: datetime) -> PasswordReset | None:
    where = (
        PasswordReset.token_hash == _hash(token),
        PasswordReset.expires_at > now,
        PasswordReset.used_at.is_(None),
    )
    return session().scalar(sa.select(PasswordReset).where(*where))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
