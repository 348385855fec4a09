"""Each engine's settings: how its connections are prepared, and how its transactions begin."""

from __future__ import annotations

import sqlite3
import time
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

WRITE_WAIT_SECONDS = 10
"""How long a writer waits for its turn on SQLite before it gives up ("database is locked")."""
BUSY_MS = 10_000
"""The same for whatever else SQLite may wait for."""
_ASK_AGAIN_SECONDS = 0.0005


def engine_options(url: str, pool_size: int) -> dict[str, Any]:
    """Engine settings for that database URL (docs/operations.md says more of them)."""
    if url.startswith("sqlite"):
        return {"connect_args": {"check_same_thread": False}}
    limits = "-c statement_timeout=5000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=15000 -c timezone=UTC"
    return {
        "pool_size": pool_size,
        "max_overflow": 2,
        "pool_timeout": 5,
        "pool_pre_ping": True,
        "connect_args": {"options": limits, "connect_timeout": 5},
    }


@event.listens_for(Engine, "connect")
def _prepare_sqlite(dbapi: Any, _record: Any) -> None:
    if not isinstance(dbapi, sqlite3.Connection):
        return
    dbapi.isolation_level = None  # the "begin" listener below decides how a transaction starts
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_MS}",
        "cache_size=-16384",
        "mmap_size=134217728",
        "temp_store=MEMORY",
    ):
        dbapi.execute(f"PRAGMA {pragma}").close()


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    lasting = options.get("lasting", True)
    if connection.dialect.name == "sqlite":
        # past SQLAlchemy, which would take five times as long to say so little
        dbapi: Any = connection.connection.dbapi_connection
        if options.get("write"):
            dbapi.execute(f"PRAGMA synchronous={'FULL' if lasting else 'NORMAL'}").close()
            _begin_writing(connection, dbapi)
        else:
            dbapi.execute("BEGIN").close()
    elif not lasting:
        connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")


def _begin_writing(connection: Connection, dbapi: sqlite3.Connection) -> None:
    """Take SQLite's one write lock, asking every half millisecond while another process has it.

    SQLite's own waiting sleeps longer each time, up to a tenth of a second: who came first would wait longest, and the
    lock would lie about unused meanwhile.
    """
    end = time.monotonic() + WRITE_WAIT_SECONDS
    dbapi.execute("PRAGMA busy_timeout=0").close()
    try:
        while time.monotonic() < end:
            try:
                dbapi.execute("BEGIN IMMEDIATE").close()
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    break
            time.sleep(_ASK_AGAIN_SECONDS)
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # a last time, so that callers see SQLAlchemy's error
    finally:
        dbapi.execute(f"PRAGMA busy_timeout={BUSY_MS}").close()
