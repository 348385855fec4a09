"""Which language is spoken: a request's by its address, a letter's by whom it is written to. Vietnamese where none is set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

VIETNAMESE = "vi"
ENGLISH = "en"
PREFIXES = {VIETNAMESE: "", ENGLISH: "/en"}
"""Languages of the pages, each with what stands before the path; Vietnamese first."""

_spoken: ContextVar[str] = ContextVar("language", default=VIETNAMESE)


def current() -> str:
    """The language of what is being written: `vi` or `en`."""
    return _spoken.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Write in that language for a while; Vietnamese for one that the shop does not know."""
    before = _spoken.set(language if language in PREFIXES else VIETNAMESE)
    try:
        yield
    finally:
        _spoken.reset(before)


def at(path: str) -> str:
    """That path of the shop (`/soi`) in the language spoken."""
    return PREFIXES[_spoken.get()] + path


def split(path: str) -> tuple[str, str]:
    """The language an address is in, and its path without what says so."""
    for language, prefix in PREFIXES.items():
        if prefix and (path == prefix or path.startswith(f"{prefix}/")):
            return language, path[len(prefix) :] or "/"
    return VIETNAMESE, path
