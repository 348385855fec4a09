"""Take a register file in: every row is checked first, then all or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from storefront import text
from storefront.certification import service as register
from storefront.certification.register_file import COLUMNS, RegisterEntry, RowError, parse
from storefront.certification.service import Outcome
from storefront.journeys import sync_certificates
from storefront.journeys.import_report import ImportReport, Rejected, numbered
from storefront.places import lookup
from storefront.producers import brands
from storefront.producers import service as producers
from storefront.producers.models import NameSource

HOME_PROVINCE = "Hà Tĩnh"


def run(rows: Sequence[Mapping[str, str]], *, today: date, now: datetime) -> ImportReport:
    """Check and write every row (row 2 is the first below the heading).

    :raises Rejected: when columns are missing or any cell is wrong; nothing was written, the report names each.
    """
    report = ImportReport()
    entries: list[RegisterEntry] = []
    seen: dict[tuple[str, str, str, str], int] = {}
    for number, cells in numbered(rows, COLUMNS):
        entry, errors = parse(number, cells, today)
        if entry:
            errors += _place_errors(entry) + _repeat_errors(entry, seen)
        if errors or entry is None:
            report.reject(errors)
        else:
            entries.append(entry)
    if report.errors:
        raise Rejected(report)
    changed: set[int] = set()
    for entry in entries:
        product_id, outcome = _write(entry, now)
        report.counts[outcome] += 1
        changed.add(product_id)
    sync_certificates.run(day=today, product_ids=changed)
    return report


def _write(entry: RegisterEntry, now: datetime) -> tuple[int, Outcome]:
    commune = lookup.by_name(entry.commune_new, HOME_PROVINCE) if entry.commune_new else None
    name = entry.producer_name or brands.brand_in(entry.product_name)
    producer = producers.keep(
        name=name,
        name_source=NameSource.REGISTER if entry.producer_name else NameSource.PRODUCT_NAME,
        kind=entry.producer_kind,
        commune_code=commune.code if commune else None,
        commune_name=entry.commune_new or None,
        commune_old=entry.commune_old or None,
        district_old=entry.district_old or None,
        now=now,
    )
    product, first = register.keep_product(
        entry, producer_id=producer.id, commune_code=commune.code if commune else None, now=now
    )
    second = register.keep_certificate(entry, product_id=product.id, now=now)
    outcomes = {first, second}
    for outcome in (Outcome.ADDED, Outcome.CHANGED):
        if outcome in outcomes:
            return product.id, outcome
    return product.id, Outcome.UNCHANGED


def _place_errors(entry: RegisterEntry) -> list[RowError]:
    if not entry.commune_new or lookup.by_name(entry.commune_new, HOME_PROVINCE):
        return []
    allowed = (
        f"a commune or ward of {HOME_PROVINCE} since 1 July 2025, with its kind (xã Sơn Giang), or empty"
    )
    return [RowError(row=entry.row, column="commune_new", value=entry.commune_new, allowed=allowed)]


def _repeat_errors(entry: RegisterEntry, seen: dict[tuple[str, str, str, str], int]) -> list[RowError]:
    producer = text.fold(entry.producer_name)
    place = "" if producer else text.fold(entry.commune_old or entry.district_old)
    key = (text.fold(entry.product_name), producer, place, entry.certificate_key)
    first = seen.setdefault(key, entry.row)
    if first == entry.row:
        return []
    allowed = f"one row for a product and decision or year (row {first} has it too)"
    return [RowError(row=entry.row, column="product_name", value=entry.product_name, allowed=allowed)]
