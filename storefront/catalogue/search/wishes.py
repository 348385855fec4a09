"""What a question asks for beside words: a price, stars, in stock, in season, still certified. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from storefront import text
from storefront.catalogue.search import prices
from storefront.catalogue.search.prices import END, START
from storefront.certification.groups import ProductGroup

_STARS = re.compile(
    rf"{START}(?:ocop )?(?:hang )?([345]|ba|bon|nam|three|four|five)"
    rf"(?:(?: |-)?(?:sao|stars?|\*)( tro len| or (?:more|better)| and up| ?\+)?{END}|[ -](?:sa?|sta?)$)"
)
"""Also half typed, at the end: "4 sa", "4 st"."""
_IN_STOCK = re.compile(rf"{START}(?:con hang|san hang|co san|in stock){END}")
_IN_SEASON = re.compile(rf"{START}(?:dang mua|dung mua|vao mua|trong mua|in season){END}")
_STILL_VALID = re.compile(rf"{START}(?:con han(?: chung nhan)?){END}")
_COUNTS = {"ba": 3, "bon": 4, "nam": 5, "three": 3, "four": 4, "five": 5}


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What was asked for; prices in đồng, both ends included."""

    lowest_vnd: int | None = None
    highest_vnd: int | None = None
    stars: frozenset[int] = frozenset()
    in_stock: bool = False
    in_season: bool = False
    still_valid: bool = False
    group: ProductGroup | None = None
    """Read by `groups`, where a group is meant rather than words of a name."""

    @property
    def has_price(self) -> bool:
        return self.lowest_vnd is not None or self.highest_vnd is not None


def read(question: str) -> tuple[Wishes, str]:
    """The wishes in a question, and the question without them."""
    parts = [(part, folded) for part in question.split() if (folded := text.fold(part))]
    folded = " ".join(one for _, one in parts)
    price = prices.read(folded, " ".join(part.lower() for part, _ in parts))
    taken = list(price.spans)
    stars: set[int] = set()
    for found in _STARS.finditer(folded):
        first = _COUNTS.get(found[1]) or int(found[1])
        stars.update(range(first, 6) if found[2] else (first,))
        taken.append(found.span())
    flags = {}
    for name, pattern in (
        ("in_stock", _IN_STOCK),
        ("in_season", _IN_SEASON),
        ("still_valid", _STILL_VALID),
    ):
        spans = [found.span() for found in pattern.finditer(folded)]
        flags[name] = bool(spans)
        taken.extend(spans)
    wishes = Wishes(
        lowest_vnd=price.lowest,
        highest_vnd=price.highest,
        stars=frozenset(stars),
        in_stock=flags["in_stock"],
        in_season=flags["in_season"],
        still_valid=flags["still_valid"],
    )
    return wishes, _without(parts, taken) if taken else question


def _without(parts: list[tuple[str, str]], taken: list[tuple[int, int]]) -> str:
    kept, place = [], 0
    for part, folded in parts:
        end = place + len(folded)
        if not any(place < stop and end > start for start, stop in taken):
            kept.append(part)
        place = end + 1
    return " ".join(kept)
