"""What to offer while somebody types: products, producers, communes, groups, and the list of what was asked for.

Everything offered is put in one line by how near its name is (`spelling.Nearness`); what was typed is corrected only when
nothing fits it as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from storefront import bits
from storefront.catalogue.cards import ListingCard, Sort
from storefront.catalogue.search import asking, engine, marks, named, synonyms, understanding, wishes, words
from storefront.catalogue.search.correcting import Corrector
from storefront.catalogue.search.index import Index
from storefront.catalogue.search.matching import IN_KIND, IN_NAME, OPENS, WITH_PLACE, Matcher, terms
from storefront.catalogue.search.named import Maker, Place
from storefront.catalogue.search.spelling import Nearness, Spelling, SpeltMatcher
from storefront.catalogue.search.wishes import Wishes
from storefront.catalogue.search.words import Word
from storefront.certification.groups import NAMES, ProductGroup

MOST, MOST_PRODUCTS, MOST_OTHERS = 10, 6, 2
_OF_EACH_KIND = 2
_AS_TYPED = (Spelling.WRITTEN, Spelling.BEGUN)


@dataclass(frozen=True)
class Wished:
    """The list of what a price, stars or the like ask for, and how many are on it; `words` is the rest of the question."""

    wishes: Wishes
    words: str
    count: int


Offer = ListingCard | Maker | Place | ProductGroup | Wished


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """What was found, nearest first; `shown` is what was looked for when nothing fits what was typed."""

    offers: Sequence[Offer] = ()
    shown: str = ""

    @property
    def products(self) -> list[ListingCard]:
        return [one for one in self.offers if isinstance(one, ListingCard)]

    @property
    def producers(self) -> list[tuple[str, str]]:
        """Slug and name."""
        return [(one.slug, one.name) for one in self.offers if isinstance(one, Maker)]

    @property
    def communes(self) -> list[tuple[str, str]]:
        """Code and name."""
        return [(one.code, one.name) for one in self.offers if isinstance(one, Place)]

    @property
    def groups(self) -> list[ProductGroup]:
        return [one for one in self.offers if isinstance(one, ProductGroup)]


def suggest(
    index: Index, typed: str, day: date, *, with_alcohol: bool, in_english: bool = False
) -> Suggested:
    """Offers for what is typed so far, the last word half typed; `in_english` what that may mean there comes first."""
    within = index.live if with_alcohol else index.live & ~index.alcohol
    asked, rest = wishes.read(typed)
    cut = words.cut(rest)[: understanding.MOST_WORDS]
    if asked == Wishes():
        return _named(index, rest, cut, day, within, in_english=in_english)
    fitting = engine.wished(index, asked, day) & within
    if not cut:
        return Suggested(offers=_with_list(index, Wished(asked, "", fitting.bit_count()), fitting, day))
    # a price half typed ("mật ong dưới 2") leaves nothing: what is offered then is the honeys
    bearing = asking.match(index, rest, within).found & fitting
    if not bearing:
        return _named(index, rest, cut, day, within, in_english=in_english)
    return Suggested(offers=_with_list(index, Wished(asked, rest, bearing.bit_count()), bearing, day))


def _with_list(index: Index, wished: Wished, found: int, day: date) -> list[Offer]:
    """The list, and the first of it."""
    if not found:
        return []
    first = engine.ordered(index, [found], Sort.RELEVANCE, day, 0, MOST_PRODUCTS)
    return [wished, *(index.card(position, day) for position in first)]


def _named(
    index: Index, typed: str, cut: Sequence[Word], day: date, within: int, *, in_english: bool
) -> Suggested:
    if not cut:
        return Suggested()
    # among equally near ones a product stands before a group, that before a producer, that before a commune
    kinds: tuple[Sequence[tuple[Nearness, Offer]], ...] = (
        _products(index, cut, day, within, in_english=in_english),
        named.groups(index, cut, in_english=in_english)[:MOST_OTHERS],
        named.makers(index, cut, within)[:MOST_OTHERS],
        named.communes(index, cut, within)[:MOST_OTHERS],
    )
    near = [(nearness, place, one) for place, found in enumerate(kinds) for nearness, one in found]
    if any(nearness.spelling < Spelling.BEGUN_LETTERS for nearness, _, _ in near):
        # a beginning with other marks than those typed is the last to be meant
        near = [one for one in near if one[0].spelling < Spelling.BEGUN_LETTERS]
    if not any(nearness.spelling in _AS_TYPED for nearness, _, _ in near):
        # nothing is written so: of what differs in marks only that stays which the marks typed may mean
        near = [one for one in near if _may_be_meant(cut, *one[::2])]
    is_one_letter = named.is_one_letter(cut)
    if is_one_letter:
        near = [one for one in near if one[0].level <= OPENS and not one[0].is_far]
    near.sort(key=lambda one: one[:2])
    if not (is_one_letter or any(isinstance(one, ListingCard) for _, _, one in near)):
        hidden = _hidden_group(index, typed, within)
        if hidden:
            others = [one for _, _, one in near if one is not hidden]
            return Suggested(offers=[hidden, *others[: MOST - 1]])
    if near or is_one_letter:
        return Suggested(offers=[one for _, _, one in near[:MOST]])
    match = asking.match(index, typed, within, typing=True)
    if match.is_mentioned:
        return Suggested()  # a list can say that its products only mention the words, an offer cannot
    positions = engine.ordered(index, match.ranks, Sort.RELEVANCE, day, 0, MOST_PRODUCTS)
    return Suggested(offers=[index.card(position, day) for position in positions], shown=match.shown)


def _hidden_group(index: Index, typed: str, within: int) -> ProductGroup | None:
    """The group of what was asked for where this visitor may not see it ("rượu"): its page says how many there are."""
    hidden = index.alcohol & ~within
    hidden = hidden and understanding.as_typed(index, typed) & hidden
    return index.rows[next(bits.positions(hidden))].group if hidden else None


def _may_be_meant(cut: Sequence[Word], nearness: Nearness, one: Offer) -> bool:
    """Whether no word of its names has marks far from those typed: "sữa" may be sứa, "trứng" is not Trung."""
    marked = [word for word in cut if word.has_marks]
    if not marked:
        return True
    written = _written(one)
    return not nearness.is_far and all(_is_close(word, written) for word in marked)


def _is_close(word: Word, written: Sequence[Word]) -> bool:
    begun = [other for other in written if other.folded.startswith(word.folded)]
    # none at all where it is found by another name
    return not begun or any(marks.is_near(word.marked, other.marked) for other in begun)


def _written(one: Offer) -> Sequence[Word]:
    match one:
        case Place(code, name):
            return [word for known in named.place_names(code, name) for word in known]
        case ProductGroup() as group:
            return words.cut(NAMES[group])
        case Wished():
            return []
        case _:
            return words.cut(one.name)


def _products(
    index: Index, cut: Sequence[Word], day: date, within: int, *, in_english: bool
) -> list[tuple[Nearness, Offer]]:
    """The nearest products."""
    called = _of_kinds(index, cut, day, within, in_english=in_english)
    written = _ranks(index, cut, within)
    ranked = sorted([*called, *written] if in_english else [*written, *called], key=lambda one: one[0])
    found: list[tuple[Nearness, Offer]] = []
    seen = 0
    for nearness, bearing in ranked:
        fresh = bearing & ~seen
        if not fresh:
            continue
        seen |= fresh
        more = MOST_PRODUCTS - len(found)
        positions = engine.ordered(index, [fresh], Sort.RELEVANCE, day, 0, more)
        found += [(nearness, index.card(position, day)) for position in positions]
        if len(found) >= MOST_PRODUCTS:
            break
    return found


def _of_kinds(
    index: Index, cut: Sequence[Word], day: date, within: int, *, in_english: bool
) -> Iterator[tuple[Nearness, int]]:
    """Products of the kinds an English page calls so; the first of each, a few of every equally near one foremost."""
    called: dict[Nearness, list[list[int]]] = {}
    most = MOST_PRODUCTS // _OF_EACH_KIND if named.is_one_letter(cut) else MOST_PRODUCTS
    for nearness, kind in sorted(
        named.kinds_called(index, cut, in_english=in_english), key=lambda one: one[0]
    ):
        if index.kinds[kind] & within and sum(map(len, called.values())) < most:
            called.setdefault(nearness, []).append(_first_of(index, kind, day, within))
    for nearness, first in called.items():
        for count in (_OF_EACH_KIND, MOST_PRODUCTS):
            yield nearness, bits.of_positions(sorted(one for listed in first for one in listed[:count]))


def _first_of(index: Index, kind: str, day: date, within: int) -> list[int]:
    """The first products of a kind, looked for once a day until something changes."""
    memo = ("first of", kind, day, within == index.live)
    known = cast("list[int] | None", index.memo.get(memo))
    if known is None:
        bearing = index.kinds[kind] & within
        known = engine.ordered(index, [bearing], Sort.RELEVANCE, day, 0, MOST_PRODUCTS)
        index.memo[memo] = known
    return known


def _ranks(index: Index, cut: Sequence[Word], within: int) -> Iterator[tuple[Nearness, int]]:
    """Sets of positions that bear the words, as typed or with left-over keys of an input method put right."""
    repaired = Corrector(Matcher(index, within)).repaired(cut)
    matcher = SpeltMatcher(index, within)
    for meant in dict.fromkeys((tuple(cut), repaired)):
        found = [one for spelling in Spelling for one in _spelt(matcher, meant, spelling)]
        for other in synonyms.others(meant):
            # by another name it is as near as without its marks
            found += [
                (near._replace(spelling=Spelling.LETTERS), bearing)
                for near, bearing in _spelt(matcher, other, Spelling.WRITTEN)
            ]
        yield from found
        if found:
            return


def _spelt(
    matcher: SpeltMatcher, meant: tuple[Word, ...], spelling: Spelling
) -> Iterator[tuple[Nearness, int]]:
    marks_count = any(word.has_marks for word in meant)
    spelt = matcher.spelt(spelling, marks_count=marks_count)
    levels = spelt.levels(terms(meant, half=spelling >= Spelling.BEGUN), strict=False)
    for level, bearing in enumerate(levels[: WITH_PLACE + 1]):
        if bearing:
            yield (
                Nearness(level > IN_KIND, spelling, min(level, IN_NAME) if level < IN_KIND else level),
                bearing,
            )
