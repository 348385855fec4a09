"""Product feeds for merchant catalogues: what can be bought, at the price and with the stock that its page shows.

Their addresses hold a secret token, so that a catalogue of everything is not fetched by whoever likes. A product comes
in once its picture is drawn: both catalogues refuse an item without one.
"""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
import tempfile
from collections.abc import Iterator
from typing import IO
from xml.sax.saxutils import escape

from flask import Blueprint, Response, current_app, request, url_for

import config
from storefront import clock
from storefront.catalogue import feed_queries, kinds, pricing
from storefront.catalogue.feed_queries import PackOnSale
from storefront.catalogue.models import NetUnit
from storefront.fulfilment import queries as fulfilment
from storefront.web import compression, context, guards, media
from storefront.web.i18n import _

_UNITS = {NetUnit.GRAM: "g", NetUnit.MILLILITRE: "ml", NetUnit.PIECE: "ct"}
_BASES = {"kg": "1 kg", "l": "1 l", "cái": "1 ct"}
Item = dict[str, str]


def register(bp: Blueprint) -> None:
    """Add the addresses."""
    bp.add_url_rule("/feeds/<token>/google.xml", "feed_google", google)
    bp.add_url_rule("/feeds/<token>/meta.csv", "feed_meta", meta)


@guards.public
def google(token: str) -> Response:
    """RSS 2.0 with Google's names, for Merchant Center."""
    _check(token)
    return _answer(_google_lines(), "application/xml; charset=utf-8")


@guards.public
def meta(token: str) -> Response:
    """CSV with Meta's names, for a catalogue of Facebook and Instagram."""
    _check(token)
    return _answer(_meta_lines(), "text/csv; charset=utf-8")


def _google_lines() -> Iterator[str]:
    home = escape(_settings().public_url + url_for("shop.home"))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">\n<channel>\n'
    yield f"<title>{escape(_('Sản vật Hà Tĩnh'))}</title>\n<link>{home}</link>\n"
    yield f"<description>{escape(_('Sản phẩm OCOP Hà Tĩnh đang bán.'))}</description>\n"
    zones = fulfilment.tariff_zones()
    for pack in _packs():
        told = "".join(f"<g:{name}>{escape(value)}</g:{name}>" for name, value in google_item(pack).items())
        yield f"<item>{told}{_shipping(pack, zones)}</item>\n"
    yield "</channel>\n</rss>\n"


def _meta_lines() -> Iterator[str]:
    names = [*_common(None), "item_group_id", "size"]
    for row in (names, *(list(meta_item(pack).values()) for pack in _packs())):
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow(row)
        yield line.getvalue()


def google_item(pack: PackOnSale) -> Item:
    """A pack in Google's words."""
    listing, variant = pack.listing, pack.variant
    per = pricing.unit_price(variant.price_vnd, variant.net_quantity, variant.net_unit)
    kind = kinds.KINDS[listing.kind].word if listing.kind in kinds.KINDS else ""
    group = str(context.GROUP_WORDS[listing.group])
    item = {
        **_common(pack),
        "availability": "in_stock" if pack.variant.left_shown else "out_of_stock",
        "identifier_exists": "no",
        "size": variant.label,
        "unit_pricing_measure": f"{variant.net_quantity} {_UNITS[variant.net_unit]}",
        "unit_pricing_base_measure": _BASES[per.unit],
        "shipping_weight": f"{variant.shipping_weight_g} g",
        "product_type": f"{group} > {kind}" if kind else group,
        "product_highlight": _(
            "OCOP %(n)s sao, chứng nhận %(year)s", n=listing.stars, year=listing.certified_year
        ),
    }
    if pack.packs > 1:
        item["item_group_id"] = f"L{listing.id}"
    return item


def meta_item(pack: PackOnSale) -> Item:
    """A pack in Meta's words, every column in its place."""
    return {
        **_common(pack),
        "item_group_id": f"L{pack.listing.id}" if pack.packs > 1 else "",
        "size": pack.variant.label if pack.packs > 1 else "",
    }


def _common(pack: PackOnSale | None) -> Item:
    """What both catalogues call the same; without a pack, the names alone."""
    names = (
        "id",
        "title",
        "description",
        "availability",
        "condition",
        "price",
        "link",
        "image_link",
        "brand",
    )
    if pack is None:
        return dict.fromkeys(names, "")
    listing, variant, url = pack.listing, pack.variant, _settings().public_url
    values = (
        variant.sku if len(variant.sku) <= 50 else f"V{variant.id}",
        f"{listing.name}, {variant.label}"[:150],
        listing.description[:5000],
        "in stock" if pack.variant.left_shown else "out of stock",
        "new",
        f"{variant.price_vnd} VND",
        url + url_for("shop.listing", slug=listing.slug, v=variant.id if pack.packs > 1 else None),
        f"{url}{media.path_of(pack.picture)}",
        pack.producer_name[:70],
    )
    return dict(zip(names, values, strict=True))


def _shipping(pack: PackOnSale, zones: list[fulfilment.ZoneTariff]) -> str:
    """The dearest zone's fee for one pack: nobody pays more for it than the catalogue says."""
    steps = [zone.step_for(pack.variant.shipping_weight_g) for zone in zones]
    fees = [step.fee_vnd for step in steps if step]
    if not fees:
        return ""
    return f"<g:shipping><g:country>VN</g:country><g:price>{max(fees)} VND</g:price></g:shipping>"


def _packs() -> Iterator[PackOnSale]:
    return (pack for pack in feed_queries.packs_on_sale(clock.today()) if pack.picture)


def _check(token: str) -> None:
    """404 without the token, or where the shop has none."""
    wanted = _settings().feed_token
    if not wanted or not hmac.compare_digest(token.encode(), wanted.encode()):
        guards.not_found()


def _answer(lines: Iterator[str], content_type: str) -> Response:
    """The file, compressed and written to disk first: it is never whole in memory, and its ETag is that of its bytes."""
    encoding = compression.choose(request.headers.get("Accept-Encoding", ""))
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    digest = hashlib.sha256()
    for body in compression.encode_parts((line.encode() for line in lines), encoding):
        digest.update(body)
        file.write(body)
    size = file.tell()
    file.seek(0)
    response = Response(_read(file), content_type=content_type)
    response.content_length = size
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Accept-Encoding")
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.set_etag(digest.hexdigest()[:32])
    response.make_conditional(request)
    response.call_on_close(file.close)
    if response.status_code == 304:
        file.close()
    return response


def _read(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while part := file.read(64 * 1024):
            yield part


def _settings() -> config.Settings:
    settings: config.Settings = current_app.config["SETTINGS"]
    return settings
