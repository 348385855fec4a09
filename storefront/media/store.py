"""Files of drawn pictures, each named by its digest: what is there is right, and nothing is ever changed."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path

GRACE = timedelta(days=30)
"""How long a picture that no page names any more is kept: chats show old ones for weeks."""
_DIGEST = re.compile(r"[0-9a-f]{32}")


class PictureStore:
    """The folder of the pictures."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, digest: str) -> bytes | None:
        """The picture of that name; None when there is none, or when it is no name of a picture."""
        if not _DIGEST.fullmatch(digest):
            return None
        try:
            return self._file(digest).read_bytes()
        except FileNotFoundError:
            return None

    def has(self, digest: str) -> bool:
        """It is there."""
        return self._file(digest).is_file()

    def names(self) -> set[str]:
        """Of all pictures that are there."""
        try:
            return {file.removesuffix(".png") for file in os.listdir(self._folder)}  # noqa: PTH208 - names, no paths
        except FileNotFoundError:
            return set()

    def keep(self, digest: str, body: bytes) -> None:
        """Write it whole or not at all."""
        self._folder.mkdir(parents=True, exist_ok=True)
        unfinished = self._folder / f".{digest}-{secrets.token_hex(4)}"
        unfinished.write_bytes(body)
        os.replace(unfinished, self._file(digest))  # noqa: PTH105 - Path.replace is the same call

    def forget_all_but(self, wanted: Collection[str], now: datetime) -> int:
        """Delete what is not wanted and older than the time of grace; returns how many."""
        if not self._folder.is_dir():
            return 0
        oldest = (now - GRACE).timestamp()
        gone = 0
        for file in self._folder.iterdir():
            if file.stem not in wanted and file.stat().st_mtime < oldest:
                file.unlink(missing_ok=True)
                gone += 1
        return gone

    def _file(self, digest: str) -> Path:
        return self._folder / f"{digest}.png"


def of_instance(instance_dir: Path) -> PictureStore:
    """The store of this shop."""
    return PictureStore(instance_dir / "media" / "og")
