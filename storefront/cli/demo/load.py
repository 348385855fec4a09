"""The demo: the real register, with listings, prices, stock, lots and accounts that are examples and say so."""

from __future__ import annotations

import csv
import hashlib
import os
import secrets
from datetime import timedelta
from pathlib import Path

import click
import sqlalchemy as sa
from flask import current_app
from flask.cli import AppGroup

import config
from storefront import clock, codes, text
from storefront.access import Role
from storefront.accounts import service as accounts
from storefront.catalogue.models import Listing
from storefront.certification import queries as register_queries
from storefront.certification.models import RegisteredProduct
from storefront.cli import points, tables
from storefront.database import session, transaction
from storefront.journeys import import_catalogue, import_register
from storefront.producers.models import Producer
from storefront.stock import queries as stock_queries
from storefront.stock import service as stock
from storefront.stock.models import Lot
from storefront.traceability import service as traceability
from storefront.traceability.models import Vouch

FOLDER = Path(__file__).parent
ACCOUNTS_FILE = "demo-accounts.txt"
SHOP_POINTS = ("ben-xe", "cuong-nga", "nguyen-lam", "hoa-linh-chi", "phu-sang")
STAFF: tuple[tuple[str, str, Role, tuple[str, ...]], ...] = (
    ("quay@demo.test", "Nguyễn Thị Lan", Role.CLERK, SHOP_POINTS),
    ("phochau@demo.test", "Trần Văn Hải", Role.CLERK, ("pho-chau",)),
    ("quanly@demo.test", "Phan Thị Hoa", Role.MANAGER, ()),
    ("vanphong@demo.test", "Lê Quang Minh", Role.OFFICE, ()),
    ("khach@demo.test", "Trần Thị Hà", Role.SHOPPER, ()),
)
group = AppGroup("demo", help="The demo's data.")


@group.command("load")
def load() -> None:
    """Load the demo's data into an empty database; does nothing where the register has products already."""
    settings: config.Settings = current_app.config["SETTINGS"]
    if settings.is_production:
        raise click.ClickException("demo data are refused with SHOP_ENV=production")
    with transaction():
        if register_queries.count_products():
            click.echo("there are data already; nothing was loaded")
            return
        fill()
        lines = make_accounts()
    write_accounts(settings.instance_dir / ACCOUNTS_FILE, lines)
    click.echo(f"demo data loaded; sign-ins are in {settings.instance_dir / ACCOUNTS_FILE}")


def fill() -> None:
    """Register, points, tariff, catalogue and lot steps (flushes)."""
    now, today = clock.now(), clock.today()
    import_register.run(tables.read(FOLDER / "register.csv"), today=today, now=now)
    points.keep_points(FOLDER / "points.csv")
    points.keep_tariff(FOLDER / "tariff.csv")
    import_catalogue.run(tables.read(FOLDER / "catalogue.csv"), source="demo", today=today, now=now)
    _steady_lot_codes()
    _record_steps()


def make_accounts() -> list[str]:
    """Staff and one shopper with random passwords; returns a line for each to be shown once."""
    lines = []
    for email, name, role, codes_of_points in STAFF:
        password = secrets.token_urlsafe(9)
        user = accounts.create(
            name=name, phone=None, email=email, password=password, role=role, now=clock.now()
        )
        for code in codes_of_points:
            point = stock_queries.point_by_code(code)
            if point is not None:
                stock.assign(point_id=point.id, user_id=user.id)
        lines.append(f"{role.value:8} {email:20} {password}")
    return lines


def write_accounts(file: Path, lines: list[str]) -> None:
    """Keep the sign-ins where only the owner of this machine's account reads them."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
        handle.write("\n".join(lines) + "\n")


def _steady_lot_codes() -> None:
    """Codes of the demo's lots are the same in every copy, so that a printed example leads somewhere."""
    for lot in session().scalars(sa.select(Lot).order_by(Lot.id)):
        digest = hashlib.sha256(f"demo lot {lot.id}".encode()).digest()
        body = "".join(codes.ALPHABET[byte % 31] for byte in digest[:8])
        lot.code = f"L{body}{codes.check_character(body)}"
    session().flush()


def _record_steps() -> None:
    lots: dict[tuple[str, str], list[Lot]] = {}
    rows = session().execute(
        sa.select(RegisteredProduct.name_folded, Producer.name_folded, Lot)
        .join(Producer, Producer.id == RegisteredProduct.producer_id)
        .join(Listing, Listing.product_id == RegisteredProduct.id)
        .join(Lot, Lot.listing_id == Listing.id)
    )
    for product, producer, lot in rows:
        lots.setdefault((product, producer), []).append(lot)
    with (FOLDER / "lot_steps.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            for lot in lots.get((text.fold(row["product_name"]), text.fold(row["producer_name"])), []):
                traceability.record(
                    lot_id=lot.id,
                    happened_on=lot.produced_on - timedelta(days=int(row["days_before"])),
                    title=row["title"],
                    note=row["note"],
                    title_en=row["title_en"],
                    note_en=row["note_en"],
                    place="",
                    vouched_by=Vouch.PRODUCER,
                    is_illustrative=True,
                    now=clock.now(),
                )
