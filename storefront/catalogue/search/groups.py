"""Reads the name of a product group out of a question: the register's, that of English pages, those of `data/groups.csv`."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from storefront.catalogue.search import phrases, words
from storefront.catalogue.search.phrases import Phrase
from storefront.catalogue.search.words import Word
from storefront.certification.groups import ENGLISH, NAMES, ProductGroup

_OPENINGS = frozenset({"nhom", "nganh"})


def read(question: str) -> tuple[ProductGroup | None, str]:
    """The group named in a question, and the question without its name."""
    typed = words.cut(question)
    for phrase, group in _names():
        for start in range(len(typed)):
            if phrases.stands_at(phrase, typed, start):
                return group, _rest(typed, start, start + len(phrase))
    return None, question


def _rest(typed: Sequence[Word], start: int, stop: int) -> str:
    if start and typed[start - 1].folded in _OPENINGS:
        start -= 1
    return " ".join(word.surface for word in (*typed[:start], *typed[stop:]))


@functools.cache
def _names() -> list[tuple[Phrase, ProductGroup]]:
    """Longer ones first."""
    found = [(phrases.cut(name), group) for told in (NAMES, ENGLISH) for group, name in told.items()]
    found += [
        (phrases.cut(line["typed"]), ProductGroup(line["group"])) for line in phrases.lines("groups.csv")
    ]
    return sorted(found, key=lambda one: -len(one[0]))
