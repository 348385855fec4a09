"""The worker's drawing table: pictures of listings that changed, a few at a time between letters."""

from __future__ import annotations

import itertools
import logging
import time
from datetime import date, datetime

from storefront.catalogue import picture_queries
from storefront.catalogue import service as catalogue
from storefront.database import transaction
from storefront.media import picture
from storefront.media.picture import Subject
from storefront.media.store import PictureStore

log = logging.getLogger(__name__)
AT_A_TIME = 1.0
"""Seconds: letters wait no longer than this for pictures."""
AT_ONCE = 1000
"""No more pictures are looked up at once, however many a first start leaves to draw."""
PAUSE = 20.0
SHARE = 50
"""It looks again after PAUSE seconds, or SHARE times as long as looking took: 2 % of a processor at most."""


class DrawingTable:
    """What is left to draw. A page never shows a wrong picture meanwhile: it knows the name of the right one."""

    def __init__(self, store: PictureStore) -> None:
        self._store = store
        self._due: list[tuple[int, str, Subject]] = []
        self._look_again = 0.0

    def draw(self, day: date) -> int:
        """Draw what is due for about a second; returns how many listings got their picture."""
        if not self._due and time.monotonic() >= self._look_again:
            self._look(day)
        drawn = self._some()
        if drawn:
            with transaction():
                catalogue.note_pictures(drawn)
        return len(drawn)

    def clear_away(self, now: datetime) -> int:
        """Delete pictures that no listing has named for long; returns how many."""
        return self._store.forget_all_but(picture_queries.in_use(), now)

    def _look(self, day: date) -> None:
        started = time.monotonic()
        self._due = list(itertools.islice(picture_queries.due(day, self._store.names()), AT_ONCE))[::-1]
        took = time.monotonic() - started
        # a full table is drawn first, and looked after as soon as it is empty
        self._look_again = 0.0 if len(self._due) == AT_ONCE else started + max(PAUSE, SHARE * took)

    def _some(self) -> dict[int, str]:
        drawn: dict[int, str] = {}
        until = time.monotonic() + AT_A_TIME
        while self._due and time.monotonic() < until:
            listing_id, digest, subject = self._due.pop()
            try:
                if not self._store.has(digest):
                    self._store.keep(digest, picture.png(subject))
            except (OSError, ValueError) as error:  # a full disk, a name that is no text: letters still leave
                log.warning("picture of listing %s was not drawn: %s", listing_id, error)
            else:
                drawn[listing_id] = digest
        return drawn
