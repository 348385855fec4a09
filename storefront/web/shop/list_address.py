"""The address of a list: what it says is read, what it says wrongly is left out, and it is written in one fixed order."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from storefront import text
from storefront.catalogue.cards import Sort
from storefront.catalogue.search.facets import BANDS, YES, Chosen, Facet
from storefront.catalogue.search.wishes import Wishes
from storefront.certification.groups import SLUGS, ProductGroup
from storefront.places import lookup
from storefront.producers.models import ProducerKind

MOST_QUERY = 120
_SAFE = "!$'()*,/:;?@"
"""What may stand in a query as it is."""
_MOST_VALUES = 20
_MOST_UNKNOWN, _MOST_OF_UNKNOWN = 3, 40
"""How much is repeated of what is not known: so many, and so many characters of each."""
GROUP_OF_SLUG = {slug: group for group, slug in SLUGS.items()}
PRODUCER_KINDS = {
    "hop-tac-xa": ProducerKind.COOPERATIVE,
    "to-hop-tac": ProducerKind.COOPERATIVE_GROUP,
    "cong-ty": ProducerKind.COMPANY,
    "ho-kinh-doanh": ProducerKind.BUSINESS_HOUSEHOLD,
    "ho-san-xuat": ProducerKind.PRODUCTION_HOUSEHOLD,
    "co-so": ProducerKind.WORKSHOP,
    "khac": ProducerKind.UNKNOWN,
}
_VALUE_OF: dict[Facet, Mapping[str, str]] = {
    Facet.GROUP: {slug: group.value for slug, group in GROUP_OF_SLUG.items()},
    Facet.STARS: {stars: stars for stars in ("3", "4", "5")},
    Facet.PRICE: {band: band for band in BANDS},
    Facet.PRODUCER_KIND: {slug: kind.value for slug, kind in PRODUCER_KINDS.items()},
    Facet.IN_STOCK: {YES: YES},
    Facet.IN_SEASON: {YES: YES},
}
_WRITTEN = {facet: {value: written for written, value in known.items()} for facet, known in _VALUE_OF.items()}
EXACTLY = "dung"
_OTHER_NAMES = {Facet.DISTRICT: "huyen"}
"""What people write into an address by hand for a parameter of ours."""
PARAMETERS = (*(facet.value for facet in Facet), *_OTHER_NAMES.values(), "xep", "trang")
"""What the address of every list may say beside a question."""


@dataclass(frozen=True, kw_only=True)
class ListAddress:
    """One list: the page it stands on, the question, what it is narrowed to, and its order."""

    endpoint: str
    group: ProductGroup | None = None
    question: str = ""
    exactly: bool = False
    chosen: Chosen
    sort: Sort = Sort.RELEVANCE
    unknown: tuple[tuple[Facet, str], ...] = ()
    """What was asked of facets that they do not have, as it was written; no address says it again."""
    unknown_sort: str = ""
    """The same of the order."""
    other_groups: tuple[ProductGroup, ...] = ()
    """Groups asked for on the page of another."""
    is_cut: bool = False
    """More was asked than is looked for."""

    def url(self, page: int = 1) -> str:
        """The address of one of its pages."""
        written = self._written
        if page > 1:
            written += f"&trang={page}" if written else f"trang={page}"
        return f"{self.path}?{written}" if written else self.path

    @functools.cached_property
    def _written(self) -> str:
        """All of the query but the page, in its one order."""
        if not (self.question or self.chosen.values or self.sort is not Sort.RELEVANCE):
            return ""
        pairs: list[tuple[str, str]] = [("q", self.question)] if self.question else []
        for facet, values in self.facets.items():
            pairs += [(facet.value, one) for one in sorted(written_value(facet, value) for value in values)]
        if self.exactly:
            pairs.append((EXACTLY, YES))
        if self.sort is not Sort.RELEVANCE:
            pairs.append(("xep", self.sort.value))
        return urlencode(pairs, safe=_SAFE)

    @functools.cached_property
    def path(self) -> str:
        """Where its form sends to: the page without any choice."""
        return url_for(self.endpoint, group_slug=SLUGS[self.group] if self.group else None)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What it is narrowed to as parameters of the address."""
        return [
            (facet.value, written_value(facet, value))
            for facet, values in self.facets.items()
            for value in values
        ]

    def without(self, facet: Facet, value: str | None = None) -> ListAddress:
        """The list without one value of a facet, or without the facet."""
        left = tuple(one for one in self.chosen.values.get(facet, ()) if value is not None and one != value)
        return replace(self, chosen=Chosen(values={**self.chosen.values, facet: left}))

    def without_facets(self) -> ListAddress:
        """The list with nothing narrowed but the page's own group."""
        own = {Facet.GROUP: (self.group.value,)} if self.group else {}
        return replace(self, chosen=Chosen(values=own))

    def asking(self, question: str, *, exactly: bool = False) -> ListAddress:
        """The list with another question."""
        return replace(self, question=question, exactly=exactly)

    @functools.cached_property
    def facets(self) -> dict[Facet, tuple[str, ...]]:
        """What it is narrowed to beside the page's own group."""
        return {
            facet: values
            for facet, values in self.chosen.values.items()
            if values and not (facet is Facet.GROUP and self.group)
        }

    @property
    def own_commune(self) -> str | None:
        """The commune, when that is all it is narrowed to: such a list is a page of its own for search engines."""
        values = self.facets.get(Facet.COMMUNE, ())
        alone = len(self.facets) == 1 and len(values) == 1 and self.endpoint == "shop.listings"
        return values[0] if alone and not self.question and self.sort is Sort.RELEVANCE else None

    @property
    def is_understood(self) -> bool:
        """Whether all that was asked of facets and order is heeded."""
        return not (self.unknown or self.unknown_sort or self.other_groups)

    @property
    def is_indexed(self) -> bool:
        """Whether search engines may keep it: whole lists, one group, one commune."""
        if self.endpoint == "shop.search" or self.question or self.sort is not Sort.RELEVANCE:
            return False
        if not self.is_understood:
            return False
        return not self.facets or self.own_commune is not None


