"""The index of this process: built once, then kept up with what others commit.

A public version (see `database.public_version`) newer than the one the index has seen makes it read the listings whose
`revision` is newer too. Ids are compared where the numbers of listings differ, so that a deleted row is missed as well.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from storefront import database
from storefront.catalogue.models import Listing
from storefront.catalogue.search import reading
from storefront.catalogue.search.index import Index
from storefront.database import session

_MOST_DEAD = 2000
_LARGE = 10_000


@dataclass
class _Kept:
    index: Index
    seen: int


_lock = threading.RLock()
_kept: dict[Engine, _Kept] = {}


@contextmanager
def current() -> Iterator[Index]:
    """The index, caught up with the database; nobody changes it before the block ends."""
    version = database.public_version()
    where = database.bound_engine()
    with _lock:
        kept = _kept.get(where)
        if kept is None:
            kept = _kept[where] = _Kept(_built(), version)
        elif kept.seen < version:
            catch_up(kept.index, kept.seen)
            kept.seen = version
            if kept.index.dead > max(_MOST_DEAD, len(kept.index) // 2):
                kept.index = _built()
        yield kept.index


def forget() -> None:
    """Drop what was built: the database is another one, or was put back (tests, a restored copy)."""
    with _lock:
        _kept.clear()


def catch_up(index: Index, seen: int) -> None:
    """Bring an index that saw the database at that version up to what the database says now."""
    changed = list(session().scalars(sa.select(Listing.id).where(Listing.revision > seen)))
    _renew(index, changed)
    if reading.count_published() != len(index):
        there = reading.published_ids()
        known = set(index.position_of)
        _renew(index, sorted(there ^ known))


def _renew(index: Index, listing_ids: list[int]) -> None:
    left = set(listing_ids)
    for row, body in reading.some(listing_ids):
        index.put(row, body)
        left.discard(row.id)
    for listing_id in left:
        index.drop(listing_id)


def _built() -> Index:
    index = Index()
    index.fill(reading.everything())
    if len(index) > _LARGE:
        gc.freeze()  # it stays for the life of the process: the collector need not look through it again and again
    return index
