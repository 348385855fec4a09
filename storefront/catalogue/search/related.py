"""What stands below a product: what can be bought instead of it or besides it."""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from storefront import bits
from storefront.catalogue.cards import ListingCard, Sort
from storefront.catalogue.search.facets import Facet
from storefront.catalogue.search.index import Index

_FEW = 4


def related(index: Index, listing_id: int, day: date, *, with_alcohol: bool, count: int) -> list[ListingCard]:
    """Certified listings of the same producer, of the same kind, and of the same group in the same commune.

    What is in stock stands first. Where there is none of these, a few of the same group.
    """
    position = index.position_of.get(listing_id)
    if position is None:
        return []
    row = index.rows[position]
    values, group, commune = index.values, row.group.value, row.commune_code or ""

    def of_group() -> int:
        return values[Facet.GROUP].get(group, 0)

    def of_commune() -> int:
        return values[Facet.COMMUNE].get(commune, 0) & of_group()

    near = [
        sorted(index.producers[row.producer_id], key=index.key(Sort.RELEVANCE)),
        _line(index, ("kind", row.kind), lambda: index.kinds.get(row.kind, 0)),
        _line(index, ("commune", commune, group), of_commune),
    ]
    found = _first(index, position, near, day, with_alcohol, count)
    if not found:
        found = _first(index, position, [_line(index, ("group", group), of_group)], day, with_alcohol, _FEW)
    return [index.card(position, day) for position in found]


def _first(
    index: Index, own: int, lines: Sequence[Sequence[int]], day: date, with_alcohol: bool, count: int
) -> list[int]:
    """The first of these lines one after the other: what is in stock, then the rest; each listing once."""
    rows = index.rows

    def shown(line: Sequence[int], in_stock: bool, is_alcohol: bool) -> Iterator[int]:
        for position in line:
            row = rows[position]
            if row.in_stock is in_stock and row.is_alcohol is is_alcohol and row.is_valid_on(day):
                yield position

    kinds = (False, True) if with_alcohol else (False,)
    wanted = (
        shown(line, in_stock, is_alcohol)
        for in_stock in (True, False)
        for line in lines
        for is_alcohol in kinds
    )
    once = (position for position in itertools.chain.from_iterable(wanted) if position != own)
    return list(itertools.islice(_each_once(once), count))


def _each_once(positions: Iterator[int]) -> Iterator[int]:
    seen: set[int] = set()
    for position in positions:
        if position not in seen:
            seen.add(position)
            yield position


def _line(index: Index, name: object, found: Callable[[], int]) -> Sequence[int]:
    """All of a set of listings in the order of lists; kept under its name until the index changes."""
    memo = "line", name
    known = index.memo.get(memo)
    if known is None:
        positions = found() & index.live
        order = bits.in_order(
            positions,
            index.orders[Sort.RELEVANCE],
            index.key(Sort.RELEVANCE),
            0,
            positions.bit_count(),
            len(index.rows),
        )
        known = index.memo[memo] = array("I", order)
    return known  # type: ignore[return-value]
