"""Lists of products and the page of one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from markupsafe import Markup

from storefront import clock, text
from storefront.catalogue import kinds, picture_queries, pricing, queries
from storefront.catalogue.errors import ListingNotFound
from storefront.catalogue.models import Listing
from storefront.catalogue.queries import ListingFilter, Sort
from storefront.certification import queries as register_queries
from storefront.certification import validity
from storefront.certification.groups import SLUGS, ProductGroup
from storefront.database import session
from storefront.fulfilment import queries as fulfilment
from storefront.producers.models import Producer
from storefront.stock import queries as stock
from storefront.web import age, assets, context, guards, media, paging, structured
from storefront.web.i18n import lazy
from storefront.web.shop import cards, product_graph

GROUP_OF_SLUG = {slug: group for group, slug in SLUGS.items()}
SORT_WORDS = {
    Sort.RELEVANCE: lazy("Phù hợp nhất"),
    Sort.NEWEST: lazy("Mới chứng nhận"),
    Sort.STARS: lazy("Nhiều sao trước"),
    Sort.CHEAPEST: lazy("Giá thấp trước"),
    Sort.DEAREST: lazy("Giá cao trước"),
    Sort.NAME: lazy("Tên A–Y"),
}
MOST_QUERY = 120


def register(bp: Blueprint) -> None:
    """Add the pages."""
    bp.add_url_rule("/san-pham", "listings", listings)
    bp.add_url_rule("/nhom/<slug:group_slug>", "group", group)
    bp.add_url_rule("/tim", "search", search)
    bp.add_url_rule("/san-pham/<slug:slug>", "listing", listing)


@guards.public
def listings() -> str:
    """All products."""
    return _list("shop.listings", None, "")


@guards.public
def group(group_slug: str) -> str:
    """The products of one of the six groups."""
    wanted = GROUP_OF_SLUG.get(group_slug)
    if wanted is None:
        guards.not_found()
    return _list("shop.group", wanted, "")


@guards.public
def search() -> str:
    """Products in whose name, kind, producer or place every word typed occurs, with or without marks."""
    return _list("shop.search", None, text.clean_line(request.args.get("q", ""), MOST_QUERY))


def _list(endpoint: str, wanted_group: ProductGroup | None, query: str) -> str:
    """A list narrowed and sorted by the address; what the address says wrongly is left out."""
    day, adult = clock.today(), age.is_adult()
    stars = request.args.get("sao", "")
    places = queries.communes()
    commune = request.args.get("xa", "")
    wanted = ListingFilter(
        query=query,
        group=wanted_group,
        stars=int(stars) if stars in ("3", "4", "5") else None,
        commune_code=commune if commune in dict(places) else None,
        with_alcohol=adult,
    )
    asked = request.args.get("xep", "")
    sort = Sort(asked) if asked in set(Sort) else Sort.RELEVANCE
    number = paging.wanted()
    found, total = queries.page(wanted, sort, number, day)
    kept = {
        "q": query,
        "sao": wanted.stars,
        "xa": wanted.commune_code,
        "xep": None if sort is Sort.RELEVANCE else sort,
    }
    chosen = {name: value for name, value in kept.items() if value}

    def address(without: str = "", page_number: int = 1) -> str:
        values = {name: value for name, value in chosen.items() if name != without}
        if page_number > 1:
            values["trang"] = page_number
        return url_for(endpoint, group_slug=SLUGS[wanted_group] if wanted_group else None, **values)  # type: ignore[arg-type]

    return render_template(
        "shop/listings/list.html",
        cards=[cards.shown(card) for card in found],
        page=paging.of(number, total, queries.PAGE_SIZE),
        address=address,
        path=url_for(endpoint, group_slug=SLUGS[wanted_group] if wanted_group else None),
        group=wanted_group,
        groups=list(ProductGroup),
        q=query,
        is_search=endpoint == "shop.search",
        stars=wanted.stars,
        commune=wanted.commune_code,
        communes=places,
        sort=sort,
        sort_words=SORT_WORDS,
        hidden_alcohol=not adult and wanted_group in (None, ProductGroup.DRINK),
        graph=structured.graph(structured.crumbs(here=str(context.GROUP_WORDS[wanted_group])))
        if wanted_group
        else None,
    )


@guards.public
def listing(slug: str) -> Any:
    """One product: what it is, what it costs, who certified it and until when."""
    try:
        shown = queries.by_slug(slug)
    except ListingNotFound as error:
        if error.moved_to:
            return redirect(url_for("shop.listing", slug=error.moved_to), code=301)
        raise
    adult = age.is_adult()
    if shown.is_alcohol and not adult:
        return render_template("shop/listings/ask_age.html", target=request.path)
    zones = fulfilment.tariff_zones()
    facts = _facts(shown, adult, zones)
    drawn = media.path_of(picture_queries.drawn(shown, facts["producer"].name, clock.today()))
    return render_template(
        "shop/listings/product.html", **facts, picture=drawn, graph=_graph(facts, zones, drawn)
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
    producer = session().get_one(Producer, shown.producer_id)
    product, certificates = register_queries.with_certificates(shown.product_id)
    current = register_queries.current(shown.product_id, day)
    variants = queries.variants_of(shown.id)
    left = {variant.id: 0 for variant in variants}
    origins: set[int] = set()
    for one in stock.on_hand(left, day):
        left[one.variant_id] = max(left[one.variant_id], one.quantity)
        origins.add(one.point_id)
    return {
        "listing": shown,
        "kind": kinds.KINDS[shown.kind],
        "producer": producer,
        "product": product,
        "certificate": current,
        "certificate_state": validity.state_on(current, day)
        if current
        else validity.CertificateState.UNCLEAR,
        "is_valid": bool(current and validity.state_on(current, day) in validity.HOLDS),
        "older": [one for one in certificates if current is None or one.id != current.id],
        "variants": [
            (one, pricing.unit_price(one.price_vnd, one.net_quantity, one.net_unit), left[one.id])
            for one in variants
        ],
        "can_be_sold": queries.can_be_sold(shown, day),
        "origins": list(stock.points_by_id(origins).values()),
        "tariff": [zone.steps[0] for zone in zones if zone.steps],
        "lot": stock.newest_lot(shown.id),
        "related": [cards.shown(card) for card in queries.related(shown, day, adult)],
    }
