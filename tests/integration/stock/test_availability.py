"""What pages show of stock follows what is on hand, and changes only where a page says something else."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import flask_migrate
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storefront import clock, database
from storefront.catalogue.models import Listing, Variant
from storefront.cli import verify
from storefront.database import db, session, transaction
from storefront.journeys import edit_listing, note_stock
from storefront.stock import availability
from storefront.stock import service as stock
from storefront.stock.models import Lot, MovementReason, Point, StockItem
from tests.factories import shop
from tests.integration.journeys.test_races import basket, place


def cause() -> stock.Cause:
    return stock.Cause(reason=MovementReason.CORRECTED, reference="thử", actor_id=None, now=clock.now())


def put(item_id: int, on_hand: int) -> None:
    """Count a stock item anew, as the counter does."""
    with transaction():
        item = session().get_one(StockItem, item_id, populate_existing=True)
        listing_id = session().get_one(Variant, item.variant_id).listing_id
        edit_listing.correct_stock(
            listing_id=listing_id,
            item_id=item_id,
            on_hand=on_hand,
            seen=item.on_hand,
            actor_id=shop.make_staff().id,
            now=clock.now(),
        )


def version() -> int:
    found = database.public_version()
    database.end_read()
    return found


def shown() -> list[tuple[object, ...]]:
    """What the columns say, listing by listing and pack by pack."""
    packs = sa.select(Variant.id, Variant.left_shown).order_by(Variant.id)
    listings = sa.select(Listing.id, Listing.in_stock, Listing.sent_from).order_by(Listing.id)
    found = [tuple(row) for asked in (packs, listings) for row in session().execute(asked)]
    database.end_read()
    return found


def by_hand() -> list[tuple[object, ...]]:
    """The same, computed from the rows in the plainest way."""
    day = clock.today()
    session().expire_all()
    lots = {one.id: one for one in session().scalars(sa.select(Lot))}
    points = {one.id: one for one in session().scalars(sa.select(Point))}
    kept: dict[tuple[int, int], int] = {}
    for item in session().scalars(sa.select(StockItem)):
        ends, closes = lots[item.lot_id].expires_on, points[item.point_id].closed_on
        if (ends is None or day <= ends) and (closes is None or day < closes):
            key = item.variant_id, item.point_id
            kept[key] = kept.get(key, 0) + item.on_hand
    packs = list(session().scalars(sa.select(Variant).order_by(Variant.id)))
    most = {one.id: max((n for (v, _), n in kept.items() if v == one.id), default=0) for one in packs}
    on_sale = {one.id: one.listing_id for one in packs if one.is_on_sale}
    found: list[tuple[object, ...]] = [(one.id, min(most[one.id], 6)) for one in packs]
    for listing_id in session().scalars(sa.select(Listing.id).order_by(Listing.id)):
        at = sorted({p for (v, p), n in kept.items() if n and on_sale.get(v) == listing_id})
        found.append((listing_id, bool(at), at))
    database.end_read()
    return found


@pytest.fixture
def jars(app):
    """One pack in one lot at one point, 12 of it."""
    with transaction():
        shop.make_buyable(on_hand=12)
        return session().scalars(sa.select(StockItem.id)).one()


@pytest.mark.parametrize(
    ("before", "after", "is_another_page"),
    [(12, 11, 0), (11, 7, 0), (7, 6, 0), (6, 5, 1), (5, 4, 1), (1, 0, 1), (0, 3, 1), (3, 9, 1), (9, 9, 0)],
)
def test_the_version_rises_only_where_a_page_says_something_else(jars, before, after, is_another_page):
    put(jars, before)
    at_first = version()
    put(jars, after)
    assert version() == at_first + is_another_page
    assert shown() == by_hand()


def test_an_order_that_leaves_enough_changes_no_page(app):
    with transaction():
        _, variant, _ = shop.make_buyable(price=185_000, on_hand=8)
        baskets = [basket(variant, f"nguoi-{number}") for number in range(4)]
    said = []
    for one in baskets:
        before = version()
        assert place(app, *one).startswith("DH")
        said.append(version() - before)
        assert shown() == by_hand()
    assert said == [0, 0, 1, 1]  # 7, 6, 5 and 4 left


def test_another_point_changes_the_page_that_names_it(jars):
    with transaction():
        listing, variant = (
            session().scalars(sa.select(Listing)).one(),
            session().scalars(sa.select(Variant)).one(),
        )
        first, second = listing.sent_from[0], shop.make_point()
    before = version()
    with transaction():
        shop.stock_up(variant, second, 9)
    assert version() > before
    assert shown() == [(variant.id, 6), (listing.id, True, [first, second.id])]


def test_midnight_and_a_closing_point_are_seen_everywhere(jars):
    with transaction():
        _, late, _ = shop.make_buyable(on_hand=2)
        lot = session().scalars(sa.select(Lot).where(Lot.listing_id == late.listing_id)).one()
        lot.expires_on = clock.today() - timedelta(days=1)
    assert len(availability.behind(clock.today())) == 1
    assert any("other stock" in line for line in verify.differences())
    with transaction():
        note_stock.everywhere(day=clock.today())
    assert shown() == by_hand()
    before = version()
    with transaction():
        note_stock.everywhere(day=clock.today())
    assert version() == before
    with transaction():
        session().execute(sa.update(Point).values(closed_on=clock.today()))
        note_stock.everywhere(day=clock.today())
    assert shown() == by_hand()
    assert verify.differences() == []


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("count"), st.integers(0, 5), st.integers(0, 14)),
        st.tuples(st.just("take"), st.integers(0, 5), st.integers(1, 4)),
        st.tuples(st.just("sale"), st.integers(0, 2), st.booleans()),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_happens_the_columns_are_what_is_on_hand(app, acts):
    with transaction():
        points = [shop.make_point(), shop.make_point()]
        listing, first, _ = shop.make_buyable(on_hand=3, point=points[0])
        packs = [first, shop.make_variant(listing, "1 lít"), shop.make_buyable(point=points[1])[1]]
        lots = [shop.stock_up(pack, point, 4) for pack in packs for point in points]
        assert lots
        items = list(session().scalars(sa.select(StockItem).order_by(StockItem.id.desc()).limit(6)))
    for act, which, value in acts:
        before, looked = version(), shown()
        with transaction():
            if act == "sale":
                pack = packs[which]
                session().execute(sa.update(Variant).where(Variant.id == pack.id).values(is_on_sale=value))
                note_stock.run(listing_ids=[pack.listing_id], day=clock.today())
            else:
                item = session().get_one(StockItem, items[which].id, populate_existing=True)
                wanted = value if act == "count" else max(item.on_hand - value, 0)
                stock.set_on_hand(item_id=item.id, on_hand=wanted, seen=item.on_hand, cause=cause())
                listing_id = session().get_one(Variant, item.variant_id).listing_id
                note_stock.run(listing_ids=[listing_id], day=clock.today())
        assert shown() == by_hand()
        if act != "sale":
            assert (version() > before) == (shown() != looked)


def test_two_orders_at_once_see_what_both_leave(own_app, monkeypatch):
    """Each takes the last of another pack, so they change different rows; one must wait for the other all the same."""
    with own_app.app_context():
        with transaction():
            listing, first, _ = shop.make_buyable(price=185_000, on_hand=1)
            second = shop.make_variant(listing, "1 lít", price=185_000)
            shop.stock_up(second, shop.make_point(), 1)
            baskets = [basket(first, "một"), basket(second, "hai")]
        db.session.remove()

    def slowly(**values: object) -> None:
        noted(**values)
        time.sleep(0.5)

    noted = note_stock.run
    monkeypatch.setattr(note_stock, "run", slowly)
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda pair: place(own_app, *pair), baskets))
    with own_app.app_context():
        assert all(answer.startswith("DH") for answer in answers)
        assert shown() == by_hand() == [(first.id, 0), (second.id, 0), (listing.id, False, [])]
        db.session.remove()


def test_the_migration_fills_the_columns_from_the_stock_there_is(own_app):
    with own_app.app_context():
        with transaction():
            point = shop.make_point()
            _, variant, _ = shop.make_buyable(on_hand=3, point=point)
            shop.stock_up(variant, shop.make_point(), 20)
            late = shop.make_buyable(on_hand=2, point=point)[1]
            session().execute(
                sa.update(Lot)
                .where(Lot.listing_id == late.listing_id)
                .values(expires_on=clock.today() - timedelta(days=1))
            )
            shop.make_listing()
            note_stock.everywhere(day=clock.today())
        expected = shown()
        assert expected == by_hand()
        db.session.remove()
        flask_migrate.downgrade(revision="0006_languages_of_letters")
        flask_migrate.upgrade()
        assert shown() == expected
        assert verify.differences() == []
        db.session.remove()
