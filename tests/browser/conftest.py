"""A running shop with the demo's data, and a real browser in front of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from storefront.cli.demo import load
from storefront.database import db, transaction
from tests.conftest import make_app

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass
class LiveShop:
    """Where it answers, and the demo's sign-ins by e-mail."""

    url: str
    passwords: dict[str, str]
    app: Flask

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Change its data from the outside, and commit."""
        with self.app.app_context():
            with transaction():
                yield
            db.session.remove()


@pytest.fixture(scope="session")
def live_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveShop]:
    folder = tmp_path_factory.mktemp("live")
    server = make_server("127.0.0.1", 0, lambda e, s: [], threaded=True)
    url = f"http://127.0.0.1:{server.server_port}"
    app = make_app(f"sqlite:///{folder / 'live.sqlite3'}", folder, SHOP_ENV="demo", PUBLIC_URL=url)
    with app.app_context():
        with transaction():
            load.fill()
            lines = load.make_accounts()
        db.session.remove()
    server.app = app
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield LiveShop(url=url, passwords={line.split()[1]: line.split()[2] for line in lines}, app=app)
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def chromium(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        browser.close()


def open_context(browser: Browser, **options) -> BrowserContext:
    defaults = {
        "viewport": {"width": 390, "height": 844}, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh",
        "has_touch": True,
    }  # fmt: skip
    return browser.new_context(**{**defaults, **options})


@pytest.fixture(params=[True, False], ids=["with-scripts", "without-scripts"])
def phone(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """A phone, with and without JavaScript."""
    context = open_context(chromium, java_script_enabled=request.param)
    yield context.new_page()
    context.close()
