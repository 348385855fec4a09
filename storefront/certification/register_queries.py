"""Reading the register certificate by certificate, for programs that want all of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from storefront import text
from storefront.certification.models import Certificate, RegisteredProduct
from storefront.certification.queries import RegisterRow, row_of
from storefront.database import session
from storefront.producers.models import Producer


def page_after(
    last_id: int,
    most: int,
    day: date,
    *,
    stars: int | None = None,
    producer_slug: str | None = None,
    decision: str | None = None,
) -> list[RegisterRow]:
    """The certificates after that id, narrowed by what is given; a decision by its number alone (`2394`) too."""
    found = _rows().where(Certificate.id > last_id)
    if stars is not None:
        found = found.where(Certificate.stars == stars)
    if producer_slug is not None:
        found = found.where(Producer.slug == producer_slug)
    if decision is not None:
        found = found.where(_is_decision(text.fold(decision)))
    rows = session().execute(found.order_by(Certificate.id).limit(most))
    return [row_of(product, producer, certificate, day) for product, producer, certificate in rows]


def _is_decision(folded: str) -> sa.ColumnElement[bool]:
    whole = Certificate.decision_folded == folded
    if not (folded.isascii() and folded.isdigit()):
        return whole
    return whole | Certificate.decision_folded.startswith(f"{folded}/")


def by_id(certificate_id: int, day: date) -> RegisterRow | None:
    """That certificate; None when there is none."""
    row = session().execute(_rows().where(Certificate.id == certificate_id)).one_or_none()
    return row_of(row[0], row[1], row[2], day) if row else None


def _rows() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(RegisteredProduct, Producer, Certificate)
        .join(Producer, Producer.id == RegisteredProduct.producer_id)
        .join(Certificate, Certificate.product_id == RegisteredProduct.id)
    )
