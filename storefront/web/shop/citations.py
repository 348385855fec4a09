"""What law the information pages rest on: dated data, read once from `legal/citations.csv`.

A change of law is a change of that file. `confidence` says how the entry was checked: V (read in a public page or the
text), V2 (two unrelated sources), G (public files that quote the law), K (general knowledge), ? (sources disagree).
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

FILE = Path(__file__).resolve().parent / "legal" / "citations.csv"
CONFIDENCES = ("V", "V2", "G", "K", "?")
READ_AT_SOURCE = frozenset({"V", "V2"})

KEYS_OF_PAGE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "gioi_thieu": ("luat-tmdt", "nd-tmdt", "luat-ntd", "qd-ocop"),
        "dieu_khoan": (
            "luat-tmdt",
            "nd-tmdt",
            "luat-ntd",
            "nd-ntd",
            "luat-ruou-bia",
            "bo-luat-dan-su",
        ),
        "giao_hang": ("nd-tmdt", "luat-ntd"),
        "doi_tra": ("nd-tmdt", "luat-ntd", "nd-ntd", "nd-attp"),
        "thanh_toan": ("nd-tmdt", "luat-ntd", "luat-ruou-bia", "nd-hoa-don"),
        "thu_tu_hien_thi": ("luat-tmdt", "nd-tmdt", "qd-ocop"),
        "quyen_rieng_tu": (
            "luat-dlcn",
            "nd-dlcn",
            "nd-tmdt",
            "luat-tmdt",
            "luat-ke-toan",
        ),
    }
)
"""The documents each page names at its end, by the page's template name."""


@dataclass(frozen=True, kw_only=True)
class Citation:
    """One legal document as it stood on the day it was checked."""

    key: str
    document: str
    document_en: str
    number: str
    issued_on: date | None
    in_force_from: date | None
    """Empty where no source seen states it."""
    subject: str
    subject_en: str
    source: str
    checked_on: date
    confidence: str

    @property
    def needs_original(self) -> bool:
        """The text itself was not read, so the page says that it must still be compared with the original."""
        return self.confidence not in READ_AT_SOURCE


@functools.cache
def all_citations() -> Mapping[str, Citation]:
    """Every citation by its key, in the file's order.

    :raises ValueError: for a key given twice, a date that is not ISO, or an unknown confidence.
    """
    with FILE.open(encoding="utf-8", newline="") as handle:
        found = [_citation(row) for row in csv.DictReader(handle, strict=True)]
    by_key = {citation.key: citation for citation in found}
    if len(by_key) != len(found):
        raise ValueError("citations.csv: a key is given twice")
    return MappingProxyType(by_key)


def citations_for(page: str) -> tuple[Citation, ...]:
    """The documents that a page rests on, in the order it names them.

    :raises KeyError: for a page or a key that is not known.
    """
    return tuple(all_citations()[key] for key in KEYS_OF_PAGE[page])


def _citation(row: Mapping[str, str]) -> Citation:
    if row["confidence"] not in CONFIDENCES:
        raise ValueError(
            f"citations.csv: {row['key']}: confidence {row['confidence']!r}, allowed: {CONFIDENCES}"
        )
    return Citation(
        key=row["key"],
        document=row["document"],
        document_en=row["document_en"],
        number=row["number"],
        issued_on=_day(row["issued_on"]),
        in_force_from=_day(row["in_force_from"]),
        subject=row["subject"],
        subject_en=row["subject_en"],
        source=row["url_or_source"],
        checked_on=date.fromisoformat(row["checked_on"]),
        confidence=row["confidence"],
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
