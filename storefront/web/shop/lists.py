"""Lists of products: all, one group, what a question finds; narrowed, sorted and paged by the address alone."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from markupsafe import Markup

from storefront import clock, codes, languages, text
from storefront.catalogue import kinds
from storefront.catalogue.cards import Sort
from storefront.catalogue.search import asides, decisions, engine, wishes
from storefront.catalogue.search import live as search_index
from storefront.catalogue.search.engine import Answer, Asked, Counted, Counts
from storefront.catalogue.search.facets import BANDS, Facet
from storefront.catalogue.search.wishes import Wishes
from storefront.certification import queries as register_queries
from storefront.certification.groups import ProductGroup
from storefront.web import age, context, guards, links, page_cache, paging, structured
from storefront.web.i18n import _
from storefront.web.shop import list_address, list_words
from storefront.web.shop.list_address import ListAddress

_IN_THEIR_ORDER = {
    Facet.GROUP: [group.value for group in ProductGroup],
    Facet.STARS: ["5", "4", "3"],
    Facet.PRICE: list(BANDS),
    Facet.PRODUCER_KIND: [kind.value for kind in list_words.KIND_WORDS],
}
_BY_NAME = (Facet.COMMUNE, Facet.DISTRICT)


@dataclass(frozen=True)
class ShownValue:
    """One value of a facet in the form."""

    value: str
    word: str
    count: int
    is_chosen: bool
    place: str


@dataclass(frozen=True, eq=False)
class ShownFacet:
    """One facet in the form; drawn once for each of these (web/fragments.py)."""

    facet: Facet
    values: tuple[ShownValue, ...]

    @property
    def name(self) -> str:
        return self.facet.value

    @property
    def word(self) -> str:
        return str(list_words.FACET_WORDS[self.facet])

    @property
    def is_open(self) -> bool:
        return any(one.is_chosen for one in self.values)

    @property
    def is_tick(self) -> bool:
        return self.facet in (Facet.IN_STOCK, Facet.IN_SEASON)


def register(bp: Blueprint) -> None:
    """Add the pages."""
    bp.add_url_rule("/san-pham", "listings", listings)
    bp.add_url_rule("/nhom/<slug:group_slug>", "group", group)
    bp.add_url_rule("/tim", "search", search)


@guards.public
@page_cache.kept(*list_address.PARAMETERS)
def listings() -> Any:
    """All products."""
    return _list(list_address.read("shop.listings"))


@guards.public
@page_cache.kept(*list_address.PARAMETERS)
def group(group_slug: str) -> Any:
    """The products of one of the six groups."""
    wanted = list_address.GROUP_OF_SLUG.get(group_slug)
    if wanted is None:
        guards.not_found()
    return _list(list_address.read("shop.group", wanted))


@guards.public
@page_cache.kept("q", list_address.EXACTLY, *list_address.PARAMETERS)
def search() -> Any:
    """Products for what was typed; the code of a lot leads to its page, that of an order to the form that finds it."""
    address = list_address.read("shop.search")
    pasted = codes.in_address(address.question)
    if pasted:
        is_sound = codes.parse(pasted) is not None
        return redirect(url_for("trace.lot", code=pasted) if is_sound else address.asking(pasted).url())
    named = codes.parse(address.question) if not address.exactly else None
    if named and codes.looks_like_one(address.question):
        kind, code = named
        if kind is codes.Kind.LOT:
            return redirect(url_for("trace.lot", code=code))
        if kind is codes.Kind.ORDER:
            return redirect(url_for("shop.track", ma=code))
    order, rest = asides.order_asked(address.question)
    if order and not address.exactly and address.sort is Sort.RELEVANCE and not address.unknown_sort:
        return redirect(replace(address.asking(rest), sort=order).url())
    return _list(address)


def _misspelt(address: ListAddress) -> codes.Kind | None:
    """What the question would be the code of, but for a character; of a stamp, also a sound one, for none is given out.

    The number of a case is looked for nowhere but where cases are followed.
    """
    if address.exactly or wishes.read(address.question)[0] != Wishes():
        return None
    if codes.canonical(address.question, codes.Kind.STAMP):
        return codes.Kind.STAMP if codes.looks_like_one(address.question) else None
    kind = codes.misspelt(address.question)
    return kind if kind is not codes.Kind.CASE else None


def _is_written_as_code(question: str) -> bool:
    """Whether it stands in one piece with a digit, or in groups that each have one: "lac rang 5kg" is as long as a code."""
    parts = [part for part in question.split() if len(part) > 1]
    return all(any(map(str.isdigit, part)) for part in parts)


def _list(address: ListAddress) -> Any:
    day, adult, number = clock.today(), age.is_adult(), paging.wanted()
    misspelt, decision = _misspelt(address), decisions.number(address.question)
    asked = Asked(
        question=address.question,
        # a code with a slip in it is no word to be put right
        exactly=address.exactly or (misspelt is not None and _is_written_as_code(address.question)),
        chosen=address.chosen,
        sort=address.sort,
        page=number,
        with_alcohol=adult,
    )
    with search_index.current() as index:
        answer = engine.ask(index, asked, day)
    page = paging.of(number, answer.total, engine.PAGE_SIZE)
    is_narrowed = bool(address.facets) or bool(answer.words and answer.wishes != Wishes())
    is_nothing = not answer.total and not answer.hidden_alcohol
    shown = render_template(
        "shop/listings/list.html",
        address=address,
        answer=answer,
        cards=answer.cards,
        page=page,
        group=address.group,
        groups=list(ProductGroup),
        q=address.question,
        facets=_facets(answer.counts, answer.total, address.group, languages.current()),
        chips=_chips(address),
        clear_url=address.without_facets().url(),
        unconditioned_url="" if answer.total else _unconditioned(address, answer).url(),
        group_kinds=kinds.OF_GROUP,
        loosenings=_loosenings(address, answer) if is_nothing and is_narrowed else [],
        not_heeded=list_words.not_heeded(address),
        is_empty_group=is_nothing and answer.wishes == Wishes(group=answer.wishes.group) and not answer.words,
        wish_words=list_words.understood_words(answer),
        sort_words=list_words.sort_words(is_asked=bool(address.question)),
        decision=decision,
        no_such_decision=bool(decision) and is_nothing and not register_queries.has_decision(decision),
        misspelt_code=misspelt if is_nothing else None,
        lot_length=codes.length(codes.Kind.LOT),
        other_marks_url=address.asking(text.strip_marks(address.question)).url(),
        exactly_url=address.asking(address.question, exactly=True).url(),
        near=[(word, address.asking(word).url()) for word in answer.near_words],
        age_target=address.url(number),
        canonical=_canonical(address, number),
        other_language=links.in_other_language(address.url(number)),
        graph=_graph(address),
    )
    return (shown, 404) if is_nothing and address.facets else shown


def _graph(address: ListAddress) -> Markup | None:
    """The way to a list that is a page of its own."""
    if address.own_commune:
        everything = (_("Tất cả sản phẩm"), url_for("shop.listings"))
        name = list_words.value_word(Facet.COMMUNE, address.own_commune)
        return structured.graph(structured.crumbs(everything, here=name[:1].upper() + name[1:]))
    if address.group and address.is_indexed:
        return structured.graph(structured.crumbs(here=str(context.GROUP_WORDS[address.group])))
    return None


def _canonical(address: ListAddress, number: int) -> str | None:
    """Narrowed lists that are no pages of their own say the list they narrow."""
    if address.own_commune:
        return links.whole(address.url(number))
    return links.canonical()


@functools.lru_cache(maxsize=500)
def _facets(counts: Counts, total: int, group: ProductGroup | None, language: str) -> tuple[ShownFacet, ...]:
    """The facets for the form, each with the values that narrow the list or are chosen; no group on a group's page.

    Beside a chosen value every other is one more to choose.
    """
    found = []
    for facet, counted in counts.of_facet.items():
        is_open = any(one.is_chosen for one in counted)
        offered = [one for one in counted if is_open or one.count < total]
        if offered and not (facet is Facet.GROUP and group):
            shown = sorted((_shown(facet, one, language) for one in offered), key=_place)
            found.append(ShownFacet(facet, tuple(shown)))
    return tuple(found)


def _place(one: ShownValue) -> str:
    return one.place


def _shown(facet: Facet, one: Counted, language: str) -> ShownValue:
    return _value(facet, one.value, one.count, one.is_chosen, language)


@functools.lru_cache(maxsize=4096)
def _value(facet: Facet, value: str, count: int, is_chosen: bool, _language: str) -> ShownValue:
    word = list_words.value_word(facet, value)
    order = _IN_THEIR_ORDER.get(facet, [value])
    place = list_words.sort_key(facet, value) if facet in _BY_NAME else f"{order.index(value):03d}"
    return ShownValue(list_address.written_value(facet, value), word, count, is_chosen, place)


def _chips(address: ListAddress) -> list[tuple[str, str]]:
    """What the list is narrowed to, each with the address of the list without it."""
    return [
        (list_words.chip_word(facet, value), address.without(facet, value).url())
        for facet, values in address.facets.items()
        for value in values
    ]


def _loosenings(address: ListAddress, answer: Answer) -> list[tuple[str, int, str]]:
    """What may be let go of so that something is found: words, how many there are then, and where; the question last."""
    found = [
        (
            ", ".join(list_words.chip_word(facet, value) for value in address.facets[facet]),
            count,
            address.without(facet).url(),
        )
        for facet, count in answer.loosened.items()
        if facet in address.facets and count
    ]
    if answer.wishes != Wishes() and answer.words and answer.without_wishes:
        wished = ", ".join(list_words.wish_words(answer.wishes))
        found.append((wished, answer.without_wishes, address.asking(answer.words).url()))
    found.sort(key=lambda one: -one[1])
    if address.question and answer.without_question:
        found.append((f"“{address.question}”", answer.without_question, address.asking("").url()))
    return found


def _unconditioned(address: ListAddress, answer: Answer) -> ListAddress:
    """The list that found nothing, without its facets and the conditions in its question; else without the question."""
    words = answer.words if answer.wishes != Wishes() else address.question
    cleared = address.without_facets().asking(words)
    return cleared if cleared.url() != address.url() else cleared.asking("")
