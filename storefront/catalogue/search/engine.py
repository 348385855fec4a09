"""One question with its facets: what is found, in which order, and how many there would be with another choice."""

from __future__ import annotations

import bisect
import functools
import operator
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import cast

from storefront import bits
from storefront.catalogue.cards import ListingCard, Sort
from storefront.catalogue.search import asking, groups, wishes
from storefront.catalogue.search.facets import YES, Chosen, Facet
from storefront.catalogue.search.index import Index
from storefront.catalogue.search.prices import MOST_VND
from storefront.catalogue.search.understanding import Match
from storefront.catalogue.search.wishes import Wishes

PAGE_SIZE = 24
_MOST_COUNTS = 500
"""Of an index that does not change: about 10 KB each."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a list is to show."""

    question: str = ""
    exactly: bool = False
    """The question is taken word by word as typed: nothing corrected, no price read out of it."""
    chosen: Chosen = field(default_factory=Chosen)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    with_alcohol: bool = False
    producer_id: int | None = None
    only_valid: bool = False


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One value of a facet and how many listings there are with it, the other facets staying as they are."""

    value: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, kw_only=True, eq=False)
class Counts:
    """The values of every facet. The same object for as long as nothing changes, so what is made of it may be kept by it."""

    of_facet: dict[Facet, list[Counted]]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A page of cards and all that stands around it."""

    cards: list[ListingCard]
    total: int
    match: Match
    wishes: Wishes
    counts: Counts
    loosened: dict[Facet, int]
    """How many there would be without each chosen facet."""
    without_question: int
    """How many there would be without the question."""
    without_wishes: int
    """How many there would be without the price, stars and states read out of it."""
    words: str
    """The question without these."""
    near_words: list[str]
    """Known words near to those typed, when nothing was found."""
    hidden_alcohol: int
    """How many more there would be for a visitor who may see alcohol."""


class Narrowed:
    """What of an index a visitor may see and asked for, before and after the facets."""

    def __init__(self, index: Index, asked: Asked, day: date) -> None:
        self.index, self.asked, self.day = index, asked, day
        self.shown = shown(index, asked, day)
        self.wishes, self.words = Wishes(), asked.question
        if asked.question and not asked.exactly:
            self.wishes, self.words = wishes.read(asked.question)
            self._read_group()
        self.match = asking.match(index, self.words, self.shown, exactly=asked.exactly)
        self.asked_for = self.match.found & wished(index, self.wishes, day)
        self.of_facet = {
            facet: functools.reduce(operator.or_, (index.having(facet, one, day) for one in values))
            for facet, values in asked.chosen.values.items()
            if values
        }
        self.found = functools.reduce(operator.and_, self.of_facet.values(), self.asked_for)

    def _read_group(self) -> None:
        """Take the name of a group for the group, where no product bears it beside the other words ("herbal tea")."""
        group, rest = groups.read(self.words)
        if group and not (rest and asking.as_typed(self.index, self.words)):
            self.wishes, self.words = replace(self.wishes, group=group), rest

    def without(self, facet: Facet) -> int:
        """What is found with every chosen facet but this one."""
        if facet not in self.of_facet:
            return self.found
        others = (found for one, found in self.of_facet.items() if one is not facet)
        return functools.reduce(operator.and_, others, self.asked_for)

    def counted(self, facet: Facet) -> list[Counted]:
        """The values of a facet that have listings here, and those chosen."""
        chosen = self.asked.chosen.values.get(facet, ())
        base = self.without(facet)
        known = (YES,) if facet is Facet.IN_SEASON else self.index.values[facet]
        found = [
            Counted(value=value, count=count, is_chosen=value in chosen)
            for value in known
            if (count := (base & self.index.having(facet, value, self.day)).bit_count()) or value in chosen
        ]
        listed = {one.value for one in found}
        return found + [Counted(value=one, count=0, is_chosen=True) for one in chosen if one not in listed]

    def counts(self) -> Counts:
        """The values of every facet, counted once for what may be counted."""
        chosen = tuple((facet, self.asked.chosen.values[facet]) for facet in self.of_facet)
        memo = self.asked_for, chosen, self.day
        known = cast("dict[object, Counts]", self.index.memo.setdefault("counts", {}))
        counts = known.get(memo)
        if counts is None:
            if len(known) >= _MOST_COUNTS:
                known.clear()
            counts = known[memo] = Counts(of_facet={facet: self.counted(facet) for facet in Facet})
        return counts

    def hidden_alcohol(self) -> int:
        """How many listings fit all that was asked and are kept from this visitor for being alcohol."""
        index, asked = self.index, self.asked
        hidden = shown(index, replace(asked, with_alcohol=True), self.day) & ~self.shown
        hidden = functools.reduce(
            operator.and_, self.of_facet.values(), hidden & wished(index, self.wishes, self.day)
        )
        if hidden and self.words:
            hidden &= asking.as_typed(index, self.match.shown or self.words, exactly=asked.exactly)
        return hidden.bit_count()

    def in_order(self, start: int, count: int) -> list[int]:
        """Positions of a slice: nearest first, and among those equally near what can be bought today."""
        # what is asked for may be less than what the words find: a price was named too
        ranks = self.match.ranks if self.asked.sort is Sort.RELEVANCE else (self.asked_for,)
        return ordered(
            self.index, [rank & self.found for rank in ranks], self.asked.sort, self.day, start, count
        )


