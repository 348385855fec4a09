"""Words of a health claim, which food may not carry without papers (NĐ 15/2018); a text with one is refused. Pure."""

from __future__ import annotations

import re

VIETNAMESE = ("chữa", "đặc trị", "khỏi bệnh")
ENGLISH = (
    "cancer",
    "cure",
    "cures",
    "detox",
    "disease",
    "diseases",
    "FDA",
    "heal",
    "healing",
    "heals",
    "illness",
    "immune",
    "immunity",
    "medicinal",
    "remedy",
    "therapy",
    "treat",
    "treatment",
    "treats",
)
"""Whole words: `cured` in salt is no claim."""
ALL = (*VIETNAMESE, *ENGLISH)
_ENGLISH = re.compile(rf"\b(?:{'|'.join(ENGLISH)})\b", re.IGNORECASE)


def first_in(words: str) -> str | None:
    """The first such word of a text, or None."""
    small = words.lower()
    found = next((claim for claim in VIETNAMESE if claim in small), None)
    if found:
        return found
    said = _ENGLISH.search(words)
    return said[0] if said else None
