"""What a question asks for beside words: a price, stars, in stock, in season, still certified. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from storefront import text

_NUMBER = r"(\d{1,3}(?:[. ]\d{3})+|\d{1,9}(?:[.,]\d{1,3})?)"
_UNIT = r" ?(k|nghin|ngan|trieu|tr|cu|d|dong|vnd|₫)?"
_SURE_UNIT = r" ?(k|nghin|ngan|trieu|tr|dong|vnd|₫)"
_START, _END = r"(?<!\S)", r"(?![^\s,.;!?])"
_GAP = r" ?(?:-|–|—|~|den|toi|to) ?"

_RANGE = re.compile(rf"{_START}(?:(tu|gia|khoang|from) )?{_NUMBER}{_UNIT}{_GAP}{_NUMBER}{_UNIT}{_END}")
_BELOW = re.compile(
    rf"{_START}(?:gia )?(?:duoi|re hon|it hon|nho hon|thap hon|khong qua|toi da|chua den|under|below|<=?) ?{_NUMBER}{_UNIT}{_END}"
)
_ABOVE = re.compile(
    rf"{_START}(?:gia )?(?:tren|dat hon|lon hon|cao hon|hon|toi thieu|it nhat|tu|over|above|>=?) ?{_NUMBER}{_UNIT}(?: tro len)?{_END}"
)
_ABOUT = re.compile(rf"{_START}(?:gia )?(?:khoang|tam|co|gan|chung|about) {_NUMBER}{_UNIT}{_END}")
_BARE = re.compile(rf"{_START}(?:gia )?{_NUMBER}{_SURE_UNIT}{_END}")
_BARE_DONG = re.compile(rf"{_START}(?:gia )?(\d{{1,3}}(?:[. ]\d{{3}})+) ?(d){_END}")
_STARS = re.compile(
    rf"{_START}(?:ocop )?(?:hang )?([345]|ba|bon|nam|three|four|five)(?: ?(?:sao|stars?|\*)( tro len|\+)?{_END}| sa?$)"
)
"""Also half typed, at the end: "4 sa"."""
_IN_STOCK = re.compile(rf"{_START}(?:con hang|san hang|co san|in stock){_END}")
_IN_SEASON = re.compile(rf"{_START}(?:dang mua|dung mua|vao mua|trong mua|in season){_END}")
_STILL_VALID = re.compile(rf"{_START}(?:con han(?: chung nhan)?){_END}")
_COUNTS = {"ba": 3, "bon": 4, "nam": 5, "three": 3, "four": 4, "five": 5}
_TIMES = {"k": 1000, "nghin": 1000, "ngan": 1000, "trieu": 1_000_000, "tr": 1_000_000, "cu": 1_000_000}
_ABOUT_PERCENT = 25
MOST_VND = 10_000_000_000


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What was asked for; prices in đồng, both ends included."""

    lowest_vnd: int | None = None
    highest_vnd: int | None = None
    stars: frozenset[int] = frozenset()
    in_stock: bool = False
    in_season: bool = False
    still_valid: bool = False

    @property
    def has_price(self) -> bool:
        return self.lowest_vnd is not None or self.highest_vnd is not None


def read(question: str) -> tuple[Wishes, str]:
    """The wishes in a question, and the question without them."""
    parts = [(part, folded) for part in question.split() if (folded := text.fold(part))]
    folded = " ".join(one for _, one in parts)
    lowest, highest, taken = _price(folded)
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
    wishes = Wishes(lowest_vnd=lowest, highest_vnd=highest, stars=frozenset(stars), **flags)
    return wishes, _without(parts, taken) if taken else question


def _price(folded: str) -> tuple[int | None, int | None, list[tuple[int, int]]]:
    for found in _RANGE.finditer(folded):
        first, last = _amount(found[2], found[3] or found[5]), _amount(found[4], found[5] or found[3])
        if found[1] or found[3] or found[5] or first >= 10_000:
            return *sorted((first, last)), [found.span()]  # type: ignore[return-value]
    below = _BELOW.search(folded)
    # what names the upper end ("re hon") must not be read again as the lower one ("hon")
    rest = folded[: below.start()] + " " * len(below[0]) + folded[below.end() :] if below else folded
    above = _ABOVE.search(rest)
    if below or above:
        lowest = _amount(above[1], above[2]) if above else None
        highest = _amount(below[1], below[2]) if below else None
        return lowest, highest, [found.span() for found in (below, above) if found]
    for pattern in (_ABOUT, _BARE, _BARE_DONG):
        if about := pattern.search(folded):
            amount = _amount(about[1], about[2])
            near = amount * _ABOUT_PERCENT // 100
            return amount - near, amount + near, [about.span()]
    return None, None, []


def _amount(number: str, unit: str | None) -> int:
    """Đồng; a small number without a unit is meant in thousands ("dưới 100")."""
    if re.fullmatch(r"\d{1,3}(?:[. ]\d{3})+", number) and unit not in ("trieu", "tr", "k"):
        value = Decimal(number.replace(".", "").replace(" ", ""))
    else:
        value = Decimal(number.replace(" ", "").replace(",", "."))
    if unit in _TIMES:
        value *= _TIMES[unit]
    elif unit is None and value < 1000:
        value *= 1000
    return min(int(value), MOST_VND)


def _without(parts: list[tuple[str, str]], taken: list[tuple[int, int]]) -> str:
    kept, place = [], 0
    for part, folded in parts:
        end = place + len(folded)
        if not any(place < stop and end > start for start, stop in taken):
            kept.append(part)
        place = end + 1
    return " ".join(kept)
