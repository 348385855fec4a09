"""What is offered under the search field while somebody types."""

from __future__ import annotations

import functools
from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for

from storefront import clock, codes, languages, text
from storefront.catalogue import kinds
from storefront.catalogue.cards import ListingCard
from storefront.catalogue.search import live as search_index
from storefront.catalogue.search import suggest
from storefront.catalogue.search.named import Maker, Place
from storefront.catalogue.search.suggest import Wished
from storefront.certification.groups import SLUGS, ProductGroup
from storefront.web import age, assets, context, filters, guards, names, page_cache
from storefront.web.i18n import _, counted, lazy
from storefront.web.shop import list_address, list_words

LONGEST = 60


def register(bp: Blueprint) -> None:
    """Add the address."""
    bp.add_url_rule("/goi-y", "suggest", offer)


@guards.public
@page_cache.kept("q")
def offer() -> Response:
    """What fits what is typed so far, nearest first, as `[{label, hint, url, picture, group}]`."""
    typed = text.clean_line(request.args.get("q", ""), LONGEST)
    code = codes.parse(typed) if codes.looks_like_one(typed) else None
    if code and code[0] in _CODE_PAGES:
        return jsonify([_code(*code)])
    with search_index.current() as index:
        found = suggest.suggest(
            index,
            typed,
            clock.today(),
            with_alcohol=age.is_adult(),
            in_english=languages.current() != languages.VIETNAMESE,
        )
    return jsonify([_shown(one, typed) for one in found.offers])


_CODE_PAGES = {
    codes.Kind.LOT: lazy("mã dưới tem: xem nguồn gốc"),
    codes.Kind.ORDER: lazy("mã đơn: tìm đơn hàng"),
}


def _code(kind: codes.Kind, code: str) -> dict[str, str]:
    """Where a code leads; its check character alone is looked at, so nobody learns whether it was given out."""
    is_lot = kind is codes.Kind.LOT
    url = url_for("trace.lot", code=code) if is_lot else url_for("shop.track", ma=code)
    return {"label": codes.grouped(code), "hint": str(_CODE_PAGES[kind]), "url": url}


@functools.singledispatch
def _shown(one: Any, typed: str) -> dict[str, str]:
    raise TypeError(f"nothing shows {one!r}")


@_shown.register
def _product(one: ListingCard, typed: str) -> dict[str, str]:
    told = (
        names.gloss(one.kind),
        filters.vnd(one.price_vnd) if one.price_vnd is not None else "",
        one.producer_name,
        "" if one.is_valid else _("hết hạn chứng nhận") if one.valid_until else _("không bán"),
    )
    return {
        "label": one.name,
        "hint": " · ".join(filter(None, told)),
        "url": url_for("shop.listing", slug=one.slug),
        "picture": assets.image_url(f"kinds/{one.kind}.svg"),
        "group": one.group.value,
    }


@_shown.register
def _group(one: ProductGroup, typed: str) -> dict[str, str]:
    return {
        "label": str(context.GROUP_WORDS[one]),
        "hint": _("nhóm sản phẩm"),
        "url": url_for("shop.group", group_slug=SLUGS[one]),
        "picture": assets.image_url(f"kinds/{kinds.OF_GROUP[one]}.svg"),
        "group": one.value,
    }


@_shown.register
def _maker(one: Maker, typed: str) -> dict[str, str]:
    return {"label": one.name, "hint": _("người làm"), "url": url_for("shop.producer", slug=one.slug)}


@_shown.register
def _place(one: Place, typed: str) -> dict[str, str]:
    return {
        "label": names.place(one.name),
        "hint": _("nơi làm"),
        "url": url_for("shop.listings", xa=one.code),
    }


@_shown.register
def _wished(one: Wished, typed: str) -> dict[str, str]:
    wished = ", ".join(list_words.wish_words(one.wishes))
    return {
        "label": f"“{one.words}”, {wished}" if one.words else wished[:1].upper() + wished[1:],
        "hint": counted("%(num)s sản phẩm", one.count),
        "url": list_address.wished(one.wishes, typed, has_words=bool(one.words)).url(),
    }
