"""What an import did or would do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from storefront.certification.register_file import RowError
from storefront.errors import Invalid


@dataclass
class ImportReport:
    """Counts by outcome, and every wrong cell."""

    counts: Counter[str] = field(default_factory=Counter)
    errors: list[RowError] = field(default_factory=list)
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
