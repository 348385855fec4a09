"""Whole addresses that leave the shop: in letters, read out to a shopper by staff, or told to machines."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from flask import current_app, request, url_for

from storefront.journeys.open_account import Post

PAGED = frozenset({"shop.listings", "shop.group", "shop.register", "shop.producers"})
"""Lists whose further pages are pages of their own; everywhere else the query is no part of the address."""


LANGUAGES = {"vi": ""}
"""Languages of the public pages, each with what stands before the path."""


def in_languages(path: str) -> dict[str, str]:
    """The whole address of a public page in every language it has, by language; Vietnamese first."""
    return {language: _public_url() + prefix + path for language, prefix in LANGUAGES.items()}


def canonical() -> str | None:
    """The one address of the public page that answers this request; None for a page about somebody."""
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "__audience__", "") != "public":
        return None
    address = _public_url() + quote(request.script_root + request.path)
    number = request.args.get("trang", "")
    further = number.isascii() and number.isdigit() and int(number[:7]) > 1
    return f"{address}?trang={int(number[:7])}" if further and request.endpoint in PAGED else address


def whole(address: str) -> str:
    """An address of this shop, as `url_for` makes it, with its scheme and host."""
    return _public_url() + address


def new_password(token: str) -> str:
    """The page at which that token sets a new password, from PUBLIC_URL."""
    return _public_url() + url_for("shop.new_password", token=token)


def post() -> Post:
    """How letters about an account are made out."""
    return Post(link_to=new_password, domain=urlsplit(_public_url()).hostname or "localhost")


def _public_url() -> str:
    public_url: str = current_app.config["SETTINGS"].public_url
    return public_url
