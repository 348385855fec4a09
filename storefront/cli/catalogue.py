"""`flask catalogue import FILE`, `flask points import FILE`, `flask tariff import FILE`."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from storefront import clock
from storefront.cli import points, register_, tables
from storefront.database import transaction
from storefront.journeys import import_catalogue
from storefront.journeys.import_report import ImportReport, Rejected

group = AppGroup("catalogue", help="Listings, variants, prices and stock.")


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check and count, write nothing.")
def import_file(file: Path, dry_run: bool) -> None:
    """Import FILE (CSV or XLSX, columns of docs/catalogue-format.md): all rows or none."""
    rows = tables.read(file)
    report = ImportReport()
    try:
        with transaction():
            report = import_catalogue.run(rows, source=file.name, today=clock.today(), now=clock.now())
            if dry_run:
                raise register_.DryRun
    except Rejected as rejected:
        register_.fail(rejected)
    except register_.DryRun:
        pass
    click.echo(report.summary() + (" (dry run: nothing was written)" if dry_run else ""))


def register(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(group)
    points.register(app)
