"""Which words of a question say what is looked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storefront.catalogue.search import glosses
from storefront.catalogue.search.words import Word

_IDLE = frozenset(
    [
        "mua",
        "ban",
        "gia",
        "o",
        "tai",
        "cua",
        "loai",
        "ngon",
        "nhat",
        "re",
        "dac",
        "san",
        "ocop",
        "cho",
        "de",
        "va",
        "voi",
        "online",
        "chinh",
        "hang",
        "hieu",
        "cai",
        "the",
        "tim",
        "can",
        "muon",
        "nao",
        "co",
        "khong",
        "sach",
        "tot",
        "uy",
        "tin",
        "que",
        "chat",
        "luong",
        "pham",
        "1",
        "2",
    ]
)
"""Words that say nothing about what is looked for; they are left out when nothing bears them. English ones: `glosses`."""
_IDLE_PHRASES = tuple(
    tuple(phrase.split())
    for phrase in (
        "bao nhieu tien",
        "bao nhieu",
        "nhu the nao",
        "o dau",
        "cho nao",
        "la gi",
        "quyet dinh so",
        "quyet dinh",
        "how much is",
        "how much",
        "where to buy",
        "price of",
    )
)
"""The same of words that say something each for itself ("dau" is also đậu); longer before shorter."""
_MEASURE = re.compile(r"\d+(?:[.,]\d+)?")
_UNITS = frozenset({"kg", "g", "gr", "gam", "ml", "l", "lit"})


def telling(typed: Sequence[Word]) -> tuple[Word, ...]:
    """The words that say what is looked for; none where all are idle."""
    folded = [word.folded for word in typed]
    telling = glosses.without_fillers(typed)
    idle = [word.folded in _IDLE or word not in telling for word in typed]
    for place in range(len(folded)):
        for phrase in _IDLE_PHRASES:
            if tuple(folded[place : place + len(phrase)]) == phrase:
                idle[place : place + len(phrase)] = [True] * len(phrase)
        if _is_measure(folded, place):
            idle[place : place + 2] = [True] * len(folded[place : place + 2])
    return tuple(word for word, says_nothing in zip(typed, idle, strict=True) if not says_nothing)


def _is_measure(folded: Sequence[str], place: int) -> bool:
    """Whether a size of a pack in two words ("10 kg") begins there."""
    return bool(_MEASURE.fullmatch(folded[place])) and folded[place + 1 : place + 2] in [
        [unit] for unit in _UNITS
    ]
