"""Words that may have been meant by a mistyped one, each with what it costs to believe so. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SOUNDS_FIRST = (
    ("tr", "ch"),
    ("s", "x"),
    ("gi", "d"),
    ("gi", "r"),
    ("d", "r"),
    ("d", "v"),
    ("l", "n"),
    ("k", "c"),
    ("ngh", "ng"),
    ("gh", "g"),
    ("ph", "f"),
    ("qu", "w"),
)
_SOUNDS_LAST = (("ng", "n"), ("c", "t"), ("ch", "t"), ("nh", "n"), ("uou", "ieu"), ("uu", "iu"), ("y", "i"))
"""Letters that sound alike in one region or another."""

BY_EAR, _OTHER_START = 0.6, 0.35
_MOST = 10


def near(word: str, vocabulary: Sequence[str], known: Collection[str]) -> list[tuple[str, float]]:
    """Known words near to this one, nearest first: sounding alike, or a key or two away."""
    if len(word) < 2 or not word.isalpha():
        return []
    found = {heard: BY_EAR for heard in by_ear(word) if heard in known}
    most = 1 if len(word) < 5 else 2
    for other, distance, _ in process.extract(
        word, vocabulary, scorer=OSA.distance, score_cutoff=most, limit=30
    ):
        if other != word and other.isalpha() and len(other) > 1:
            cost = float(distance) + (0.0 if other[0] == word[0] else _OTHER_START)
            found[other] = min(found.get(other, cost), cost)
    return sorted(found.items(), key=lambda one: (one[1], one[0]))[:_MOST]


def by_ear(word: str) -> list[str]:
    """Spellings of what sounds alike."""
    heard = []
    for pairs, ends in ((_SOUNDS_FIRST, False), (_SOUNDS_LAST, True)):
        for one, other in pairs:
            for typed, meant in ((one, other), (other, one)):
                if ends and word.endswith(typed):
                    heard.append(word[: -len(typed)] + meant)
                elif not ends and word.startswith(typed):
                    heard.append(meant + word[len(typed) :])
    return heard
