"""Sign in: the password, a session that is new, the old one of that browser gone, and the guest's basket merged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storefront.accounts import service as accounts
from storefront.accounts.service import Opened
from storefront.cart import service as cart
from storefront.database import transaction


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """The new session, and how many lines of the guest's basket moved into the account's or did not fit."""

    opened: Opened
    merged: int
    left_out: int


def run(*, typed: str, password: str, session_token: str, basket_token: str, now: datetime) -> SignedIn:
    """Sign in with a phone or an e-mail as typed.

    The slow hash is computed before the transaction, so that guesses do not keep anybody from writing.

    :raises WrongSignIn: in the same words and the same time whether or not the account exists.
    """
    user = accounts.recognise(typed=typed, password=password)
    with transaction():
        opened = accounts.open_session(user=accounts.still(user), now=now)
        accounts.sign_out(token=session_token)
        guest = cart.find(token=basket_token, user_id=None)
        lines = len(guest.lines) if guest else 0
        merged = cart.merge(token=basket_token, user_id=user.id, now=now)
    return SignedIn(opened=opened, merged=merged, left_out=lines - merged)
