"""The door of this room: provinces, a commune by code or name, an old unit, and the search while typing."""

from __future__ import annotations

import functools
import re

from storefront import text
from storefront.places import reading, search, words
from storefront.places.search import HOME_PROVINCE
from storefront.places.units import Commune, FormerUnit, Match, PlaceNotFound, Province

__all__ = [
    "HOME_PROVINCE",
    "Commune",
    "FormerUnit",
    "Match",
    "PlaceNotFound",
    "Province",
    "by_name",
    "commune",
    "communes_of",
    "districts_before",
    "find",
    "former",
    "home_districts",
    "home_districts_of",
    "names_before",
    "province",
    "provinces",
]

_ENDED_DISTRICT = "huyện Lộc Hà"
"""Of the home province: part of huyện Thạch Hà from 2025 on, yet what people and the register call that land."""
_SHORT_KIND = re.compile(r"^(?:(?:tt|tx|tp)(?:\.\s*|\s+)|[xpqht]\.\s*)", re.IGNORECASE)
_SHORT_KINDS = {"tt": "thị trấn", "tx": "thị xã", "tp": "thành phố"} | {
    "x": "xã",
    "p": "phường",
    "q": "quận",
    "h": "huyện",
    "t": "tỉnh",
}


@functools.cache
def provinces() -> tuple[Province, ...]:
    """The 34 provinces and centrally run cities in Vietnamese order of their short names."""
    found = {commune.province.code: commune.province for commune in reading.communes()}
    return tuple(sorted(found.values(), key=lambda province: text.sort_key(province.short_name)))


def province(code: str) -> Province:
    """The province with this code; `PlaceNotFound` if there is none."""
    found = next((province for province in provinces() if province.code == code), None)
    if found is None:
        raise PlaceNotFound(code)
    return found


def communes_of(province_code: str) -> tuple[Commune, ...]:
    """The communes of a province in Vietnamese order, for a list to choose from; none for an unknown code."""
    return _communes_by_province().get(province_code, ())


def commune(code: str) -> Commune:
    """The commune with this official code; `PlaceNotFound` if there is none."""
    found = _communes_by_code().get(code)
    if found is None:
        raise PlaceNotFound(code)
    return found


def find(query: str, limit: int = 8) -> list[Match]:
    """Places for what was typed, best first, one entry a commune; an empty list when nothing fits or makes sense.

    Marks may be left out, words may stand in any order, the last may be half typed; old communes and districts lead
    to the communes of today, a divided one to all of them, the one with the larger part first. Typed marks count: a
    name with just these marks stands before one without.
    """
    return search.find(query, max(limit, 0))


def by_name(name: str, province_name: str) -> Commune | None:
    """The commune of that name in that province, each with or without its kind; None if there is none or several.

    Matched folded; where two names of a province fold alike ("Sơn Hà", "Sơn Hạ") the marks and the kind decide.
    """
    kind, bare = _split(name)
    found = _communes_by_name().get((_key(_split(province_name)[1]), _key(bare)), [])
    if len(found) > 1:
        found = [commune for commune in found if text.nfc(commune.name).lower() == bare.lower()] or found
    if len(found) > 1:
        found = [commune for commune in found if commune.kind == kind]
    return found[0] if len(found) == 1 else None


def former(name: str, district: str, province: str) -> FormerUnit | None:
    """The unit of before 1 July 2025, each part with or without its kind; None if there is none or several.

    `district` may be "" when the name is the only one of its kind in the province. Units that mergers of 2019-2024
    had ended already are not known.
    """
    kind, bare = _split(name)
    district_kind, district_bare = _split(district)
    found = [
        unit
        for unit in _former_by_name().get((_key(_split(province)[1]), _key(bare)), [])
        if not district or _is_named(unit.district, district_kind, district_bare)
    ]
    if len(found) > 1:
        same_kind = [unit for unit in found if kind and reading.split_kind(unit.name)[0] == kind]
        found = same_kind or found
    if len(found) > 1:
        found = [unit for unit in found if _split(unit.name)[1].lower() == bare.lower()] or found
    return found[0] if len(found) == 1 else None


