"""Site maps: an index, and a file for each kind of page, with its pictures and its languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from xml.sax.saxutils import escape

from flask import Blueprint, Response, current_app, url_for

from storefront import clock
from storefront.catalogue import sitemap_queries as queries
from storefront.certification.groups import SLUGS
from storefront.web import guards, links, media, page_cache
from storefront.web.shop import info

PER_FILE = 10_000
"""Products a file; with its other language a product is two of the 50,000 addresses a file may have."""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)
Page = tuple[str, datetime | date | None, str | None]
"""Path, last change, path of its picture."""


def register(bp: Blueprint) -> None:
    """Add the addresses."""
    bp.add_url_rule("/sitemap.xml", "sitemap", index)
    bp.add_url_rule("/sitemap-trang.xml", "sitemap_pages", pages)
    bp.add_url_rule("/sitemap-nguoi-lam.xml", "sitemap_producers", producers)
    bp.add_url_rule("/sitemap-san-pham-<id:number>.xml", "sitemap_products", products)


@guards.public
@page_cache.kept()
def index() -> Response:
    """The files."""
    files = -(-queries.count_products() // PER_FILE)
    paths = [url_for("shop.sitemap_pages"), url_for("shop.sitemap_producers")]
    paths += [url_for("shop.sitemap_products", number=number) for number in range(1, files + 1)]
    entries = "".join(f"<sitemap><loc>{_whole(path)}</loc></sitemap>\n" for path in paths)
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    return _answer(f"{_HEAD}<sitemapindex {space}>\n{entries}</sitemapindex>\n")


@guards.public
@page_cache.kept()
def pages() -> Response:
    """First page, lists, groups, communes, register and information."""
    groups = queries.groups()
    newest = max(groups.values(), default=None)
    found: list[Page] = [
        (url_for(name), newest, None) for name in ("shop.home", "shop.listings", "shop.producers")
    ]
    found += [
        (url_for("shop.group", group_slug=SLUGS[group]), changed_at, None)
        for group, changed_at in groups.items()
    ]
    found += [
        (url_for("shop.listings", xa=code), changed_at, None) for code, changed_at in queries.communes()
    ]
    found.append((url_for("shop.register"), queries.register_changed_at(), None))
    found.append((url_for("trace.enter"), None, None))
    found += [(url_for(f"shop.{view.__name__}"), info.VERSION, None) for view in info.PAGES.values()]
    return _answer(_urlset(found))


@guards.public
@page_cache.kept()
def producers() -> Response:
    """Everyone who has something to show."""
    return _answer(
        _urlset(
            (url_for("shop.producer", slug=one.slug), one.changed_at, None) for one in queries.producers()
        )
    )


@guards.public
@page_cache.kept()
def products(number: int) -> Response:
    """So many products, by the order in which they came."""
    found: list[Page] = [
        (url_for("shop.listing", slug=one.slug), one.changed_at, media.path_of(one.picture))
        for one in queries.products(clock.today(), number, PER_FILE)
    ]
    if not found:
        guards.not_found()
    return _answer(_urlset(found))


def _urlset(found: Iterable[Page]) -> str:
    return f"{_HEAD}<urlset {_SPACES}>\n{''.join(_entries(found))}</urlset>\n"


def _entries(found: Iterable[Page]) -> Iterator[str]:
    for path, changed, picture in found:
        twins = links.in_languages(path)
        alternates = [
            f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(address)}"/>'
            for language, address in (*twins.items(), ("x-default", twins["vi"]))
        ]
        rest = f"<lastmod>{_stamp(changed)}</lastmod>" if changed else ""
        rest += "".join(alternates) if len(twins) > 1 else ""
        if picture:
            rest += f"<image:image><image:loc>{_whole(picture)}</image:loc></image:image>"
        for address in twins.values():
            yield f"<url><loc>{escape(address)}</loc>{rest}</url>\n"


def _stamp(moment: datetime | date) -> str:
    return moment.isoformat(timespec="seconds") if isinstance(moment, datetime) else moment.isoformat()


def _whole(path: str) -> str:
    return escape(current_app.config["SETTINGS"].public_url + path)


def _answer(body: str) -> Response:
    response = Response(body, content_type="application/xml; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
