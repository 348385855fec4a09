"""From a question to ranked listings, trying in turn: as typed, half typed, in the texts, corrected, with words left out."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence
from dataclasses import dataclass, replace

from storefront.catalogue.search import glosses, idle, marks, slips, synonyms, words
from storefront.catalogue.search.correcting import Corrector, Guess
from storefront.catalogue.search.index import KIND, Index
from storefront.catalogue.search.matching import (
    IN_KIND,
    IN_TEXTS,
    WITH_MAKER,
    WITH_PLACE,
    Matcher,
    Term,
    terms,
)
from storefront.catalogue.search.words import Word

MOST_WORDS = 12
_FARTHEST = 1.05
"""A correction that costs more changes so much that it is no longer what was typed: nothing found is the honest answer."""
_SHORT = 3
_PROVINCE = ("ha", "tinh")


@dataclass(frozen=True, kw_only=True)
class Match:
    """What a question finds: sets of positions, best first, none in two of them."""

    ranks: tuple[int, ...] = ()
    shown: str = ""
    """What was looked for instead of what was typed; empty when it was just that."""
    left_out: tuple[str, ...] = ()
    """Typed words that nothing bears."""
    other_marks: int = 0
    """Listings that bear the words with other marks, and are not in `ranks`."""
    is_mentioned: bool = False
    """Only the texts bear the words: no name, kind, producer or place does."""

    is_everything: bool = False
    """The question asks for whatever there is: the province alone, a gift, a speciality."""

    @property
    def found(self) -> int:
        everything = 0
        for rank in self.ranks:
            everything |= rank
        return everything


def match(index: Index, question: str, within: int, *, exactly: bool = False, typing: bool = False) -> Match:
    """What the words of a question find among the positions `within`; the rest of it is read by `asking`."""
    typed = words.cut(question)[:MOST_WORDS]
    if not typed:
        return Match(ranks=(within,) if within else ())
    return _Question(index, typed, within).answer(exactly=exactly, typing=typing)


def as_typed(index: Index, question: str, *, exactly: bool = False) -> int:
    """All positions, whoever may see them, that bear the words of a question without anything corrected."""
    typed = words.cut(question)[:MOST_WORDS]
    found = _Question(index, typed, index.live).as_typed(exactly=exactly) if typed else None
    return found.found if found else 0


class _Question:
    def __init__(self, index: Index, typed: list[Word], within: int) -> None:
        self.index = index
        self.typed = typed
        self.matcher = Matcher(index, within)
        self.corrector = Corrector(self.matcher)

    def answer(self, *, exactly: bool, typing: bool) -> Match:
        found = self.as_typed(exactly=exactly, typing=typing)
        if found or exactly:
            return found or Match()
        if self.is_hidden:
            return Match()
        if not idle.telling(self.typed):
            return Match()
        guesses = self._guesses()
        sure = [guess for guess in guesses if guess.is_sure]
        return (
            self._corrected(sure)
            or self._in_texts()
            or self._misspelt()
            or self._corrected(guesses)
            or self._with_words_left_out()
            or Match()
        )

    @property
    def is_hidden(self) -> bool:
        """Whether just what was typed is there, and not for this visitor: it is no slip then ("rượu")."""
        if self.matcher.within == self.index.live:
            return False
        return _Question(self.index, self.typed, self.index.live).as_typed() is not None

    def as_typed(self, *, exactly: bool = False, typing: bool = False) -> Match | None:
        """What bears the words, by other names too, with nothing corrected; `exactly` in no other form."""
        typed = self.typed
        if exactly:
            found = self._ranked([tuple(typed)], through=IN_TEXTS)
            return replace(found, is_mentioned=self._is_mentioned()) if found else None
        repaired = self.corrector.repaired(typed)
        plain = glosses.without_fillers(repaired)
        for meant in dict.fromkeys((tuple(typed), repaired, plain, idle.telling(repaired))):
            if not meant:
                continue
            variants = self._variants(meant)
            found = self._ranked(variants, through=IN_TEXTS - 1, half=typing)
            # one word that is left of a question is hardly half a word: "gia vị" is no Việt
            if not found and (len(meant) > 1 or len(typed) == 1):
                found = self._ranked(variants, through=IN_TEXTS - 1, half=True)
            if found:
                return self._said(found, typed, meant)
        return None

    def _in_texts(self) -> Match | None:
        """What bears the words in its texts: so many words stand there that typed marks must fit."""
        typed = terms(self.corrector.repaired(self.typed))
        found = self.matcher.levels(typed, strict=True)[IN_TEXTS]
        return Match(ranks=(found,), is_mentioned=True) if found else None

    def _is_mentioned(self) -> bool:
        """Whether what bears the words as typed bears them in its texts alone."""
        levels = self.matcher.levels(terms(self.typed), strict=True)
        return bool(levels[IN_TEXTS]) and not levels[IN_TEXTS - 1]

    def _guesses(self) -> list[Guess]:
        cuts = dict.fromkeys((tuple(self.typed), idle.telling(self.typed)))
        best = [guess for typed in cuts if typed and (guess := self.corrector.best(typed))]
        return [guess for guess in best if guess.cost <= _FARTHEST and not self._is_a_shot_in_the_dark(guess)]

    def _is_a_shot_in_the_dark(self, guess: Guess) -> bool:
        """Whether a short word alone was taken for another that does not even sound like it."""
        (word, *others), (meant, *_) = self.typed, guess.words
        if others or len(word.folded) > _SHORT or word.folded == meant.folded:
            return False
        return meant.folded not in slips.by_ear(word.folded)

    def _variants(self, meant: tuple[Word, ...]) -> list[tuple[Word, ...]]:
        """The words, without the province's name (everything is from there), and by other names."""
        variants = self._same(meant)
        for one in list(variants):
            variants.extend(synonyms.others(one))
        return list(dict.fromkeys(variants))[:8]

    def _same(self, meant: tuple[Word, ...]) -> list[tuple[Word, ...]]:
        folded = [word.folded for word in meant]
        for place in range(len(folded) - 1):
            if tuple(folded[place : place + 2]) == _PROVINCE and len(folded) > 2:
                rest = (*meant[:place], *meant[place + 2 :])
                if rest[-1].folded not in ("tp", "pho"):
                    return [meant, rest]
        return [meant]

    def _ranked(
        self, variants: Sequence[tuple[Word, ...]], *, through: int, half: bool = False
    ) -> Match | None:
        """Listings that bear one of the variants, by nearness and then by variant; typed marks decide first."""
        asked = [terms(one) for one in variants] + ([terms(variants[0], half=True)] if half else [])
        ranked = self._merged(asked, through, strict=True) if any(w.has_marks for w in variants[0]) else []
        hidden, is_strict = 0, bool(ranked)
        if ranked:
            for one in asked:
                hidden |= self.matcher.widest([_unmarked(term) for term in one], through, strict=False)
            hidden &= ~_union([rank for rank, _ in ranked])
        else:
            ranked = self._merged(asked, through, strict=False)
        if not ranked:
            return None
        ranks = tuple(rank for rank, _ in ranked)
        used = {asked[place] for _, place in ranked}
        as_asked = {terms(one) for one in self._same(variants[0])} | {terms(variants[0], half=True)}
        match = Match(ranks=ranks, other_marks=hidden.bit_count())
        if used & as_asked:
            return match if is_strict else self._told_of_marks(match, variants[0])
        return replace(match, shown=self._spelt(variants[ranked[0][1]], match))

    def _told_of_marks(self, match: Match, typed: Sequence[Word]) -> Match:
        """What was looked for, where that bears other marks than typed; marks left out are no other marks."""
        spelt = self._spelt(typed, match)
        pairs = zip(typed, words.cut(spelt), strict=False)
        fits = all(not one.has_marks or marks.completes(one.marked, other.marked) for one, other in pairs)
        return match if fits else replace(match, shown=spelt)

    def _merged(self, asked: list[tuple[Term, ...]], through: int, *, strict: bool) -> list[tuple[int, int]]:
        """Sets of positions, best first, each with the number of the variant that found it."""
        levels = [self._levels(one, through, strict) for one in asked]
        seen = 0
        ranks = []
        for level in range(through + 1):
            for place, of_variant in enumerate(levels):
                fresh = of_variant[level] & ~seen
                if fresh:
                    ranks.append((fresh, place))
                    seen |= fresh
        return ranks

    def _levels(self, wanted: tuple[Term, ...], through: int, strict: bool) -> list[int]:
        """The levels of these words; where all were typed without marks and name a kind, no maker or place is meant.

        "cam" is the fruit, not Cẩm Xuyên.
        """
        levels = self.matcher.levels(wanted, strict)
        if through < IN_TEXTS and not any(term.half or term.word.has_marks for term in wanted):
            of_kind = [self.matcher.fields(term, strict)[KIND] & self.index.live for term in wanted]
            if functools.reduce(operator.and_, of_kind):
                levels[WITH_MAKER] = levels[WITH_PLACE] = levels[IN_KIND]
        return levels

    def _corrected(self, guesses: Sequence[Guess]) -> Match | None:
        for guess in guesses:
            found = self._ranked(self._variants(guess.words), through=IN_TEXTS - 1)
            if found:
                return self._said(found, self.typed, guess.words)
        return None

    def _misspelt(self) -> Match | None:
        """What bears another name of what was typed, that name being misspelt."""
        if all(self.corrector.is_known(word.folded) for word in self.typed):
            return None
        for typed in dict.fromkeys((tuple(self.typed), idle.telling(self.typed))):
            for meant in synonyms.misspelt(typed):
                found = self._ranked([meant], through=IN_TEXTS - 1)
                if found:
                    return self._said(found, self.typed, meant)
        return None

    def _with_words_left_out(self) -> Match | None:
        """The listings that bear most of the words, at least half of those that say anything."""
        everything = self.corrector.repaired(self.typed)
        typed = idle.telling(everything)
        kept: list[Word] = []
        found = self.matcher.within
        for word in sorted(typed, key=self._rareness):
            bearing = self._bearing(word)
            if found & bearing:
                found &= bearing
                kept.append(word)
        # where a thing is named in English, known words beside it are a place or a maker who has none
        is_enough = len(kept) * 2 >= len(typed) or (
            self._is_english(kept[:1]) and all(self.corrector.is_known(word.folded) for word in typed)
        )
        if not is_enough or len(kept) == len(typed):
            return None
        # words that say little by themselves stay where all that is found bears them: "ăn liền"
        idle_ones = [word for word in everything if word not in typed and not found & ~self._bearing(word)]
        in_order = tuple(word for word in everything if word in kept or word in idle_ones)
        ranked = self._ranked([in_order], through=IN_TEXTS - 1)
        if ranked is None:
            return None
        left_out = tuple(word.surface for word in typed if word not in kept)
        return Match(ranks=ranked.ranks, shown=self._spelt(in_order, ranked), left_out=left_out)

    def _bearing(self, word: Word) -> int:
        found = self.matcher.fields(Term(word), strict=word.has_marks)
        return (found[0] | found[1] | found[2] | found[3]) & self.matcher.within

    def _is_english(self, asked: Sequence[Word]) -> bool:
        """Whether such words name a kind, and all of them in English alone."""
        return bool(asked) and all(
            word.folded not in self.index.surfaces and glosses.bearing(self.index, word.folded)
            for word in asked
        )

    def _rareness(self, word: Word) -> tuple[bool, bool, int]:
        named = self.matcher.fields(Term(word), strict=word.has_marks)
        bearing = (named[0] | named[1]) & self.index.live
        return not self._is_english([word]), not bearing, bearing.bit_count()

    def _said(self, found: Match, typed: Sequence[Word], meant: Sequence[Word]) -> Match:
        as_meant = [word.folded for word in meant]
        if as_meant in ([word.folded for word in one] for one in (typed, glosses.without_fillers(typed))):
            return found
        return replace(found, shown=found.shown or self._spelt(meant, found))

    def _spelt(self, meant: Sequence[Word], found: Match) -> str:
        """The words as the best listing writes them, where it can be as they stand there in a row."""
        first = next(iter(found.ranks))
        row = self.index.rows[(first & -first).bit_length() - 1]
        parts = [words.cut(part) for part in row.words[:4]]
        said: list[str] = []
        while len(said) < len(meant):
            rest = meant[len(said) :]
            run = max((words.run(rest, part) for part in parts), key=len)
            said += run or [self.index.surface(rest[0].folded)]
        return " ".join(said)


def _unmarked(term: Term) -> Term:
    return term._replace(word=words.known(term.word.folded))


def _union(ranks: Sequence[int]) -> int:
    everything = 0
    for rank in ranks:
        everything |= rank
    return everything


def near_words(index: Index, question: str, most: int = 6) -> list[str]:
    """Known words near to those of a question that found nothing, as they are written."""
    typed = words.cut(question)[:MOST_WORDS]
    return Corrector(Matcher(index, index.live)).near_words(typed, most)
