"""What a process keeps of the database, read again once the version it was read at is no longer that of now."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy.engine import Engine

from storefront.database import bound_engine, public_version, session

T = TypeVar("T")
_kept: dict[Callable[[], Any], tuple[tuple[Engine, int], Any]] = {}


def kept_by(version: Callable[[], int]) -> Callable[[Callable[[], T]], Callable[[], T]]:
    """Decorator: what was read from the tables a version speaks of is kept by the process for as long as it stands.

    It has to be plain values, for rows belong to a session. Whoever is writing reads anew; of several threads that need
    the same one reads and the others wait.
    """

    def keeping(read: Callable[[], T]) -> Callable[[], T]:
        reading = threading.Lock()

        @functools.wraps(read)
        def read_once() -> T:
            if "changes" in session().info:
                return read()
            wanted = bound_engine(), version()
            known = _kept.get(read)
            if known is None or known[0] != wanted:
                with reading:
                    known = _kept.get(read)
                    if known is None or known[0] != wanted:
                        known = _kept[read] = wanted, read()
            found: T = known[1]
            return found

        return read_once

    return keeping


def kept(read: Callable[[], T]) -> Callable[[], T]:
    """The same for what was read from any shown tables."""
    return kept_by(public_version)(read)


def forget_kept() -> None:
    """Drop what was kept: the database was put back, and its versions with it (tests, a restored copy)."""
    _kept.clear()
