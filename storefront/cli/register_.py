"""`flask register import FILE`: take the certificate register in."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from storefront import clock
from storefront.cli import tables
from storefront.database import transaction
from storefront.journeys import import_register, sync_certificates
from storefront.journeys.import_report import ImportReport, Rejected

group = AppGroup("register", help="The certificate register.")


class DryRun(Exception):
    """Ends the transaction of a dry run without writing."""


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check and count, write nothing.")
def import_file(file: Path, dry_run: bool) -> None:
    """Import FILE (CSV or XLSX, columns of docs/register-format.md): all rows or none."""
    rows = tables.read(file)
    report = ImportReport()
    try:
        with transaction():
            report = import_register.run(rows, today=clock.today(), now=clock.now())
            if dry_run:
                raise DryRun
    except Rejected as rejected:
        fail(rejected)
    except DryRun:
        pass
    click.echo(report.summary() + (" (dry run: nothing was written)" if dry_run else ""))


@group.command("sync")
def sync() -> None:
    """Copy what the register says today onto the listings (done after every import and once a day)."""
    with transaction():
        changed = sync_certificates.run(day=clock.today())
    click.echo(f"{changed} listings changed")


def fail(rejected: Rejected) -> None:
    """Print every wrong cell and end with 1; nothing was written."""
    for error in rejected.report.errors[:200]:
        click.echo(str(error), err=True)
    click.echo(f"{rejected.report.summary()}: nothing was written", err=True)
    raise SystemExit(1)


def register(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(group)
