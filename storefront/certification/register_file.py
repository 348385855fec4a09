"""One row of a register file: what its columns may hold, and the values it becomes. Pure.

The columns are those of `docs/register-format.md`; a wrong cell is an error with column, value and what is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from storefront import text
from storefront.certification.groups import NAMES, ProductGroup
from storefront.certification.models import IssuingLevel, LegalBasis, Recorded
from storefront.producers.models import ProducerKind

COLUMNS = (
    "product_name",
    "group",
    "producer_name",
    "producer_type",
    "commune_old",
    "district_old",
    "commune_new",
    "stars",
    "certified_year",
    "decision_number",
    "decision_date",
    "issuing_level",
    "legal_basis",
    "status",
    "notes",
    "source_url",
)
GROUPS = {text.fold(name): group for group, name in NAMES.items()}
LEVELS = {"huyen": IssuingLevel.DISTRICT, "tinh": IssuingLevel.PROVINCE, "trung uong": IssuingLevel.CENTRAL}
KINDS = {
    "hop tac xa": ProducerKind.COOPERATIVE,
    "to hop tac": ProducerKind.COOPERATIVE_GROUP,
    "cong ti": ProducerKind.COMPANY,
    "doanh nghiep": ProducerKind.COMPANY,
    "ho kinh doanh": ProducerKind.BUSINESS_HOUSEHOLD,
    "ho san xuat": ProducerKind.PRODUCTION_HOUSEHOLD,
    "co so san xuat": ProducerKind.WORKSHOP,
    "": ProducerKind.UNKNOWN,
}
KIND_WORDS = (
    "hợp tác xã, tổ hợp tác, công ty, doanh nghiệp, hộ kinh doanh, hộ sản xuất, cơ sở sản xuất, or empty"
)
_URL = re.compile(r"https?://[^\s\"<>]+\.[^\s\"<>]+")


@dataclass(frozen=True, kw_only=True)
class RowError:
    """A cell that cannot be accepted."""

    row: int
    column: str
    value: str
    allowed: str

    def __str__(self) -> str:
        return f"row {self.row}, {self.column}: {self.value[:60]!r} is not allowed; give {self.allowed}"


@dataclass(frozen=True, kw_only=True)
class RegisterEntry:
    """A sound row."""

    row: int
    product_name: str
    group: ProductGroup
    producer_name: str
    producer_kind: ProducerKind
    commune_old: str
    district_old: str
    commune_new: str
    stars: int | None
    certified_year: int | None
    decision_number: str
    decided_on: date | None
    issuing_level: IssuingLevel | None
    legal_basis: LegalBasis | None
    recorded: Recorded
    notes: str
    source_url: str

    @property
    def certificate_key(self) -> str:
        """What its certificate is known by: the decision, else the year, else `-`."""
        return text.fold(self.decision_number) or str(self.certified_year or "-")


class _Cells:
    """Reads the cells of one row and collects what is wrong with them."""

    def __init__(self, number: int, cells: Mapping[str, str], today: date) -> None:
        self.number = number
        self.cells = cells
        self.today = today
        self.errors: list[RowError] = []

    def fail(self, column: str, allowed: str) -> None:
        self.errors.append(
            RowError(row=self.number, column=column, value=self.cells.get(column, ""), allowed=allowed)
        )

    def line(self, column: str, most: int = 200, needed: bool = False) -> str:
        raw = self.cells.get(column, "")
        value = text.clean_line(raw, most + 1)
        if len(value) > most or (needed and not value):
            self.fail(column, f"{'1' if needed else '0'} to {most} characters")
        return value

    def whole(self, column: str, low: int, high: int) -> int | None:
        raw = self.cells.get(column, "").strip()
        raw = raw.removesuffix(".0")
        if not raw:
            return None
        if not (raw.isascii() and raw.isdigit() and len(raw) <= 9 and low <= int(raw) <= high):
            self.fail(column, f"a number from {low} to {high}, or empty")
            return None
        return int(raw)

    def day(self, column: str) -> date | None:
        raw = self.cells.get(column, "").strip()
        if not raw:
            return None
        try:
            found = (
                date.fromisoformat(raw[:10]) if raw[4:5] == "-" else date(*map(int, reversed(raw.split("/"))))
            )
        except (ValueError, TypeError):
            self.fail(column, "a date as 2024-10-15 or 15/10/2024, or empty")
            return None
        if not date(2018, 5, 7) <= found <= self.today:
            self.fail(column, f"a date from 2018-05-07 (start of the programme) to {self.today}")
        return found


def parse(number: int, cells: Mapping[str, str], today: date) -> tuple[RegisterEntry | None, list[RowError]]:
    """The row as an entry, or everything that is wrong with it."""
    read = _Cells(number, cells, today)
    stars = read.whole("stars", 3, 5)
    group = GROUPS.get(text.fold(cells.get("group", "")))
    kind = KINDS.get(text.fold(cells.get("producer_type", "")))
    level = cells.get("issuing_level", "").strip()
    basis = cells.get("legal_basis", "").strip().removesuffix(".0")
    status = cells.get("status", "").strip()
    source = read.line("source_url", most=500, needed=True)
    for bad, column, allowed in (
        (group is None, "group", " | ".join(NAMES.values())),
        (kind is None, "producer_type", KIND_WORDS),
        (
            bool(level) and text.fold(level) not in LEVELS,
            "issuing_level",
            "huyện | tỉnh | trung ương, or empty",
        ),
        (bool(basis) and basis not in set(LegalBasis), "legal_basis", " | ".join(LegalBasis) + ", or empty"),
        (status not in set(Recorded), "status", " | ".join(Recorded)),
        (bool(source) and not _URL.fullmatch(source), "source_url", "a web address (http or https)"),
    ):
        if bad:
            read.fail(column, allowed)
    year = read.whole("certified_year", 2018, today.year)
    decided_on = read.day("decision_date")
    if decided_on and year and decided_on.year != year:
        read.fail("certified_year", "the year of decision_date, or empty")
    values = {
        "product_name": read.line("product_name", needed=True),
        "producer_name": read.line("producer_name"),
        "commune_old": read.line("commune_old"),
        "district_old": read.line("district_old"),
        "commune_new": read.line("commune_new"),
        "decision_number": read.line("decision_number", most=60),
        "notes": read.line("notes", most=1000),
    }
    if read.errors or group is None or kind is None:
        return None, read.errors
    recorded = Recorded(status)
    if recorded is Recorded.GRANTED and (stars is None or not (year or decided_on)):
        read.fail("status", "granted only with stars and a year or date; else unclear")
        return None, read.errors
    entry = RegisterEntry(
        row=number,
        group=group,
        producer_kind=kind,
        stars=stars,
        source_url=source,
        recorded=recorded,
        certified_year=year or (decided_on.year if decided_on else None),
        decided_on=decided_on,
        issuing_level=LEVELS[text.fold(level)] if level else None,
        legal_basis=LegalBasis(basis) if basis else None,
        **values,
    )
    return entry, []
