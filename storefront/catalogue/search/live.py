"""The index of this process: built once, then kept up with what others commit.

A public version (see `database.public_version`) newer than the one the index has seen makes it read the listings whose
`revision` is newer too. Ids are compared where the numbers of listings differ, so that a deleted row is missed as well.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
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
_FEW = 20
_PART_ORDERED_ANEW = 70
_PART_BUILT_ANEW = 5
"""From such a part of all listings on (a fifth) it takes less time than to go one by one, at 100,000."""


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
        if kept is not None and kept.seen < version:
            if catch_up(kept.index, kept.seen):
                kept.seen = version
            else:
                del _kept[where]  # let go of before another is built: two of them are twice the memory
                kept = None
        if kept is None:
            kept = _kept[where] = _Kept(_built(), version)
        yield kept.index


def forget() -> None:
    """Drop what was built: the database is another one, or was put back (tests, a restored copy)."""
    with _lock:
        _kept.clear()


def catch_up(index: Index, seen: int) -> bool:
    """Bring an index that saw the database at that version up to what the database says now.

    False where one built anew is wanted instead: too much has changed, or too many positions are no longer used.
    """
    changed = list(session().scalars(sa.select(Listing.id).where(Listing.revision > seen)))
    if len(changed) > max(_FEW, len(index) // _PART_BUILT_ANEW):
        return False
    _renew(index, changed)
    if reading.count_published() != len(index):
        there = reading.published_ids()
        known = set(index.position_of)
        _renew(index, sorted(there ^ known))
    return index.dead <= max(_MOST_DEAD, len(index) // 2)


def _renew(index: Index, listing_ids: list[int]) -> None:
    left = set(listing_ids)
    many = len(left) > max(_FEW, len(index) // _PART_ORDERED_ANEW)
    with index.changed_together() if many else nullcontext():
        for row, body in reading.some(listing_ids):
            index.put(row, body)
            left.discard(row.id)
        for listing_id in left:
            index.drop(listing_id)


def _built() -> Index:
    index = Index()
    with _collector_resting():
        index.fill(reading.everything())
        if len(index) > _LARGE:
            gc.freeze()  # it stays for the life of the process: the collector need not look through it ever
    return index


@contextmanager
def _collector_resting() -> Iterator[None]:
    """What an index is built of stays: looking through all of it again and again takes a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
