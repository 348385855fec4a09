"""Producers and what each of them makes."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for

from storefront import clock
from storefront.catalogue import queries as catalogue
from storefront.catalogue.queries import ListingFilter, Sort
from storefront.producers import queries
from storefront.producers.models import NameSource, ProducerKind
from storefront.web import age, guards, structured
from storefront.web.i18n import _, lazy
from storefront.web.shop import cards

KIND_WORDS = {
    ProducerKind.COOPERATIVE: lazy("Hợp tác xã"),
    ProducerKind.COOPERATIVE_GROUP: lazy("Tổ hợp tác"),
    ProducerKind.COMPANY: lazy("Công ty"),
    ProducerKind.BUSINESS_HOUSEHOLD: lazy("Hộ kinh doanh"),
    ProducerKind.PRODUCTION_HOUSEHOLD: lazy("Hộ sản xuất"),
    ProducerKind.WORKSHOP: lazy("Cơ sở sản xuất"),
    ProducerKind.UNKNOWN: lazy("Chủ thể OCOP"),
}


def register(bp: Blueprint) -> None:
    """Add the pages."""
    bp.add_url_rule("/chu-the", "producers", producers)
    bp.add_url_rule("/chu-the/<slug:slug>", "producer", producer)


@guards.public
def producers() -> str:
    """Every producer of the register, by name."""
    return render_template("shop/producers/list.html", producers=queries.all_by_name(), kind_words=KIND_WORDS)


@guards.public
def producer(slug: str) -> str:
    """One producer with all products."""
    shown = queries.by_slug(slug)
    adult = age.is_adult()
    day = clock.today()
    wanted = ListingFilter(producer_id=shown.id, with_alcohol=adult)
    everything = ListingFilter(producer_id=shown.id, with_alcohol=True)
    listed = catalogue.some(wanted, Sort.NAME, 200, day)
    return render_template(
        "shop/producers/show.html",
        producer=shown,
        kind_word=KIND_WORDS[shown.kind],
        from_product_name=shown.name_source is NameSource.PRODUCT_NAME,
        cards=[cards.shown(card) for card in listed],
        hidden_alcohol=not adult and len(catalogue.some(everything, Sort.NAME, 200, day)) > len(listed),
        graph=structured.graph(
            structured.crumbs((_("Người làm"), url_for("shop.producers")), here=shown.name),
            structured.maker(shown),
        ),
    )
