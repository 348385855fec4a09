"""Which listings bear these words, and how near: in the name, the kind, the producer, the place, the texts."""

from __future__ import annotations

import bisect
import functools
import itertools
import operator
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, cast

from storefront import text
from storefront.catalogue.search import glosses, marks
from storefront.catalogue.search.index import BODY, KIND, MAKER, NAME, PLACE, Index
from storefront.catalogue.search.words import Word

WHOLE, OPENS, PHRASE, IN_NAME, IN_KIND, WITH_MAKER, WITH_PLACE, IN_TEXTS = range(8)
"""Levels of nearness, best first."""
_TELLING = 3
"""Letters of a beginning that may be meant with other marks than typed."""

_SHORT = 3
"""Letters of a word so short that other marks mostly make it another word."""


class Term(NamedTuple):
    """A word to look for; `half` when it may be the beginning of one."""

    word: Word
    half: bool = False


def terms(found: Iterable[Word], *, half: bool = False) -> tuple[Term, ...]:
    """The words as terms, the last one half typed where it may be."""
    listed = list(found)
    return tuple(Term(word, half and place == len(listed) - 1) for place, word in enumerate(listed))


class Matcher:
    """Looks up words in an index; remembers what one question asks twice."""

    def __init__(self, index: Index, within: int) -> None:
        self.index = index
        self.within = within
        self._known: dict[tuple[Term, bool], tuple[int, ...]] = {}
        self._anywhere: dict[tuple[Term, bool], int] = {}

    def fields(self, term: Term, strict: bool) -> tuple[int, ...]:
        """The positions that bear a term in each field, texts last.

        Marks that were typed count: with `strict` all of them, else a word may differ in tone or in shape.
        """
        known = self._known.get((term, strict))
        if known is None:
            known = self._looked_up(term, strict)
            if not term.word.has_marks:
                known = self._with_english(term, known)
            self._known[term, strict] = known
        return known

    def anywhere(self, term: Term, *, strict: bool = False) -> int:
        """The positions that bear a term at all, texts aside."""
        known = self._anywhere.get((term, strict))
        if known is None:
            known = functools.reduce(operator.or_, self.fields(term, strict)[:BODY]) & self.within
            self._anywhere[term, strict] = known
        return known

    def widest(self, wanted: Sequence[Term], level: int, strict: bool) -> int:
        """The positions that reach that level."""
        reach = self.within
        for term in wanted:
            found = self.fields(term, strict)[: level - IN_NAME + 1]
            reach &= functools.reduce(operator.or_, found)
        return reach

    def levels(self, wanted: Sequence[Term], strict: bool) -> list[int]:
        """For each level from `WHOLE` to `IN_TEXTS` the positions that reach it; a better one is in every worse."""
        columns = [self.fields(term, strict) for term in wanted]
        found = [0] * (IN_TEXTS + 1)
        reach = self.within
        sums = [list(columns_of) for columns_of in columns]
        for level, field in (
            (IN_NAME, NAME),
            (IN_KIND, KIND),
            (WITH_MAKER, MAKER),
            (WITH_PLACE, PLACE),
            (IN_TEXTS, BODY),
        ):
            if field is not NAME:
                for one in sums:
                    one[NAME] |= one[field]
            reach = functools.reduce(operator.and_, (one[NAME] for one in sums), self.within)
            found[level] = reach
        if found[IN_NAME]:
            found[WHOLE], found[OPENS], found[PHRASE] = self._phrases(found[IN_NAME], wanted)
        return found

    def beginnings(self, folded: str) -> list[str]:
        """Known words that begin so."""
        vocabulary = self.index.vocabulary
        found: list[str] = []
        for beginning in text.prefixes(folded):
            start = bisect.bisect_left(vocabulary, beginning)
            found.extend(vocabulary[start : bisect.bisect_right(vocabulary, beginning + "\U0010ffff")])
        return found

    def _looked_up(self, term: Term, strict: bool) -> tuple[int, ...]:
        index = self.index
        word = term.word
        if term.half:
            key = ("half", word.folded, word.has_marks and word.marked, strict)
            known = index.memo.get(key)
            if known is None:
                begun = list(self._spelt(*self.beginnings(word.folded)))
                if word.has_marks:
                    # so few letters begin so much that their marks must fit
                    fits = marks.begins if strict or len(word.folded) < _TELLING else marks.is_near
                    begun = [form for form in begun if fits(word.marked, form)]
                # one letter begins too much to look beyond names
                last = BODY if len(word.folded) > 1 else MAKER
                known = tuple(
                    postings.any_of(begun) if place < last else 0
                    for place, postings in enumerate(index.fields)
                )
                if len(word.folded) < 3:
                    index.memo[key] = known
            return cast("tuple[int, ...]", known)
        if not word.has_marks:
            forms = tuple(self._spelt(word.folded))
        elif strict:
            forms = (word.marked,)
        else:
            forms = tuple(form for form in self._spelt(word.folded) if marks.is_near(word.marked, form))
            if len(word.folded) <= _SHORT:
                # "quà" is no maker of rau quả and "mì" no place Mỹ; "sữa" may still be the product sứa, "mẹ" not me
                fitting = tuple(form for form in forms if marks.completes(word.marked, form))
                forms = tuple(form for form in forms if marks.keeps_a_tone(word.marked, form))
                return tuple(
                    postings.any_of(fitting if field in (MAKER, PLACE) else forms)
                    for field, postings in enumerate(index.fields)
                )
        return tuple(postings.any_of(forms) for postings in index.fields)

    def _with_english(self, term: Term, found: tuple[int, ...]) -> tuple[int, ...]:
        """The same and what the word may mean in English: as near as a kind, but behind what it means in Vietnamese."""
        folded = term.word.folded
        meant = glosses.begun(self.index, folded) if term.half else glosses.bearing(self.index, folded)
        if not meant:
            return found
        is_vietnamese = functools.reduce(operator.or_, found[:BODY])
        field = PLACE if is_vietnamese else KIND
        return (*found[:field], found[field] | meant, *found[field + 1 :])

    def _spelt(self, *folded: str) -> Iterator[str]:
        spellings = self.index.spellings
        return itertools.chain.from_iterable(spellings.get(word, ()) for word in folded)

    def in_a_row(self, wanted: Sequence[Term]) -> int:
        """The listings in whose name each of these words follows the one before."""
        pairs = self.index.pairs
        found = self.within
        for before, after in itertools.pairwise(wanted):
            if after.half:
                begun = self.beginnings(after.word.folded)
                found &= pairs.any_of(f"{before.word.folded} {word}" for word in begun)
            else:
                found &= pairs.get(f"{before.word.folded} {after.word.folded}")
        return found

    def _phrases(self, in_name: int, wanted: Sequence[Term]) -> tuple[int, int, int]:
        """Of the listings that bear all words in their name: it is just these, opens with them, has them in a row."""
        index = self.index
        inside = in_name & self.in_a_row(wanted)
        first = wanted[0]
        begun = self.beginnings(first.word.folded) if first.half else (first.word.folded,)
        opens = inside & index.openings.any_of(begun)
        return opens & index.lengths.get(str(len(wanted))), opens, inside
