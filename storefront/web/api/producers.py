"""Who makes what the register certifies."""

from __future__ import annotations

from flask import Blueprint, url_for

from storefront.producers import queries
from storefront.producers.models import NameSource, Producer
from storefront.web.api import answering, asking
from storefront.web.api.answering import Fact


def register(bp: Blueprint) -> None:
    """Add the addresses."""
    bp.add_url_rule("/producers", "producers", producers)
    bp.add_url_rule("/producers/<slug:slug>", "producer", producer)


@answering.public
def producers() -> Fact:
    """Every producer, in the order in which the register came to know them."""
    asking.only("cursor", "limit")
    size = asking.limit()
    found = queries.page_after(asking.after(), size + 1)
    shown = found[:size]
    return answering.page([fact(one) for one in shown], shown[-1].id if len(found) > size else None)


@answering.public
def producer(slug: str) -> Fact:
    """One producer."""
    asking.only()
    return fact(queries.by_slug(slug))


def fact(one: Producer) -> Fact:
    """What is public of a producer."""
    return {
        "slug": one.slug,
        "name": one.name,
        "name_is_from_product": one.name_source is NameSource.PRODUCT_NAME,
        "kind": one.kind.value,
        "commune": one.commune_name,
        "commune_code": one.commune_code,
        "url": answering.absolute(url_for("shop.producer", slug=one.slug)),
    }
