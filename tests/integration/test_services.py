"""The tests' own services: a database of their own, and what happens where a service is missing."""

from __future__ import annotations

import psycopg
import pytest

from tests.plugins import services


@pytest.fixture
def no_services(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(services, "CHROMIUMS", ("no-such-browser",))
    monkeypatch.setenv("TEST_POSTGRES_URL", "postgresql://127.0.0.1:9/postgres")
    monkeypatch.delenv("REQUIRE_SERVICES", raising=False)
    services._look_for_postgres.cache_clear()
    yield
    services._look_for_postgres.cache_clear()


@pytest.mark.usefixtures("no_services")
@pytest.mark.parametrize("find", [services.find_postgres, services.find_chromium])
def test_a_missing_service_skips_and_says_how_to_get_it(find) -> None:
    with pytest.raises(pytest.skip.Exception, match="install"):
        find()


@pytest.mark.usefixtures("no_services")
@pytest.mark.parametrize("find", [services.find_postgres, services.find_chromium])
def test_a_missing_service_fails_where_it_is_required(find, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUIRE_SERVICES", "1")
    with pytest.raises(pytest.fail.Exception, match="REQUIRE_SERVICES=1"):
        find()


@pytest.mark.postgres
def test_the_database_is_new_and_keeps_vietnamese(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        row = connection.execute("SELECT 'Hương Khê', current_setting('server_encoding')").fetchone()
        assert row == ("Hương Khê", "UTF8")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://127.0.0.1:5432/postgres", "postgresql://127.0.0.1:5432/x"),
        ("postgresql:///postgres", "postgresql:///x"),
        ("postgresql:///postgres?host=/run/pg", "postgresql:///x?host=/run/pg"),
        ("postgresql://me:secret@db", "postgresql://me:secret@db/x"),
    ],
)
def test_another_database_of_the_same_server(url: str, expected: str) -> None:
    assert services._with_database(url, "x") == expected
