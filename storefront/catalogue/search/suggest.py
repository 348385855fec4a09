"""What to offer while somebody types: products, producers, communes and groups."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date
from typing import cast

from storefront import bits
from storefront.catalogue.cards import ListingCard, Sort
from storefront.catalogue.search import engine, understanding, wishes, words
from storefront.catalogue.search.facets import Facet
from storefront.catalogue.search.index import MAKER, Index
from storefront.catalogue.search.matching import Matcher, terms
from storefront.catalogue.search.words import Word
from storefront.certification.groups import NAMES, ProductGroup
from storefront.places import lookup

MOST_PRODUCTS, MOST_OTHERS = 6, 2
_MOST_LOOKED_AT = 100


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """What was found; producers as slug and name, communes as code and name."""

    products: list[ListingCard]
    producers: list[tuple[str, str]]
    communes: list[tuple[str, str]]
    groups: list[ProductGroup]
    shown: str = ""


def suggest(index: Index, typed: str, day: date, *, with_alcohol: bool) -> Suggested:
    """Offers for what is typed so far, the last word half typed."""
    within = index.live if with_alcohol else index.live & ~index.alcohol
    # "mật ong dưới 200k" is on its way to a price: what is offered are honeys
    _, rest = wishes.read(typed)
    typed = rest or typed
    cut = words.cut(typed)[: understanding.MOST_WORDS]
    if not cut:
        return Suggested(products=[], producers=[], communes=[], groups=[])
    found = understanding.match(index, typed, within, typing=True)
    positions = engine.ordered(index, found.ranks, Sort.RELEVANCE, day, 0, MOST_PRODUCTS)
    asked = [word.folded for word in cut]
    return Suggested(
        products=[index.rows[position].card(day) for position in positions],
        producers=_producers(index, cut, within),
        communes=_communes(index, asked, within),
        groups=[group for group in ProductGroup if _opens(asked, _folded(NAMES[group]))][:MOST_OTHERS],
        shown=found.shown,
    )


def _producers(index: Index, asked: list[Word], within: int) -> list[tuple[str, str]]:
    """Producers whose name holds what was typed in a row."""
    matcher = Matcher(index, within)
    found = within
    for term in terms(asked, half=True):
        found &= matcher.fields(term, strict=False)[MAKER]
    folded = [word.folded for word in asked]
    offered: dict[str, str] = {}
    for position in itertools.islice(bits.positions(found), _MOST_LOOKED_AT):
        row = index.rows[position]
        if row.producer_slug not in offered and _opens(folded, _folded(row.producer_name)):
            offered[row.producer_slug] = row.producer_name
            if len(offered) >= MOST_OTHERS:
                break
    return list(offered.items())


def _communes(index: Index, asked: list[str], within: int) -> list[tuple[str, str]]:
    """Communes of today by their name, or by one that a part of them had before."""
    known = cast("dict[str, list[list[str]]] | None", index.memo.get("communes"))
    if known is None:
        known = {
            code: [_folded(one) for one in (name, *lookup.names_before(code))]
            for (facet, code), name in index.labels.items()
            if facet is Facet.COMMUNE
        }
        index.memo["communes"] = known
    fitting = [code for code, names in known.items() if any(_opens(asked, name) for name in names)]
    sizes = {code: (index.values[Facet.COMMUNE].get(code, 0) & within).bit_count() for code in fitting}
    best = sorted((code for code in fitting if sizes[code]), key=lambda code: (-sizes[code], code))
    return [(code, index.labels[Facet.COMMUNE, code]) for code in best[:MOST_OTHERS]]


def _folded(name: str) -> list[str]:
    return [word.folded for word in words.cut(name)]


def _opens(asked: list[str], name: list[str]) -> bool:
    """Whether what was typed stands in the name in a row, its last word half typed."""
    size = len(asked)
    return any(
        name[place : place + size - 1] == asked[:-1] and name[place + size - 1].startswith(asked[-1])
        for place in range(len(name) - size + 1)
    )
