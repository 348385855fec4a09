"""What is public of a lot, by the code printed under its QR."""

from __future__ import annotations

from flask import Blueprint, url_for

from storefront import codes
from storefront.catalogue import queries as catalogue
from storefront.database import session
from storefront.producers.models import Producer
from storefront.stock import queries as stock
from storefront.stock.errors import LotNotFound
from storefront.stock.models import Lot
from storefront.traceability import queries as traceability
from storefront.traceability.models import TraceEvent
from storefront.web import tries
from storefront.web.api import answering, asking
from storefront.web.api.answering import Fact


def register(bp: Blueprint) -> None:
    """Add the address."""
    bp.add_url_rule("/lots/<string(maxlength=40):code>", "lot", lot)


@answering.public
def lot(code: str) -> Fact:
    """One lot with its steps. A code that was never given out counts as a guess, as on the lot's page."""
    asking.only()
    found = _by_code(code)
    listing = catalogue.by_id(found.listing_id)
    producer = session().get_one(Producer, listing.producer_id)
    return {
        "code": found.code,
        "url": answering.absolute(url_for("trace.lot", code=found.code)),
        "product": {"name": listing.name, "group": listing.group.value},
        "producer": {"slug": producer.slug, "name": producer.name},
        "commune": listing.commune_name,
        "produced_on": found.produced_on.isoformat(),
        "expires_on": found.expires_on.isoformat() if found.expires_on else None,
        "steps": [_step(step) for step in traceability.steps(found.id)],
    }


def _by_code(code: str) -> Lot:
    try:
        return stock.lot_by_code(codes.canonical(code, codes.Kind.LOT) or "")
    except LotNotFound:
        tries.count_guess()
        raise


def _step(step: TraceEvent) -> Fact:
    return {
        "on": step.happened_on.isoformat(),
        "title": step.title,
        "note": step.note or None,
        "told_by": step.vouched_by.value,
        "is_example": step.is_illustrative,
    }
