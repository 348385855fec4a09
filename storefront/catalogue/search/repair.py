"""Words that an input method left half-made: Telex ("nuwowcs", "oong") and VNI ("mat65", "d9o7") keys. Pure."""

from __future__ import annotations

import re
import unicodedata

_TELEX_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_DOUBLES = (("dd", "đ"), ("aa", "â"), ("ee", "ê"), ("oo", "ô"))
_HORNED = {"a": "ă", "o": "ơ", "u": "ư"}
_HATTED = {"a": "â", "e": "ê", "o": "ô"}
_VOWELS = frozenset("aeiouyăâêôơư")
_LONGEST = 12
_MOST_MARKED = 3
"""Letters that bear a mark of their own in one syllable, at most: those of "đường"."""


def repaired(word: str) -> str | None:
    """The word that these keys were to make; None when there are no left-over keys in it."""
    if len(word) > _LONGEST:
        return None
    made = _vni(word) if re.search(r"[^\W\d_][1-9]", word) else _telex(word)
    return unicodedata.normalize("NFC", made) if made and made != word else None


def _telex(word: str) -> str | None:
    rest, tone = _without_tone(word)
    for double, letter in _DOUBLES:
        rest = rest.replace(double, letter)
    while "w" in rest:
        before, _, after = rest.partition("w")
        rest = _horned(before) + after
    return _with_tone(rest, tone)


def _vni(word: str) -> str | None:
    made, tone = "", ""
    digits = [key for key in word if key.isdigit()]
    if sum(key in _VNI_TONES for key in digits) > 1 or len(digits) > _MOST_MARKED + 1:
        return None
    for key in word:
        if key in _VNI_TONES:
            tone = _VNI_TONES[key]
        elif key == "6":
            made = _changed_last(made, _HATTED)
        elif key == "7":
            made = _horned(made)
        elif key == "8":
            made = _changed_last(made, {"a": "ă"})
        elif key == "9":
            made = _changed_last(made, {"d": "đ"})
        elif key.isdigit():
            return None
        else:
            made += key
    return _with_tone(made, tone)


def _without_tone(word: str) -> tuple[str, str]:
    """A tone key stands behind the vowel; no Vietnamese syllable ends in one of these letters."""
    first = next((place for place, letter in enumerate(word) if _plain(letter) in _VOWELS), len(word))
    keys = [letter for letter in word[first:] if letter in _TELEX_TONES]
    if not keys:
        return word, ""
    return word[:first] + "".join(c for c in word[first:] if c not in _TELEX_TONES), _TELEX_TONES[keys[-1]]


def _plain(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


def _horned(before: str) -> str:
    if "uo" in before:
        head, _, tail = before.rpartition("uo")
        return f"{head}ươ{tail}"
    if "ưo" in before:
        return before.replace("ưo", "ươ")
    changed = _changed_last(before, _HORNED)
    return changed if changed != before else before + "ư"


def _changed_last(made: str, change: dict[str, str]) -> str:
    for place in range(len(made) - 1, -1, -1):
        if made[place] in change:
            return made[:place] + change[made[place]] + made[place + 1 :]
    return made


def _with_tone(made: str, tone: str) -> str:
    if not tone:
        return made
    last = max((place for place, letter in enumerate(made) if _plain(letter) in _VOWELS), default=-1)
    return made[: last + 1] + tone + made[last + 1 :] if last >= 0 else made
