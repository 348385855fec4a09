"""Sign in: the password, a session that is new, the old one of that browser gone, and the guest's basket merged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storefront.accounts import service as accounts
from storefront.accounts.service import Opened
from storefront.cart import service as cart
from storefront.catalogue import queries as catalogue
from storefront.catalogue.models import Listing, Variant
from storefront.database import transaction


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """The new session, what of the guest's basket moved into the account's, and how many lines did not fit."""

    opened: Opened
    merged: list[tuple[Listing, Variant]]
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
        moved = cart.merge(token=basket_token, user_id=user.id, now=now)
        merged = catalogue.named(moved)
    return SignedIn(opened=opened, merged=merged, left_out=lines - len(moved))
