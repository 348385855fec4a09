"""What a list can be narrowed by. A listing has one value of most facets, several of some (old districts)."""

from __future__ import annotations

import bisect
import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from storefront import text
from storefront.catalogue.search.rows import Row


class Facet(StrEnum):
    """The value is the parameter's name in the address; their order here is the one in the address."""

    GROUP = "nhom"
    STARS = "sao"
    DISTRICT = "vung"
    COMMUNE = "xa"
    PRICE = "gia"
    PRODUCER_KIND = "loai"
    IN_STOCK = "con-hang"
    IN_SEASON = "dang-mua"


YES = "1"
"""The one value of a facet that is a plain tick."""

BANDS: dict[str, tuple[int, int]] = {
    "duoi-50k": (0, 49_999),
    "50-100k": (50_000, 99_999),
    "100-200k": (100_000, 199_999),
    "200-500k": (200_000, 499_999),
    "500k-1tr": (500_000, 999_999),
    "tu-1tr": (1_000_000, 10**12),
}
"""Bands of the lowest price, both ends included."""


_BAND_KEYS = tuple(BANDS)
_BAND_ENDS = tuple(highest for _, highest in BANDS.values())


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What a visitor narrowed a list to: for each facet the values of which one must fit."""

    values: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)

    def without(self, facet: Facet) -> Chosen:
        """The choice without one facet."""
        return Chosen(values={one: values for one, values in self.values.items() if one is not facet})


@functools.lru_cache(maxsize=1024)
def district_slug(name: str) -> str:
    """`huyện Hương Sơn` as `huyen-huong-son`."""
    return text.slugify(name)


def kept_values(row: Row) -> list[tuple[Facet, str]]:
    """Values of a listing that do not depend on the day."""
    found: list[tuple[Facet, str]] = [
        (Facet.GROUP, row.group.value),
        (Facet.PRODUCER_KIND, row.producer_kind.value),
    ]
    if row.stars:
        found.append((Facet.STARS, str(row.stars)))
    if row.commune_code:
        found.append((Facet.COMMUNE, row.commune_code))
    found.extend((Facet.DISTRICT, district_slug(name)) for name in row.districts)
    if row.price_vnd is not None:
        found.append((Facet.PRICE, _BAND_KEYS[bisect.bisect_left(_BAND_ENDS, row.price_vnd)]))
    if row.in_stock:
        found.append((Facet.IN_STOCK, YES))
    return found
