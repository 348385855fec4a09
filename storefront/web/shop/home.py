"""The first page."""

from __future__ import annotations

from flask import Blueprint, render_template

from storefront import clock
from storefront.catalogue import kinds, queries
from storefront.catalogue.queries import ListingFilter, Sort
from storefront.certification import queries as register_queries
from storefront.certification.groups import ProductGroup
from storefront.fulfilment import queries as fulfilment
from storefront.web import assets, guards, page_cache, structured
from storefront.web.shop import cards


def register(bp: Blueprint) -> None:
    """Add the page."""
    bp.add_url_rule("/", "home", home)


@guards.public
@page_cache.kept()
def home() -> str:
    """What the shop is, its six groups, and what has four stars or was certified last."""
    day = clock.today()
    shown = queries.some(ListingFilter(only_valid=True), Sort.RELEVANCE, 10, day)
    return render_template(
        "shop/home/home.html",
        cards=shown,
        pile=cards.varied(shown, 4),
        counts=queries.count_by_group(),
        groups=list(ProductGroup),
        group_kinds=kinds.OF_GROUP,
        registered=register_queries.count_products(),
        graph=structured.graph(
            structured.website(),
            structured.store(fulfilment.tariff_zones(), assets.image_url("icon-512.png")),
        ),
    )
