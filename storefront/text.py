"""Vietnamese text: one form to store (NFC), one form to match by (folded), slugs, cleaning and A-Z order. Pure.

Three spelling habits meet when folded: marks left out (mat ong = mật ong), where the tone stands (hoà = hòa) and
i or y at the end of a syllable (Kì Anh = Kỳ Anh, quí = quý).
"""

from __future__ import annotations

import functools
import re
import unicodedata

_INVISIBLE = {"Mn", "Cc", "Cf", "Cs"}
_WITH_INVISIBLE = (*range(0x3100), *range(0xD800, 0xE000), *range(0xFE00, 0x10000))
_DROPPED: dict[int, int | None] = {
    point: None
    for point in _WITH_INVISIBLE
    if unicodedata.category(chr(point)) in _INVISIBLE and not chr(point).isspace()
}
_DROPPED[ord("đ")] = ord("d")
_FINAL_Y = re.compile(r"(?:(?<=[b-df-hj-np-tv-xz])|(?<=qu))y(?![^\W\d_])")

_UNSAFE = dict.fromkeys(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0xFEFF, *range(0xD800, 0xE000)]
)
_CONTROL = {point: None for point in (*range(0x20), *range(0x7F, 0xA0)) if point != ord("\n")}
_LINE_BREAK = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n{3,}")


def nfc(s: str) -> str:
    """`s` in the composed form in which all text is stored (macOS and some PDFs hand over the decomposed one)."""
    return unicodedata.normalize("NFC", s)


def squash(s: str) -> str:
    """`s` with every run of whitespace as one space, and none at the ends."""
    return " ".join(s.split())


def strip_marks(s: str) -> str:
    """`s` in small letters without marks, đ as d, whitespace squashed, invisible characters dropped; y stays y."""
    small = unicodedata.normalize("NFD", s).casefold()
    plain = unicodedata.normalize("NFD", small)
    if not plain.isascii() or not plain.isprintable():
        plain = nfc(plain.translate(_DROPPED))
    return squash(plain)


def fold(s: str) -> str:
    """The form by which text is matched: `strip_marks`, and a syllable's final y as i ("Kỳ" = "Kì", "quý" = "quí").

    Only a y that closes a syllable after a consonant or after "qu" is meant: "thủy" and "thúi", "tay" and "tai" are
    different words and stay apart. A half-typed word can end in such a y ("quy" on the way to "quynh"): who matches
    by prefix asks `prefixes`.
    """
    return _FINAL_Y.sub("i", strip_marks(s))


def prefixes(folded: str) -> tuple[str, ...]:
    """The beginnings that a half-typed, folded word may stand for: "qui" may become "quit" or "quynh"."""
    with_y = folded[:-1] + "y"
    return (folded, with_y) if folded.endswith("i") and fold(with_y) == folded else (folded,)


def slugify(s: str) -> str:
    """The part of a public address for a name: a-z, 0-9 and single hyphens; "" when nothing of `s` can stay."""
    return "-".join(re.findall(r"[a-z0-9]+", strip_marks(s)))


def clean_line(s: str, most: int) -> str:
    """One line of typed text, safe to store: NFC, no control characters, whitespace squashed, cut at `most`.

    A form that must refuse what is too long checks the length itself, before.
    """
    spaced = squash(s).translate(_CONTROL).translate(_UNSAFE)
    return squash(nfc(spaced))[: max(most, 0)].rstrip()


def clean_text(s: str) -> str:
    """Typed text of several lines, safe to store: NFC, line ends as "\\n", at most one blank line in a row."""
    lines = _LINE_BREAK.sub("\n", s).replace("\t", " ").translate(_CONTROL).translate(_UNSAFE)
    trimmed = "\n".join(line.rstrip() for line in nfc(lines).split("\n"))
    return _BLANK_LINES.sub("\n\n", trimmed).strip()


_BREVE, _CIRCUMFLEX, _HORN = "\u0306", "\u0302", "\u031b"
_SHAPES = {_BREVE: 1, _CIRCUMFLEX: 2, _HORN: 3}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_NUMBER_MOST = 9


def sort_key(s: str) -> str:
    """A key that puts names in Vietnamese order: a ă â b c d đ e ê ..., then huyền, hỏi, ngã, sắc, nặng.

    Letters decide first and tones only between equal letters; numbers count as numbers ("Sơn Kim 2" before "10").
    The key holds only 0-9 and a-z, so every collation of either database sorts it alike.
    """
    letters: list[str] = []
    tones: list[str] = []
    for word in re.findall(r"\d+|[^\W\d_]+|[^\w\s]+|_+", unicodedata.normalize("NFC", squash(s)).lower()):
        letters.append(_number_key(word) if word.isdecimal() else _word_key(word))
        tones.append(_tone_of(word))
    return "01".join(letters) + "00" + "".join(tones)


def _number_key(digits: str) -> str:
    plain = str(int(digits[:400]))[:_NUMBER_MOST]
    return f"1{len(plain)}{plain}"


@functools.lru_cache(maxsize=16_384)
def _word_key(word: str) -> str:
    return "".join(_letter_key(letter) for letter in word)


def _letter_key(letter: str) -> str:
    if letter == "đ":
        return "d1"
    decomposed = unicodedata.normalize("NFD", letter)
    base, marks = decomposed[0], decomposed[1:]
    if not ("a" <= base <= "z"):
        return "02" if not letter.isalpha() else f"zz{ord(letter):06x}"
    return base + str(next((_SHAPES[mark] for mark in marks if mark in _SHAPES), 0))


@functools.lru_cache(maxsize=16_384)
def _tone_of(word: str) -> str:
    return next((_TONES[mark] for mark in unicodedata.normalize("NFD", word) if mark in _TONES), "0")
