"""Other words for the same thing, from a file that anyone can edit (`data/synonyms.csv`), read once a process.

A line leads from what is typed to what is meant, and back where `both_ways` says so. Marks that are typed count: "mè"
is vừng, "me" is also the calf.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import OSA

from storefront.catalogue import kinds
from storefront.catalogue.search import glosses, phrases, words
from storefront.catalogue.search.words import Word

_MOST = 6
_SHORTEST = 4


@functools.cache
def _by_start() -> dict[str, list[tuple[tuple[Word, ...], tuple[Word, ...]]]]:
    found: dict[str, list[tuple[tuple[Word, ...], tuple[Word, ...]]]] = {}
    for line in phrases.lines("synonyms.csv"):
        typed, means = tuple(words.cut(line["typed"])), tuple(words.cut(line["means"]))
        pairs = [(typed, means)] + ([(means, typed)] if line["both_ways"] == "yes" else [])
        for one, other in pairs:
            found.setdefault(one[0].folded, []).append((one, other))
    for one, other in _english():
        found.setdefault(one[0].folded, []).append((one, other))
    for pairs in found.values():
        pairs.sort(key=lambda pair: -len(pair[0]))
    return found


def _english() -> Iterator[tuple[tuple[Word, ...], tuple[Word, ...]]]:
    """What pages in English call a kind, of one and of many, and the kind's own name."""
    for kind in kinds.KINDS.values():
        told = kind.english.lower()
        for one in {told, told.removesuffix("s"), told + "s"}:
            yield tuple(words.cut(one)), tuple(words.cut(kind.word))


def others(typed: Sequence[Word]) -> list[tuple[Word, ...]]:
    """What else these words may be called, each time one phrase put in another's place; longest phrases first."""
    found: list[tuple[int, tuple[Word, ...]]] = []
    for start, word in enumerate(typed):
        for phrase, meant in _by_start().get(word.folded, ()):
            stop = start + len(phrase)
            if phrases.stands_at(phrase, typed, start):
                before, after = typed[:start], typed[stop:]
                # "nước mắm cốt" is no nước nước mắm
                if before and before[-1].folded == meant[0].folded:
                    before = before[:-1]
                if after and after[0].folded == meant[-1].folded:
                    after = after[1:]
                found.append((-len(phrase), (*before, *meant, *after)))
    found.sort(key=lambda one: one[0])
    return list(dict.fromkeys(changed for _, changed in found))[:_MOST]


def misspelt(typed: Sequence[Word]) -> list[tuple[Word, ...]]:
    """What these words may be called where one of them is another name with one key mistyped: "hony" as honey.

    Only words without marks are looked at: they are mostly another language's.
    """
    found: list[tuple[Word, ...]] = []
    for place, word in enumerate(typed):
        before, after = tuple(typed[:place]), tuple(typed[place + 1 :])
        found.extend((*before, other, *after) for other in glosses.misspelt(word))
        if word.has_marks or len(word.surface) < _SHORTEST or word.surface in _plain_words():
            continue
        for other in sorted(_plain_words()):
            if other[0] == word.surface[0] and OSA.distance(word.surface, other, score_cutoff=1) == 1:
                found.extend(others((*before, words.known(other), *after)))
    return found


@functools.cache
def _plain_words() -> frozenset[str]:
    phrases = (phrase for pairs in _by_start().values() for phrase, _ in pairs)
    return frozenset(word.surface for phrase in phrases for word in phrase if not word.has_marks)
