"""Writing the register: products and certificates. A certificate is added or corrected, never replaced by another."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from storefront import text
from storefront.certification import validity
from storefront.certification.models import Certificate, Recorded, RegisteredProduct
from storefront.certification.register_file import RegisterEntry
from storefront.database import session


class Outcome(StrEnum):
    """What an import did with a row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


def keep_product(
    entry: RegisterEntry, *, producer_id: int, commune_code: str | None, now: datetime
) -> tuple[RegisteredProduct, Outcome]:
    """The product of that entry, made when the register does not know it by name and producer."""
    folded = text.fold(entry.product_name)
    values: dict[str, object] = {
        "name": entry.product_name,
        "group": entry.group,
        "commune_code": commune_code,
        "commune_name": entry.commune_new or None,
        "commune_old": entry.commune_old or None,
        "district_old": entry.district_old or None,
        "place_folded": text.fold(f"{entry.commune_new} {entry.commune_old} {entry.district_old}"),
    }
    same = (RegisteredProduct.producer_id == producer_id, RegisteredProduct.name_folded == folded)
    product = session().scalar(sa.select(RegisteredProduct).where(*same))
    if product:
        return product, _apply(product, values)
    product = RegisteredProduct(producer_id=producer_id, name_folded=folded, created_at=now, **values)
    session().add(product)
    session().flush()
    return product, Outcome.ADDED


def keep_certificate(entry: RegisterEntry, *, product_id: int, now: datetime) -> Outcome:
    """Add the certificate of that entry to the product, or correct the one known by the same decision or year."""
    term = (
        validity.period(entry.decided_on, entry.certified_year)
        if entry.recorded is Recorded.GRANTED
        else None
    )
    values: dict[str, object] = {
        "stars": entry.stars,
        "certified_year": entry.certified_year,
        "decision_number": entry.decision_number or None,
        "decision_folded": text.fold(entry.decision_number) or None,
        "decided_on": entry.decided_on,
        "issuing_level": entry.issuing_level,
        "legal_basis": entry.legal_basis,
        "recorded": entry.recorded,
        "valid_from": term[0] if term else None,
        "valid_until": term[1] if term else None,
        "notes": entry.notes or None,
        "source_url": entry.source_url,
    }
    same = (Certificate.product_id == product_id, Certificate.key == entry.certificate_key)
    certificate = session().scalar(sa.select(Certificate).where(*same))
    if certificate:
        return _apply(certificate, values)
    session().add(Certificate(product_id=product_id, key=entry.certificate_key, imported_at=now, **values))
    session().flush()
    return Outcome.ADDED


def _apply(row: RegisteredProduct | Certificate, values: dict[str, object]) -> Outcome:
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    session().flush()
    return Outcome.CHANGED if changed else Outcome.UNCHANGED
