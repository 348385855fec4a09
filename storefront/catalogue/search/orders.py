"""By what listings stand in each order of a list. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from storefront.catalogue.cards import Sort
from storefront.catalogue.search.rows import Row

_NEVER = date.min.toordinal()
_NO_PRICE = 10**15
_PIECES = 10**13


def _begun(row: Row) -> int:
    return row.valid_from.toordinal() if row.valid_from else _NEVER


FIRST: dict[Sort, Callable[[Row], int]] = {
    Sort.RELEVANCE: lambda row: -((row.stars or 0) * 10_000_000 + _begun(row)),
    Sort.NEWEST: lambda row: -_begun(row),
    Sort.STARS: lambda row: -(row.stars or 0),
    Sort.CHEAPEST: lambda row: _NO_PRICE if row.price_vnd is None else row.price_vnd,
    Sort.DEAREST: lambda row: 1 if row.price_vnd is None else -row.price_vnd,
    Sort.UNIT_PRICE: lambda row: (
        _NO_PRICE
        if row.unit_price_vnd is None
        else row.unit_price_vnd + (_PIECES if row.unit_price_unit == "cái" else 0)
    ),
    Sort.NAME: lambda row: 0,
}
"""The first part of the key of each order, least first; within it A to Z."""