def ask(index: Index, asked: Asked, day: date) -> Answer:
    """Answer a question; a page past the end has no cards."""
    narrowed = Narrowed(index, asked, day)
    start = (asked.page - 1) * PAGE_SIZE
    total = narrowed.found.bit_count()
    hidden = narrowed.hidden_alcohol()
    near: list[str] = []
    if not narrowed.match.ranks and narrowed.words and not hidden:
        near = asking.near_words(index, narrowed.words)
    return Answer(
        cards=[index.card(p, day) for p in narrowed.in_order(start, PAGE_SIZE)] if start < total else [],
        total=total,
        match=narrowed.match,
        wishes=narrowed.wishes,
        counts=narrowed.counts(),
        loosened={facet: narrowed.without(facet).bit_count() for facet in narrowed.of_facet},
        without_question=functools.reduce(
            operator.and_, narrowed.of_facet.values(), narrowed.shown
        ).bit_count(),
        without_wishes=functools.reduce(
            operator.and_, narrowed.of_facet.values(), narrowed.match.found
        ).bit_count(),
        words=narrowed.words,
        near_words=near,
        hidden_alcohol=hidden,
    )


def shown(index: Index, asked: Asked, day: date) -> int:
    """What a visitor may see of what is asked for, whatever the question and the facets."""
    found = index.live if asked.with_alcohol else index.live & ~index.alcohol
    if asked.producer_id is not None:
        found &= bits.of_positions(index.producers.get(asked.producer_id, ()))
    return found & index.valid(day) if asked.only_valid else found


def cards(index: Index, asked: Asked, day: date, count: int) -> list[ListingCard]:
    """The first cards of a list that has neither question nor facets."""
    positions = ordered(index, [shown(index, asked, day)], asked.sort, day, 0, count)
    return [index.card(position, day) for position in positions]


def ordered(index: Index, ranks: Sequence[int], sort: Sort, day: date, start: int, count: int) -> list[int]:
    """A slice of the ranks one after the other; in each, what can be bought first, then what is certified."""
    valid, buyable = index.valid(day), index.buyable(day)
    found: list[int] = []
    for rank in ranks:
        for part in (rank & buyable, rank & valid & ~buyable, rank & ~valid):
            if not part:
                continue
            size = part.bit_count()
            if start >= size:
                start -= size
                continue
            more = count - len(found)
            found.extend(
                bits.in_order(part, index.orders[sort], index.key(sort), start, more, len(index.rows))
            )
            start = 0
            if len(found) >= count:
                return found
    return found


def wished(index: Index, asked: Wishes, day: date) -> int:
    """What the wishes read out of a question leave, whoever may see it."""
    found = index.live
    if asked.has_price:
        found &= priced(index, asked.lowest_vnd or 0, asked.highest_vnd or MOST_VND)
    if asked.stars:
        found &= functools.reduce(
            operator.or_, (index.having(Facet.STARS, str(one), day) for one in asked.stars)
        )
    if asked.group:
        found &= index.having(Facet.GROUP, asked.group.value, day)
    if asked.in_stock:
        found &= index.having(Facet.IN_STOCK, YES, day)
    if asked.in_season:
        found &= index.having(Facet.IN_SEASON, YES, day)
    return found & index.valid(day) if asked.still_valid else found


def priced(index: Index, lowest: int, highest: int) -> int:
    """Listings whose lowest price lies between these two, both included."""
    memo = ("priced", lowest, highest)
    known = index.memo.get(memo)
    if known is None:
        order = index.orders[Sort.CHEAPEST]
        start = _first_at(index, order, lowest)
        stop = _first_at(index, order, highest + 1)
        known = index.memo[memo] = bits.of_positions(order[start:stop])
    return known  # type: ignore[return-value]


def _first_at(index: Index, order: list[int], price: int) -> int:
    def price_of(position: int) -> int:
        own = index.rows[position].price_vnd
        return MOST_VND * 10 if own is None else own

    return bisect.bisect_left(order, price, key=price_of)
