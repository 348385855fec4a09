"""Reads the two files of places, once a process."""

from __future__ import annotations

import csv
import functools
import importlib.resources
import re
from collections.abc import Iterator

from storefront import text
from storefront.places.units import Commune, FormerUnit, Province

KINDS = ("đặc khu", "thành phố", "thị trấn", "thị xã", "phường", "huyện", "quận", "tỉnh", "xã")
_KIND_AND_NAME = re.compile(rf"({'|'.join(KINDS)}) +(.+)", re.IGNORECASE | re.DOTALL)
_NUMBERED = re.compile(r"\w+ \d+")
_SHARES = {"whole": 0, "main part": 1, "part": 2}


@functools.cache
def communes() -> tuple[Commune, ...]:
    """Every commune of today, in the order of the official codes."""
    by_code: dict[str, Province] = {}
    found = []
    for code, full_name, province_code, province_name, lat, lon in _rows("communes.csv"):
        province = by_code.get(province_code) or _province(province_code, province_name)
        by_code[province_code] = province
        kind, name = split_kind(full_name)
        found.append(Commune(code, name, kind, province, float(lat), float(lon)))
    return tuple(found)


@functools.cache
def former_units() -> tuple[FormerUnit, ...]:
    """Every unit of before 1 July 2025, those of one district together."""
    by_code = {commune.code: commune for commune in communes()}
    targets: dict[tuple[str, str, str], list[tuple[int, Commune]]] = {}
    for name, district, province, code, share in _rows("communes_before_2025.csv"):
        key = (name, district, province) if name else (district, "", province)
        targets.setdefault(key, []).append((_SHARES[share], by_code[code]))
    again = functools.cache(in_sentence)
    return tuple(
        FormerUnit(in_sentence(name), again(district), again(province), _in_order_of_share(parts))
        for (name, district, province), parts in targets.items()
    )


def split_kind(full_name: str) -> tuple[str, str]:
    """The kind in small letters ("" if none is written) and the name without it."""
    found = _KIND_AND_NAME.match(full_name)
    return (found[1].lower(), found[2].strip()) if found else ("", full_name)


def in_sentence(full_name: str) -> str:
    """A name of these files, which all have their kind, as inside a sentence: "huyện Hương Khê".

    The kind keeps its capital before a number and in "Thành phố Hồ Chí Minh" (NĐ 30/2020/NĐ-CP, Phụ lục II, mục III).
    """
    if (
        full_name[-1:].isdecimal() and _NUMBERED.fullmatch(full_name)
    ) or full_name == "Thành phố Hồ Chí Minh":
        return full_name
    if full_name[:1] in "XPHQ":  # kinds of one word, nine names in ten: no need to cut them
        return full_name[:1].lower() + full_name[1:]
    kind, name = split_kind(full_name)
    return f"{kind} {name}" if kind else full_name


def _in_order_of_share(parts: list[tuple[int, Commune]]) -> tuple[Commune, ...]:
    if len(parts) == 1:
        return (parts[0][1],)
    return tuple(commune for _, commune in sorted(parts, key=lambda part: (part[0], part[1].code)))


def _province(code: str, full_name: str) -> Province:
    _, short = split_kind(full_name)
    return Province(code, in_sentence(full_name), short, text.fold(short))


def _rows(file_name: str) -> Iterator[list[str]]:
    path = importlib.resources.files("storefront.places").joinpath("data", file_name)
    rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
    next(rows)
    return rows
