"""Prices in a question, as people write them in Vietnamese and in English. Pure; all patterns are for folded text.

`100k`, `100.000đ`, `100,000 VND`, `₫100,000`, `100 nghìn`, `100 thousand`, `1,5 triệu`, `1tr5` and `1 triệu rưỡi` are
amounts; a small number without a unit is meant in thousands ("dưới 100").
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple, cast

MOST_VND = 10_000_000_000
START, END = r"(?<!\S)", r"(?![^\s,.;!?)])"

_THOUSANDS, _MILLIONS = r"k|nghin|ngan|thousand", r"trieu|tr|cu|million"
_CURRENCY = r"dongs?|vnd|d|₫"
_GROUPED = r"\d{1,3}(?:[., ]\d{3}){1,3}(?!\d)"
_NUMBER = rf"(?:{_GROUPED}|\d{{1,9}}(?:[.,]\d{{1,3}})?)"
# "1tr5" and "1 triệu 500 nghìn"; a number apart is the size of a pack as likely, but for a digit at the end
_TAIL = rf"\d{{1,3}}(?!\d)| ?\d{{1,3}} ?(?:{_THOUSANDS})| \d(?=$| (?:{_CURRENCY}))| ruoi"
_AMOUNT = (
    rf"(?:(?:vnd|₫) ?)?{_NUMBER}(?: ?(?:{_MILLIONS})(?:{_TAIL})?| ?(?:{_THOUSANDS}))?(?: ?(?:{_CURRENCY}))?"
)
_PARTS = re.compile(
    rf"(?P<before>vnd|₫)? ?(?P<number>{_NUMBER})"
    rf"(?: ?(?:(?P<millions>{_MILLIONS})(?P<tail>{_TAIL})?|(?P<thousands>{_THOUSANDS})))?"
    rf"(?: ?(?P<currency>{_CURRENCY}))?"
)
_PRICE = r"(?:(?:gia(?: ban)?|price[sd]?|costs?|costing) )?"
_GAP = r" ?(?:-|–|—|~|den|toi|to) ?"

_RANGE = re.compile(rf"{START}(?:(tu|gia|khoang|from|price) )?({_AMOUNT}){_GAP}({_AMOUNT}){END}")
_BETWEEN = re.compile(
    rf"{START}{_PRICE}(between|giua|trong khoang|tu) ({_AMOUNT}) (?:and|va) ({_AMOUNT}){END}"
)
_BELOW = re.compile(
    rf"{START}{_PRICE}(?:duoi|(?:re|it|nho|thap|khong) hon|khong (?:vuot )?qua|toi da|cao nhat|chua den|under|below"
    r"|(?:less|lower|cheaper) than|(?:no|not) (?:more than|over)|at most|up to|upto|max(?:imum)?|within|<=?|≤)"
    rf" ?({_AMOUNT})(?: do lai)?{END}"
)
_ABOVE = re.compile(
    rf"{START}{_PRICE}(?:tren|(?:dat|lon|cao) hon|hon|toi thieu|it nhat|tu|over|above|(?:more|higher) than|at least"
    rf"|min(?:imum)?|>=?|≥) ?({_AMOUNT})(?: tro len)?{END}"
)
_BLACK = "".join(rf"(?<!\b{word} )" for word in ("tram", "dau", "gao", "toi", "vung"))
_UP_TO = re.compile(rf"{START}{_PRICE}{_BLACK}(den|toi|to) ({_AMOUNT}){END}")
"""Where "den" is no colour ("trám đen 100k"), and only with an amount that is surely one."""
_FROM = re.compile(rf"{START}{_PRICE}from ({_AMOUNT}){END}")
_OR_LESS = re.compile(rf"{START}{_PRICE}({_AMOUNT}) (?:tro xuong|do lai|or (?:less|under|below)){END}")
_OR_MORE = re.compile(
    rf"{START}{_PRICE}({_AMOUNT})(?: ?\+| (?:tro len|or (?:more|over)|and (?:up|over))){END}"
)
_ABOUT = re.compile(rf"{START}{_PRICE}(?:(?:khoang|tam|co|gan|chung|about|around) |~ ?)({_AMOUNT}){END}")
_BARE = re.compile(rf"{START}{_PRICE}({_AMOUNT}){END}")
_ABOUT_PERCENT = 25
_SMALLEST_STEP = 500
"""Every price is a multiple of it; a number that is not names something else."""

Span = tuple[int, int]


class Asked(NamedTuple):
    """The prices asked for in đồng, both included, and where in the text they stand."""

    lowest: int | None = None
    highest: int | None = None
    spans: tuple[Span, ...] = ()


class _Amount(NamedTuple):
    vnd: int
    is_sure: bool
    """It is money beyond doubt: it has a unit of money, or is written as no other number is."""


def read(folded: str, typed: str = "") -> Asked:
    """The prices a folded question asks for. `typed` is the same with its marks, word for word."""
    return _range(folded) or _ends(folded, typed or folded) or _about(folded) or Asked()


def _range(folded: str) -> Asked | None:
    for pattern in (_RANGE, _BETWEEN):
        for found in pattern.finditer(folded):
            last = _amount(found[3])
            first = _amount(found[2], found[3])
            if first.vnd > last.vnd:
                first = _amount(found[2])
            if found[1] or first.is_sure or last.is_sure or first.vnd >= 10_000:
                lowest, highest = sorted((first.vnd, last.vnd))
                return Asked(lowest, highest, (found.span(),))
    return None


def _ends(folded: str, typed: str) -> Asked | None:
    below = _OR_LESS.search(folded) or _BELOW.search(folded) or _up_to(folded, typed)
    # what names the upper end ("re hon") must not be read again as the lower one ("hon")
    rest = folded[: below.start()] + " " * len(below[0]) + folded[below.end() :] if below else folded
    above = _OR_MORE.search(rest) or _ABOVE.search(rest) or _surely(_FROM, rest)
    ends = tuple(found.span() for found in (below, above) if found)
    if not ends:
        return None
    lowest = _amount(above[above.re.groups]).vnd if above else None
    highest = _amount(below[below.re.groups]).vnd if below else None
    return Asked(lowest, highest, ends)


def _about(folded: str) -> Asked | None:
    about = _ABOUT.search(folded) or _surely(_BARE, folded)
    if about is None:
        return None
    vnd = _amount(about[1]).vnd
    near = vnd * _ABOUT_PERCENT // 100
    return Asked(vnd - near, vnd + near, (about.span(),))


def _surely(pattern: re.Pattern[str], folded: str) -> re.Match[str] | None:
    """The first match whose amount is surely one."""
    found = (one for one in pattern.finditer(folded) if _amount(one[pattern.groups]).is_sure)
    return next(found, None)


def _up_to(folded: str, typed: str) -> re.Match[str] | None:
    found = _surely(_UP_TO, folded)
    if found is None or len(typed) != len(folded):
        return found
    word = typed[found.start(1) : found.end(1)]
    return found if word in ("đến", "tới", found[1]) else None


def _amount(written: str, other: str = "") -> _Amount:
    """An amount; without a unit of its own it has that of the other end of a range ("50-100k")."""
    found = cast("re.Match[str]", _PARTS.fullmatch(written))
    number, thousands, millions = found["number"], found["thousands"], found["millions"]
    beyond = _PARTS.fullmatch(other)
    if beyond and not (thousands or millions or found["currency"]):
        thousands, millions = beyond["thousands"], beyond["millions"]
    marks = sum(not character.isdigit() for character in number)
    is_grouped = bool(re.fullmatch(_GROUPED, number))
    if is_grouped and (marks > 1 or " " in number or not (thousands or millions)):
        value = Decimal(re.sub(r"\D", "", number))
    else:
        value = Decimal(number.replace(",", "."))
    has_currency = bool(found["before"] or found["currency"])
    if millions:
        value = value * 1_000_000 + _tail(found["tail"])
    elif thousands or (value < 1000 and not has_currency and not is_grouped):
        value *= 1000
    is_long = is_grouped or len(number) > 3
    is_sure = bool(
        thousands
        or (millions and millions != "cu")
        or found["before"]
        or (found["currency"] and (found["currency"] != "d" or is_long))
        or (is_grouped and value % _SMALLEST_STEP == 0)
    )
    return _Amount(min(int(value), MOST_VND), is_sure)


def _tail(written: str | None) -> Decimal:
    """What follows the millions: "5" and "500" of 1tr5 and 1tr500 are the same, "50 nghìn" is what it says."""
    if not written:
        return Decimal(0)
    if written == " ruoi":
        return Decimal(500_000)
    digits = re.sub(r"\D", "", written)
    says_thousands = not written.strip().isdigit()
    return Decimal(digits) * 1000 if says_thousands else Decimal(f"0.{digits}") * 1_000_000
