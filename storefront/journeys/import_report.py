"""What an import did or would do, and what a file must bring before its rows are looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from storefront.certification.register_file import RowError
from storefront.errors import Invalid

Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True, kw_only=True)
class HeadingError:
    """A heading without columns that are needed; `found` is what it has."""

    missing: Sequence[str]
    allowed: Sequence[str]
    found: Sequence[str]

    def __str__(self) -> str:
        return (
            f"row 1 lacks the columns: {', '.join(self.missing)}; allowed are: {', '.join(self.allowed)}; "
            f"found: {', '.join(self.found)[:200] or 'nothing'}"
        )


class NoRows:
    """A file with nothing below its heading."""

    def __str__(self) -> str:
        return "there are no rows below the heading"


@dataclass
class ImportReport:
    """Counts by outcome, and every wrong cell, or why no cell was looked at."""

    counts: Counter[str] = field(default_factory=Counter)
    errors: list[RowError | HeadingError | NoRows] = field(default_factory=list)
    rejected_rows: set[int] = field(default_factory=set)

    def reject(self, errors: list[RowError]) -> None:
        """Note the wrong cells of a row."""
        self.errors += errors
        self.rejected_rows |= {error.row for error in errors}

    def summary(self) -> str:
        """One line for the one who ran it."""
        words = ("added", "changed", "unchanged")
        return (
            ", ".join(f"{self.counts[word]} {word}" for word in words)
            + f", {len(self.rejected_rows)} rejected"
        )


class Rejected(Invalid):
    """The file has wrong rows; nothing was changed."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__(report.summary())
        self.report = report


def numbered(
    rows: Rows, columns: Sequence[str], optional: Sequence[str] = ()
) -> list[tuple[int, Mapping[str, str]]]:
    """The rows that hold anything, each with its number in the file (row 2 is the first below the heading).

    :raises Rejected: when the heading lacks columns, or there is nothing below it.
    """
    if not rows:
        raise Rejected(ImportReport(errors=[NoRows()]))
    missing = [name for name in columns if name not in rows[0]]
    if missing:
        wrong = HeadingError(missing=missing, allowed=[*columns, *optional], found=list(rows[0]))
        raise Rejected(ImportReport(errors=[wrong]))
    return [(number, cells) for number, cells in enumerate(rows, start=2) if any(cells.values())]
