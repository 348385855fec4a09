"""Tables of the register."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from storefront.certification.groups import ProductGroup
from storefront.database import Model


class IssuingLevel(StrEnum):
    """Who decided: `huyện` (2023 to mid-2025), `tỉnh`, `trung ương`."""

    DISTRICT = "district"
    PROVINCE = "province"
    CENTRAL = "central"


class LegalBasis(StrEnum):
    """The criteria a certificate was given under; an old one is never judged by new rules."""

    QD_1048 = "1048"
    QD_148 = "148"
    QD_148_1489 = "148+1489"
    QD_26_2026 = "26/2026"


class Recorded(StrEnum):
    """What the register itself says of a certificate; its state on a day also depends on its dates."""

    GRANTED = "granted"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"
    UNCLEAR = "unclear"


class RegisteredProduct(Model, shown=True, of_register=True):
    """A product the register knows, by name and producer."""

    __tablename__ = "registered_products"
    __table_args__ = (sa.UniqueConstraint("producer_id", "name_folded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    producer_id: Mapped[int] = mapped_column(sa.ForeignKey("producers.id"))
    name: Mapped[str]
    name_folded: Mapped[str] = mapped_column(index=True)
    group: Mapped[ProductGroup] = mapped_column(index=True)
    commune_code: Mapped[str | None] = mapped_column(index=True)
    commune_name: Mapped[str | None]
    commune_old: Mapped[str | None]
    district_old: Mapped[str | None]
    place_folded: Mapped[str]
    """Commune new and old and old district, folded, for the register's search."""
    created_at: Mapped[datetime]


class Certificate(Model, shown=True, of_register=True):
    """One recognition of a product. A new decision adds a row; the older one is never overwritten."""

    __tablename__ = "certificates"
    __table_args__ = (
        sa.UniqueConstraint("product_id", "key"),
        sa.Index(None, "valid_from", "id"),
        sa.CheckConstraint("stars BETWEEN 3 AND 5", name="stars"),
        sa.CheckConstraint("valid_until > valid_from", name="validity"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(sa.ForeignKey("registered_products.id"))
    key: Mapped[str]
    """Folded decision number, else the year, else `-`: what an import knows it by."""
    stars: Mapped[int | None]
    """3 to 5; fewer stars get no certificate (QĐ 26/2026 Điều 4)."""
    certified_year: Mapped[int | None]
    decision_number: Mapped[str | None]
    decision_folded: Mapped[str | None] = mapped_column(index=True)
    decided_on: Mapped[date | None]
    issuing_level: Mapped[IssuingLevel | None]
    legal_basis: Mapped[LegalBasis | None]
    recorded: Mapped[Recorded]
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    """Last day of validity: 36 months from the decision, or from 31 December of a year known alone."""
    notes: Mapped[str | None]
    source_url: Mapped[str]
    imported_at: Mapped[datetime]
