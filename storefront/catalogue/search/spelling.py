"""How near what is typed so far is to a name, told by spelling first: as written, then by its letters, then begun. Pure.

A whole word counts by its letters even when its marks differ; a beginning with other marks than those typed counts too,
and stands last. What was typed without any mark is nearest to what is written without any.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from storefront import text
from storefront.catalogue.search import marks
from storefront.catalogue.search.matching import IN_NAME, OPENS, PHRASE, WHOLE, Matcher, Term
from storefront.catalogue.search.words import Word


class Spelling(IntEnum):
    """How the words are spelt, nearest first."""

    WRITTEN = 0
    """With these marks."""
    LETTERS = 1
    """The same letters, marks aside."""
    BEGUN = 2
    """The last word goes on, with the marks typed so far."""
    BEGUN_LETTERS = 3
    """The last word goes on, marks aside."""


class Nearness(NamedTuple):
    """Less is nearer: told by its name or kind rather than by maker or place, then by spelling, then by level."""

    is_far: bool
    spelling: Spelling
    level: int


def of_name(asked: Sequence[Word], name: Sequence[Word]) -> Nearness | None:
    """How near a name is to the words asked, the last one half typed; None when it does not bear them all."""
    *before, last = asked
    begun = text.prefixes(last.folded)
    if not any(other.folded.startswith(begun) for other in name):
        return None
    marks_count = any(word.has_marks for word in asked)
    table = [[_of_word(word, other, (), marks_count) for other in name] for word in before]
    table.append([_of_word(last, other, begun, marks_count) for other in name])
    size, best = len(asked), None
    for start in range(len(name) - size + 1):
        row = [table[place][start + place] for place in range(size)]
        found = _worst(row, marks_count)
        if found is not None:
            level = PHRASE if start else WHOLE if size == len(name) else OPENS
            best = _nearer(best, Nearness(False, found, level))
    if best is None:
        nearest = [min((one for one in row if one is not None), default=None) for row in table]
        scattered = _worst(nearest, marks_count)
        best = None if scattered is None else Nearness(False, scattered, IN_NAME)
    return best


def _worst(found: Sequence[Spelling | None], marks_count: bool) -> Spelling | None:
    """The spelling of words together; None where one of them is not there."""
    known = [one for one in found if one is not None]
    if len(known) < len(found):
        return None
    # where marks were typed, other marks on a whole word are no nearer than on the begun one
    differs = marks_count and Spelling.LETTERS in known and Spelling.BEGUN in known
    return Spelling.BEGUN_LETTERS if differs else max(known)


def _nearer(one: Nearness | None, other: Nearness) -> Nearness:
    return other if one is None else min(one, other)


def _of_word(typed: Word, other: Word, begun: tuple[str, ...], marks_count: bool) -> Spelling | None:
    if typed.folded == other.folded:
        is_written = typed.marked == other.marked or (marks_count and not typed.has_marks)
        return Spelling.WRITTEN if is_written else Spelling.LETTERS
    if other.folded.startswith(begun):
        fits = not typed.has_marks or marks.begins(typed.marked, other.marked)
        return Spelling.BEGUN if fits else Spelling.BEGUN_LETTERS
    return None


class SpeltMatcher(Matcher):
    """Looks up words in an index as one spelling has them."""

    spelling = Spelling.LETTERS
    marks_count = False

    def spelt(self, spelling: Spelling, *, marks_count: bool) -> SpeltMatcher:
        """The same for another spelling; `marks_count` when some word asked has marks, so that others may lack them."""
        other = SpeltMatcher(self.index, self.within)
        other.spelling, other.marks_count = spelling, marks_count
        return other

    def _looked_up(self, term: Term, strict: bool) -> tuple[int, ...]:
        if term.half and not (self.spelling is Spelling.BEGUN and term.word.has_marks):
            return super()._looked_up(Term(_plain(term.word), half=True), strict=False)
        postings = self.index.fields
        forms = self._forms(term)
        return tuple(one.any_of(forms) for one in postings)

    def _forms(self, term: Term) -> tuple[str, ...]:
        word = term.word
        if term.half:
            begun = self._spelt(*self.beginnings(word.folded))
            return tuple(form for form in begun if marks.begins(word.marked, form))
        if self.spelling is Spelling.WRITTEN:
            by_letters = self.marks_count and not word.has_marks
        else:
            by_letters = self.spelling is not Spelling.BEGUN or not word.has_marks
        return tuple(self._spelt(word.folded)) if by_letters else (word.marked,)


def _plain(word: Word) -> Word:
    return Word(word.folded, word.folded, word.folded)
