"""Reading the register."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from storefront import text
from storefront.certification import register_index, validity
from storefront.certification.groups import ProductGroup
from storefront.certification.models import Certificate, Recorded, RegisteredProduct
from storefront.certification.validity import CertificateState
from storefront.database import register_version, session
from storefront.kept import kept_by
from storefront.producers.models import NameSource, Producer

PAGE_SIZE = 50
_MOST_WORDS = 8
_AT_ONCE = 10_000
"""A statement takes 65,535 values on PostgreSQL."""


@dataclass(frozen=True, kw_only=True)
class RegisterRow:
    """One certificate as the public register shows it."""

    product_id: int
    product_name: str
    group: ProductGroup
    producer_name: str
    producer_slug: str
    name_from_product: bool
    commune_name: str | None
    commune_old: str | None
    district_old: str | None
    certificate: Certificate
    state: validity.CertificateState


def current_certificates(product_ids: Collection[int], day: date) -> dict[int, Certificate]:
    """For each product the certificate that counts on that day: one that holds, else the newest known."""
    wanted = list(product_ids)
    by_product: dict[int, list[Certificate]] = {}
    for begin in range(0, len(wanted), _AT_ONCE):
        for certificate in session().scalars(_OF_PRODUCTS, {"products": wanted[begin : begin + _AT_ONCE]}):
            by_product.setdefault(certificate.product_id, []).append(certificate)
    return {product_id: max(held, key=lambda one: _rank(one, day)) for product_id, held in by_product.items()}


def states_of(product_ids: Collection[int], day: date) -> dict[int, CertificateState]:
    """For each product the state on that day of the certificate that counts; unclear where there is none."""
    current = current_certificates(product_ids, day)
    return {one: validity.state_of(current.get(one), day) for one in product_ids}


def counting(certificates: Collection[Certificate], day: date) -> Certificate | None:
    """Of all certificates of one product, that which counts on that day."""
    return max(certificates, key=lambda one: _rank(one, day), default=None)


def current(product_id: int, day: date) -> Certificate | None:
    """The certificate of one product that counts on that day."""
    return current_certificates([product_id], day).get(product_id)


def certificates_of(product_id: int) -> list[Certificate]:
    """Every certificate the product ever had, newest first."""
    return list(session().scalars(_CERTIFICATES, {"product": product_id}))


def search(query: str, page: int, day: date) -> tuple[list[RegisterRow], int]:
    """One page of the register and the number of rows found: by product, producer, commune or decision number."""
    words = text.fold(query).split()[:_MOST_WORDS]
    ids, total = register_index.current().find(words, (page - 1) * PAGE_SIZE, PAGE_SIZE)
    rows = session().execute(_WHOLE.where(Certificate.id.in_(ids))).all() if ids else []
    by_id = {
        certificate.id: row_of(product, producer, certificate, day) for product, producer, certificate in rows
    }
    return [by_id[one] for one in ids if one in by_id], total


def newest(most: int, day: date) -> list[RegisterRow]:
    """The certificates with stars decided last; one of which the year alone is known counts from the year's end."""
    found = _WHOLE.where(Certificate.recorded == Recorded.GRANTED, Certificate.valid_from <= day).order_by(
        Certificate.valid_from.desc(), Certificate.id.desc()
    )
    rows = session().execute(found.limit(most))
    return [row_of(product, producer, certificate, day) for product, producer, certificate in rows]


def has_decision(number: str) -> bool:
    """Whether a certificate was granted by a decision of that number, whichever office it came from."""
    of_number = sa.or_(
        Certificate.decision_number == number,
        Certificate.decision_number.startswith(f"{number}/", autoescape=True),
    )
    return bool(session().scalar(sa.select(sa.exists().where(of_number))))


@kept_by(register_version)
def count_products() -> int:
    """How many products the register knows."""
    return session().scalar(sa.select(sa.func.count(RegisteredProduct.id))) or 0


def row_of(
    product: RegisteredProduct, producer: Producer, certificate: Certificate, day: date
) -> RegisterRow:
    """A certificate with its product and producer, as it stands on that day."""
    return RegisterRow(
        product_id=product.id,
        product_name=product.name,
        group=product.group,
        producer_name=producer.name,
        producer_slug=producer.slug,
        name_from_product=producer.name_source is NameSource.PRODUCT_NAME,
        commune_name=product.commune_name,
        commune_old=product.commune_old,
        district_old=product.district_old,
        certificate=certificate,
        state=validity.state_on(certificate, day),
    )


def _rank(certificate: Certificate, day: date) -> tuple[bool, bool, date, int]:
    holds = validity.state_on(certificate, day) in validity.HOLDS
    begun = certificate.valid_from is not None and certificate.valid_from <= day
    return holds and begun, holds, certificate.valid_until or date.min, certificate.id


_WHOLE = (
    sa.select(RegisteredProduct, Producer, Certificate)
    .join(Producer, Producer.id == RegisteredProduct.producer_id)
    .join(Certificate, Certificate.product_id == RegisteredProduct.id)
)
# Asked by every product and trace page and every order, so built once.
_OF_PRODUCTS = sa.select(Certificate).where(
    Certificate.product_id.in_(sa.bindparam("products", expanding=True))
)
_CERTIFICATES = (
    sa.select(Certificate)
    .where(Certificate.product_id == sa.bindparam("product"))
    .order_by(Certificate.valid_from.desc().nulls_last(), Certificate.id.desc())
)
