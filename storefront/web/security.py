"""What every answer carries and every request must pass: headers, the origin guard, and sound input."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, request
from werkzeug.exceptions import Forbidden, MethodNotAllowed
from werkzeug.middleware.proxy_fix import ProxyFix

import config
from storefront.web import login

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_BAD_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CONTROL_OR_BROKEN = re.compile(f"{_CONTROL.pattern}|\ufffd")


class FromElsewhere(Forbidden):
    """A form that another site sent, or whose sender the browser does not tell."""


def register(app: Flask, settings: config.Settings) -> None:
    """Hang the guards and headers on the application."""
    hops = settings.proxy_hops
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    https = settings.public_url.startswith("https://")

    @app.before_request
    def _guard() -> None:
        # an address that does not take the method changes nothing: it is answered 405
        if request.method not in SAFE and not isinstance(request.routing_exception, MethodNotAllowed):
            _refuse_other_sites(settings.public_url)
        _refuse_unsound_input()

    policy = POLICY + ("; upgrade-insecure-requests" if https else "")
    fixed = [*HEADERS.items(), ("Content-Security-Policy", policy)]
    if https:
        fixed.append(("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))

    @app.after_request
    def _headers(response: Response) -> Response:
        headers = response.headers
        told = {name.lower() for name, _value in headers}
        for name, value in fixed:
            if name.lower() not in told:
                headers.add(name, value)
        if login.is_personal():
            headers["Cache-Control"] = "no-store"
        elif "cache-control" not in told:
            headers.add("Cache-Control", "private, no-cache" if g.get("stated_adult") else "no-cache")
        return response


def _refuse_unsound_input() -> None:
    """400 for bytes that are no UTF-8, broken escapes and control characters, in the path, the query or a form."""
    raw_query = request.environ.get("QUERY_STRING", "").encode("latin-1", "replace")
    _check_escaped(raw_query)
    if _CONTROL.search(request.path) or "\ufffd" in request.path:
        abort(400)
    if request.mimetype == "application/x-www-form-urlencoded":
        _check_escaped(request.get_data(cache=True, parse_form_data=False))
    # a form in parts is decoded already, what is no UTF-8 in it by now replaced
    unsound = _CONTROL_OR_BROKEN if request.mimetype == "multipart/form-data" else _CONTROL
    for values, wrong in ((request.args, _CONTROL), (request.form, unsound)):
        for key, value in values.items(multi=True):
            if wrong.search(value) or wrong.search(key):
                abort(400)


def _check_escaped(raw: bytes) -> None:
    if _BAD_ESCAPE.search(raw):
        abort(400)
    plain = re.sub(rb"%([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), raw)
    try:
        plain.decode("utf-8")
    except UnicodeDecodeError:
        abort(400)


def _refuse_other_sites(public_url: str) -> None:
    """403 for a state-changing request that another site sent, or that does not say where it comes from.

    Browsers send Sec-Fetch-Site; older ones send Origin. A request with neither is refused.
    """
    fetch_site = request.headers.get("Sec-Fetch-Site")
    if fetch_site is not None:
        if fetch_site != "same-origin":
            raise FromElsewhere
        return
    origin = request.headers.get("Origin")
    own = {public_url, f"{request.scheme}://{request.host}"}
    if origin is None or urlsplit(origin).scheme not in ("http", "https") or origin not in own:
        raise FromElsewhere