def read(endpoint: str, group: ProductGroup | None = None) -> ListAddress:
    """The list that this request asks for."""
    asked = request.args
    sort = asked.get("xep", "")
    unknown: dict[tuple[Facet, str], None] = {}
    values = {facet: _read_facet(facet, asked, unknown) for facet in Facet}
    other_groups: tuple[str, ...] = ()
    if group:
        other_groups = tuple(one for one in values[Facet.GROUP] if one != group.value)
        values[Facet.GROUP] = (group.value,)
    typed = text.clean_line(asked.get("q", ""), MOST_QUERY + 1) if endpoint == "shop.search" else ""
    question = text.clean_line(typed, MOST_QUERY)
    return ListAddress(
        endpoint=endpoint,
        group=group,
        question=question,
        exactly=bool(question) and asked.get(EXACTLY) == YES,
        chosen=Chosen(values={facet: found for facet, found in values.items() if found}),
        sort=Sort(sort) if sort in set(Sort) else Sort.RELEVANCE,
        unknown=tuple((facet, _repeated(one)) for facet, one in list(unknown)[:_MOST_UNKNOWN]),
        unknown_sort="" if sort in set(Sort) else _repeated(sort),
        other_groups=tuple(map(ProductGroup, other_groups)),
        is_cut=len(typed) > MOST_QUERY,
    )


def wished(wishes: Wishes, question: str, *, has_words: bool) -> ListAddress:
    """The list that a question asks for: of facets where they say the same, else what the search finds."""
    if has_words or wishes.still_valid or wishes.has_price:
        return ListAddress(endpoint="shop.search", question=question, chosen=Chosen())
    values = {
        Facet.STARS: tuple(str(one) for one in sorted(wishes.stars)),
        Facet.IN_STOCK: (YES,) if wishes.in_stock else (),
        Facet.IN_SEASON: (YES,) if wishes.in_season else (),
    }
    return ListAddress(endpoint="shop.listings", chosen=Chosen(values={f: v for f, v in values.items() if v}))


def written_value(facet: Facet, value: str) -> str:
    """A value of a facet as it stands in an address."""
    return _WRITTEN.get(facet, {}).get(value, value)


def _repeated(written: str) -> str:
    """As much as is said again of what is not known."""
    return text.clean_line(written, _MOST_OF_UNKNOWN)


def _read_facet(
    facet: Facet, asked: MultiDict[str, str], unknown: dict[tuple[Facet, str], None]
) -> tuple[str, ...]:
    """The values of a facet that there are; what there is not is added to `unknown`."""
    known = _VALUE_OF.get(facet)
    found: dict[str, None] = {}
    by_hand = asked.getlist(_OTHER_NAMES[facet]) if facet in _OTHER_NAMES else []
    for written in [*asked.getlist(facet.value), *by_hand][:_MOST_VALUES]:
        if known is not None:
            value = known.get(written)
        else:
            value = written if facet is Facet.COMMUNE and _is_commune(written) else None
            if facet is Facet.DISTRICT:
                there = lookup.home_districts()
                value = next((one for one in (written, f"huyen-{written}") if one in there), None)
        if value:
            found[value] = None
        elif written.strip():
            unknown[facet, written] = None
    return tuple(sorted(found))


def _is_commune(code: str) -> bool:
    try:
        return lookup.commune(code).province.code == lookup.HOME_PROVINCE
    except lookup.PlaceNotFound:
        return False