@functools.lru_cache(maxsize=4096)
def districts_before(code: str, told: str | None = None) -> tuple[str, ...]:
    """The districts of before 1 July 2025 in which a commune's land lay, with their kinds: ("huyện Hương Khê",).

    `told` is what a source says of them ("TX Kỳ Anh"): if it names one of these, that one alone.
    """
    found = _districts_by_commune().get(code, ())
    if told:
        return _told_of(found, told) or found
    return found


@functools.cache
def home_districts() -> dict[str, str]:
    """The old districts of the shop's own province by slug: `huyen-huong-son` is "huyện Hương Sơn"."""
    names = [name for one in communes_of(HOME_PROVINCE) for name in districts_before(one.code)]
    return {text.slugify(name): name for name in (*names, _ENDED_DISTRICT)}


@functools.lru_cache(maxsize=4096)
def home_districts_of(code: str | None, told: str | None) -> tuple[str, ...]:
    """The old districts of a product of the home province: those of its commune, else the one a source tells.

    A district that had ended by 2025 is added where the source tells it.
    """
    named = _told_of(tuple(home_districts().values()), told) if told else ()
    if not code:
        return named
    found = districts_before(code, told)
    return (*found, _ENDED_DISTRICT) if _ENDED_DISTRICT in named else found


def names_before(code: str) -> tuple[str, ...]:
    """The units of before 1 July 2025 whose land a commune has, with their kinds."""
    return _units_by_commune().get(code, ())


def _told_of(districts: tuple[str, ...], told: str) -> tuple[str, ...]:
    """Those of the districts that a source names."""
    kind, bare = _split(told)
    # a source that says "Kỳ Anh" means the rural district; the town is always named as one
    named = [one for one in districts if _is_named(one, kind or "huyện", bare)]
    return tuple(named or [one for one in districts if _is_named(one, kind, bare)])


def _is_named(full_name: str, kind: str, bare: str) -> bool:
    own_kind, own = reading.split_kind(full_name)
    return _key(own) == _key(bare) and kind in ("", own_kind.lower())


def _split(name: str) -> tuple[str, str]:
    """Kind and bare name of what was written, also abbreviated: "TX Kỳ Anh" -> ("thị xã", "Kỳ Anh")."""
    plain = text.squash(text.nfc(name))
    short = _SHORT_KIND.match(plain)
    if short:
        return _SHORT_KINDS[short[0].strip(" .").lower()], plain[short.end() :]
    return reading.split_kind(plain) if len(plain) < search.MOST_CHARACTERS else ("", plain)


def _key(bare: str) -> str:
    return words.folded(words.of_name(bare)) if len(bare) < search.MOST_CHARACTERS else ""


@functools.cache
def _communes_by_code() -> dict[str, Commune]:
    return {commune.code: commune for commune in reading.communes()}


@functools.cache
def _districts_by_commune() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for unit in reading.former_units():
        for heir in unit.successors:
            if unit.district:
                found.setdefault(heir.code, {})[unit.district] = None
    return {code: tuple(districts) for code, districts in found.items()}


@functools.cache
def _units_by_commune() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for unit in reading.former_units():
        for heir in unit.successors:
            found.setdefault(heir.code, []).append(unit.name)
    return {code: tuple(names) for code, names in found.items()}


@functools.cache
def _communes_by_province() -> dict[str, tuple[Commune, ...]]:
    found: dict[str, list[Commune]] = {}
    for one in sorted(reading.communes(), key=lambda commune: text.sort_key(commune.name)):
        found.setdefault(one.province.code, []).append(one)
    return {code: tuple(communes) for code, communes in found.items()}


@functools.cache
def _communes_by_name() -> dict[tuple[str, str], list[Commune]]:
    found: dict[tuple[str, str], list[Commune]] = {}
    for one in reading.communes():
        found.setdefault((_key(one.province.short_name), _key(one.name)), []).append(one)
    return found


@functools.cache
def _former_by_name() -> dict[tuple[str, str], list[FormerUnit]]:
    found: dict[tuple[str, str], list[FormerUnit]] = {}
    for unit in reading.former_units():
        key = (_key(reading.split_kind(unit.province)[1]), _key(reading.split_kind(unit.name)[1]))
        found.setdefault(key, []).append(unit)
    return found
