"""Whole addresses that leave the shop: in letters, read out to a shopper by staff, or told to machines."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from storefront import languages
from storefront.catalogue.search.facets import Facet
from storefront.journeys.open_account import Post

PAGED = frozenset({"shop.listings", "shop.group", "shop.register", "shop.producers"})
"""Lists whose further pages are pages of their own; everywhere else the query is no part of the address."""


KEPT = frozenset({*(facet.value for facet in Facet), "q", "dung", "xep", "trang", "ma", "v", "tiep", "don"})
"""Parts of a query that a page keeps in its other language; what no page knows is not repeated."""


def in_languages(path: str) -> dict[str, str]:
    """The whole address of a public page in every language, by language; Vietnamese first."""
    return {language: _public_url() + prefix + path for language, prefix in languages.PREFIXES.items()}


def twins(address: str) -> dict[str, str]:
    """The same for a page named by its whole address in one of the languages."""
    return in_languages(plain(address.removeprefix(_public_url())))


def other_language(*, but: str = "") -> tuple[str, str]:
    """The language that is not spoken, and this page in it; what a form answered leads to the page the form is on.

    `but` names a part of the query that is left out.
    """
    path = _page_above(request.path)
    kept = [(name, value) for name, value in request.args.items(multi=True) if name in KEPT and name != but]
    query = f"?{urlencode(sorted(kept))}" if kept and path == request.path else ""
    return in_other_language(quote(path) + query)


def in_other_language(address: str) -> tuple[str, str]:
    """The language that is not spoken, and that page of the shop, query and all, in it."""
    other = languages.ENGLISH if languages.current() == languages.VIETNAMESE else languages.VIETNAMESE
    return other, languages.PREFIXES[other] + plain(address)


def canonical() -> str | None:
    """The one address of the public page that answers this request; None for a page about somebody."""
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "__audience__", "") != "public":
        return None
    address = _public_url() + quote(request.script_root + request.path)
    number = request.args.get("trang", "")
    further = number.isascii() and number.isdigit() and int(number[:7]) > 1
    return f"{address}?trang={int(number[:7])}" if further and request.endpoint in PAGED else address


def here() -> str:
    """The path of this request in its language, for coming back to it."""
    return request.script_root + request.path


def plain(address: str) -> str:
    """An address as it is printed, without a language: whoever reads it on paper may speak either."""
    return languages.split(address)[1]


def whole(address: str) -> str:
    """An address of this shop, as `url_for` makes it, with its scheme and host."""
    return _public_url() + address


def new_password(token: str) -> str:
    """The page at which that token sets a new password, from PUBLIC_URL."""
    return _public_url() + languages.at(plain(url_for("shop.new_password", token=token)))


def post() -> Post:
    """How letters about an account are made out."""
    return Post(link_to=new_password, domain=urlsplit(_public_url()).hostname or "localhost")


def _page_above(path: str) -> str:
    """The page at that path, or the nearest one above it where only a form is sent to it."""
    if request.method in ("GET", "HEAD"):
        return path
    adapter = current_app.url_map.bind("")
    while path != "/":
        try:
            adapter.match(path, method="GET")
        except RequestRedirect:
            return path
        except HTTPException:
            path = path.rpartition("/")[0] or "/"
        else:
            break
    return path


def _public_url() -> str:
    public_url: str = current_app.config["SETTINGS"].public_url
    return public_url
