"""For the machines that watch: `/healthz` says the process answers, `/readyz` that it can serve."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app

from storefront.catalogue.search import live
from storefront.certification import register_index
from storefront.database import session
from storefront.web import guards


def register(app: Flask) -> None:
    """Add both addresses."""
    app.add_url_rule("/healthz", "healthz", healthz)
    app.add_url_rule("/readyz", "readyz", readyz)


@guards.public
def healthz() -> tuple[str, int, dict[str, str]]:
    """200 when the process answers."""
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}


@guards.public
def readyz() -> tuple[str, int, dict[str, str]]:
    """200 when the database answers, stands at the newest migration and listings and register are indexed; else 503."""
    head = {"Content-Type": "text/plain; charset=utf-8"}
    try:
        connection = session().connection()
        found = MigrationContext.configure(connection).get_current_revision()
    except sa.exc.SQLAlchemyError:
        return "database does not answer\n", 503, head
    wanted = ScriptDirectory(current_app.extensions["migrate"].directory).get_current_head()
    if found != wanted:
        return "migrations are missing\n", 503, head
    with live.current():  # a process that has just started builds them now
        register_index.current()
    return "ok\n", 200, head
