"""`make run`: what is refused before anything starts, the preparing steps, and the demo's reset."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import types
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import config
from storefront import create_app
from storefront.cli import serve
from storefront.cli.demo import load
from storefront.database import db


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The instance folder of a demo that has never run."""
    for name in ("DATABASE_URL", "PUBLIC_URL", "SECRET_KEY", "PORT", "HOST", "WORKERS", "DEMO_TODAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SHOP_ENV", "demo")
    monkeypatch.setenv("INSTANCE_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def steps(demo: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What was done to prepare; nothing of it is done in earnest."""
    done: list[str] = []
    monkeypatch.setattr(serve.flask_migrate, "upgrade", lambda: done.append("upgrade"))
    monkeypatch.setattr(serve.load, "load", click.Command("load", callback=lambda: done.append("load")))
    with the_shop(monkeypatch):
        yield done


@contextlib.contextmanager
def the_shop(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """`import wsgi` gives an application of the settings in force."""
    app = create_app(config.load())
    monkeypatch.setitem(sys.modules, "wsgi", types.SimpleNamespace(app=app))
    yield
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"PORT": "http"}, "PORT: 'http' is not allowed; give a number from 1 to 65535"),
        ({"PORT": "65536"}, "PORT: '65536'"),
        ({"PORT": "²"}, "PORT: '²'"),
        ({"WORKERS": "0"}, "WORKERS: '0' is not allowed; give a number from 1 to 64"),
    ],
)
def test_a_wrong_number_is_named(env: dict[str, str], said: str) -> None:
    with pytest.raises(serve.CannotStart, match=said.replace("²", ".")):
        serve.read_place(env)


def test_defaults() -> None:
    place = serve.read_place({})
    assert (place.host, place.port, place.workers) == ("127.0.0.1", 8000, 2)
    assert place.url == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("host", "url"),
    [("0.0.0.0", "http://127.0.0.1:80"), ("::", "http://[::1]:80"), ("shop.vn", "http://shop.vn:80")],
)
def test_the_address_shown_can_be_opened(host: str, url: str) -> None:
    assert serve.Place(host=host, port=80, workers=1).url == url


def test_a_taken_port_is_one_clear_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(serve.CannotStart, match=f"Port {port} is taken; take another one: PORT="):
            serve.check_free(serve.Place(host="127.0.0.1", port=port, workers=1))
    serve.check_free(serve.Place(host="127.0.0.1", port=port, workers=1))


def test_a_host_that_is_none_is_named() -> None:
    with pytest.raises(serve.CannotStart, match="no host"):
        serve.check_free(serve.Place(host="no host", port=8000, workers=1))


def test_a_wrong_setting_stops_the_start(demo: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setenv("SHOP_ENV", "demonstration")
    assert serve.main([]) == 2
    assert capsys.readouterr().err.startswith("SHOP_ENV: 'demonstration' is not allowed")


def test_preparing_migrates_and_loads_the_demo(steps: list[str]) -> None:
    serve.prepare(config.load())
    assert steps == ["upgrade", "load"]


def test_outside_the_demo_nothing_is_loaded(steps: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOP_ENV", "development")
    serve.prepare(config.load())
    assert steps == ["upgrade"]


def test_a_database_that_cannot_be_used_is_one_clear_sentence(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{demo}/no/such/folder/shop.sqlite3")
    with the_shop(monkeypatch), pytest.raises(serve.CannotStart, match=r"DATABASE_URL: .*unable to open"):
        serve.prepare(config.load())


@pytest.mark.processes
def test_the_whole_shop_opens_answers_and_closes(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {
        "PATH": os.environ["PATH"],
        "SHOP_ENV": "development",
        "INSTANCE_DIR": str(tmp_path),
        "PORT": str(port),
    }
    command = [sys.executable, "-m", "storefront.cli.serve"]
    with subprocess.Popen(command, cwd=config.ROOT, env=env, stdout=subprocess.PIPE, text=True) as shop:
        try:
            opened = next(line for line in shop.stdout if line.startswith("The shop is open"))
            assert opened == f"The shop is open: http://127.0.0.1:{port}\n"
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as answer:
                assert answer.status == 200
        finally:
            shop.terminate()
        assert "The shop is closed." in shop.stdout.read()
    assert shop.returncode == 0


def test_reset_removes_the_database_and_letters_and_loads_again(demo: Path, steps: list[str], capsys) -> None:
    (demo / "mail").mkdir()
    for name in ("shop.sqlite3", "shop.sqlite3-wal", "mail/1.eml", "secret-key"):
        (demo / name).write_text("x")
    (demo / load.ACCOUNTS_FILE).write_text("clerk@example.vn  a-password\n")
    assert serve.main(["reset"]) == 0
    assert sorted(path.name for path in demo.iterdir()) == [
        "demo-accounts.txt",
        "mail",
        "secret-key",
        "serve.lock",
    ]
    assert not list((demo / "mail").iterdir())
    assert steps == ["upgrade", "load"]
    assert "clerk@example.vn  a-password" in capsys.readouterr().out


@pytest.mark.parametrize(
    "env", [{"SHOP_ENV": "development"}, {"DATABASE_URL": "postgresql://localhost/real"}]
)
def test_reset_touches_nothing_but_the_demo(demo: Path, monkeypatch: pytest.MonkeyPatch, env, capsys) -> None:
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    (demo / "shop.sqlite3").write_text("precious")
    assert serve.main(["reset"]) == 2
    assert "Only the demo's own database" in capsys.readouterr().err
    assert (demo / "shop.sqlite3").read_text() == "precious"


def test_reset_waits_for_the_shop_to_be_stopped(demo: Path, capsys) -> None:
    (demo / "shop.sqlite3").write_text("in use")
    with serve.hold(config.load(), serve.fcntl.LOCK_SH):
        assert serve.main(["reset"]) == 2
    assert "The shop is running here" in capsys.readouterr().err
    assert (demo / "shop.sqlite3").read_text() == "in use"
