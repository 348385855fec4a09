"""A question as it is asked of the index: first what stands beside the things looked for, then the things themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from storefront.catalogue.search import asides, decisions, synonyms, understanding, words
from storefront.catalogue.search.index import PLACE, Index
from storefront.catalogue.search.matching import IN_KIND, IN_NAME, WITH_PLACE, Matcher, terms
from storefront.catalogue.search.understanding import MOST_WORDS, Match
from storefront.catalogue.search.words import Word


class _Plain(NamedTuple):
    """What is left to look for, and among which positions."""

    words: str
    within: int
    is_everything: bool = False
    left_out: tuple[str, ...] = ()
    is_filled: bool = False
    """Words that fill a question stood beside it."""


def match(index: Index, question: str, within: int, *, exactly: bool = False, typing: bool = False) -> Match:
    """What the question finds among the positions `within`.

    `exactly` looks for the words as typed alone; `typing` takes the last word for half typed from the start.
    """
    if exactly:
        return understanding.match(index, question, within, exactly=True)
    plain = _plain(index, question, within)
    if plain.is_everything:
        return _everything(index, question, plain)
    if not plain.within:
        return Match()
    found = understanding.match(index, plain.words, plain.within, typing=typing)
    shown = found.shown or (plain.words if found.ranks and plain.is_filled else "")
    return replace(found, shown=shown, left_out=(*plain.left_out, *found.left_out) if found.ranks else ())


def as_typed(index: Index, question: str, *, exactly: bool = False) -> int:
    """All positions, whoever may see them, that bear the words of a question without anything corrected."""
    if exactly:
        return understanding.as_typed(index, question, exactly=True)
    plain = _plain(index, question, index.live)
    if plain.is_everything or not words.cut(plain.words):
        return plain.within if question else 0
    return understanding.as_typed(index, plain.words) & plain.within


def near_words(index: Index, question: str) -> list[str]:
    """Known words near to those of a question that found nothing, as they are written."""
    if decisions.number(question):
        return []
    return understanding.near_words(index, _plain(index, question, index.live).words)


def _plain(index: Index, question: str, within: int) -> _Plain:
    number, rest = decisions.read(question)
    if number:
        # another decision than the one named is never meant
        within &= index.fields[PLACE].get(number)
    said, without = asides.without_measures(rest)
    if said and without and not _are_borne(index, rest, WITH_PLACE):
        rest = without
    else:
        said = ()
    typed = _cut(rest)
    if asides.ask_for_everything(typed):
        return _Plain(rest, within, True, said)
    kept = asides.without_fillers(typed)
    if len(kept) == len(typed) or _are_borne(index, rest, IN_KIND):
        return _Plain(rest, within, False, said)
    return _Plain(" ".join(word.surface for word in kept), within, False, said, True)


def _everything(index: Index, question: str, plain: _Plain) -> Match:
    """All there is, first what bears the words in its name."""
    named = Matcher(index, plain.within).levels(terms(_cut(question)), strict=True)[IN_NAME]
    ranks = tuple(rank for rank in (named, plain.within & ~named) if rank)
    return Match(ranks=ranks, left_out=plain.left_out, is_everything=True)


def _are_borne(index: Index, question: str, level: int) -> bool:
    """Whether some listing bears the words with their marks, at that level, by these names or by others."""
    typed = _cut(question)
    matcher = Matcher(index, index.live)
    asked: Sequence[Sequence[Word]] = (typed, *synonyms.others(typed))
    return any(matcher.levels(terms(one), strict=True)[level] for one in asked)


def _cut(question: str) -> list[Word]:
    return words.cut(question)[:MOST_WORDS]
