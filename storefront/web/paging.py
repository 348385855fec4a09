"""Page numbers in addresses."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from flask import abort, request


@dataclass(frozen=True, kw_only=True)
class Page:
    """Where a list stands."""

    number: int
    pages: int
    total: int

    @property
    def has_prev(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.pages

    @property
    def steps(self) -> list[int | None]:
        """The pages to offer: first, last and those around this one; None where some are left out."""
        near = range(max(self.number - 1, 1), min(self.number + 1, self.pages) + 1)
        offered = sorted({1, *near, self.pages})
        found: list[int | None] = [1]
        for before, number in itertools.pairwise(offered):
            found += [number] if number == before + 1 else [None, number]
        return found


def wanted() -> int:
    """The page number asked for by `?trang=`; 404 for one that is no number from 1 to 100,000."""
    text = request.args.get("trang", "1")
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and 1 <= int(text) <= 100_000):
        abort(404)
    return int(text)


def of(number: int, total: int, size: int) -> Page:
    """The pager of a list; 404 for a page past its end."""
    pages = max(1, -(-total // size))
    if number > pages:
        abort(404)
    return Page(number=number, pages=pages, total=total)
