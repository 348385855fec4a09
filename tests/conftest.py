"""The application under test, on SQLite and on PostgreSQL, each test inside a transaction that is rolled back."""

from __future__ import annotations

import contextvars
import socket
from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

import config
from storefront import create_app
from storefront.catalogue.search import live as search_index
from storefront.database import db
from storefront.kept import forget_kept

# what is generated is slow on a busy machine, and no less right
hypothesis.settings.register_profile("shop", deadline=None)
hypothesis.settings.load_profile("shop")

pytest_plugins = ["tests.plugins.services", "tests.plugins.hit_rate"]

TODAY = "2026-11-23"
LOCAL = {"127.0.0.1", "::1", "localhost"}


class SameOriginClient(FlaskClient):
    """A browser on our own page: it says so with each request, as every browser does.

    Each request runs outside the test's own application context, so that nothing of one stays for the next.
    """

    def open(self, *args, **kwargs):
        headers = dict(kwargs.pop("headers", None) or {})
        headers.setdefault("Sec-Fetch-Site", "same-origin")
        return contextvars.Context().run(super().open, *args, headers=headers, **kwargs)


def make_app(database_url: str, folder: Path, **extra: str) -> Flask:
    """An application of the test environment on that database, which is brought to the newest migration."""
    env = {
        "SHOP_ENV": "test",
        "DATABASE_URL": database_url,
        "INSTANCE_DIR": str(folder),
        "DEMO_TODAY": TODAY,
        "PAGE_CACHE_MB": "0",  # what a test has not committed is seen by no other connection
        "PUBLIC_URL": "http://localhost",
        **extra,
    }
    app = create_app(config.load(env))
    app.test_client_class = SameOriginClient
    with app.app_context():
        flask_migrate.upgrade()
    return app


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def migrated_app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One application an engine and test process."""
    folder = tmp_path_factory.mktemp("instance")
    url = f"sqlite:///{folder / 'test.sqlite3'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_url")
    made = make_app(url, folder)
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def app(migrated_app: Flask) -> Iterator[Flask]:
    """The application with an empty database; whatever the test commits is rolled back."""
    with migrated_app.app_context():
        engine = db.engine
        with engine.connect() as connection:
            outer = connection.begin()
            db.engines[None] = connection  # type: ignore[assignment]
            db.session.configure(join_transaction_mode="create_savepoint")
            db.session.remove()
            search_index.forget()  # the test before was rolled back, and its versions with it
            forget_kept()
            try:
                yield migrated_app
            finally:
                db.session.remove()
                db.engines[None] = engine
                outer.rollback()


@pytest.fixture
def own_url(request: pytest.FixtureRequest, tmp_path: Path, migrated_app: Flask) -> str:
    """An empty database of one test that really commits, on the engine of this run."""
    if "postgresql" in migrated_app.config["SQLALCHEMY_DATABASE_URI"]:
        return str(request.getfixturevalue("own_postgres_url"))
    return f"sqlite:///{tmp_path / 'own.sqlite3'}"


@pytest.fixture
def own_app(own_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application on that database."""
    search_index.forget()
    app = make_app(own_url, tmp_path)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    search_index.forget()


@pytest.fixture
def db_session(app: Flask) -> Session:
    """The session of the test itself."""
    return db.session()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without cookies."""
    return app.test_client()


@pytest.fixture(autouse=True)
def no_strangers(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test talks to another machine."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in LOCAL:
            raise AssertionError(f"a test tried to reach {address}")
        real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
