"""Who may call an endpoint. Each view states its audience; the start-up fails for one that states none."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from flask import Flask, abort, redirect, request, url_for

from storefront import access
from storefront.accounts import models as accounts
from storefront.web import login

View = TypeVar("View", bound=Callable[..., Any])


class Audience(str):
    """`public`, `signed-in`, or the permission asked for."""


def _mark(view: View, audience: str) -> View:
    view.__audience__ = Audience(audience)  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Anybody may call it, and it shows everybody the same."""
    return _mark(view, "public")


def personal(view: View) -> View:
    """Anybody may call it; what it shows belongs to the visitor (basket, order by secret), so nobody may keep it."""

    @functools.wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        login.mark_personal()
        return view(*args, **kwargs)

    return _mark(wrapped, "personal")  # type: ignore[return-value]


def signed_in(view: View) -> View:
    """Only a person with an account, for their own things."""

    @functools.wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        login.mark_personal()
        if login.current() is None:
            return _ask_to_sign_in()
        return view(*args, **kwargs)

    return _mark(wrapped, "signed-in")  # type: ignore[return-value]


def requires(permission: access.Permission) -> Callable[[View], View]:
    """Only staff who hold that permission; a stranger is asked to sign in, a shopper finds nothing there."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            login.mark_personal()
            user = login.current()
            if user is None:
                return _ask_to_sign_in()
            if not access.may(user.role, permission):
                abort(403 if user.is_staff else 404)
            return view(*args, **kwargs)

        return _mark(wrapped, permission.value)  # type: ignore[return-value]

    return decorate


def me() -> accounts.User:
    """The signed-in person, inside a view guarded by `signed_in` or `requires`."""
    user = login.current()
    if user is None:
        abort(401)
    return user


def not_found() -> NoReturn:
    """The page that is not there, or not the caller's."""
    abort(404)


def _ask_to_sign_in() -> Any:
    wanted = request.script_root + request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("shop.sign_in", tiep=wanted), code=303)


def check_every_endpoint(app: Flask) -> None:
    """Fail the start when a view states no audience.

    :raises RuntimeError: naming the endpoints.
    """
    silent = sorted(name for name, view in app.view_functions.items() if not hasattr(view, "__audience__"))
    if silent:
        raise RuntimeError(f"no audience stated at: {', '.join(silent)}")
