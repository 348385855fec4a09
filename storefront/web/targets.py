"""Where to go next: only a path of our own."""

from __future__ import annotations

from urllib.parse import urlsplit


def local_path(wanted: str | None, otherwise: str) -> str:
    """`wanted` if it is a path of this shop, else `otherwise`; never another host, never `//host` or `/\\host`."""
    if not wanted or len(wanted) > 500 or not wanted.startswith("/") or wanted[1:2] in ("/", "\\"):
        return otherwise
    parts = urlsplit(wanted)
    if parts.scheme or parts.netloc or any(ord(character) < 33 for character in wanted):
        return otherwise
    return wanted
