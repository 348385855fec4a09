"""Groups, producers and communes by what is typed so far of their names, each with how near the name is."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar, cast

from storefront import bits
from storefront.catalogue import kinds
from storefront.catalogue.search import synonyms, words
from storefront.catalogue.search.facets import Facet
from storefront.catalogue.search.index import MAKER, Index
from storefront.catalogue.search.matching import Matcher, Term
from storefront.catalogue.search.spelling import Nearness, Spelling, SpeltMatcher, of_name
from storefront.catalogue.search.words import Word
from storefront.certification.groups import ENGLISH, NAMES, ProductGroup
from storefront.places import lookup

_MOST_LOOKED_AT = 100
_SHORTEST = 3
_FORMS = (
    "htx",
    "hop tac xa",
    "cong ty tnhh",
    "cong ty cp",
    "cong ty co phan",
    "cong ty",
    "co so san xuat",
    "co so",
    "to hop tac",
    "ho kinh doanh",
)
"""What stands before the name proper of a producer; longer before shorter where one begins with the other."""
_PLACE_KINDS = frozenset({"xa", "phuong", "huyen"})
_LONG_PLACE_KINDS = frozenset({("thi", "tran"), ("thi", "xa"), ("thanh", "pho")})

T = TypeVar("T")
Found = list[tuple[Nearness, T]]


@dataclass(frozen=True)
class Maker:
    """A producer."""

    slug: str
    name: str


@dataclass(frozen=True)
class Place:
    """A commune of today."""

    code: str
    name: str


def groups(index: Index, asked: Sequence[Word], *, in_english: bool) -> Found[ProductGroup]:
    """Groups that have products, whoever may see them, by what either language calls them."""
    there = index.values[Facet.GROUP]
    found = _near(asked, ((group, _whole(NAMES[group])) for group in ProductGroup if there.get(group.value)))
    called = ((group, _whole(ENGLISH[group])) for group in ProductGroup if there.get(group.value))
    nearest: dict[ProductGroup, Nearness] = {}
    for near, group in (*found, *_in_english(index, asked, called, in_english=in_english)):
        nearest[group] = min(near, nearest.get(group, near))
    return sorted((near, group) for group, near in nearest.items())


def kinds_called(index: Index, asked: Sequence[Word], *, in_english: bool) -> Found[str]:
    """Kinds that have products by what an English page calls them."""
    called = _kinds_begun_by().get(asked[-1].folded[0], ())
    there = ((key, names) for key, names in called if index.kinds.get(key))
    return _in_english(index, asked, there, in_english=in_english)


def communes(index: Index, asked: Sequence[Word], within: int) -> Found[Place]:
    """Communes of today by their name, or by one that a part of them had before; those with more products first."""
    begun = _begun_by(index).get(asked[-1].folded[0], ())
    there = index.values[Facet.COMMUNE]
    # one letter is the beginning of too many names for any but that of today
    names_of = _proper_name if is_one_letter(asked) else place_names
    found = _near(asked, ((Place(code, name), names_of(code, name)) for code, name in begun))
    sized = [(near, (there.get(one.code, 0) & within).bit_count(), one) for near, one in found]
    sized.sort(key=lambda one: (one[0], -one[1], one[2].code))
    return [(near, one) for near, size, one in sized if size]


def makers(index: Index, asked: Sequence[Word], within: int) -> Found[Maker]:
    """Producers whose name holds what was typed, in whatever order; of very many the first few are looked at."""
    for variant in (asked, *map(list, synonyms.others(asked)[:2])):
        found = _makers(index, variant, within)
        if found:
            return found
    return []


def is_one_letter(asked: Sequence[Word]) -> bool:
    """Whether no more than a letter was typed so far."""
    return len(asked) == 1 and len(asked[0].folded) == 1


def _in_english(
    index: Index,
    asked: Sequence[Word],
    called: Iterable[tuple[T, Sequence[Sequence[Word]]]],
    *,
    in_english: bool,
) -> Found[T]:
    """What has such an English name: on a Vietnamese page far behind whatever begins so in Vietnamese.

    English has no marks, and less than three letters are the beginning of an English word on an English page alone.
    """
    *before, last = (word.folded for word in asked)
    if any(word.has_marks for word in asked) or (not in_english and len(last) < _SHORTEST):
        return []
    is_vietnamese = all(word in index.surfaces for word in before) and bool(
        Matcher(index, index.live).beginnings(last)
    )
    is_far = is_vietnamese and not in_english
    return [(near._replace(is_far=is_far), one) for near, one in _near(asked, called)]


@functools.cache
def _kinds_begun_by() -> dict[str, list[tuple[str, tuple[tuple[Word, ...], ...]]]]:
    """Kinds by the letters with which words of their English names begin."""
    known: dict[str, list[tuple[str, tuple[tuple[Word, ...], ...]]]] = {}
    for kind in kinds.KINDS.values():
        names = _whole(kind.english)
        for initial in {word.folded[0] for word in names[0]}:
            known.setdefault(initial, []).append((kind.key, names))
    return known


def _begun_by(index: Index) -> dict[str, list[tuple[str, str]]]:
    """Communes by the letters with which words of their names begin."""
    known = cast("dict[str, list[tuple[str, str]]] | None", index.memo.get("communes"))
    if known is None:
        known = {}
        for (facet, code), name in index.labels.items():
            if facet is Facet.COMMUNE:
                for initial in {word.folded[0] for one in place_names(code, name) for word in one}:
                    known.setdefault(initial, []).append((code, name))
        index.memo["communes"] = known
    return known


def _makers(index: Index, asked: Sequence[Word], within: int) -> Found[Maker]:
    matcher = SpeltMatcher(index, within)
    marks_count = any(word.has_marks for word in asked)
    for spelling in Spelling:
        spelt = matcher.spelt(spelling, marks_count=marks_count)
        begun = spelling >= Spelling.BEGUN
        wanted = [Term(word, half=begun and word is asked[-1]) for word in asked]
        bearing = within
        for term in wanted:
            bearing &= spelt.fields(term, strict=False)[MAKER]
        if bearing:
            rows = (index.rows[p] for p in itertools.islice(bits.positions(bearing), _MOST_LOOKED_AT))
            named = dict.fromkeys(Maker(row.producer_slug, row.producer_name) for row in rows)
            return sorted(
                _near(asked, ((one, _maker_names(one.name)) for one in named)),
                key=lambda one: (one[0], len(one[1].name)),
            )
    return []


def _near(asked: Sequence[Word], named: Iterable[tuple[T, Sequence[Sequence[Word]]]]) -> Found[T]:
    found = []
    for one, names in named:
        near = min((near for name in names if (near := of_name(asked, name))), default=None)
        if near is not None:
            found.append((near, one))
    return found


def _whole(name: str) -> tuple[tuple[Word, ...], ...]:
    return (tuple(words.cut(name)),)


@functools.lru_cache(maxsize=16_384)
def _maker_names(name: str) -> tuple[tuple[Word, ...], ...]:
    """The name, and what is left of it without its legal form."""
    return _with_proper(name, _form)


@functools.lru_cache(maxsize=1024)
def place_names(code: str, name: str) -> tuple[tuple[Word, ...], ...]:
    """The names a commune of today is found by, each with its kind and without."""
    return tuple(
        one for told in (name, *lookup.names_before(code)) for one in _with_proper(told, _place_kind)
    )


def _proper_name(_code: str, name: str) -> tuple[tuple[Word, ...], ...]:
    return _with_proper(name, _place_kind)[-1:]


def _with_proper(name: str, size_of_form: Callable[[tuple[Word, ...]], int]) -> tuple[tuple[Word, ...], ...]:
    whole = tuple(words.cut(name))
    proper = whole[size_of_form(whole) :]
    return (whole, proper) if proper and proper != whole else (whole,)


def _form(name: tuple[Word, ...]) -> int:
    folded = " ".join(word.folded for word in name) + " "
    return next((len(form.split()) for form in _FORMS if folded.startswith(f"{form} ")), 0)


def _place_kind(name: tuple[Word, ...]) -> int:
    folded = tuple(word.folded for word in name)
    return 1 if folded[:1] and folded[0] in _PLACE_KINDS else 2 if folded[:2] in _LONG_PLACE_KINDS else 0
