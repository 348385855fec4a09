"""Each engine's settings: how its connections are prepared, and how its transactions begin."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine


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
        "busy_timeout=10000",
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
        if options.get("write"):
            connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if lasting else 'NORMAL'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("write") else "BEGIN")
    elif not lasting:
        connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")
