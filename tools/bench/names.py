"""Names for generated producers and products, put together from those of the shipped demo."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence

from storefront import text

FORMS = ("HTX", "Cơ sở", "Hộ kinh doanh", "Tổ hợp tác", "Công ty TNHH")


def given_names(demo_names: Sequence[str]) -> Iterator[str]:
    """Endless different brands: two syllables of the demo's names, "Cường Tâm"; told apart by a number at last."""
    syllables = list(
        dict.fromkeys(
            word for name in demo_names for word in name.split()[-2:] if word.isalpha() and word[0].isupper()
        )
    )
    pairs = [
        f"{first} {second}"
        for shift in range(1, len(syllables))
        for first, second in zip(syllables, syllables[shift:] + syllables[:shift], strict=True)
    ]
    seen: set[str] = set()
    for number in itertools.count(1):
        for pair in pairs:
            name = pair if number == 1 else f"{pair} {number}"
            if text.fold(name) not in seen:
                seen.add(text.fold(name))
                yield name


def producer_names(given: Iterator[str], taken: Collection[str]) -> Iterator[tuple[str, str]]:
    """The producer's whole name, none of those taken (folded), and the brand in it."""
    for form, brand in zip(itertools.cycle(FORMS), given, strict=False):
        whole = f"{form} {brand}"
        if text.fold(whole) not in taken:
            yield whole, brand
