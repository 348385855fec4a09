"""Price per kilogram, litre or piece, so that packs can be compared. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from storefront import money
from storefront.catalogue.models import NetUnit
from storefront.money import Vnd

_PER = {NetUnit.GRAM: (1000, "kg"), NetUnit.MILLILITRE: (1000, "l"), NetUnit.PIECE: (1, "cái")}


@dataclass(frozen=True, kw_only=True)
class UnitPrice:
    """A price for one `unit`: `kg`, `l` or `cái`."""

    amount_vnd: Vnd
    unit: str


def unit_price(price: Vnd, quantity: int, unit: NetUnit) -> UnitPrice:
    """What a kilogram, a litre or a piece costs in a pack of `quantity` for `price`."""
    per, word = _PER[unit]
    return UnitPrice(amount_vnd=money.per_unit(price, quantity, per), unit=word)
