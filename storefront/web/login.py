"""The signed-in session of this request: one row, found by the hash of the cookie's token."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Any

from flask import Flask, Response, current_app, g, request

from storefront import clock
from storefront.accounts import models as accounts
from storefront.accounts import service as account_service

SESSION_COOKIE = "phien"
DISPLAY_COOKIE = "hien_thi"


def register(app: Flask) -> None:
    """Send the cookies a view asked for."""
    app.after_request(_send_cookies)


def current() -> accounts.User | None:
    """The signed-in person, looked up once a request."""
    if "user" not in g:
        token = request.cookies.get(SESSION_COOKIE, "")
        g.user = account_service.user_of_session(token=token, now=clock.now()) if token else None
    user: accounts.User | None = g.user
    return user


def mark_personal() -> None:
    """This answer belongs to one person: no cache may keep it."""
    g.personal = True


def is_personal() -> bool:
    """Whether the answer belongs to one person."""
    return bool(g.get("personal", False))


def set_cookie(name: str, value: str, *, expires: datetime | None = None, readable: bool = False) -> None:
    """Send a cookie with this answer, HttpOnly unless `readable`; an empty value deletes it."""
    g.setdefault("cookies", {})[name] = (value, expires, readable)


def signed_in(user: accounts.User, token: str, expires: datetime) -> None:
    """Remember a new signed-in session in the browser."""
    g.user = user
    set_cookie(SESSION_COOKIE, token, expires=expires)


def signed_out() -> None:
    """Forget the session in the browser."""
    g.user = None
    set_cookie(SESSION_COOKIE, "")


def show(*, count: int, name: str) -> None:
    """Put the basket's count and the short name into the display cookie that the header's script reads.

    The server never trusts it: it only decorates public pages, which are the same for everybody.
    """
    packed = base64.urlsafe_b64encode(json.dumps({"n": count, "ten": name}).encode()).decode().rstrip("=")
    set_cookie(DISPLAY_COOKIE, packed if count or name else "", readable=True)


def _send_cookies(response: Response) -> Response:
    secure = current_app.config["SETTINGS"].public_url.startswith("https://")
    cookies: dict[str, tuple[str, Any, bool]] = g.get("cookies", {})
    for name, (value, expires, readable) in cookies.items():
        if value:
            # a lifetime, not a date: the shop's day may be pretended, the browser's is not
            lifetime = None if expires is None else expires - clock.now()
            response.set_cookie(
                name, value, max_age=lifetime, httponly=not readable, samesite="Lax", secure=secure
            )
        else:
            response.delete_cookie(name, httponly=not readable, samesite="Lax", secure=secure)
    return response
