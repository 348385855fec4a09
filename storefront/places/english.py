"""Names of places as English writes them: the name first, its kind after it."""

from __future__ import annotations

import re

_KINDS = {
    "xã": "commune",
    "phường": "ward",
    "đặc khu": "special zone",
    "thị trấn": "township",
    "tt": "township",
    "huyện": "district",
    "quận": "district",
    "thị xã": "town",
    "tx": "town",
    "thành phố": "City",
    "tp": "City",
    "tỉnh": "province",
}
_PLACE = re.compile(rf"({'|'.join(_KINDS)}) (.+)", re.IGNORECASE)
_TYPED_NUMBERED = re.compile(r"\b(district|ward) (\d+)\b", re.IGNORECASE)
_TYPED_KIND = re.compile(r"\b(?:commune|ward|township|district|town|city|province)\b", re.IGNORECASE)
_NUMBERED = {"district": "quận", "ward": "phường"}


def told(name: str) -> str:
    """`xã Sơn Giang, tỉnh Hà Tĩnh` as `Sơn Giang commune, Hà Tĩnh province`."""
    return ", ".join(_told(part) for part in name.split(", "))


def without_kinds(typed: str) -> str:
    """What was typed without English kinds, for a search by Vietnamese names: `Ho Chi Minh City` as `Ho Chi Minh`.

    A numbered one keeps its kind, which is half of its name: `District 1` as `quận 1`.
    """
    numbered = _TYPED_NUMBERED.sub(lambda found: f"{_NUMBERED[found[1].lower()]} {found[2]}", typed)
    return _TYPED_KIND.sub(" ", numbered)


def _told(part: str) -> str:
    found = _PLACE.fullmatch(part)
    return f"{found[2]} {_KINDS[found[1].lower()]}" if found else part
