"""Words as they are indexed: a folded form by which all spellings meet, and a marked one that tells dừa from dưa. Pure.

The marked form keeps the shape of letters and names the tone once, at the end ("hoà" and "hòa" are "hoaF"), so that it
does not depend on where the tone was typed. Without marks both forms are the same.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from typing import NamedTuple

from storefront import text

_WORD = re.compile(r"[^\W_]+")
_TONES = {"\u0300": "F", "\u0309": "R", "\u0303": "X", "\u0301": "S", "\u0323": "J"}
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


def forms(s: str) -> set[str]:
    """Every form by which the words of a text are found, each once."""
    return set(itertools.chain.from_iterable(map(_forms, set(surfaces(s)))))


@functools.lru_cache(maxsize=65_536)
def _forms(surface: str) -> tuple[str, ...]:
    word = known(surface)
    return tuple(form for form in dict.fromkeys((word.folded, word.marked)) if form)


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
