"""The whole shop with one command: `python -m storefront.cli.serve`, which is what `make run` does.

Migrates the database, loads the demo data when it is new (SHOP_ENV=demo), then keeps the web server and the worker
running until Ctrl-C. Settings of its own: HOST (127.0.0.1), PORT (8000) and WORKERS (2 web processes).
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import http.client
import io
import os
import signal
import socket
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import click
import flask_migrate
import sqlalchemy as sa

import config
from storefront.cli import supervisor
from storefront.cli.demo import load
from storefront.cli.supervisor import say
from storefront.database import db

FLASK = (sys.executable, "-m", "flask", "--app", "wsgi")


class CannotStart(Exception):
    """Why the shop cannot start, in one sentence that says what to do."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the web server listens, and with how many processes."""

    host: str
    port: int
    workers: int

    @property
    def reachable_host(self) -> str:
        """An address of this machine under which the server answers ("every address" is none)."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 - compared, not bound

    @property
    def url(self) -> str:
        host = self.reachable_host
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"


def main(arguments: Sequence[str]) -> int:
    """Run the shop, or with `reset` make the demo's database anew; returns the exit status."""
    try:
        settings = config.load()
        if list(arguments) == ["reset"]:
            reset(settings)
        elif arguments:
            raise CannotStart("Usage: python -m storefront.cli.serve [reset]")
        else:
            serve(settings, read_place(os.environ))
    except (CannotStart, config.WrongSetting) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return 0


def serve(settings: config.Settings, place: Place) -> None:
    """Prepare the database and keep everything running until a signal says stop.

    :raises CannotStart: before anything was started.
    """
    check_free(place)
    with hold(settings, fcntl.LOCK_SH):
        prepare(settings)
        supervisor.Supervisor(
            programs(settings, place),
            is_ready=functools.partial(answers, place),
            on_ready=functools.partial(announce, settings, place),
        ).run()
    say("The shop is closed.")


def reset(settings: config.Settings) -> None:
    """Throw the demo's database and letters away and load the demo data again.

    :raises CannotStart: outside the demo, on a database that is not the demo's own file, or while the shop runs.
    """
    file = settings.instance_dir / "shop.sqlite3"
    if not settings.is_demo or settings.database_url != f"sqlite:///{file}":
        raise CannotStart(
            f"Only the demo's own database ({file}) is ever reset; unset SHOP_ENV and DATABASE_URL."
        )
    with hold(settings, fcntl.LOCK_EX):
        for left in (*settings.instance_dir.glob("shop.sqlite3*"), *settings.instance_dir.glob("mail/*")):
            left.unlink()
        prepare(settings)
    show_accounts(settings)


def read_place(env: Mapping[str, str]) -> Place:
    """Read HOST, PORT and WORKERS.

    :raises CannotStart: naming the one that is not a number in its range.
    """

    def number(name: str, default: int, high: int) -> int:
        text = env.get(name, "").strip() or str(default)
        if not (text.isascii() and text.isdigit() and 1 <= int(text) <= high):
            raise CannotStart(f"{name}: {text[:80]!r} is not allowed; give a number from 1 to {high}")
        return int(text)

    host = env.get("HOST", "").strip() or "127.0.0.1"
    return Place(host=host, port=number("PORT", 8000, 65535), workers=number("WORKERS", 2, 64))


def check_free(place: Place) -> None:
    """Find out that somebody else has the port before the database is touched.

    :raises CannotStart: when the address cannot be listened on.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror:
        raise CannotStart(f"HOST: {place.host!r} is not an address of this machine") from None
    except PermissionError:
        raise CannotStart(f"Port {place.port} needs root; take another one: PORT=8000 make run") from None
    except OSError as error:
        if "in use" not in str(error):
            raise CannotStart(f"{place.host} port {place.port} cannot be used: {error.strerror}") from None
        other = place.port % 65535 + 1
        raise CannotStart(f"Port {place.port} is taken; take another one: PORT={other} make run") from None


def hold(settings: config.Settings, kind: int) -> IO[str]:
    """Hold the instance folder, shared by running shops and alone for a reset, until the file is closed.

    :raises CannotStart: when the other kind holds it.
    """
    file = (settings.instance_dir / "serve.lock").open("w")
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise CannotStart("The shop is running here (or being reset); stop it first.") from None
    return file


def prepare(settings: config.Settings) -> None:
    """Bring the database to the newest migration; the demo's, when new, gets its data.

    It is done in this process, with the very application that will be served: a second start has no time for two
    more interpreters.

    :raises CannotStart: with what went wrong.
    """
    import wsgi

    if settings.is_demo and not (settings.instance_dir / load.ACCOUNTS_FILE).exists():
        say("Making the database and loading the demo data (once, some seconds)…")
    try:
        with wsgi.app.app_context(), contextlib.redirect_stdout(io.StringIO()):
            flask_migrate.upgrade()
            if settings.is_demo:
                load.load.main([], standalone_mode=False)
            db.engine.dispose()
    except click.ClickException as error:
        raise CannotStart(error.message) from error
    except sa.exc.OperationalError as error:
        raise CannotStart(f"DATABASE_URL: the database cannot be used: {str(error.orig).strip()}") from error


def programs(settings: config.Settings, place: Place) -> list[supervisor.Program]:
    """The web server and the worker. The numbers are explained in docs/operations.md."""
    server = (
        *(
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            place.host,
            "--port",
            str(place.port),
        ),
        *(
            "--workers",
            str(place.workers),
            "--blocking-threads",
            str(settings.pool_size),
            "--backpressure",
            "64",
        ),
        *("--no-ws", "--http", "1", "--http1-header-read-timeout", "5000"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "30", "--log-level", "warning"),
        "wsgi:app",
    )
    root = Path(config.ROOT)
    return [
        supervisor.Program("The web server", server, root),
        supervisor.Program("The worker", (*FLASK, "worker"), root),
    ]


def answers(place: Place) -> bool:
    """Does the web server answer by now?"""
    connection = http.client.HTTPConnection(place.reachable_host, place.port, timeout=1)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def announce(settings: config.Settings, place: Place) -> None:
    """Tell the address and, in the demo, how to sign in."""
    public = "" if settings.public_url == place.url else f" (known to the world as {settings.public_url})"
    say(f"\nThe shop is open: {place.url}{public}\n")
    if settings.is_demo:
        show_accounts(settings)
    say("Ctrl-C stops it.")


def show_accounts(settings: config.Settings) -> None:
    """Print the demo's sign-ins, made with random passwords when its data were loaded."""
    file = settings.instance_dir / load.ACCOUNTS_FILE
    if file.exists():
        say(f"Demo sign-ins (kept in {file}):\n\n{file.read_text(encoding='utf-8').strip()}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
