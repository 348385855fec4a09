"""Setting a line of letters without a layout engine: how wide it is, and where it breaks. Pure."""

from __future__ import annotations

import functools
import itertools
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
FILES = (FONTS / "be-vietnam-pro-500.ttf", FONTS / "be-vietnam-pro-800.ttf")
TEXT, HEADING = FILES
FAMILIES = {TEXT: "Be Vietnam Pro Medium", HEADING: "Be Vietnam Pro ExtraBold"}


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Lines and the size of type at which they fit."""

    lines: tuple[str, ...]
    size: int


def width(text: str, font: Path, size: float) -> float:
    """Width of a line in that font and size; letters the font does not have count as an average one."""
    units, advances = _metrics(font)
    return sum(advances.get(ord(letter), units * 0.6) for letter in text) * size / units


def fit(text: str, font: Path, tries: Sequence[tuple[int, int]], widest: float) -> Setting:
    """The text by the first of these (size, most lines) at which it fits; cut with … where none is enough."""
    for size, most_lines in tries:
        lines = _broken(text, font, size, widest)
        if len(lines) <= most_lines and all(width(line, font, size) <= widest for line in lines):
            return Setting(lines=tuple(_evened(text, font, size, widest, len(lines))), size=size)
    size, most_lines = tries[-1]
    lines = _broken(text, font, size, widest)
    kept = [_cut(line, font, size, widest) for line in lines[:most_lines]]
    if len(lines) > most_lines:
        kept[-1] = _cut(lines[most_lines - 1] + " " + lines[most_lines], font, size, widest)
    return Setting(lines=tuple(kept), size=size)


def _broken(text: str, font: Path, size: int, widest: float) -> list[str]:
    lines: list[str] = []
    for word in _words(text):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, font, size) <= widest:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _evened(text: str, font: Path, size: int, widest: float, count: int) -> list[str]:
    """As many lines, as equally long as they get: none of them is left with one short word."""
    words = _words(text)
    if count == 1 or len(words) > 20:
        return _broken(text, font, size, widest)

    def lines(breaks: tuple[int, ...]) -> list[str]:
        ends = (0, *breaks, len(words))
        return [" ".join(words[start:end]) for start, end in itertools.pairwise(ends)]

    def unevenness(tried: list[str]) -> float:
        widths = [width(line, font, size) for line in tried]
        return sum(one * one for one in widths) if max(widths) <= widest else float("inf")

    return min(map(lines, itertools.combinations(range(1, len(words)), count - 1)), key=unevenness)


def _words(text: str) -> list[str]:
    """The words; a dash stays with the one before it."""
    return text.replace(" –", "\u00a0–").split(" ")


def _cut(line: str, font: Path, size: int, widest: float) -> str:
    if width(line, font, size) <= widest:
        return line
    while line and width(line + "…", font, size) > widest:
        line = line[:-1]
    return line.rstrip() + "…"


@functools.cache
def _metrics(file: Path) -> tuple[int, dict[int, int]]:
    """Units of the em, and the advance of every letter of a TrueType font."""
    data = file.read_bytes()
    count = struct.unpack(">H", data[4:6])[0]
    tables = {
        data[at : at + 4]: struct.unpack(">L", data[at + 8 : at + 12])[0]
        for at in range(12, 12 + 16 * count, 16)
    }
    units = struct.unpack(">H", data[tables[b"head"] + 18 :][:2])[0]
    full = struct.unpack(">H", data[tables[b"hhea"] + 34 :][:2])[0]
    hmtx = tables[b"hmtx"]

    def advance(glyph: int) -> int:
        at = hmtx + 4 * min(glyph, full - 1)
        found: int = struct.unpack(">H", data[at : at + 2])[0]
        return found

    return units, {letter: advance(glyph) for letter, glyph in _letters(data, tables[b"cmap"]).items()}


def _letters(data: bytes, cmap: int) -> dict[int, int]:
    """Which glyph each letter has, from the table of format 4.

    :raises ValueError: when the font has none.
    """
    for index in range(struct.unpack(">H", data[cmap + 2 : cmap + 4])[0]):
        at = cmap + struct.unpack(">L", data[cmap + 8 + 8 * index :][:4])[0]
        if struct.unpack(">H", data[at : at + 2])[0] == 4:
            return _format_4(data, at)
    raise ValueError("the font has no letter table of format 4")


def _format_4(data: bytes, at: int) -> dict[int, int]:
    double = struct.unpack(">H", data[at + 6 : at + 8])[0]

    def numbers(offset: int, kind: str) -> tuple[int, ...]:
        return struct.unpack(f">{double // 2}{kind}", data[at + offset : at + offset + double])

    ends, starts = numbers(14, "H"), numbers(16 + double, "H")
    deltas, offsets = numbers(16 + 2 * double, "h"), numbers(16 + 3 * double, "H")
    found = {}
    for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
        for letter in range(start, min(end, 0xFFFE) + 1):
            glyph = letter
            if offsets[index]:
                place = at + 16 + 3 * double + 2 * index + offsets[index] + 2 * (letter - start)
                glyph = struct.unpack(">H", data[place : place + 2])[0]
                if not glyph:
                    continue
            found[letter] = (glyph + deltas[index]) & 0xFFFF
    return found
