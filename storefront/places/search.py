"""Finds places by what people type: no marks, any order, old names, abbreviations, the last word half typed."""

from __future__ import annotations

import itertools
from typing import NamedTuple

from storefront import languages, text
from storefront.places import english, words
from storefront.places import index as place_index
from storefront.places.index import Index
from storefront.places.units import Commune, FormerUnit, Match
from storefront.places.words import Word

HOME_PROVINCE = "42"
"""Hà Tĩnh: among places that fit equally, the shop's own province comes first."""

MOST_CHARACTERS = 200
_MOST_WORDS = 24
_LONGEST_NAME = 6

_SAME, _UNMARKED, _OTHER_MARKS, _HALF = 80, 60, 20, -10
_AROUND, _UNEXPLAINED = 30, -30
_WHOLE, _IN_ORDER, _AT_START, _WORD_LEFT = 100, 40, 30, -20
_DISTRICT, _TODAY, _AT_HOME, _LESSER_PART = 100, 20, 10, -5


class _Ranked(NamedTuple):
    """An entry that answers; sorts best first."""

    minus_score: int
    number: int
    by_district: bool


class _Query:
    """What was typed, with the entries that each word may mean."""

    def __init__(self, index: Index, typed: tuple[Word, ...]) -> None:
        self.words = typed
        self.as_typed = frozenset(typed)
        self.folded = f" {words.folded(typed)} "
        kinds = itertools.takewhile(words.is_kind, typed)
        self.opening = words.folded(typed[len(tuple(kinds)) :] or typed)
        self.named = [index.by_word.get(word.folded, set()) for word in typed]
        self.around = [index.around.get(word.folded, set()) for word in typed]
        self.beginnings: tuple[str, ...] = ()
        if len(typed[-1].folded) > 2 or sum(not words.is_kind(word) for word in typed) > 1:
            self.beginnings = text.prefixes(typed[-1].folded)
            named, around = index.starting_with(self.beginnings)
            self.named[-1] = named
            self.around[-1] = around if len(typed[-1].folded) > 1 else self.around[-1]

    def windows(self) -> list[str]:
        """Every run of words that can be a name."""
        folded = self.folded.split()
        ends = range(1, _LONGEST_NAME + 1)
        return [" ".join(folded[i : i + n]) for i in range(len(folded)) for n in ends if i + n <= len(folded)]

    def fitting(self) -> set[int]:
        """Entries in which every word is found."""
        return set.intersection(*(n | a for n, a in zip(self.named, self.around, strict=True)))


def find(typed: str, limit: int) -> list[Match]:
    """See `lookup.find`."""
    if len(typed) > MOST_CHARACTERS or "\0" in typed:
        return []
    index = place_index.get()
    asked = _respelt(index, words.of_query(english.without_kinds(typed)))
    if not asked or len(asked) > _MOST_WORDS or len(words.folded(asked)) < 2:
        return []
    bare = tuple(word for word in asked if not words.is_kind(word)) or asked
    queries = [_Query(index, asked)]
    if bare != asked:
        queries.append(_Query(index, bare))
    ranked = [entry for query in queries for entry in _ranked(index, query, query.fitting())]
    if not ranked:
        ranked = _ranked(index, queries[-1], _named_somewhere(queries[-1]))
    if not ranked:
        ranked = _merely_around(index, queries[0])
    return _best(index, sorted(ranked), limit, halves=len(bare) > 1)


def _respelt(index: Index, asked: tuple[Word, ...]) -> tuple[Word, ...]:
    """Cuts words that were glued together: "caugiay" -> "cau", "giay"."""
    result: list[Word] = []
    for word in asked:
        known = len(word.folded) < 5 or word.folded in index.by_word or word.folded in index.around
        name = word.folded if known else place_index.by_glued_name().get(word.folded, word.folded)
        result.extend([word] if name == word.folded else [Word(part, "") for part in name.split()])
    return tuple(result)


def _named_somewhere(query: _Query) -> set[int]:
    """Entries whose whole name stands somewhere in a longer text, such as a full address."""
    found: set[int] = set()
    for name in query.windows():
        if " " in name or name.startswith(("phuong", "quan")):
            found.update(place_index.by_full_name().get(name, ()))
    return found


def _ranked(index: Index, query: _Query, fitting: set[int]) -> list[_Ranked]:
    """Entries named in what was typed, and those of a district that it names whole."""
    ranked = [_rank_named(index, query, number) for number in fitting.intersection(set().union(*query.named))]
    for district in query.windows():
        in_district = fitting & index.districts.get(district, set())
        ranked.extend(_rank_in_district(index, query, number) for number in in_district)
    return ranked


