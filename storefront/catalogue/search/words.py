"""Words as they are indexed: a folded form by which all spellings meet, and a marked one that tells dừa from dưa. Pure.

The marked form keeps the shape of letters and names the tone once, at the end ("hoà" and "hòa" are "hoaF"), so that it
does not depend on where the tone was typed. Without marks both forms are the same.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from storefront import text

_WORD = re.compile(r"[^\W_]+")
_TONES = {"\u0300": "F", "\u0309": "R", "\u0303": "X", "\u0301": "S", "\u0323": "J"}
TONE_LETTERS = "".join(_TONES.values())
_SHAPES = {"\u0306", "\u0302", "\u031b"}


class Word(NamedTuple):
    """One syllable as written, folded, and with its marks in one order."""

    surface: str
    folded: str
    marked: str

    @property
    def has_marks(self) -> bool:
        return self.marked != self.folded


def cut(s: str) -> list[Word]:
    """The words of a text, in order."""
    return [word for surface in surfaces(s) if (word := known(surface)).folded]


def surfaces(s: str) -> list[str]:
    """The words of a text as written, in small letters."""
    return _WORD.findall(text.nfc(s).lower())


def run(wanted: Sequence[Word], part: Sequence[Word]) -> list[str]:
    """As many of the first of these words as stand in a row, as they are written there; with their own marks if it can be."""
    best: tuple[int, int, list[str]] = (0, 0, [])
    for start in range(len(part)):
        row = list(
            itertools.takewhile(
                lambda pair: pair[0].folded == pair[1].folded, zip(wanted, part[start:], strict=False)
            )
        )
        same = sum(one.marked == other.marked for one, other in row)
        if (len(row), same) > best[:2]:
            best = len(row), same, [other.surface for _, other in row]
    return best[2]


def marked(written: Iterable[str]) -> set[str]:
    """The marked forms of these words, each once."""
    found = set(map(_marked_form, set(written)))
    found.discard("")
    return found


def unmarked(form: str) -> str:
    """The folded word of a marked form."""
    return text.fold(form.rstrip(TONE_LETTERS))


@functools.lru_cache(maxsize=65_536)
def _marked_form(surface: str) -> str:
    return known(surface).marked


@functools.lru_cache(maxsize=65_536)
def known(surface: str) -> Word:
    """The word of one syllable in small letters."""
    folded = text.fold(surface)
    return Word(surface, folded, _marked(surface, folded))


def _marked(surface: str, folded: str) -> str:
    letters: list[str] = []
    tone = ""
    for letter in unicodedata.normalize("NFD", surface):
        if letter in _TONES:
            tone = _TONES[letter]
        elif letter in _SHAPES or not unicodedata.combining(letter):
            letters.append(letter)
    shaped = unicodedata.normalize("NFC", "".join(letters))
    if shaped.endswith("y") and folded.endswith("i"):
        shaped = shaped[:-1] + "i"
    return shaped + tone
