"""Reading table files (CSV and XLSX) that people make with spreadsheets."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

import click
from python_calamine import CalamineWorkbook

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 50_000
SEPARATORS = ",;\t"
"""What may stand between cells; Excel writes a semicolon where the comma is for decimals, as in Vietnam."""


def read(file: Path) -> list[dict[str, str]]:
    """Rows below the heading as texts by column name, up to the last that holds anything.

    :raises click.ClickException: in words, for a file that is no table, too large, or not Unicode.
    """
    if file.stat().st_size > MOST_BYTES:
        raise click.ClickException(f"{file.name}: larger than {MOST_BYTES // 1024 // 1024} MB")
    rows = _xlsx(file) if file.suffix.lower() == ".xlsx" else _csv(file)
    if len(rows) > MOST_ROWS + 1:
        raise click.ClickException(f"{file.name}: more than {MOST_ROWS} rows")
    if not rows:
        raise click.ClickException(f"{file.name}: the file is empty")
    heading = [name.strip() for name in rows[0]]
    below = [[cell if cell.strip() else "" for cell in row] for row in rows[1:]]
    while below and not any(below[-1]):
        below.pop()
    return [dict(zip(heading, row + [""] * (len(heading) - len(row)), strict=False)) for row in below]


def _csv(file: Path) -> list[list[str]]:
    typed = file.read_bytes()
    is_utf_16 = typed.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = typed.decode("utf-16" if is_utf_16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise click.ClickException(f"{file.name}: not UTF-8; save it as 'CSV UTF-8'") from None
    if "\0" in text:
        raise click.ClickException(f"{file.name}: not a CSV file")
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True))
    except csv.Error as error:
        raise click.ClickException(f"{file.name}: not a CSV file ({error})") from None


def _separator(text: str) -> str:
    """What divides the heading into most cells."""
    heading = text.partition("\n")[0]
    return max(SEPARATORS, key=heading.count)


def _xlsx(file: Path) -> list[list[str]]:
    try:
        sheet = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0)
        return [[_text(cell) for cell in row] for row in sheet.to_python(nrows=MOST_ROWS + 2)]
    except Exception:
        raise click.ClickException(f"{file.name}: not an XLSX file") from None


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
