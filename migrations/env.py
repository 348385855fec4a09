"""Runs migrations on the application's own engine, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context

from storefront import schema
from storefront.database import UtcDateTime, db


def render_item(kind: str, item: object, _autogenerate: object) -> str | bool:
    """Write our own column type by its short name."""
    return "UtcDateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


def run() -> None:
    """Migrate. On SQLite foreign keys are off meanwhile: a batch change of a parent would empty its children."""
    given = context.config.attributes.get("connection")
    engine = db.engine
    with engine.connect() if given is None else _Given(given) as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        else:
            # a migration of a large table may take longer than a page may
            connection.exec_driver_sql("SET statement_timeout = 0")
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=schema.metadata,
            render_as_batch=True,
            render_item=render_item,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        if sqlite:
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise RuntimeError(f"foreign keys broken by a migration: {broken[:5]}")
        if given is None:
            connection.commit()
        if sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")


class _Given:
    """A connection somebody else opened and will close."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> sa.Connection:
        return self._connection

    def __exit__(self, *_: object) -> None:
        return None


run()
