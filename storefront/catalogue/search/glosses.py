"""English words for kinds of product: those of each kind's gloss, and those of a file that anyone can edit.

A line of `data/english.csv` names the kinds that a word may mean; one that names none is a word that says nothing
("from"). One and many are one word. Words with marks are never English.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import OSA

from storefront import text
from storefront.catalogue import kinds
from storefront.catalogue.search import phrases, words
from storefront.catalogue.search.index import Index
from storefront.catalogue.search.words import Word

_SHORTEST = 3
"""Of a word in a gloss, and of what is taken for the beginning of one."""
_SHORTEST_MISSPELT, _SHORTEST_CHANGED, _LONG = 4, 5, 8
_HISSING = ("s", "x", "z", "ch", "sh")


def bearing(index: Index, folded: str) -> int:
    """Positions of the kinds that an English word may mean."""
    return _positions(index, _kinds_of().get(folded, ()))


def begun(index: Index, folded: str) -> int:
    """Positions of the kinds that an English word may mean which begins so."""
    if len(folded) < _SHORTEST:
        return 0
    beginnings = text.prefixes(folded)
    found = (meant for word, meant in _kinds_of().items() if word.startswith(beginnings))
    return _positions(index, frozenset().union(*found))


def misspelt(word: Word) -> Iterator[Word]:
    """Words for kinds from which this one differs by a key, a long one by two, nearest first; its first letter is right.

    In a short word no letter is another one: soap is not soup.
    """
    typed = word.folded
    if word.has_marks or len(typed) < _SHORTEST_MISSPELT or typed in _kinds_of():
        return
    most = 2 if len(typed) >= _LONG else 1
    near: list[tuple[int, str]] = []
    for other in _kinds_of():
        distance = OSA.distance(typed, other, score_cutoff=most)
        is_changed = len(other) == len(typed) and sorted(other) != sorted(typed)
        if other[0] == typed[0] and distance <= most and (len(typed) >= _SHORTEST_CHANGED or not is_changed):
            near.append((distance, other))
    for _, other in sorted(near, key=lambda one: one[0]):
        yield words.known(spelt(other))


def spelt(folded: str) -> str:
    """A folded word for a kind as it is written."""
    return _written().get(folded, folded)


def without_fillers(typed: Sequence[Word]) -> tuple[Word, ...]:
    """The words without those English ones that say nothing."""
    return tuple(word for word in typed if word.has_marks or word.folded not in _fillers())


def _positions(index: Index, meant: Iterable[str]) -> int:
    return functools.reduce(operator.or_, (index.kinds.get(kind, 0) for kind in meant), 0)


@functools.cache
def _kinds_of() -> dict[str, frozenset[str]]:
    """The kinds by every form of the words for them, folded."""
    found: dict[str, set[str]] = {}
    told = [
        (surface, [kind.key]) for kind in kinds.KINDS.values() for surface in words.surfaces(kind.english)
    ]
    told += [(line["typed"], line["kinds"].split()) for line in _lines() if line["kinds"]]
    for surface, meant in told:
        if len(surface) >= _SHORTEST:
            for form in _forms(surface):
                found.setdefault(words.known(form).folded, set()).update(meant)
    return {word: frozenset(meant) for word, meant in found.items()}


@functools.cache
def _written() -> dict[str, str]:
    surfaces = [surface for kind in kinds.KINDS.values() for surface in words.surfaces(kind.english)]
    surfaces += [line["typed"] for line in _lines()]
    found: dict[str, str] = {}
    for surface in surfaces:
        for form in _forms(surface):
            found.setdefault(words.known(form).folded, form)
    return found


@functools.cache
def _fillers() -> frozenset[str]:
    said = (line["typed"] for line in _lines() if not line["kinds"])
    return frozenset(words.known(form).folded for surface in said for form in _forms(surface))


@functools.cache
def _lines() -> list[dict[str, str]]:
    return phrases.lines("english.csv")


def _forms(word: str) -> tuple[str, ...]:
    """A word, of one and of many."""
    if len(word) < _SHORTEST:
        return (word,)
    one = word
    if word.endswith("ies"):
        one = word.removesuffix("ies") + "y"
    elif word.endswith("es") and word.removesuffix("es").endswith(_HISSING):
        one = word.removesuffix("es")
    elif word.endswith("s") and not word.endswith("ss"):
        one = word.removesuffix("s")
    if one.endswith("y") and one[-2:-1] not in "aeiou":
        many = one.removesuffix("y") + "ies"
    else:
        many = one + ("es" if one.endswith(_HISSING) else "s")
    return (word, one, many)
