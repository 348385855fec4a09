"""The visitor's basket in a request: found by the cookie or the account, and shown in the header by the display cookie."""

from __future__ import annotations

from datetime import timedelta

from flask import g, request

from storefront import clock
from storefront.cart import service as cart_service
from storefront.cart.models import Cart
from storefront.cart.service import OpenCart
from storefront.web import login

COOKIE = "gio"


def token() -> str:
    """The browser's basket token, also one that this very answer gives it; empty when it has none."""
    new: str = g.get("basket_token", "")
    return new or request.cookies.get(COOKIE, "")[:100]


def current() -> Cart | None:
    """The basket with its lines, if there is one."""
    user = login.current()
    return cart_service.find(token=token(), user_id=user.id if user else None)


def current_or_new() -> OpenCart:
    """The basket to put something into, made (inside a transaction) when there is none; the browser gets a token."""
    user = login.current()
    mine = token()
    is_fresh = user is None and not mine
    if is_fresh:
        mine = g.basket_token = cart_service.new_token()
        login.set_cookie(COOKIE, mine, expires=clock.now() + timedelta(days=60))
    return cart_service.opened(
        token=mine, user_id=user.id if user else None, now=clock.now(), is_fresh=is_fresh
    )


def show_in_header(count: int | None = None) -> None:
    """Bring the display cookie up to the basket and the account (call after the commit), counted when not told."""
    user = login.current()
    count = cart_service.count(current()) if count is None else count
    login.show(count=count, name=user.name.split()[-1] if user and user.name else "")
