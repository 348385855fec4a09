"""`flask staff add`: accounts of staff are made here alone."""

from __future__ import annotations

import getpass
import sys

import click
from flask import Flask
from flask.cli import AppGroup

from storefront import access, clock
from storefront.accounts import contact, passwords
from storefront.accounts import service as accounts
from storefront.accounts.errors import Taken
from storefront.database import transaction
from storefront.errors import Invalid
from storefront.stock import queries as stock_queries
from storefront.stock import service as stock

group = AppGroup("staff", help="Accounts of staff.")
ROLES = sorted(role.value for role in access.STAFF)


@group.command("add")
@click.argument("sign_in_name")
@click.option("--name", required=True, help="Name shown to colleagues.")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option(
    "--point", "points", multiple=True, help="Code of a point the person works for (may be repeated)."
)
def add(sign_in_name: str, name: str, role: str, points: tuple[str, ...]) -> None:
    """Make an account for SIGN_IN_NAME (e-mail or phone); the password is asked for, or read from standard input."""
    password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    if not passwords.SHORTEST <= len(password) <= passwords.LONGEST:
        raise click.ClickException(f"a password has {passwords.SHORTEST} to {passwords.LONGEST} characters")
    try:
        email = contact.email(sign_in_name) if "@" in sign_in_name else None
        phone = None if email else contact.phone(sign_in_name)
    except Invalid:
        raise click.ClickException(
            f"{sign_in_name!r} is neither an e-mail address nor a Vietnamese phone number"
        ) from None
    try:
        with transaction():
            user = accounts.create(
                name=name,
                phone=phone,
                email=email,
                password=password,
                role=access.Role(role),
                now=clock.now(),
            )
            for code in points:
                point = stock_queries.point_by_code(code)
                if point is None:
                    raise click.ClickException(f"there is no point {code!r}")
                stock.assign(point_id=point.id, user_id=user.id)
    except Taken:
        raise click.ClickException(f"{sign_in_name} has an account already") from None
    click.echo(f"{role} {name} can sign in at /dang-nhap")


def register(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(group)
