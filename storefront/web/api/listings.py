"""What the shop shows: products with their packs, prices and whether any is left. Alcohol is not among them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, url_for

from storefront import clock
from storefront.catalogue import api_queries, pricing, queries
from storefront.catalogue.api_queries import Found, Wanted
from storefront.catalogue.models import Variant
from storefront.certification.groups import ProductGroup
from storefront.web import media
from storefront.web.api import answering, asking
from storefront.web.api.answering import Fact

PARAMETERS = ("cursor", "limit", "group", "stars", "commune", "producer", "in_stock")


def register(bp: Blueprint) -> None:
    """Add the addresses."""
    bp.add_url_rule("/listings", "listings", listings)
    bp.add_url_rule("/listings/<slug:slug>", "listing", listing)


@answering.public
def listings() -> Fact:
    """Every product the shop shows, in the order in which it came in."""
    asking.only(*PARAMETERS)
    group = asking.choice("group", [one.value for one in ProductGroup])
    stars = asking.choice("stars", ("3", "4", "5"))
    wanted = Wanted(
        group=ProductGroup(group) if group else None,
        stars=int(stars) if stars else None,
        commune_code=asking.commune("commune"),
        producer_slug=asking.producer("producer"),
        in_stock=asking.flag("in_stock"),
    )
    size = asking.limit()
    found = api_queries.page_after(asking.after(), size + 1, clock.today(), wanted)
    shown = found[:size]
    return answering.page(_facts(shown), shown[-1][0].id if len(found) > size else None)


@answering.public
def listing(slug: str) -> Fact:
    """One product, with what its page tells in words."""
    asking.only()
    found = api_queries.by_slug(slug)
    shown = found[0]
    words = {
        "ingredients": shown.ingredients or None,
        "usage": shown.usage or None,
        "storage": shown.storage or None,
        "how_made": shown.how_made or None,
        "shelf_life_days": shown.shelf_life_days,
        "season": [shown.season_from, shown.season_until] if shown.season_from else None,
    }
    return {**_facts([found])[0], **words}


def _facts(found: Sequence[Found]) -> list[Fact]:
    day = clock.today()
    packs = api_queries.packs([listing.id for listing, _ in found])
    return [_fact(one, packs.get(one[0].id, []), day) for one in found]


def _fact(found: Found, variants: list[Variant], day: date) -> Fact:
    shown, producer = found
    sold = queries.can_be_sold(shown, day)
    picture = media.path_of(api_queries.picture(found, day))
    return {
        "slug": shown.slug,
        "name": shown.name,
        "url": answering.absolute(url_for("shop.listing", slug=shown.slug)),
        "picture": answering.absolute(picture) if picture else None,
        "group": shown.group.value,
        "kind": shown.kind,
        "description": shown.description,
        "producer": {"slug": producer.slug, "name": producer.name},
        "commune": shown.commune_name,
        "commune_code": shown.commune_code,
        "certificate": {
            "stars": shown.stars,
            "year": shown.certified_year,
            "valid_until": shown.valid_until.isoformat() if shown.valid_until else None,
            "is_valid": sold,
        },
        "can_be_bought": sold and any(variant.left_shown for variant in variants),
        "packs": [_pack(variant, sold) for variant in variants],
    }


def _pack(variant: Variant, sold: bool) -> Fact:
    per = pricing.unit_price(variant.price_vnd, variant.net_quantity, variant.net_unit)
    return {
        "sku": variant.sku,
        "label": variant.label,
        "net_quantity": variant.net_quantity,
        "net_unit": variant.net_unit.value,
        "price_vnd": variant.price_vnd,
        "unit_price_vnd": per.amount_vnd,
        "unit": per.unit,
        "can_be_bought": sold and variant.left_shown > 0,
    }
