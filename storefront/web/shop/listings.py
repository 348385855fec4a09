"""The page of one product."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from markupsafe import Markup

from storefront import clock
from storefront.catalogue import kinds, picture_queries, pricing, queries
from storefront.catalogue.errors import ListingNotFound
from storefront.catalogue.models import Listing
from storefront.certification import queries as register_queries
from storefront.certification import validity
from storefront.certification.groups import SLUGS
from storefront.certification.models import RegisteredProduct
from storefront.fulfilment import queries as fulfilment
from storefront.producers.models import Producer
from storefront.stock import queries as stock
from storefront.web import age, assets, context, guards, links, media, page_cache, structured
from storefront.web.shop import product_graph


def register(bp: Blueprint) -> None:
    """Add the page."""
    bp.add_url_rule("/san-pham/<slug:slug>", "listing", listing)


@guards.public
@page_cache.kept("v")
def listing(slug: str) -> Any:
    """One product: what it is, what it costs, who certified it and until when."""
    try:
        shown, producer, product = queries.by_slug(slug)
    except ListingNotFound as error:
        if error.moved_to:
            return redirect(url_for("shop.listing", slug=error.moved_to), code=301)
        raise
    if shown.is_alcohol and not age.is_adult():
        return render_template("shop/listings/ask_age.html", target=links.here())
    return page(shown, producer, product)


def page(
    shown: Listing,
    producer: Producer,
    product: RegisteredProduct,
    *,
    problem: str = "",
    typed: Mapping[str, str] | None = None,
) -> str:
    """The page of a listing that may be shown; `problem` is what is wrong with the form on it, filled in as `typed`."""
    zones = fulfilment.tariff_zones()
    facts = {"producer": producer, "product": product, **_facts(shown, age.is_adult(), zones)}
    drawn = media.path_of(picture_queries.drawn(shown, producer.name, clock.today()))
    return render_template(
        "shop/listings/product.html",
        **facts,
        picture=drawn,
        graph=_graph(facts, zones, drawn),
        problem=problem,
        typed=typed or {},
    )


def _graph(facts: dict[str, Any], zones: list[fulfilment.ZoneTariff], drawn: str | None) -> Markup:
    shown: Listing = facts["listing"]
    group = context.GROUP_WORDS[shown.group], url_for("shop.group", group_slug=SLUGS[shown.group])
    picture = drawn or assets.image_url(f"kinds/{shown.kind}.svg")
    return structured.graph(
        structured.crumbs(group, here=shown.name), *product_graph.nodes(facts, picture, zones)
    )


def _facts(shown: Listing, adult: bool, zones: list[fulfilment.ZoneTariff]) -> dict[str, Any]:
    day = clock.today()
    certificates = register_queries.certificates_of(shown.product_id)
    current = register_queries.counting(certificates, day)
    state = validity.state_of(current, day)
    variants = queries.variants_of(shown.id)
    names = stock.point_names()
    return {
        "listing": shown,
        "kind": kinds.KINDS[shown.kind],
        "certificate": current,
        "certificate_state": state,
        "is_valid": state in validity.HOLDS,
        "older": [one for one in certificates if current is None or one.id != current.id],
        "variants": [
            (one, pricing.unit_price(one.price_vnd, one.net_quantity, one.net_unit)) for one in variants
        ],
        "asked_pack": request.args.get("v", "") if len(variants) > 1 else "",
        "can_be_sold": queries.can_be_sold(shown, day),
        "origins": [names[point_id] for point_id in shown.sent_from],
        "tariff": [zone.steps[0] for zone in zones if zone.steps],
        "lot": stock.newest_lot(shown.id),
        "related": queries.related(shown, day, adult),
    }
