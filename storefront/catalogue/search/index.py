"""The index: for each listing a position, for each word and each value of a facet the set of positions that have it.

Words are only ever added: a listing whose words changed gets a new position and its old one leaves `live`. Facts that
change often (stock, price, stars) are corrected where they stand.
"""

from __future__ import annotations

import bisect
import collections
import itertools
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import cast

from storefront import bits, text
from storefront.bits import Postings
from storefront.catalogue.cards import ListingCard, Sort
from storefront.catalogue.search import facets, orders, words
from storefront.catalogue.search.facets import Facet
from storefront.catalogue.search.rows import Row

NAME, KIND, MAKER, PLACE, BODY = range(5)
_MOST_DAYS = 3
_MOST_CARDS = 5000
"""About half a kilobyte each."""
_ALCOHOL = ""
"""Stands among the kinds for all that are alcohol."""

Key = tuple[int, str, int]


class Index:
    """Everything that is known of the published listings at one version of the database."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.sort_names: list[str] = []
        self.live = 0
        self.position_of: dict[int, int] = {}
        self.fields = tuple(Postings() for _ in range(5))
        self.openings = Postings()
        """By the first word of the name."""
        self.pairs = Postings()
        """By two words that follow each other in the name."""
        self.lengths = Postings()
        """By the number of words of the name."""
        self.spellings: dict[str, set[str]] = {}
        """The marked forms of each folded word; positions are kept by these."""
        self.vocabulary: list[str] = []
        """Folded words of names, kinds, producers and places, sorted."""
        self.surfaces: dict[str, collections.Counter[str]] = {}
        self.values: dict[Facet, dict[str, int]] = {facet: {} for facet in Facet}
        self.months: dict[int, int] = {}
        self.kinds: dict[str, int] = {}
        self.producers: dict[int, set[int]] = {}
        self.orders: dict[Sort, list[int]] = {}
        self.labels: dict[tuple[Facet, str], str] = {}
        self._ordered_later = False
        self._days: dict[date, int] = {}
        self.memo: dict[object, object] = {}
        """Whatever is worth keeping until the next change."""

    def __len__(self) -> int:
        return self.live.bit_count()

    @property
    def alcohol(self) -> int:
        """Listings of alcohol."""
        return self.kinds.get(_ALCOHOL, 0)

    @property
    def dead(self) -> int:
        """How many positions are no longer used."""
        return len(self.rows) - len(self)

    def fill(self, entries: Iterable[tuple[Row, str]]) -> None:
        """The first filling of an empty index, from listings and their texts."""
        columns: dict[tuple[object, object], list[int]] = collections.defaultdict(list)
        written: collections.Counter[str] = collections.Counter()
        # kinds, producers and places stand on many listings each, and are cut into words once
        shared: list[dict[str, list[int]]] = [collections.defaultdict(list) for _ in (KIND, MAKER, PLACE)]
        for row, body in entries:
            position = self._append(row)
            in_name = words.surfaces(row.words[0])
            written.update(in_name)
            self.fields[NAME].fill(words.marked(in_name), (position,))
            self.fields[BODY].fill(words.marked(words.surfaces(body)), (position,))
            for positions_of, part in zip(shared, row.words[1:4], strict=True):
                positions_of[part].append(position)
            for postings, forms in self._shape(in_name):
                postings.fill(forms, (position,))
            for column in self._columns_of(row):
                columns[column].append(position)
        for field, positions_of in zip((KIND, MAKER, PLACE), shared, strict=True):
            for part, positions in positions_of.items():
                surfaces = words.surfaces(part)
                self.fields[field].fill(words.marked(surfaces), positions)
                for surface in surfaces:
                    written[surface] += len(positions)
        for postings in self.fields:
            self._know(postings.words())
        for postings in (*self.fields, self.openings, self.pairs, self.lengths):
            postings.seal()
        for surface, count in written.items():
            self._count(surface, count)
        for (holder, value), positions in columns.items():
            if holder == "producer":
                self.producers[value] = set(positions)  # type: ignore[index]
            else:
                self._holder(holder)[value] = bits.of_positions(positions)
        self.live = (1 << len(self.rows)) - 1
        self._order()

    @contextmanager
    def changed_together(self) -> Iterator[None]:
        """Many changes are put in order once, at the end of the block: one by one each costs a millisecond."""
        self._ordered_later = True
        try:
            yield
        finally:
            self._ordered_later = False
            self._order()

    def put(self, row: Row, body: str) -> None:
        """A listing that is new or has changed."""
        self.memo.clear()
        old = self.position_of.get(row.id)
        if old is not None and self.rows[old].words == row.words:
            self._correct(old, row)
            return
        if old is not None:
            self.drop(row.id)
        position = self._append(row)
        for postings, part in zip(self.fields, (*row.words[:4], body), strict=True):
            spelt = words.marked(words.surfaces(part))
            self._know(spelt)
            for form in spelt:
                postings.add(form, position)
        for postings, forms in self._shape(words.surfaces(row.words[0])):
            for form in forms:
                postings.add(form, position)
        for surface in words.surfaces(" ".join(row.words[:4])):
            self._count(surface, 1)
        self.live |= 1 << position
        self._mark(position, row)
        self._order_in(position)

    def drop(self, listing_id: int) -> None:
        """A listing that is no longer published."""
        position = self.position_of.pop(listing_id, None)
        if position is None:
            return
        self.memo.clear()
        self._order_out(position)
        self._unmark(position, self.rows[position])
        self.live &= ~(1 << position)
        for surface in words.surfaces(" ".join(self.rows[position].words[:4])):
            self._count(surface, -1)

    def key(self, sort: Sort) -> Callable[[int], Key]:
        """By what positions stand in that order."""
        first = orders.FIRST[sort]
        return lambda p: (first(self.rows[p]), self.sort_names[p], self.rows[p].id)

    def card(self, position: int, day: date) -> ListingCard:
        """A listing as its card shows it on that day: the same object until the index changes."""
        row = self.rows[position]
        cards = cast("dict[tuple[int, bool], ListingCard]", self.memo.setdefault("cards", {}))
        memo = position, row.is_valid_on(day)
        known = cards.get(memo)
        if known is None:
            if len(cards) >= _MOST_CARDS:
                cards.clear()
            known = cards[memo] = row.card(day)
        return known

    def valid(self, day: date) -> int:
        """Listings whose certificate holds on that day."""
        known = self._days.get(day)
        if known is None:
            rows = self.rows
            known = bits.of_positions(
                [position for position in bits.positions(self.live) if rows[position].is_valid_on(day)]
            )
            while len(self._days) >= _MOST_DAYS:
                self._days.pop(next(iter(self._days)))
            self._days[day] = known
        return known

    def buyable(self, day: date) -> int:
        """Listings that can be bought on that day: certified and on hand, and no alcohol, which is not sold online."""
        return self.valid(day) & self.values[Facet.IN_STOCK].get(facets.YES, 0) & ~self.alcohol

    def having(self, facet: Facet, value: str, day: date) -> int:
        """Listings with that value of a facet on that day.

        Stars count only while the certificate holds; in stock is what can be bought.
        """
        if facet is Facet.IN_SEASON:
            return self.months.get(day.month, 0)
        if facet is Facet.IN_STOCK:
            return self.buyable(day) if value == facets.YES else 0
        found = self.values[facet].get(value, 0)
        return found & self.valid(day) if facet is Facet.STARS else found

    def surface(self, folded: str) -> str:
        """A folded word as it is mostly written; of two equally frequent the one with more marks, mostly."""
        written = self.surfaces.get(folded)
        return max(written, key=lambda one: (written[one], one)) if written else folded

    def _append(self, row: Row) -> int:
        position = len(self.rows)
        self.rows.append(row)
        self.position_of[row.id] = position
        self.sort_names.append(text.sort_key(row.name))
        self._label(row)
        return position

    def _shape(self, in_name: Iterable[str]) -> tuple[tuple[Postings, Collection[str]], ...]:
        """How a name of these words begins, which of them follow each other in it, and how many there are."""
        folded = [folded for word in in_name if (folded := words.known(word).folded)]
        pairs = {f"{one} {other}" for one, other in itertools.pairwise(folded)}
        return (self.openings, folded[:1]), (self.pairs, pairs), (self.lengths, (str(len(folded)),))

    def _label(self, row: Row) -> None:
        for name in row.districts:
            self.labels[Facet.DISTRICT, facets.district_slug(name)] = name
        if row.commune_code and row.commune_name:
            self.labels[Facet.COMMUNE, row.commune_code] = row.commune_name

    def _know(self, forms: Iterable[str]) -> None:
        for form in forms:
            self.spellings.setdefault(words.unmarked(form), set()).add(form)

    def _count(self, surface: str, more: int) -> None:
        """Note that a word is written so many times more or less; one that nothing bears is not known any more."""
        folded = words.known(surface).folded
        if not folded:
            return
        if folded not in self.surfaces:
            self.surfaces[folded] = collections.Counter()
            bisect.insort(self.vocabulary, folded)
        written = self.surfaces[folded]
        written[surface] += more
        if not written[surface]:
            del written[surface]
        if not written:
            del self.surfaces[folded]
            del self.vocabulary[bisect.bisect_left(self.vocabulary, folded)]

    def _correct(self, position: int, row: Row) -> None:
        self._order_out(position)
        self._unmark(position, self.rows[position])
        self.rows[position] = row
        self._mark(position, row)
        self._order_in(position)
        self._label(row)

    def _columns_of(self, row: Row) -> list[tuple[object, object]]:
        found: list[tuple[object, object]] = [*facets.kept_values(row)]
        found.extend(("month", month) for month in row.months())
        found += [("producer", row.producer_id), ("kind", row.kind)]
        if row.is_alcohol:
            found.append(("kind", _ALCOHOL))
        return found

    def _holder(self, holder: object) -> dict[object, int]:
        """Where the sets of one column are kept by value."""
        if isinstance(holder, Facet):
            return self.values[holder]  # type: ignore[return-value]
        return self.months if holder == "month" else self.kinds  # type: ignore[return-value]

    def _mark(self, position: int, row: Row) -> None:
        for holder, value in self._columns_of(row):
            if holder == "producer":
                self.producers.setdefault(row.producer_id, set()).add(position)
                continue
            column = self._holder(holder)
            column[value] = column.get(value, 0) | 1 << position
        for day, valid in self._days.items():
            if row.is_valid_on(day):
                self._days[day] = valid | 1 << position

    def _unmark(self, position: int, row: Row) -> None:
        gone = ~(1 << position)
        for holder, value in self._columns_of(row):
            if holder == "producer":
                self.producers[row.producer_id].discard(position)
                continue
            column = self._holder(holder)
            left = column[value] & gone
            if left:
                column[value] = left
            else:
                del column[value]
        for day, valid in self._days.items():
            self._days[day] = valid & gone

    def _order(self) -> None:
        rows = self.rows
        by_name = sorted(bits.positions(self.live), key=lambda p: (self.sort_names[p], rows[p].id))
        for sort, first in orders.FIRST.items():
            self.orders[sort] = sorted(by_name, key=lambda p, first=first: first(rows[p]))  # type: ignore[misc]

    def _order_in(self, position: int) -> None:
        if self._ordered_later:
            return
        for sort, order in self.orders.items():
            bisect.insort(order, position, key=self.key(sort))

    def _order_out(self, position: int) -> None:
        if self._ordered_later:
            return
        for sort, order in self.orders.items():
            key = self.key(sort)
            place = bisect.bisect_left(order, key(position), key=key)
            del order[place]
