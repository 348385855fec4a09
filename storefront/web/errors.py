"""Every error has its page: what was wrong and what to do, in the visitor's language, nothing of the inside."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from storefront import limits
from storefront.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from storefront.orders import states
from storefront.web import links, login, problems, security
from storefront.web import typed as typed_text

log = logging.getLogger(__name__)
PAGES = frozenset({400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503})
FAMILIES: tuple[tuple[type[DomainError], int], ...] = (
    (NotFound, 404),
    (Forbidden, 403),
    (Conflict, 409),
    (Invalid, 422),
)


def register(app: Flask) -> None:
    """Answer HTTP errors, domain errors that no view caught, and the unforeseen."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(Exception, _unforeseen)


def page(status: int, **values: Any) -> tuple[str | Response, int]:
    """The error page of that status; for a program that asked the API, a problem it can read."""
    if problems.is_api_call():
        seconds = values.get("seconds")
        return problems.answer(status, **({"retry_after": seconds} if seconds else {})), status
    shown = status if status in PAGES else 400 if status < 500 else 500
    # an address that takes the form let it past the guard against other sites, whose words are not shown
    is_ours = status == 400 and request.method == "POST" and request.url_rule is not None
    kept = typed_text.sound_parts(request.form) if is_ours else []
    at_desk = shown in (403, 404) and _is_at_desk()
    return render_template(
        f"errors/{shown}.html",
        status=status,
        path=request.path,
        canonical=None,
        # a page that is past the end here is past the end in every language
        other_language=links.other_language(but="trang"),
        kept=kept,
        at_desk=at_desk,
        **values,
    ), status


def _is_at_desk() -> bool:
    """Whether staff stand at their own door, so that the way back leads to the counter."""
    if not f"{request.path}/".startswith("/quay/"):
        return False
    login.mark_personal()
    user = login.current()
    return user is not None and user.is_staff


def _http(error: HTTPException) -> Any:
    status = error.code or 500
    if status < 400:
        return error
    body, code = page(status, from_elsewhere=isinstance(error, security.FromElsewhere))
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    return body, code, headers


def _domain(error: DomainError) -> Any:
    if isinstance(error, limits.TooMany):
        body, status = page(429, seconds=error.retry_after)
        return body, status, {"Retry-After": str(error.retry_after)}
    if isinstance(error, states.IllegalTransition):
        return page(409)
    status = next((code for family, code in FAMILIES if isinstance(error, family)), 422)
    return page(status)


def _unforeseen(error: Exception) -> Any:
    log.exception("unforeseen error at %s %s", request.method, request.path)
    return page(500)
