"""The newest certificates as RSS, for whoever follows the register."""

from __future__ import annotations

from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from flask import Blueprint, Response, current_app, url_for

from storefront import clock
from storefront.catalogue import queries as catalogue
from storefront.catalogue.queries import Listed
from storefront.certification import queries
from storefront.certification.queries import RegisterRow
from storefront.web import filters, guards, names, page_cache
from storefront.web.i18n import _, language

MOST = 50


def register(bp: Blueprint) -> None:
    """Add the address."""
    bp.add_url_rule("/so-dang-ky/moi.rss", "register_feed", show)


@guards.public
@page_cache.kept()
def show() -> Response:
    """The certificates decided last, newest first."""
    rows = queries.newest(MOST, clock.today())
    here = _whole(url_for("shop.register_feed"))
    # words are not gathered from within other strings
    title = _("Giấy chứng nhận OCOP mới ở Hà Tĩnh")
    described = _("Sản phẩm vừa được công nhận, theo sổ đăng ký OCOP của tỉnh.")
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">\n<channel>\n'
        f"<title>{escape(title)}</title>\n"
        f"<link>{_whole(url_for('shop.register'))}</link>\n"
        f"<description>{escape(described)}</description>\n"
        f'<language>{language()}</language>\n<atom:link href={quoteattr(here)} rel="self" type="application/rss+xml"/>\n'
    )
    listed = catalogue.listed([row.product_id for row in rows])
    body = head + "".join(_item(row, listed.get(row.product_id)) for row in rows) + "</channel>\n</rss>\n"
    response = Response(body, content_type="application/rss+xml; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def _item(row: RegisterRow, listing: Listed | None) -> str:
    one = row.certificate
    gloss = names.gloss(listing.kind) if listing else ""
    name = f"{row.product_name} ({gloss})" if gloss else row.product_name
    title = _("%(name)s: %(n)s sao OCOP", name=name, n=one.stars)
    told = [row.producer_name, names.place(row.commune_name)]
    if one.decision_number:
        told.append(_("Quyết định %(number)s", number=one.decision_number))
    if one.decided_on:
        told.append(filters.day(one.decided_on))
    elif one.certified_year:
        told.append(str(one.certified_year))
    # the day of the decision where it is known; a year alone is no day
    dated = f"<pubDate>{format_datetime(clock.start_of(one.decided_on))}</pubDate>" if one.decided_on else ""
    # a page of its own where there is one: lists that a question narrows are not for robots
    page = (
        url_for("shop.listing", slug=listing.slug)
        if listing
        else url_for("shop.register", q=row.product_name)
    )
    link = _whole(page)
    return (
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link>"
        f'<guid isPermaLink="false">certificate-{one.id}</guid>{dated}'
        f"<description>{escape(' · '.join(part for part in told if part))}</description></item>\n"
    )


def _whole(path: str) -> str:
    return str(current_app.config["SETTINGS"].public_url) + path
