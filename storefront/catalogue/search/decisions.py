"""Reads the number of a decision out of a question: "2394/QĐ-UBND", "quyết định số 2394", "decision no. 2394". Pure."""

from __future__ import annotations

import re

from storefront.catalogue.search import phrases

_START, _END = r"(?<!\S)", r"(?![^\s,.;!?])"
_BY_NUMBER = re.compile(
    rf"{_START}(?:so )?(\d{{1,5}}) ?(?:/ ?\d{{4}} ?)?/? ?qd(?: ?[-/] ?[a-z]+| ubnd| ttg)*{_END}"
)
_BY_NAME = re.compile(
    rf"{_START}(?:quyet dinh|qd|decision)(?: so| no\.?| number)? ?(\d{{1,5}})(?:/\d{{4}})?(?:/qd(?:-[a-z]+)*)?{_END}"
)
_BARE = re.compile(r"\d{1,5}")


def read(question: str) -> tuple[str, str]:
    """The number of the decision asked for, empty where none is, and the question without it."""
    folded, _ = phrases.read(question)
    found = _BY_NAME.search(folded) or _BY_NUMBER.search(folded)
    return (found[1], phrases.without(question, [found.span()])[1]) if found else ("", question)


def number(question: str) -> str:
    """The number of the decision asked for, also where nothing else is said of it; empty where none is."""
    bare = question.strip()
    return bare if _BARE.fullmatch(bare) and bare.isascii() else read(question)[0]
