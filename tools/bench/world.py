"""The databases the bench runs on: made once under instance/bench, copied for each run, so that runs begin alike."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import flask_migrate
import psycopg
from alembic.script import ScriptDirectory
from flask import Flask
from psycopg import sql

import config
from storefront import create_app
from storefront.cli import verify
from storefront.cli.demo import load
from storefront.database import db, end_read, transaction
from tools.bench import generate
from tools.bench.say import say

FOLDER = config.ROOT / "instance" / "bench"
POSTGRES_URLS = ("postgresql:///postgres", "postgresql://127.0.0.1:5432/postgres")
"""By its socket where it has one, as docs/operations.md advises: the version is read in half the time."""
ENGINES = ("sqlite", "postgresql")
DATABASE = "shop_bench_"


@dataclass(frozen=True)
class World:
    """One database with so many listings, as settings of the shop."""

    engine: str
    size: int
    folder: Path
    url: str

    def env(self, **more: str) -> dict[str, str]:
        """The environment of a shop on that database; none of the caller's own settings of the shop."""
        names = {setting.name for setting in config.SETTINGS}
        kept = {name: value for name, value in os.environ.items() if name not in names}
        own = {"SHOP_ENV": "demo", "DATABASE_URL": self.url, "INSTANCE_DIR": str(self.folder)}
        own["INDEXING"] = "yes"  # as in production: what asks not to be found is marked down for it
        return {**kept, **own, **more}

    @contextlib.contextmanager
    def app(self) -> Iterator[Flask]:
        """The shop on that database in this process, inside its context."""
        made = create_app(config.load(self.env()))
        with made.app_context():
            yield made
            end_read()
            db.engine.dispose()


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """No other bench runs meanwhile, from whatever checkout of this machine.

    They would share its processors, and databases of one name: of two that fill one, each finds the other's producers.
    """
    with (Path(tempfile.gettempdir()) / "shop-bench.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another bench is running; waiting for it to end…")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def find_postgres() -> str | None:
    """URL of a server on which databases may be made: BENCH_POSTGRES_URL, or one on this machine."""
    given = os.environ.get("BENCH_POSTGRES_URL")
    for url in (given,) if given else POSTGRES_URLS:
        with contextlib.suppress(psycopg.Error), psycopg.connect(url, connect_timeout=3) as connection:
            row = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
            if row and row[0]:
                return url
    return None


def kept(engine: str, size: int) -> World:
    """The database of that size, made unless the one kept is of this schema and this generator."""
    folder = FOLDER / f"{engine}-{size}"
    world = World(engine, size, folder, _url(engine, folder, f"{DATABASE}{size}"))
    marker = folder / "made.json"
    wanted = {"schema": _head(), "generator": generate.VERSION, "size": size}
    if marker.exists() and json.loads(marker.read_text()) == wanted and _is_there(world):
        return world
    say(f"Making {size:,} listings on {engine} (once)…")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if engine == "postgresql":
        make_database(f"{DATABASE}{size}", "template0")
    fill(world)
    marker.write_text(json.dumps(wanted))
    return world


def fill(world: World) -> None:
    """The newest schema, the demo's data, and generated listings up to the size.

    :raises RuntimeError: when what was made does not add up.
    """
    with world.app():
        flask_migrate.upgrade()
        with transaction():
            load.fill()
        generate.grow(world.size)
        wrong = verify.differences()
    if wrong:
        raise RuntimeError(f"the generated catalogue does not add up: {wrong[:3]}")
    if world.engine == "postgresql":
        # each piece that was added marked every listing anew; what that left behind is ten times what there is
        with psycopg.connect(world.url, autocommit=True) as connection:
            connection.execute("VACUUM (FULL, ANALYZE)")


def copy(world: World) -> World:
    """A copy to be written to."""
    folder = FOLDER / "run"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    made = World(world.engine, world.size, folder, _url(world.engine, folder, f"{DATABASE}run"))
    if world.engine == "sqlite":
        shutil.copyfile(world.folder / "shop.sqlite3", folder / "shop.sqlite3")
    else:
        make_database(f"{DATABASE}run", f"{DATABASE}{world.size}")
        with psycopg.connect(database_url(f"{DATABASE}run"), autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
    return made


def throw_away(world: World) -> None:
    """Remove a copy."""
    shutil.rmtree(world.folder, ignore_errors=True)
    if world.engine == "postgresql":
        with _server() as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(f"{DATABASE}run"))
            )


def _head() -> str:
    return ScriptDirectory(str(config.ROOT / "migrations")).get_current_head() or ""


def _url(engine: str, folder: Path, database: str) -> str:
    return f"sqlite:///{folder / 'shop.sqlite3'}" if engine == "sqlite" else database_url(database)


def database_url(database: str) -> str:
    """URL of a database of that name on the server found.

    :raises RuntimeError: when there is no server.
    """
    url = find_postgres()
    if url is None:
        raise RuntimeError("no PostgreSQL to make databases on; set BENCH_POSTGRES_URL")
    head, _, query = url.partition("?")
    scheme, _, rest = head.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}/{database}" + (f"?{query}" if query else "")


def _server() -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(find_postgres() or "", autocommit=True)


def make_database(name: str, template: str) -> None:
    """Make the database anew, like that other one."""
    with _server() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        like = sql.SQL("TEMPLATE {}").format(sql.Identifier(template))
        if template == "template0":
            like += sql.SQL(" ENCODING 'UTF8' LOCALE 'C.UTF-8'")
        connection.execute(sql.SQL("CREATE DATABASE {} ").format(sql.Identifier(name)) + like)


def _is_there(world: World) -> bool:
    if world.engine == "sqlite":
        return (world.folder / "shop.sqlite3").exists()
    with contextlib.suppress(psycopg.Error), psycopg.connect(world.url, connect_timeout=3):
        return True
    return False
