"""`make run`: what is refused before anything starts, the preparing steps, and the demo's reset."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

import config
from storefront.cli import serve

FLASK = """
import os, sys
from pathlib import Path
with (Path(os.environ["INSTANCE_DIR"]) / "steps").open("a") as steps:
    print(*sys.argv[1:], file=steps)
if os.environ.get("FAIL") in sys.argv:
    sys.exit("it went wrong")
"""


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A demo's instance folder, with a fake `flask` that notes what it was asked."""
    for name in ("DATABASE_URL", "PUBLIC_URL", "SECRET_KEY", "PORT", "HOST", "WORKERS", "DEMO_TODAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SHOP_ENV", "demo")
    monkeypatch.setenv("INSTANCE_DIR", str(tmp_path / "instance"))
    script = tmp_path / "flask.py"
    script.write_text(FLASK)
    monkeypatch.setattr(serve, "FLASK", (sys.executable, str(script)))
    (tmp_path / "instance").mkdir()
    return tmp_path / "instance"


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


def test_preparing_migrates_and_loads_the_demo(demo: Path) -> None:
    serve.prepare(config.load())
    assert (demo / "steps").read_text().splitlines() == ["db upgrade", "demo load"]


def test_outside_the_demo_nothing_is_loaded(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOP_ENV", "development")
    serve.prepare(config.load())
    assert (demo / "steps").read_text().splitlines() == ["db upgrade"]


def test_a_failed_step_says_what_it_said(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIL", "upgrade")
    with pytest.raises(
        serve.CannotStart, match="it went wrong\n`flask db upgrade` failed; the shop was not started"
    ):
        serve.prepare(config.load())


def test_reset_removes_the_database_and_letters_and_loads_again(demo: Path, capsys) -> None:
    (demo / "mail").mkdir()
    for name in ("shop.sqlite3", "shop.sqlite3-wal", "mail/1.eml", "secret-key"):
        (demo / name).write_text("x")
    (demo / serve.ACCOUNTS_FILE).write_text("clerk@example.vn  a-password\n")
    assert serve.main(["reset"]) == 0
    assert sorted(path.name for path in demo.iterdir() if path.is_file()) == [
        "demo-accounts.txt",
        "secret-key",
        "serve.lock",
        "steps",
    ]
    assert not list((demo / "mail").iterdir())
    assert (demo / "steps").read_text().splitlines() == ["db upgrade", "demo load"]
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
