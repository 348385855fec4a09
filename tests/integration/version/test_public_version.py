"""The number that says that public pages show something else now."""

from __future__ import annotations

import threading
from contextlib import suppress

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront import database, schema
from storefront.catalogue.models import Listing, Variant
from storefront.database import db, session, transaction
from storefront.kept import kept
from storefront.stock.models import Point, StockItem
from tests.factories import shop

COLUMNS = [
    pytest.param(table, column, id=f"{table.name}.{column.name}")
    for table in schema.metadata.sorted_tables
    for column in table.columns
]
SHOWN = {
    "certificates",
    "former_slugs",
    "listings",
    "lots",
    "points",
    "producers",
    "registered_products",
    "tariff_rows",
    "trace_events",
    "variants",
    "zone_provinces",
    "zones",
}
"""What public pages are made of."""


def number() -> int:
    found = database.public_version()
    database.end_read()
    return found


def test_a_request_that_only_reads_may_be_told_the_number(app):
    there = number()
    with database.at_version(there + 7):
        assert number() == there + 7
        with database.at_version(None):
            assert number() == there
    assert number() == there


def test_every_table_says_whether_pages_show_it():
    said = {table.name: table.info["shown"] for table in schema.metadata.sorted_tables}
    assert {name for name, shown in said.items() if shown} == SHOWN
    hidden = {f"{c.table.name}.{c.name}" for t in schema.metadata.sorted_tables for c in t.c if c.info}
    assert hidden == {"listings.revision"}


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_shown_column_raises_the_number_and_a_hidden_one_does_not(app, table, column):
    before = number()
    with transaction() as current:
        current.connection().execute(sa.update(table).values({column: column}))
    assert number() == before + (table.info["shown"] and column.info.get("shown", True))


@pytest.mark.parametrize("table", schema.metadata.sorted_tables, ids=str)
def test_a_row_that_comes_or_goes_counts_where_the_table_is_shown(app, table):
    before = number()
    with transaction() as current:
        current.execute(sa.delete(table).where(sa.false()))
    gone = number()
    with transaction() as current:
        nothing = sa.select(*table.c).where(sa.false())
        current.execute(sa.insert(table).from_select(list(table.c), nothing))
    assert [gone - before, number() - gone] == [int(table.info["shown"])] * 2


@pytest.mark.parametrize("table", schema.metadata.sorted_tables, ids=str)
def test_the_register_has_a_number_of_its_own(app, table):
    shop.make_buyable()
    shop.save()
    before = database.register_version()
    column = next(iter(table.c))
    with transaction() as current:
        current.connection().execute(sa.update(Listing).values(name="Khác"))
        current.connection().execute(sa.update(table).values({column: column}))
    is_of_it = table.name in {"certificates", "registered_products", "producers"}
    assert database.register_version() == (database.public_version() if is_of_it else before)


def test_rows_changed_through_the_session_count(app):
    listing, variant, _point = shop.make_buyable()
    shop.save()
    before = number()
    with transaction():
        session().get_one(Variant, variant.id).price_vnd += 1000
    with transaction():
        session().get_one(Listing, listing.id).description = "Khác."
    with transaction():
        session().execute(sa.update(Listing), [{"id": listing.id, "usage": "Khác."}])
    with transaction():
        session().scalars(sa.select(StockItem)).one().on_hand += 1
    assert number() == before + 3


@pytest.mark.parametrize("sql", ["UPDATE listings SET name = name", "\n delete from zones where false"])
def test_a_text_that_is_no_question_counts(app, sql):
    before = number()
    with transaction() as current:
        current.execute(sa.text(sql))
    assert number() == before + 1


def test_what_is_rolled_back_or_only_read_does_not_count(app):
    shop.make_buyable()
    shop.save()
    before = number()
    with suppress(ZeroDivisionError), transaction() as current:
        current.execute(sa.update(Variant).values(price_vnd=1))
        raise ZeroDivisionError
    with transaction() as current:
        current.scalars(sa.select(Variant)).all()
        current.execute(sa.text("SELECT 1"))
    assert number() == before
    with transaction():
        session().execute(sa.update(StockItem).values(on_hand=StockItem.on_hand + 1))
    assert number() == before


def test_acts_before_the_commit_get_the_number_and_force_it(app):
    before, told = number(), []
    with transaction():
        database.before_commit(told.append, first=lambda: told.append("first"))
        database.before_commit(told.append)
    assert told == ["first", before + 1, before + 1]
    assert number() == before + 1
    with transaction():
        pass
    assert number() == before + 1


def test_whoever_sees_a_number_sees_all_that_was_changed_up_to_it(own_app: Flask):
    """Writers in threads of their own, each noting the number it got; a reader looks all the time."""
    with own_app.app_context():
        with transaction():
            _listing, variant, _point = shop.make_buyable()
            first, variant_id = variant.price_vnd, variant.id
        start = number()
        db.session.remove()
    each, writers = 15, 4
    wrong: list[tuple[int, int]] = []
    done = threading.Event()

    def write() -> None:
        with own_app.app_context():
            for _ in range(each):
                with transaction() as current:
                    current.execute(
                        sa.update(Variant)
                        .where(Variant.id == variant_id)
                        .values(price_vnd=Variant.price_vnd + 1)
                    )
                db.session.remove()

    def read() -> None:
        with own_app.app_context():
            while not done.is_set():
                seen = number()
                price = session().scalar(sa.select(Variant.price_vnd))
                database.end_read()
                if price - first < seen - start:
                    wrong.append((seen, price))

    reader = threading.Thread(target=read)
    threads = [threading.Thread(target=write) for _ in range(writers)]
    reader.start()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    reader.join()
    with own_app.app_context():
        assert number() == start + each * writers
        db.session.remove()
    assert wrong == []


def test_what_is_kept_is_read_again_once_the_version_moved_and_by_whoever_writes(app):
    read: list[int] = []

    @kept
    def points() -> list[str]:
        read.append(1)
        return list(session().scalars(sa.select(Point.name)))

    assert points() == points() == []
    assert len(read) == 1
    with suppress(ZeroDivisionError), transaction():
        shop.make_point(name="Kho A")
        assert points() == ["Kho A"]
        raise ZeroDivisionError
    assert points() == []
    with transaction():
        made = shop.make_point(name="Kho B")
    assert points() == points() == [made.name]
    assert len(read) == 3
