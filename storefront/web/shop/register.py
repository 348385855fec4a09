"""The public register: every certificate the shop knows, its state today and where it was told."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for

from storefront import clock, text
from storefront.catalogue import queries as catalogue
from storefront.catalogue.search import asking
from storefront.catalogue.search import live as search_index
from storefront.certification import queries
from storefront.web import guards, page_cache, paging, structured
from storefront.web.i18n import _


def register(bp: Blueprint) -> None:
    """Add the page."""
    bp.add_url_rule("/so-dang-ky", "register", show)


@guards.public
@page_cache.kept("q", "trang")
def show() -> str:
    """Certificates by product, producer, commune or decision number. Alcohol is named here, never sold."""
    query = text.clean_line(request.args.get("q", ""), 120)
    number = paging.wanted()
    rows, total = queries.search(query, number, clock.today())
    meant = "" if total else _meant(query)
    if meant:
        rows, total = queries.search(meant, number, clock.today())

    def address(page_number: int) -> str:
        return url_for("shop.register", q=query or None, trang=page_number if page_number > 1 else None)

    return render_template(
        "shop/register/show.html",
        rows=rows,
        listed=catalogue.listed([row.product_id for row in rows]),
        query=query,
        meant=meant if total else "",
        page=paging.of(number, total, queries.PAGE_SIZE),
        address=address,
        graph=structured.graph(structured.crumbs(here=_("Sổ đăng ký OCOP"))),
    )


def _meant(query: str) -> str:
    """What was meant by words that no row bears, as far as the listings tell: a slip, another name."""
    with search_index.current() as index:
        return asking.match(index, query, index.live).shown
