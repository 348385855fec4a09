"""Phrases of the files that anyone can edit, found among the words of a question; typed marks count, missing ones do not."""

from __future__ import annotations

import csv
import importlib.resources
from collections.abc import Sequence

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


def _is_same(word: Word, typed: Word) -> bool:
    return typed.folded == word.folded and (not typed.has_marks or typed.marked == word.marked)
