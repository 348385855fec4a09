"""Tables of listings and their variants."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from storefront.certification.groups import ProductGroup
from storefront.database import HIDDEN, Model
from storefront.money import Vnd


class NetUnit(StrEnum):
    """Unit of a variant's net quantity: grams, millilitres or pieces."""

    GRAM = "g"
    MILLILITRE = "ml"
    PIECE = "cái"


TEXTS = ("description", "ingredients", "storage", "usage", "how_made")
"""What is written about a listing; each may have its English in `<name>_en`."""


class Listing(Model, shown=True):
    """A registered product as the shop shows it (sản phẩm).

    The columns of the certificate (`stars` to `valid_until`) are a copy that the journey `sync_certificates` alone
    writes from the register; every query compares `valid_until` with the day asked for.
    """

    __tablename__ = "listings"
    __table_args__ = (
        sa.CheckConstraint("stars BETWEEN 3 AND 5", name="stars"),
        sa.CheckConstraint("shelf_life_days > 0", name="shelf_life"),
        sa.CheckConstraint("season_from BETWEEN 1 AND 12 AND season_until BETWEEN 1 AND 12", name="season"),
        sa.Index("ix_listings_shown", "is_published", "group"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(sa.ForeignKey("registered_products.id"), unique=True)
    producer_id: Mapped[int] = mapped_column(sa.ForeignKey("producers.id"), index=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    group: Mapped[ProductGroup]
    kind: Mapped[str]
    """Key of the drawing, `mat-ong`; see `catalogue/kinds.py`."""
    is_alcohol: Mapped[bool]
    is_published: Mapped[bool]
    description: Mapped[str]
    ingredients: Mapped[str]
    storage: Mapped[str]
    usage: Mapped[str]
    how_made: Mapped[str]
    description_en: Mapped[str | None]
    ingredients_en: Mapped[str | None]
    storage_en: Mapped[str | None]
    usage_en: Mapped[str | None]
    how_made_en: Mapped[str | None]
    shelf_life_days: Mapped[int | None]
    season_from: Mapped[int | None]
    season_until: Mapped[int | None]
    """Months of the season, both included; may wrap round the year (11 to 1)."""
    commune_code: Mapped[str | None] = mapped_column(index=True)
    commune_name: Mapped[str | None]
    search_text: Mapped[str]
    """Folded name, kind, producer, places: what the plain search looks in."""
    stars: Mapped[int | None]
    certified_year: Mapped[int | None]
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    lowest_price_vnd: Mapped[Vnd | None]
    """Lowest price of a variant on sale, kept by the catalogue's service."""
    in_stock: Mapped[bool]
    """Some variant on sale is on hand at an open point; with `sent_from` and the variants' `left_shown` written by the
    journey `note_stock` alone, for pages to show."""
    sent_from: Mapped[list[int]] = mapped_column(sa.JSON, default=list, server_default="[]")
    """Ids of the points that have any of a variant on sale, in order."""
    picture: Mapped[str | None]
    """Name of the drawn preview picture, written by the worker once the file is there."""
    revision: Mapped[int] = mapped_column(default=0, server_default="0", index=True, info=HIDDEN)
    """Public version at which what it is found by or shown as in lists last changed (`catalogue/search/changes.py`)."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class Variant(Model, shown=True):
    """One pack of a listing that can be bought."""

    __tablename__ = "variants"
    __table_args__ = (
        sa.UniqueConstraint("listing_id", "label"),
        sa.CheckConstraint("price_vnd > 0 AND price_vnd <= 10000000000", name="price"),
        sa.CheckConstraint("net_quantity > 0", name="net_quantity"),
        sa.CheckConstraint("shipping_weight_g > 0", name="shipping_weight"),
        sa.CheckConstraint("left_shown BETWEEN 0 AND 6", name="left_shown"),
    )
    MANY: ClassVar[int] = 6
    """Pages count down what is left only below that."""

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(sa.ForeignKey("listings.id"))
    sku: Mapped[str] = mapped_column(unique=True)
    label: Mapped[str]
    """`500 ml`, `Hộp 2 × 350 ml`."""
    net_quantity: Mapped[int]
    net_unit: Mapped[NetUnit]
    shipping_weight_g: Mapped[int]
    price_vnd: Mapped[Vnd]
    position: Mapped[int]
    is_on_sale: Mapped[bool]
    left_shown: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many one point has of it today, `MANY` standing for that and more."""


class FormerSlug(Model, shown=True):
    """An address a listing once had; it redirects for ever."""

    __tablename__ = "former_slugs"

    slug: Mapped[str] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(sa.ForeignKey("listings.id"), index=True)
