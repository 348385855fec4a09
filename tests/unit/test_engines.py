"""Two processes that write to one SQLite file."""

import sqlite3
import threading

import pytest
import sqlalchemy as sa

from storefront import engines


@pytest.fixture
def writer(tmp_path):
    """A connection of the shop's that may write, and one of another process that has the write lock."""
    engine = sa.create_engine(f"sqlite:///{tmp_path}/shop.sqlite3")
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE seen (number INTEGER)")
        connection.commit()
    other = sqlite3.connect(tmp_path / "shop.sqlite3", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    with engine.connect().execution_options(write=True) as connection:
        yield connection, other
    other.close()
    engine.dispose()


def test_a_writer_waits_until_the_other_process_has_written(writer):
    connection, other = writer
    other.execute("INSERT INTO seen VALUES (1)")
    threading.Timer(0.2, other.commit).start()
    connection.exec_driver_sql("INSERT INTO seen VALUES (2)")
    connection.commit()
    assert [row[0] for row in other.execute("SELECT number FROM seen")] == [1, 2]


def test_who_waits_in_vain_is_told_and_may_try_again(writer, monkeypatch):
    connection, other = writer
    monkeypatch.setattr(engines, "WRITE_WAIT_SECONDS", 0.02)
    with pytest.raises(sa.exc.OperationalError, match="locked"):
        connection.exec_driver_sql("INSERT INTO seen VALUES (2)")
    connection.rollback()
    other.rollback()
    connection.exec_driver_sql("INSERT INTO seen VALUES (2)")
    connection.commit()
    assert other.execute("SELECT count(*) FROM seen").fetchone() == (1,)


def test_what_else_sqlite_waits_for_it_waits_for_as_before(writer):
    connection, other = writer
    other.rollback()
    connection.exec_driver_sql("INSERT INTO seen VALUES (2)")
    assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == engines.BUSY_MS
