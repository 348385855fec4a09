"""Producers and what each of them makes."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for

from storefront import clock
from storefront.catalogue import queries as catalogue
from storefront.producers import queries
from storefront.producers.models import NameSource
from storefront.web import age, guards, page_cache, paging, structured
from storefront.web.i18n import _
from storefront.web.shop.list_words import KIND_WORDS

MOST_CARDS = 200


def register(bp: Blueprint) -> None:
    """Add the pages."""
    bp.add_url_rule("/chu-the", "producers", producers)
    bp.add_url_rule("/chu-the/<slug:slug>", "producer", producer)


@guards.public
@page_cache.kept("trang")
def producers() -> str:
    """The producers of the register, by name."""
    number = paging.wanted()
    found, total = queries.page_by_name(number)

    def address(page_number: int) -> str:
        return url_for("shop.producers", trang=page_number if page_number > 1 else None)

    return render_template(
        "shop/producers/list.html",
        producers=found,
        kind_words=KIND_WORDS,
        page=paging.of(number, total, queries.PAGE_SIZE),
        address=address,
    )


@guards.public
@page_cache.kept()
def producer(slug: str) -> str:
    """One producer with all products."""
    shown = queries.by_slug(slug)
    adult = age.is_adult()
    listed, hidden_alcohol = catalogue.of_producer(shown.id, clock.today(), adult, MOST_CARDS)
    return render_template(
        "shop/producers/show.html",
        producer=shown,
        kind_word=KIND_WORDS[shown.kind],
        from_product_name=shown.name_source is NameSource.PRODUCT_NAME,
        cards=listed,
        hidden_alcohol=hidden_alcohol,
        graph=structured.graph(
            structured.crumbs((_("Người làm"), url_for("shop.producers")), here=shown.name),
            structured.maker(shown),
        ),
    )