def _merely_around(index: Index, query: _Query) -> list[_Ranked]:
    """The communes of a province, when no more than that was typed."""
    return [_Ranked(0, number, False) for number in query.fitting() if number < index.communes]


def _best(index: Index, ranked: list[_Ranked], limit: int, *, halves: bool) -> list[Match]:
    """The matches of the best entries, one a commune; of several words, only what is at least half as good."""
    lowest = ranked[0].minus_score // 2 if ranked and halves else 0
    found: dict[str, Match] = {}
    for entry in ranked:
        if len(found) >= limit or entry.minus_score > lowest:
            break
        for match in _matches(index, entry):
            found.setdefault(match.commune.code, match)
    return sorted(found.values(), key=lambda match: -match.score)[:limit]


def _rank_named(index: Index, query: _Query, number: int) -> _Ranked:
    today = _TODAY if number < index.communes else 0
    return _Ranked(-_score(query, index.names[number], number) - today - _home(index, number), number, False)


def _rank_in_district(index: Index, query: _Query, number: int) -> _Ranked:
    score = sum(_AROUND if number in around else _UNEXPLAINED for around in query.around)
    return _Ranked(-score - _DISTRICT - _home(index, number), number, True)


def _home(index: Index, number: int) -> int:
    entry = index.entries[number]
    commune = entry if isinstance(entry, Commune) else entry.successors[0]
    return _AT_HOME if commune.province.code == HOME_PROVINCE else 0


def _matches(index: Index, ranked: _Ranked) -> list[Match]:
    """The communes that an entry leads to: itself, or what an old unit went into, the larger part first."""
    entry = index.entries[ranked.number]
    if isinstance(entry, Commune):
        return [Match(entry, None, entry.label, "", -ranked.minus_score)]
    return [
        Match(
            commune,
            entry,
            commune.label,
            _hint(entry, place, ranked),
            -ranked.minus_score + place * _LESSER_PART,
        )
        for place, commune in enumerate(entry.successors)
    ]


def _hint(unit: FormerUnit, place: int, ranked: _Ranked) -> str:
    if languages.current() != languages.VIETNAMESE:
        if ranked.by_district:
            return f"in the former {english.told(unit.district)}"
        part = "" if len(unit.successors) == 1 else "part of " if place else "most of "
        return f"{part}the former {english.told(unit.label)}"
    if ranked.by_district:
        return f"trước đây thuộc {unit.district}"
    if len(unit.successors) == 1:
        return f"trước đây {unit.label}"
    return f"trước đây {'một phần' if place else 'phần lớn'} {unit.label}"


def _score(query: _Query, name: tuple[Word, ...], number: int) -> int:
    """How well a name, in its surroundings, answers what was typed."""
    left = list(name)
    score = 0
    last = len(query.words) - 1
    for position, word in enumerate(query.words):
        found = _pick(query, left, word, query.beginnings if position == last else ())
        if found:
            left.remove(found)
            score += _closeness(word, found)
        else:
            score += _AROUND if number in query.around[position] else _UNEXPLAINED
    return score + (_WORD_LEFT * len(left) if left else _order(query, name))


def _pick(query: _Query, left: list[Word], word: Word, beginnings: tuple[str, ...]) -> Word | None:
    """The word of a name that this one means; one with other marks only if no other word means it exactly."""
    if word in left:
        return word
    for candidate in left:
        if candidate.folded == word.folded and candidate not in query.as_typed:
            return candidate
    if beginnings:
        for candidate in left:
            if candidate.folded.startswith(beginnings):
                return candidate
    return None


def _closeness(word: Word, found: Word) -> int:
    if word.folded != found.folded:
        return (_UNMARKED if set(word.marks) <= set(found.marks) else _OTHER_MARKS) + _HALF
    if word.marks == found.marks:
        return _SAME
    return _OTHER_MARKS if word.marks else _UNMARKED


def _order(query: _Query, name: tuple[Word, ...]) -> int:
    """What a name gains when all of it was typed, one word after the other; the last word may be half typed."""
    folded = words.folded(name)
    half = " ".join(word.folded for word in query.words[-len(name) :])
    if f" {folded} " in query.folded or (query.beginnings and folded.startswith(half)):
        opens = f"{query.opening} ".startswith(f"{folded} ") or folded.startswith(query.opening)
        return _WHOLE + _IN_ORDER + (_AT_START if opens else 0)
    return _IN_ORDER // 2
