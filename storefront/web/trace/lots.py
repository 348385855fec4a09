"""The public page of a lot (TT 02/2024/TT-BKHCN: ten items), its QR, and the field that takes a code."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from markupsafe import Markup

from storefront import clock, codes, qr
from storefront.catalogue import picture_queries
from storefront.catalogue import queries as catalogue
from storefront.certification import queries as register_queries
from storefront.certification import validity
from storefront.certification.models import RegisteredProduct
from storefront.database import session
from storefront.producers.models import Producer
from storefront.stock import queries as stock
from storefront.stock.errors import LotNotFound
from storefront.stock.models import Lot
from storefront.traceability import queries as traceability
from storefront.web import guards, media, page_cache, structured, tries
from storefront.web.i18n import _

LENGTH = codes.length(codes.Kind.LOT)


def register(bp: Blueprint) -> None:
    """Add the pages."""
    bp.add_url_rule("/soi", "enter", enter)
    bp.add_url_rule("/t/<string(maxlength=40):code>", "lot", lot)
    bp.add_url_rule("/t/<string(maxlength=40):code>/qr.svg", "qr", qr_svg)


@guards.public
@page_cache.kept("ma")
def enter() -> Any:
    """The field for a code; a code typed leads to its page."""
    typed = request.args.get("ma", "").strip()[:60]
    if not typed:
        return render_template("trace/lots/enter.html", typed="", problem="")
    found = codes.parse(typed)
    if found is None:
        return render_template("trace/lots/enter.html", typed=typed, problem=_problem(typed)), 422
    return redirect(url_for("trace.lot", code=found[1]), code=303)


@guards.public
@page_cache.kept()
def lot(code: str) -> Any:
    """What is known of a lot; a clear warning with 404 for a code that was never given out."""
    canonical = codes.canonical(code, codes.Kind.LOT)
    if canonical is None:
        return _unknown(code)
    if canonical != code:
        return redirect(url_for("trace.lot", code=canonical), code=301)
    try:
        found = stock.lot_by_code(canonical)
    except LotNotFound:
        return _unknown(canonical)
    facts = _facts(found)
    listing, producer = facts["listing"], facts["producer"]
    drawn = media.path_of(picture_queries.drawn(listing, producer.name, clock.today()))
    return render_template("trace/lots/lot.html", **facts, picture=drawn, graph=_graph(facts))


@guards.public
@page_cache.kept()
def qr_svg(code: str) -> Any:
    """The QR of a lot's page as SVG."""
    try:
        found = stock.lot_by_code(code)
    except LotNotFound:
        guards.not_found()
    settings = current_app.config["SETTINGS"]
    address = settings.public_url + url_for("trace.lot", code=found.code)
    head = {"Content-Type": "image/svg+xml", "Cache-Control": "public, max-age=86400"}
    return qr.svg(address, codes.grouped(found.code)), 200, head


def _graph(facts: dict[str, Any]) -> Markup:
    """The goods of the lot with the day they were made: no offer, a lot's page sells nothing."""
    listing, producer, certificate = facts["listing"], facts["producer"], facts["certificate"]
    made = facts["lot"].produced_on.isoformat()
    node = {
        "@type": "Product",
        "name": _("%(name)s, lô %(code)s", name=listing.name, code=codes.grouped(facts["lot"].code)),
        "url": structured.absolute(url_for("trace.lot", code=facts["lot"].code)),
        "brand": {"@type": "Brand", "name": producer.name},
        "productionDate": made,
        "countryOfOrigin": structured.VIETNAM,
        "hasCertification": structured.certification(certificate, facts["is_valid"])
        if certificate and certificate.stars
        else None,
    }
    return structured.graph(
        structured.crumbs((_("Soi tem"), url_for("trace.enter")), here=codes.grouped(facts["lot"].code)),
        structured.without_nothing(node),
    )


def _problem(typed: str) -> str:
    """What is wrong with what was typed for a code."""
    code = codes.bare(typed)
    if len(code) != LENGTH or not code.startswith("L"):
        return _("Mã in dưới tem có %(n)s chữ, chữ đầu là L, ví dụ L7K-2M9-XD4-T.", n=LENGTH)
    if not set(code[1:]) <= set(codes.ALPHABET):
        return _("Mã chỉ gồm chữ và số, và sau chữ L đầu không có 0, 1, I, L, O. Xem lại từng chữ.")
    return _("Mã này gõ nhầm một chữ nào đó: ký tự kiểm tra không khớp. Xem lại từng chữ.")


def _unknown(code: str) -> Any:
    """Count the guess (so that codes cannot be tried in order) and warn."""
    tries.count_guess()
    return render_template("trace/lots/unknown.html", code=code[:40]), 404


def _facts(found: Lot) -> dict[str, Any]:
    day = clock.today()
    listing = catalogue.by_id(found.listing_id)
    certificate = register_queries.counting(register_queries.certificates_of(listing.product_id), day)
    state = validity.state_of(certificate, day)
    expired = found.expires_on is not None and found.expires_on < day
    return {
        "lot": found,
        "listing": listing,
        "product": session().get_one(RegisteredProduct, listing.product_id),
        "producer": session().get_one(Producer, listing.producer_id),
        "certificate": certificate,
        "state": state,
        "is_valid": state in validity.HOLDS,
        "is_past": expired,
        "steps": traceability.steps(found.id),
        "can_be_sold": catalogue.can_be_sold(listing, day),
    }
