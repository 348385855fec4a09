"""What is offered under the search field while somebody types."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request, url_for

from storefront import clock, text
from storefront.catalogue import kinds
from storefront.catalogue.search import live as search_index
from storefront.catalogue.search import suggest
from storefront.certification.groups import SLUGS
from storefront.web import age, assets, context, filters, guards, names, page_cache
from storefront.web.i18n import _

LONGEST = 60


def register(bp: Blueprint) -> None:
    """Add the address."""
    bp.add_url_rule("/goi-y", "suggest", offer)


@guards.public
@page_cache.kept("q")
def offer() -> Response:
    """Products, producers, communes and groups for what is typed so far, as `[{label, hint, url, picture}]`."""
    typed = text.clean_line(request.args.get("q", ""), LONGEST)
    with search_index.current() as index:
        found = suggest.suggest(index, typed, clock.today(), with_alcohol=age.is_adult())
    offered = [
        {
            "label": card.name,
            "hint": " · ".join(
                part
                for part in (
                    names.gloss(card.kind),
                    filters.vnd(card.price_vnd) if card.price_vnd is not None else "",
                    card.producer_name,
                    "" if card.is_valid else _("hết hạn chứng nhận") if card.valid_until else _("không bán"),
                )
                if part
            ),
            "url": url_for("shop.listing", slug=card.slug),
            "picture": assets.image_url(f"kinds/{card.kind}.svg"),
            "group": card.group.value,
        }
        for card in found.products
    ]
    offered += [
        {
            "label": str(context.GROUP_WORDS[group]),
            "hint": _("nhóm sản phẩm"),
            "url": url_for("shop.group", group_slug=SLUGS[group]),
            "picture": assets.image_url(f"kinds/{kinds.OF_GROUP[group]}.svg"),
            "group": group.value,
        }
        for group in found.groups
    ]
    offered += [
        {"label": name, "hint": _("người làm"), "url": url_for("shop.producer", slug=slug)}
        for slug, name in found.producers
    ]
    offered += [
        {"label": names.place(name), "hint": _("nơi làm"), "url": url_for("shop.listings", xa=code)}
        for code, name in found.communes
    ]
    return jsonify(offered)
