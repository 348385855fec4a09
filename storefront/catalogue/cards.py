"""One listing as a card shows it, and the orders in which lists can stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from storefront.certification.groups import ProductGroup
from storefront.money import Vnd


class Sort(StrEnum):
    """Order of a list; in each, what can be bought today comes first."""

    RELEVANCE = "phu-hop"
    NEWEST = "moi"
    STARS = "sao"
    CHEAPEST = "gia-tang"
    DEAREST = "gia-giam"
    UNIT_PRICE = "gia-kg"
    NAME = "ten"


@dataclass(frozen=True, kw_only=True)
class ListingCard:
    """One listing as a card shows it."""

    id: int
    slug: str
    name: str
    kind: str
    group: ProductGroup
    producer_name: str
    commune_name: str | None
    stars: int | None
    certified_year: int | None
    valid_until: date | None
    is_valid: bool
    is_alcohol: bool
    in_stock: bool
    price_vnd: Vnd | None
    price_from: bool
    variant_label: str
    unit_price_vnd: Vnd | None
    unit_price_unit: str
