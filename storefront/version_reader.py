"""The public version, read beside the session: microseconds, where a session takes hundreds."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from urllib.parse import quote

import psycopg
import sqlalchemy as sa
from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn

_VERSION = "SELECT number FROM public_version"
_BROKEN = (sqlite3.Error, psycopg.Error, TypeError)
"""TypeError: the table has no row."""


class VersionReader:
    """Reads what `database.public_version` does, by a raw connection of each thread."""

    class Failed(Exception):
        """The database did not answer, not on a new connection either."""

    def __init__(self, url: str) -> None:
        self._url = sa.make_url(url)
        self._of_thread = threading.local()

    def __call__(self) -> int:
        """The version that is committed now.

        :raises VersionReader.Failed: when the database does not answer.
        """
        ask: Callable[[], int] | None = getattr(self._of_thread, "ask", None)
        if ask is not None:
            try:
                return ask()
            except _BROKEN:
                self._of_thread.ask = None  # a connection that broke off; the next one may hold
        try:
            ask = self._open()
            number = ask()
        except _BROKEN as error:
            raise self.Failed from error
        self._of_thread.ask = ask
        return number

    def _open(self) -> Callable[[], int]:
        if self._url.get_backend_name() == "sqlite":
            file = f"file:{quote(self._url.database or '')}?mode=rw"  # never makes one
            of_sqlite = sqlite3.connect(file, uri=True, isolation_level=None, check_same_thread=False)
            return lambda: of_sqlite.execute(_VERSION).fetchone()[0]
        conninfo = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        # below connection and cursor, which take three times as long as the question itself
        of_postgres = PGconn.connect(
            make_conninfo(conninfo, connect_timeout=5, tcp_user_timeout=5000).encode()
        )
        of_postgres.prepare(b"version", _VERSION.encode())

        def ask() -> int:
            value = of_postgres.exec_prepared(b"version", []).get_value(0, 0)
            if value is None:
                raise psycopg.OperationalError(of_postgres.get_error_message())
            return int(value)

        return ask
