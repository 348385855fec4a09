"""The producer's table."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from storefront.database import Model


class ProducerKind(StrEnum):
    """Legal form as the register names it."""

    COOPERATIVE = "cooperative"
    COOPERATIVE_GROUP = "cooperative_group"
    COMPANY = "company"
    BUSINESS_HOUSEHOLD = "business_household"
    PRODUCTION_HOUSEHOLD = "production_household"
    WORKSHOP = "workshop"
    UNKNOWN = "unknown"


class NameSource(StrEnum):
    """Where the producer's name comes from."""

    REGISTER = "register"
    PRODUCT_NAME = "product_name"
    """The register names no producer; the brand in the product's name stands in ("theo tên sản phẩm")."""


class Producer(Model, shown=True, of_register=True):
    """A maker of certified products."""

    __tablename__ = "producers"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_folded: Mapped[str] = mapped_column(index=True)
    key: Mapped[str] = mapped_column(unique=True)
    """Folded name, and for a brand that stands in also its folded old commune: what an import knows it by."""
    name_source: Mapped[NameSource]
    kind: Mapped[ProducerKind]
    commune_code: Mapped[str | None]
    commune_name: Mapped[str | None]
    """As shown: `xã Sơn Giang`."""
    commune_old: Mapped[str | None]
    district_old: Mapped[str | None]
    created_at: Mapped[datetime]
