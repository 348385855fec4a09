"""Words for whoever waits."""

from __future__ import annotations


def say(words: str) -> None:
    """Print at once, also into a pipe."""
    print(words, flush=True)
