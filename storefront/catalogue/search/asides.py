"""What of a question says nothing about which product is meant: gifts and specialities, measures, the province.

The words are those of `data/fillers.csv`. Alone, or with the province's name, they ask for everything there is.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from storefront.catalogue.cards import Sort
from storefront.catalogue.search import idle, phrases
from storefront.catalogue.search.phrases import Phrase
from storefront.catalogue.search.words import Word

_PROVINCE = (("ha", "tinh"), ("tinh", "ha", "tinh"))
_UNIT = r"(?:kg|kilogram|kilo|g|gr|gam|gram|ml|l|lit|do dam|do|°|%|phan tram)"
_NUMBER = r"\d+(?:[.,]\d+)?"
_MEASURE = re.compile(rf"(?<!\S)(?:{_NUMBER} ?{_UNIT}(?: dam|n)?|(?:do dam|dam) {_NUMBER})(?![^\s,.;!?])")

_BY_PRICE = {
    Sort.CHEAPEST: re.compile(
        r"(?<!\S)(?:gia thap|(?:gia )?re) nhat(?!\S)|(?<!\S)(?:the )?(?:cheapest|lowest price)(?!\S)"
    ),
    Sort.DEAREST: re.compile(
        r"(?<!\S)(?:gia cao|(?:gia )?(?:dat|mac)) nhat(?!\S)|(?<!\S)(?:the )?most expensive(?!\S)"
    ),
}


def without_fillers(typed: Sequence[Word]) -> tuple[Word, ...]:
    """The words without those that fill a question."""
    kept: list[Word] = []
    place = 0
    while place < len(typed):
        size = next((len(one) for one in _fillers() if phrases.stands_at(one, typed, place)), 0)
        if not size:
            kept.append(typed[place])
        place += size or 1
    return tuple(kept)


def ask_for_everything(typed: Sequence[Word]) -> bool:
    """Whether nothing is left of the words but the province's name, or nothing of words that fill a question."""
    kept = without_fillers(typed)
    if not kept:
        return bool(typed)
    telling = tuple(word.folded for word in idle.telling(kept))
    return telling in _PROVINCE or (not telling and len(kept) < len(typed))


def without_measures(question: str) -> tuple[tuple[str, ...], str]:
    """The measures in a question as they were typed, and the question without them."""
    return _without(_MEASURE, question)


def order_asked(question: str) -> tuple[Sort | None, str]:
    """The order by price that a question asks for ("mật ong rẻ nhất"), and the question without it."""
    for sort, pattern in _BY_PRICE.items():
        said, rest = _without(pattern, question)
        if said:
            return sort, rest
    return None, question


def _without(pattern: re.Pattern[str], question: str) -> tuple[tuple[str, ...], str]:
    """What of a question fits a pattern for folded text, as it was typed, and the rest."""
    folded, _ = phrases.read(question)
    return phrases.without(question, [found.span() for found in pattern.finditer(folded)])


@functools.cache
def _fillers() -> list[Phrase]:
    """Longer ones first."""
    return sorted(
        (phrases.cut(line["typed"]) for line in phrases.lines("fillers.csv")), key=len, reverse=True
    )
