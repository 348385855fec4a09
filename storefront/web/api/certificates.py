"""The register of certificates."""

from __future__ import annotations

from flask import Blueprint, url_for

from storefront import clock
from storefront.catalogue import api_queries
from storefront.certification import register_queries, validity
from storefront.certification.queries import RegisterRow
from storefront.certification.validity import CertificateState
from storefront.web import guards
from storefront.web.api import answering, asking
from storefront.web.api.answering import Fact

PARAMETERS = ("cursor", "limit", "producer", "stars", "decision")


def register(bp: Blueprint) -> None:
    """Add the addresses."""
    bp.add_url_rule("/certificates", "certificates", certificates)
    bp.add_url_rule("/certificates/<id:certificate_id>", "certificate", certificate)


@answering.public
def certificates() -> Fact:
    """Every certificate the register knows, in the order in which it came to know them."""
    asking.only(*PARAMETERS)
    stars = asking.choice("stars", ("3", "4", "5"))
    size = asking.limit()
    rows = register_queries.page_after(
        asking.after(),
        size + 1,
        clock.today(),
        stars=int(stars) if stars else None,
        producer_slug=asking.producer("producer"),
        decision=asking.text("decision", 120),
    )
    shown = rows[:size]
    slugs = api_queries.slugs_of_products([row.product_id for row in shown])
    facts = [_fact(row, slugs.get(row.product_id)) for row in shown]
    return answering.page(facts, shown[-1].certificate.id if len(rows) > size else None)


@answering.public
def certificate(certificate_id: int) -> Fact:
    """One certificate."""
    asking.only()
    row = register_queries.by_id(certificate_id, clock.today())
    if row is None:
        guards.not_found()
    return _fact(row, api_queries.slugs_of_products([row.product_id]).get(row.product_id))


def _fact(row: RegisterRow, slug: str | None) -> Fact:
    one = row.certificate
    return {
        "id": one.id,
        "product": {
            "name": row.product_name,
            "group": row.group.value,
            "listing": answering.absolute(url_for("api.listing", slug=slug)) if slug else None,
        },
        "producer": {
            "slug": row.producer_slug,
            "name": row.producer_name,
            "name_is_from_product": row.name_from_product,
        },
        "commune": row.commune_name,
        "commune_before_2025": row.commune_old,
        "district_before_2025": row.district_old,
        "stars": one.stars,
        "year": one.certified_year,
        "decision_number": one.decision_number,
        "decided_on": one.decided_on.isoformat() if one.decided_on else None,
        "valid_from": one.valid_from.isoformat() if one.valid_from else None,
        "valid_until": one.valid_until.isoformat() if one.valid_until else None,
        "state": row.state.value,
        "is_valid": holds(row.state),
        "source_url": one.source_url,
    }


def holds(state: CertificateState) -> bool:
    """The certificate counts today."""
    return state in validity.HOLDS
