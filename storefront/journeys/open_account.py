"""Open an account and forgotten passwords, answering the same whether or not the account exists.

By e-mail the address itself answers: whoever asks is told that a letter was sent, and only the letter's reader gets
on. A phone cannot be written to, so there the password given counts only if the number was free, and the next step is
the sign-in page either way. What remains: who opens an account for a number can learn, by then signing in, that it
was free; a few tries an hour and a network, each of which leaves an account behind, keep that from being a list.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from storefront import languages
from storefront.accounts import service as accounts
from storefront.accounts.errors import Taken
from storefront.accounts.models import User
from storefront.outbox import letters
from storefront.outbox import service as outbox


@dataclass(frozen=True, kw_only=True)
class Post:
    """How letters of this shop are made out: the address of a token's page, and the domain of message ids."""

    link_to: Callable[[str], str]
    domain: str


def by_phone(*, name: str, phone: str, password: str, language: str, now: datetime) -> None:
    """Open an account for a number that has none; for one that has, nothing happens (the same time passes)."""
    _make(
        name=name,
        phone=phone,
        email=None,
        password=password,
        is_confirmed=True,
        language=language,
        now=now,
    )


def by_email(*, name: str, email: str, post: Post, language: str, now: datetime) -> None:
    """Send the letter in which a new account gets its password, or one that says there is an account already."""
    _make(
        name=name,
        phone=None,
        email=email,
        password=secrets.token_urlsafe(32),
        is_confirmed=False,
        language=language,
        now=now,
    )
    user = accounts.find(email)
    if user is not None:
        _send_link(user, post, now)


def forgotten(*, email: str, post: Post, now: datetime) -> None:
    """Send a link that sets a new password, if the address has an account."""
    user = accounts.find(email)
    if user is not None:
        _send_link(user, post, now)


def _make(
    *,
    name: str,
    phone: str | None,
    email: str | None,
    password: str,
    is_confirmed: bool,
    language: str,
    now: datetime,
) -> None:
    try:
        accounts.create(
            name=name,
            phone=phone,
            email=email,
            password=password,
            is_confirmed=is_confirmed,
            language=language,
            now=now,
        )
    except Taken:
        return


def _send_link(user: User, post: Post, now: datetime) -> None:
    token = accounts.start_reset(user=user, made_by_id=None, now=now)
    with languages.speaking(user.language):
        link = post.link_to(token)
    written = letters.write("password_reset", user.language, link=link)
    assert user.email is not None  # it was found by its address
    outbox.put(
        kind="password_reset",
        to_address=user.email,
        subject=written.subject,
        body=written.body,
        domain=post.domain,
        now=now,
    )
