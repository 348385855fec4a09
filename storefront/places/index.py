"""The index in which places are found: words of names, and words of what surrounds them. Built once a process.

An entry is a commune of today (numbers below `Index.communes`) or a unit of before. A word is looked for in the name
of an entry and in its surroundings: its kind, districts and provinces, old and new, with their abbreviations.
"""

from __future__ import annotations

import bisect
import collections
import functools
from collections.abc import Iterable
from dataclasses import dataclass, field

from storefront import text
from storefront.places import reading, words
from storefront.places.units import Commune, FormerUnit
from storefront.places.words import Word

_ALIASES = {
    "ho chi minh": ("hcm", "hcmc", "tphcm", "sg", "sai", "gon", "saigon"),
    "ha noi": ("hn", "hnoi"),
    "da nang": ("dn",),
    "hue": ("tth", "thua", "thien"),
    "ba ria vung tau": ("brvt", "vt"),
    "dak lak": ("dac", "lac", "daclac"),
    "dak nong": ("dac", "dacnong"),
}
_TAKEN = frozenset(alias for aliases in _ALIASES.values() for alias in aliases)

Postings = dict[str, set[int]]


@dataclass(slots=True)
class Index:
    """Entries by number, and for each word the entries that bear it in their name or around it."""

    communes: int
    entries: list[Commune | FormerUnit]
    names: list[tuple[Word, ...]]
    by_word: Postings = field(default_factory=lambda: collections.defaultdict(set))
    around: Postings = field(default_factory=lambda: collections.defaultdict(set))
    districts: Postings = field(default_factory=lambda: collections.defaultdict(set))
    vocabulary: list[str] = field(default_factory=list)
    vocabulary_around: list[str] = field(default_factory=list)

    def starting_with(self, beginnings: Iterable[str]) -> tuple[set[int], set[int]]:
        """Entries with a word that begins so, in their names and around them."""
        named: set[int] = set()
        near: set[int] = set()
        for beginning in beginnings:
            for vocabulary, postings, found in (
                (self.vocabulary, self.by_word, named),
                (self.vocabulary_around, self.around, near),
            ):
                start = bisect.bisect_left(vocabulary, beginning)
                end = bisect.bisect_right(vocabulary, beginning + "\U0010ffff")
                found.update(*(postings[word] for word in vocabulary[start:end]))
        return named, near


@functools.cache
def get() -> Index:
    """The index of this process."""
    communes, former = reading.communes(), reading.former_units()
    names = [_bare_words(place.full_name) for place in communes]
    names += [_bare_words(unit.name) for unit in former]
    index = Index(len(communes), [*communes, *former], names)
    for number, name in enumerate(names):
        for word in name:
            index.by_word[word.folded].add(number)
    _add_surroundings(index, communes, former)
    index.vocabulary = sorted(index.by_word)
    index.vocabulary_around = sorted(index.around)
    return index


@functools.cache
def by_full_name() -> dict[str, list[int]]:
    """Entries by their whole folded name."""
    found: dict[str, list[int]] = {}
    for number, name in enumerate(get().names):
        found.setdefault(words.folded(name), []).append(number)
    return found


@functools.cache
def by_glued_name() -> dict[str, str]:
    """Folded names by their letters alone: "caugiay" -> "cau giay"."""
    return {name.replace(" ", ""): name for name in by_full_name() if " " in name}


def _bare_words(full_name: str) -> tuple[Word, ...]:
    """The words of a name without its kind; "Quận 1" and "Phường 3 Bảo Lộc" keep it."""
    _kind, name = reading.split_kind(full_name)
    return words.of_name(full_name if name[:1].isdecimal() else name)


def _add_surroundings(index: Index, communes: tuple[Commune, ...], former: tuple[FormerUnit, ...]) -> None:
    """Enters kinds, districts and provinces; old ones also for the communes of today that lie where they were."""
    found: Postings = collections.defaultdict(set)
    number_of = {commune.code: number for number, commune in enumerate(communes)}
    for number, commune in enumerate(communes):
        found[commune.kind].add(number)
        found[commune.province.name].add(number)
    districts: dict[tuple[str, str], list[int]] = {}
    for number, unit in enumerate(former, start=len(communes)):
        found[_kind_of(unit.name)].add(number)
        districts.setdefault((unit.district, unit.province), []).append(number)
    for (district, province), numbers in districts.items():
        heirs = [heir for number in numbers for heir in former[number - len(communes)].successors]
        within = {*numbers, *(number_of[heir.code] for heir in heirs)}
        for around in {district, province, *(heir.province.name for heir in heirs)}:
            found[around].update(within)
        index.districts[words.folded(_bare_words(district))].update(numbers)
    for around, entries in found.items():
        for folded in _words_around(around):
            index.around[folded].update(entries)


def _kind_of(full_name: str) -> str:
    first = full_name[:1]
    return "xã" if first == "x" else "phường" if first in "pP" else reading.split_kind(full_name)[0]


def _words_around(name: str) -> set[str]:
    found = {word.folded for word in words.of_name(name)}
    kind, short = reading.split_kind(name)
    if kind in ("tỉnh", "thành phố"):
        found.update(_short_forms(text.fold(short).replace(" - ", " ")))
    return found


def _short_forms(folded: str) -> set[str]:
    """What people type for a province: "hatinh", "ht", "sai gon"."""
    syllables = folded.split()
    forms = {"".join(syllables), *_ALIASES.get(folded, ())}
    initials = "".join(syllable[0] for syllable in syllables)
    if len(initials) > 1 and initials not in _TAKEN:
        forms.add(initials)
    return forms
