"""Phrases of the files that anyone can edit, found among the words of a question; typed marks count, missing ones do not."""

from __future__ import annotations

import csv
import importlib.resources
from collections.abc import Sequence

from storefront import text
from storefront.catalogue.search import words
from storefront.catalogue.search.words import Word

Phrase = tuple[Word, ...]


def lines(name: str) -> list[dict[str, str]]:
    """The lines of one of the files in `data`."""
    path = importlib.resources.files("storefront.catalogue.search").joinpath("data", name)
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def cut(phrase: str) -> Phrase:
    """The words of a phrase."""
    return tuple(words.cut(phrase))


def stands_at(phrase: Phrase, typed: Sequence[Word], start: int) -> bool:
    """Whether the phrase was typed there, with its marks or without any."""
    if phrase[0].folded != typed[start].folded:
        return False  # asked of every phrase at every word, and mostly so
    there = typed[start : start + len(phrase)]
    return len(there) == len(phrase) and all(map(_is_same, phrase, there))


def read(question: str) -> tuple[str, list[str]]:
    """A question as patterns read it, folded, and its words as they were typed, one of each folded word."""
    parts = [(part, folded) for part in question.split() if (folded := text.fold(part))]
    return " ".join(folded for _, folded in parts), [part for part, _ in parts]


def without(question: str, spans: Sequence[tuple[int, int]]) -> tuple[tuple[str, ...], str]:
    """What of a question lies in these spans of its folded text (`read`), as it was typed, and the rest."""
    said: list[str] = []
    kept: list[str] = []
    place, last = 0, -1
    for part in read(question)[1]:
        stop = place + len(text.fold(part))
        span = next((n for n, (start, end) in enumerate(spans) if place < end and stop > start), -1)
        if span < 0:
            kept.append(part)
        elif span == last:
            said[-1] += f" {part}"
        else:
            said.append(part)
        place, last = stop + 1, span
    return tuple(said), " ".join(kept)


def _is_same(word: Word, typed: Word) -> bool:
    return typed.folded == word.folded and (not typed.has_marks or typed.marked == word.marked)
