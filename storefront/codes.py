"""Public codes people read aloud and type: one alphabet of 31 without look-alikes, random, last character a check.

Kinds are told apart by prefix and length: order `DH` + 8, lot `L` + 9, case `HS` + 8, stamp 12 without a prefix.
The check is a weighted sum modulo 31, a prime, with weights that are all different and non-zero: every single wrong
character and every swap of two characters is caught.
"""

from __future__ import annotations

import itertools
import re
import secrets
from enum import StrEnum

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_IGNORED = dict.fromkeys(map(ord, " -–—\u00a0\t\r\n./_,;:"))


class Kind(StrEnum):
    """What a code names."""

    ORDER = "order"
    CASE = "case"
    LOT = "lot"
    STAMP = "stamp"


_SHAPES = {Kind.ORDER: ("DH", 8), Kind.CASE: ("HS", 8), Kind.LOT: ("L", 9), Kind.STAMP: ("", 12)}
_IN_ADDRESS = re.compile(r"(?:/t/|/01/\d{8,14}(?:/[^/?#\s]+)*?/10/)([0-9A-Za-z-]{1,40})")
_VOWELS = frozenset("AEIOUY")
_GROUPS = {Kind.ORDER: (2, 6, 10), Kind.CASE: (2, 6, 10), Kind.LOT: (1, 4, 7, 10), Kind.STAMP: (4, 8, 12)}


def new(kind: Kind) -> str:
    """A fresh random code of that kind (unique by a UNIQUE column, not by this function)."""
    prefix, length = _SHAPES[kind]
    body = "".join(secrets.choice(ALPHABET) for _ in range(length - 1))
    return prefix + body + check_character(body)


def check_character(body: str) -> str:
    """The character that makes the weighted sum of `body` and itself zero modulo 31."""
    total = sum(weight * _VALUE[character] for weight, character in enumerate(body, start=2))
    return ALPHABET[-total % 31]


def bare(typed: str) -> str:
    """What counts of what was typed: no spaces and hyphens, in capitals."""
    return typed.translate(_IGNORED).upper()


def parse(typed: str) -> tuple[Kind, str] | None:
    """The kind and canonical form of a code as typed: any case, with spaces and hyphens; None if it is none."""
    if len(typed) > 40:
        return None
    text = bare(typed)
    for kind, (prefix, length) in _SHAPES.items():
        body = text[len(prefix) :]
        if text.startswith(prefix) and len(body) == length and _is_sound(body):
            return kind, text
    return None


def length(kind: Kind) -> int:
    """How many characters a code of that kind has, its letters in front counted."""
    prefix, body = _SHAPES[kind]
    return len(prefix) + body


def looks_like_one(typed: str) -> bool:
    """A code has a digit, hyphens or capitals alone; a plain word may fit the check character by chance.

    So has what nobody can pronounce: words as long as a code have two vowels at least.
    """
    if "-" in typed or any(character.isdigit() for character in typed) or typed.isupper():
        return True
    return sum(character in _VOWELS for character in bare(typed)) < 2


def in_address(typed: str) -> str | None:
    """What stands for a code in the address of a lot's page, pasted with or without its host (`https://…/t/L7K2M9XD4T`).

    Also that of a lot in a GS1 Digital Link (`https://…/01/<GTIN>/10/L7K2M9XD4T`). In capitals; it is a sound code of a
    lot or one mistyped, and None is anything else.
    """
    found = _IN_ADDRESS.search(typed)
    code = bare(found[1]) if found else ""
    return code if canonical(code, Kind.LOT) or misspelt(code) is Kind.LOT else None


def misspelt(typed: str) -> Kind | None:
    """What the code was that somebody typed wrong: it looks like one of that kind, but does not bear its check out."""
    text = bare(typed)
    if not (text.isascii() and text.isalnum() and looks_like_one(typed)):
        return None
    for kind, (prefix, length) in _SHAPES.items():
        if text.startswith(prefix) and len(text) == len(prefix) + length:
            return None if _is_sound(text[len(prefix) :]) else kind
    return None


def canonical(typed: str, kind: Kind) -> str | None:
    """The canonical form if `typed` is a sound code of that kind."""
    found = parse(typed)
    return found[1] if found and found[0] is kind else None


def completed(typed: str, kind: Kind) -> str | None:
    """`canonical`, also for a code typed without its letters in front: `7k2m 9qx4` for `DH7K2M9QX4`."""
    return canonical(typed, kind) or canonical(_SHAPES[kind][0] + typed, kind)


def part(typed: str) -> str | None:
    """What was typed of a code, as the code has it: `739S` for `739s`; None below four characters or if none has them."""
    text = typed.translate(_IGNORED).upper()
    return text if len(text) >= 4 and all(character in _VALUE for character in text) else None


def grouped(code: str) -> str:
    """The code in groups for the eye: `DH-7K2M-9QX4`."""
    found = parse(code)
    if not found:
        return code
    kind, text = found
    bounds = (0, *_GROUPS[kind])
    return "-".join(text[start:end] for start, end in itertools.pairwise(bounds))


def _is_sound(body: str) -> bool:
    return all(character in _VALUE for character in body) and check_character(body[:-1]) == body[-1]
