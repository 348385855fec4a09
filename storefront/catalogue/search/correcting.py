"""What a question meant that matches nothing as it stands: words mistyped, glued together, torn apart, left over."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from storefront.catalogue.search import glosses, marks, repair, slips, words
from storefront.catalogue.search.index import BODY, KIND, NAME
from storefront.catalogue.search.matching import Matcher, Term
from storefront.catalogue.search.words import Word

_BEAM = 8
_GLUED, _TORN, _KEYS = 0.5, 0.4, 0.1
_ONE_KEY = 1.0
_IN_A_ROW, _IN_ONE_NAME = -0.9, -0.3
_MOST_WORDS = 8
_MOST_CUTS = 6
_SHORT = 3
_ENOUGH = 3
"""So many words in a row say what was meant even where one of them is another word that is there."""


class Guess(NamedTuple):
    """Words that may have been meant; less cost is more likely."""

    cost: float
    words: tuple[Word, ...]

    @property
    def is_sure(self) -> bool:
        """So likely that no text need be looked into for what was typed; one word alone proves little."""
        return self.cost < (0.15 if len(self.words) > 1 else -0.25)


class _State(NamedTuple):
    cost: float
    found: int
    words: tuple[Word, ...]


class Corrector:
    """Corrects one question against an index."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self.index = matcher.index

    def repaired(self, typed: Sequence[Word]) -> tuple[Word, ...]:
        """The words with left-over keys of an input method put right, where that makes a known word."""
        return tuple(self._without_keys(word) or word for word in typed)

    def best(self, typed: Sequence[Word]) -> Guess | None:
        """The likeliest words that some listing bears; None when there are none."""
        guesses: list[Guess] = []
        for cost, cut in self._cuts(tuple(typed)):
            guesses.extend(self._guesses(cost, cut))
        return min(guesses, key=lambda guess: guess.cost, default=None)

    def near_words(self, typed: Sequence[Word], most: int) -> list[str]:
        """Words of products near to those typed, as they are written: the word itself, else what is a key away from it.

        In a short word another letter makes another word, unless it sounds alike.
        """
        found: list[str] = []
        for word in typed:
            if self._is_of_products(word):
                is_so = word.marked in self.index.fields[NAME] or word.marked in self.index.fields[KIND]
                found.append(word.surface if is_so else self.index.surface(word.folded))
                continue
            if len(word.folded) < _SHORT:
                continue
            farthest = slips.BY_EAR if len(word.folded) == _SHORT else _ONE_KEY
            near = [other for other, cost in self._near(word.folded) if cost <= farthest]
            meant = [one for other in near for one in self._spelt(other, word, marks.keeps)]
            found += [self.index.surface(one.folded) for one in meant if self._is_of_products(one)][:2]
        return list(dict.fromkeys(found))[:most]

    def _is_of_products(self, word: Word) -> bool:
        """Whether names or kinds bear the word, with marks near to those typed."""
        named = self.matcher.fields(Term(word), strict=False)
        return bool((named[NAME] | named[KIND]) & self.index.live) and word.folded in self.index.surfaces

    def is_known(self, folded: str) -> bool:
        """Whether a name, kind, producer or place bears the word, or some kind in English."""
        return folded in self.index.surfaces or bool(glosses.bearing(self.index, folded))

    def _without_keys(self, word: Word) -> Word | None:
        if self.is_known(word.folded):
            return None
        made = repair.repaired(word.surface)
        meant = words.known(made) if made else None
        return meant if meant and self.is_known(meant.folded) else None

    def _cuts(self, typed: tuple[Word, ...]) -> Iterator[tuple[float, tuple[Word, ...]]]:
        """The words as typed, and with some glued ones cut or torn ones joined."""
        yield 0.0, typed
        if len(typed) > _MOST_WORDS:
            return
        made = 0
        for place, word in enumerate(typed):
            before, after = typed[:place], typed[place + 1 :]
            if not self.is_known(word.folded):
                for cost, parts in self._split(word.folded):
                    if made < _MOST_CUTS:
                        made += 1
                        yield cost, (*before, *parts, *after)
            # two syllables that bear their marks were meant as two
            is_torn = bool(after) and not (word.has_marks and after[0].has_marks)
            if is_torn and made < _MOST_CUTS and not (self.is_known(word.folded) and len(typed) > 3):
                joined = word.folded + after[0].folded
                if self.is_known(joined):
                    made += 1
                    yield _TORN, (*before, words.known(joined), *after[1:])
                    continue
                if self.is_known(word.folded) and self.is_known(after[0].folded):
                    continue  # cut anew, two known words would become others: "cha muc" is no "chả ức"
                for cost, parts in self._split(joined)[:2]:
                    made += 1
                    yield cost + _TORN, (*before, *parts, *after[1:])

    def _split(self, glued: str) -> list[tuple[float, tuple[Word, ...]]]:
        """Ways to cut glued syllables ("matong"), likeliest first: the parts must stand in one listing."""
        if not 3 <= len(glued) <= 24 or not glued.isalpha():
            return []
        found: list[tuple[float, tuple[Word, ...]]] = []
        for state in self._syllables(glued):
            if len(state.words) > 1:
                cost = _GLUED + 0.1 * len(state.words) + state.cost + self._evidence(state)
                found.append((cost, state.words))
        if not found:
            for place in range(2, len(glued) - 1):
                head, tail = glued[:place], glued[place:]
                for one, cost in self._options(head):
                    if cost and not self.is_known(tail):
                        continue
                    for other, further in self._options(tail):
                        if cost and further:
                            continue
                        pair = (words.known(one), words.known(other))
                        together = self._all(pair)
                        if together:
                            state = _State(cost + further, together, pair)
                            found.append((_GLUED + 0.2 + state.cost + self._evidence(state), pair))
        return sorted(found, key=lambda one: one[0])[:3]

    def _syllables(self, glued: str) -> list[_State]:
        ends: list[list[_State]] = [[] for _ in range(len(glued) + 1)]
        ends[0].append(_State(0.0, self.matcher.within, ()))
        for stop in range(1, len(glued) + 1):
            for start in range(max(0, stop - 7), stop):
                part = glued[start:stop]
                if not ends[start] or not self.is_known(part):
                    continue
                bearing = self.matcher.anywhere(Term(words.known(part)))
                for state in ends[start]:
                    if together := state.found & bearing:
                        short = 0.3 if len(part) == 1 else 0.0
                        ends[stop].append(
                            _State(state.cost + short, together, (*state.words, words.known(part)))
                        )
            ends[stop] = sorted(ends[stop], key=_likeliness)[:_BEAM]
        return ends[-1]

    def _guesses(self, cost: float, typed: tuple[Word, ...]) -> list[Guess]:
        states = [_State(cost, self.matcher.within, ())]
        for word in typed[: _MOST_WORDS + 4]:
            further = [
                _State(state.cost + more, together, (*state.words, meant))
                for meant, more in self._meanings(word)
                for state in states
                if (together := state.found & self.matcher.anywhere(Term(meant), strict=more > 0))
            ]
            states = sorted(further, key=_likeliness)[:_BEAM]
        kept = [state for state in states if state.words and not self._bends_what_is_there(typed, state)]
        return [Guess(state.cost + self._evidence(state), state.words) for state in kept]

    def _bends_what_is_there(self, typed: tuple[Word, ...], state: _State) -> bool:
        """Whether a word typed without marks that names or kinds bear was taken for another on little evidence.

        "cha muc" is no "chả ức", whoever sells that; three words and more that then stand in a row in a name say enough.
        """
        pairs = zip(typed, state.words, strict=False)
        if not any(self._is_named(word) for word, meant in pairs if word.folded != meant.folded):
            return False
        return len(typed) < _ENOUGH or not state.found & self.matcher.in_a_row(
            [Term(word) for word in state.words]
        )

    def _meanings(self, word: Word) -> list[tuple[Word, float]]:
        found = [(word, 0.0)] if self.is_known(word.folded) else []
        unkeyed = self._without_keys(word)
        if unkeyed:
            found.append((unkeyed, _KEYS))
        # a word that is there, or whose marks somebody took the trouble to type, is hardly more than a key away
        most = _ONE_KEY if found or word.has_marks else math.inf
        if word.has_marks and self._is_borne(word.marked):
            most = slips.BY_EAR
        for other, cost in self._near(word.folded):
            if cost <= most:
                keeps = marks.keeps if cost > slips.BY_EAR else marks.keeps_tone
                found.extend((meant, cost) for meant in self._spelt(other, word, keeps))
        return found

    def _spelt(self, other: str, typed: Word, keeps: Callable[[str, str], bool]) -> list[Word]:
        """Another word, spelt so that it keeps the marks typed: letters and marks are not both mistyped."""
        if not typed.has_marks:
            return [words.known(other)]
        forms = filter(self._is_borne, sorted(self.index.spellings.get(other, ())))
        return [Word(other, other, form) for form in forms if keeps(typed.marked, form)]

    def _is_named(self, word: Word) -> bool:
        """Whether names or kinds bear a word that was typed without marks."""
        if word.has_marks:
            return False
        named = self.matcher.fields(Term(word), strict=False)
        return bool((named[NAME] | named[KIND]) & self.index.live)

    def _is_borne(self, form: str) -> bool:
        """Whether a name, kind, producer or place bears a word with just these marks."""
        return any(form in postings for postings in self.index.fields[:BODY])

    def _options(self, folded: str) -> list[tuple[str, float]]:
        return [(folded, 0.0)] if self.is_known(folded) else self._near(folded)[:4]

    def _near(self, folded: str) -> list[tuple[str, float]]:
        return _near(self, folded)

    def _all(self, wanted: Sequence[Word]) -> int:
        found = self.matcher.within
        for word in wanted:
            found &= self.matcher.anywhere(Term(word))
        return found

    def _evidence(self, state: _State) -> float:
        """Words that stand together in a name, best in a row, belong together; a frequent thing is likelier."""
        often = -0.04 * math.log2(state.found.bit_count())
        fields = [self.matcher.fields(Term(word), strict=False) for word in state.words]
        in_name = functools.reduce(int.__and__, (one[NAME] | one[KIND] for one in fields), state.found)
        if not in_name:
            return often
        together = in_name & self.matcher.in_a_row([Term(word) for word in state.words])
        return often + (_IN_A_ROW if together else _IN_ONE_NAME)


def _near(corrector: Corrector, folded: str) -> list[tuple[str, float]]:
    memo = corrector.index.memo
    key = ("near", folded)
    known = memo.get(key)
    if known is None:
        if len(memo) > 20_000:
            memo.clear()
        known = memo[key] = slips.near(folded, corrector.index.vocabulary, corrector.index.surfaces)
    return known  # type: ignore[return-value]


def _likeliness(state: _State) -> float:
    return state.cost - 0.04 * math.log2(state.found.bit_count() + 1)
