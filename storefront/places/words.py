"""Words of place names: how they are cut, folded and abbreviated."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import NamedTuple

from storefront import text
from storefront.places.reading import KINDS

_JOINS = re.compile(rf"\d|{'|'.join(kind for kind in KINDS if ' ' in kind)}")
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = dict.fromkeys(map(ord, "'’ʼ`"))
_KIND_AND_NUMBER = re.compile(r"^(quan|phuong|q|p|f)(\d{1,2})$")
_ABBREVIATIONS = {
    "x": "xã",
    "p": "phường",
    "f": "phường",
    "q": "quận",
    "h": "huyện",
    "t": "tỉnh",
    "tt": "thị trấn",
    "tx": "thị xã",
    "tp": "thành phố",
    "đk": "đặc khu",
}
_NUMBERED = {"q": "quan", "quan": "quan", "p": "phuong", "f": "phuong", "phuong": "phuong"}
_PAIRS = {("thanh", "pho"), ("thi", "tran"), ("thi", "xa"), ("dac", "khu")}


class Word(NamedTuple):
    """One syllable: folded, and its marks sorted, so that "hoà" and "hòa" are the same and "hoa" is known to differ."""

    folded: str
    marks: str


@functools.lru_cache(maxsize=8192)
def _known(word: str) -> Word:
    return _make(word)


def _make(word: str) -> Word:
    decomposed = unicodedata.normalize("NFD", word)
    marks = [c for c in decomposed if c == "đ" or unicodedata.combining(c)]
    return Word(text.fold(word), "".join(sorted(marks)))


def of_name(full_name: str) -> tuple[Word, ...]:
    """The words of a name of our own data; "Quận 1" is one word, as in what is typed."""
    small = full_name.lower()
    if small.replace(" ", "").isalpha():
        cut = [_known(word) for word in small.split()]
    else:
        cut = [_known(word) for word in _WORD.findall(small.translate(_APOSTROPHES))]
    return _joined(cut) if _JOINS.search(small) else tuple(cut)


def of_query(typed: str) -> tuple[Word, ...]:
    """The words of what was typed, abbreviations written out: "q1", "p. 12", "x.", "tt", "tp"."""
    cut = _WORD.findall(text.nfc(typed).lower().translate(_APOSTROPHES))
    words: list[Word] = []
    for position, word in enumerate(cut):
        is_last = position == len(cut) - 1
        written_out = word if is_last else _ABBREVIATIONS.get(word, word)
        words.extend(_make(part) for part in written_out.split())
    return _joined([word for word in words if word.folded])


def _joined(words: list[Word]) -> tuple[Word, ...]:
    """Makes one word of a kind and its number (alone, a number names nothing) and of a kind of two words."""
    result: list[Word] = []
    for word in words:
        previous = result[-1].folded if result else ""
        numbered = _KIND_AND_NUMBER.match(word.folded)
        if (previous, word.folded) in _PAIRS:
            result[-1] = Word(previous + word.folded, "".join(sorted(result[-1].marks + word.marks)))
            continue
        if word.folded.isdecimal() and previous in _NUMBERED:
            result[-1] = Word(f"{_NUMBERED[previous]}{int(word.folded)}", "")
        elif numbered:
            result.append(Word(f"{_NUMBERED[numbered[1]]}{int(numbered[2])}", ""))
        else:
            result.append(word)
    return tuple(result)


def is_kind(word: Word) -> bool:
    """Whether the word names a kind of unit, as far as its marks (if typed) allow: "xã" and "xa", not "xà"."""
    return word.marks in _KIND_MARKS.get(word.folded, ())


def folded(words: tuple[Word, ...]) -> str:
    """The words as one folded string, a space between."""
    return " ".join(word.folded for word in words)


_KIND_MARKS = {kind.folded: ("", kind.marks) for name in KINDS for kind in of_name(name)}
