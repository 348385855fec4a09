"""`flask points import FILE` and `flask tariff import FILE`: where the shop sends from, and what sending costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from storefront import clock, text
from storefront.accounts import contact
from storefront.cli import tables
from storefront.database import transaction
from storefront.errors import Invalid
from storefront.fulfilment import service as fulfilment
from storefront.journeys import import_report, note_stock
from storefront.places import lookup
from storefront.producers import queries as producers
from storefront.stock import service as stock
from storefront.stock.models import PointKind

POINT_COLUMNS = (
    "code",
    "name",
    "kind",
    "producer_name",
    "commune",
    "street",
    "phone",
    "opening_hours",
    "pickup",
    "closed_on",
)
POINT_ENGLISH = {"street_en": 200, "opening_hours_en": 100}
"""Columns a file may have or not, and how long they may be."""
TARIFF_COLUMNS = ("zone", "zone_name", "provinces", "up_to_g", "fee_vnd", "days_min", "days_max")
points_group = AppGroup("points", help="Shops and producers' places that keep stock.")
tariff_group = AppGroup("tariff", help="What delivery costs, by zone and weight.")


@points_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_points(file: Path) -> None:
    """Import FILE (columns of docs/catalogue-format.md): points are known by `code`; one that closes sells no more."""
    with transaction():
        count = keep_points(file)
        note_stock.everywhere(day=clock.today())
    click.echo(f"{count} points")


@tariff_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_tariff(file: Path) -> None:
    """Put the tariff of FILE in place of the present one; every province must lie in one zone."""
    with transaction():
        count = keep_tariff(file)
    click.echo(f"{count} tariff rows")


def keep_points(file: Path) -> int:
    """Bring the points of FILE in (flushes); returns how many."""
    rows = _rows(file, POINT_COLUMNS, tuple(POINT_ENGLISH))
    for number, row in rows:
        stock.keep_point(**_point(row, number))
    return len(rows)


def keep_tariff(file: Path) -> int:
    """Put the tariff of FILE in place (flushes); returns its number of rows."""
    rows = _rows(file, TARIFF_COLUMNS, ("zone_name_en",))
    lines: list[tuple[str, str, int, int, int, int]] = []
    provinces: dict[str, list[str]] = {}
    english: dict[str, str] = {}
    for number, row in rows:
        grams, fee, low, high = (_number(row, name, number) for name in TARIFF_COLUMNS[3:])
        lines.append((row["zone"], row["zone_name"], grams, fee, low, high))
        said = text.clean_line(row.get("zone_name_en", ""), 120)
        if said:
            english.setdefault(row["zone"], said)
        if row["provinces"]:
            provinces[row["zone"]] = _province_codes(row["provinces"], number)
    _check_cover(provinces.values())
    fulfilment.replace_tariff(lines, provinces, english)
    return len(lines)


def _rows(
    file: Path, columns: tuple[str, ...], optional: tuple[str, ...]
) -> list[tuple[int, Mapping[str, str]]]:
    try:
        return import_report.numbered(tables.read(file), columns, optional)
    except import_report.Rejected as rejected:
        raise click.ClickException(f"{file.name}: {rejected.report.errors[0]}") from None


def _point(row: Mapping[str, str], number: int) -> dict[str, object]:
    commune = lookup.by_name(row["commune"], "Hà Tĩnh")
    if commune is None:
        raise _wrong(number, "commune", row["commune"], "a commune or ward of Hà Tĩnh")
    if row["kind"] not in set(PointKind):
        raise _wrong(number, "kind", row["kind"], " | ".join(PointKind))
    key = text.fold(row["producer_name"])
    producer = producers.named(key) if key else None
    if key and producer is None:
        raise _wrong(number, "producer_name", row["producer_name"], "a producer of the register, or empty")
    try:
        phone = contact.phone(row["phone"]) if row["phone"] else None
        closed_on = date.fromisoformat(row["closed_on"]) if row["closed_on"] else None
    except (Invalid, ValueError):
        raise _wrong(
            number,
            "phone, closed_on",
            f"{row['phone']}, {row['closed_on']}",
            "a phone number; a date as 2026-11-18",
        ) from None
    return {
        "code": text.slugify(row["code"]),
        "name": text.clean_line(row["name"], 120),
        "kind": PointKind(row["kind"]),
        "producer_id": producer.id if producer else None,
        "commune_code": commune.code,
        "commune_name": row["commune"],
        "province_code": commune.province.code,
        "street": text.clean_line(row["street"], 200),
        "phone": phone,
        "opening_hours": text.clean_line(row["opening_hours"], 100),
        "offers_pickup": row["pickup"] == "yes",
        "closed_on": closed_on,
        **{
            name: text.clean_line(row[name], most) or None
            for name, most in POINT_ENGLISH.items()
            if name in row
        },
    }


def _province_codes(names: str, number: int) -> list[str]:
    known = {text.fold(province.short_name): province.code for province in lookup.provinces()}
    if names.strip() == "*":
        return ["*"]
    found = []
    for name in names.split("|"):
        code = known.get(text.fold(name))
        if code is None:
            raise _wrong(number, "provinces", name, "short province names joined by |, or * for the rest")
        found.append(code)
    return found


def _check_cover(zones: Iterable[list[str]]) -> None:
    """Fill `*` with the provinces no other zone names, and see that none is named twice."""
    lists = list(zones)
    named = [code for members in lists for code in members if code != "*"]
    if len(named) != len(set(named)):
        raise click.ClickException("a province stands in two zones")
    rest = [province.code for province in lookup.provinces() if province.code not in set(named)]
    for members in lists:
        if members == ["*"]:
            members[:] = rest
            rest = []
    if rest:
        raise click.ClickException(f"{len(rest)} provinces lie in no zone; give one zone * in provinces")


def _number(row: Mapping[str, str], name: str, number: int) -> int:
    if not (row[name].isascii() and row[name].isdigit() and len(row[name]) < 10):
        raise _wrong(number, name, row[name], "a whole number")
    return int(row[name])


def _wrong(number: int, column: str, value: str, allowed: str) -> click.ClickException:
    return click.ClickException(f"row {number}, {column}: {value[:60]!r} is not allowed; give {allowed}")


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(points_group)
    app.cli.add_command(tariff_group)
