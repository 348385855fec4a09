"""What some tests need from the machine: a PostgreSQL server, a Chromium.

A test says so by its marker (`postgres`, `browser`) or by asking for `postgres_url` or `chromium_path`. Where the thing
is missing the test is skipped, saying how to get it; with REQUIRE_SERVICES=1 it fails instead.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

DEFAULT_URLS = ("postgresql://127.0.0.1:5432/postgres", "postgresql:///postgres")
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DATABASE_PREFIX = "shop_test_"


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("postgres"):
        find_postgres()
    if item.get_closest_marker("browser"):
        find_chromium()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A new, empty database of this test process (each xdist worker has its own); dropped at the end."""
    server = find_postgres()
    name = f"{DATABASE_PREFIX}{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        _drop_left_behind(connection)
        # The C collation sorts as SQLite does; a commit need not reach the disk, for the database is thrown away.
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'").format(
                sql.Identifier(name)
            )
        )
        connection.execute(
            sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(sql.Identifier(name))
        )
    yield _with_database(server, name)
    with psycopg.connect(server, autocommit=True) as connection:
        _drop(connection, name)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The Chromium of this machine."""
    return find_chromium()


def find_postgres() -> str:
    """URL of the server's maintenance database; without a server the running test is skipped (or fails)."""
    url, why_not = _look_for_postgres()
    if url is None:
        _missing(
            f"no PostgreSQL ({why_not}): install and start it (Debian, Ubuntu: .ci/run does), "
            "or set TEST_POSTGRES_URL to one whose user may create databases"
        )
    return url


def find_chromium() -> str:
    """Path of Chromium; without one the running test is skipped (or fails)."""
    path = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if path is None:
        _missing("no Chromium: install it (Debian, Ubuntu: sudo apt install chromium)")
    return path


def _missing(reason: str) -> None:
    if os.environ.get("REQUIRE_SERVICES") == "1":
        pytest.fail(f"{reason} [REQUIRE_SERVICES=1]", pytrace=False)
    pytest.skip(reason)


@functools.cache
def _look_for_postgres() -> tuple[str | None, str]:
    given = os.environ.get("TEST_POSTGRES_URL")
    reasons = []
    for url in (given,) if given else DEFAULT_URLS:
        try:
            with psycopg.connect(url, connect_timeout=3) as connection:
                may = connection.execute(
                    "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
                ).fetchone()
        except psycopg.Error as error:
            reasons.append(str(error).strip().splitlines()[0])
            continue
        if may and may[0]:
            return url, ""
        reasons.append("the user may not create databases")
    return None, "; ".join(dict.fromkeys(reasons))


def _with_database(url: str, name: str) -> str:
    """The same server's URL with another database in its path."""
    head, _, query = url.partition("?")
    scheme, _, rest = head.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}/{name}" + (f"?{query}" if query else "")


def _drop_left_behind(connection: psycopg.Connection[tuple[str]]) -> None:
    """Drop what test processes of this machine that were killed could not drop themselves."""
    rows = connection.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [DATABASE_PREFIX]
    )
    for (name,) in rows.fetchall():
        pid = name.removeprefix(DATABASE_PREFIX)
        if pid.isdigit() and not _is_alive(int(pid)):
            with contextlib.suppress(psycopg.Error):  # another test process was quicker
                _drop(connection, name)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _drop(connection: psycopg.Connection[tuple[str]], name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def own_postgres_url() -> Iterator[str]:
    """A new, empty database of one test that really commits; dropped after it."""
    server = find_postgres()
    name = f"{DATABASE_PREFIX}{os.getpid()}_own"
    with psycopg.connect(server, autocommit=True) as connection:
        _drop(connection, name)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'").format(
                sql.Identifier(name)
            )
        )
    yield _with_database(server, name)
    with psycopg.connect(server, autocommit=True) as connection:
        _drop(connection, name)
