"""The index of a process keeps up with what is committed, whatever changed and by whom."""

from datetime import date

import pytest
import sqlalchemy as sa

from storefront import clock
from storefront.catalogue import service
from storefront.catalogue.models import Listing, Variant
from storefront.catalogue.search import engine, live, reading
from storefront.catalogue.search.engine import Asked
from storefront.catalogue.search.index import Index
from storefront.certification.models import RegisteredProduct
from storefront.database import session, transaction
from storefront.producers.models import Producer
from tests.factories import shop


@pytest.fixture
def honey(app):
    with transaction():
        listing, variant, _ = shop.make_buyable("Mật ong Cường Nga")
        shop.make_buyable("Cu đơ Phong Nga", kind="cu-do")
    return listing.id, variant.id


def asked(question="", **values):
    with live.current() as index:
        answer = engine.ask(index, Asked(question=question, **values), clock.today())
    return [card.name for card in answer.cards]


def states(index):
    """What an index says, in words that do not depend on positions."""
    ids = lambda found: sorted(index.rows[p].id for p in range(len(index.rows)) if found >> p & 1)  # noqa: E731
    live_only = index.live
    words = {
        (number, word): ids(postings.get(word) & live_only)
        for number, postings in enumerate(index.fields)
        for row_words in [row.words[:4] for row in index.rows]
        for part in row_words
        for word in part.lower().split()
    }
    return {
        "rows": sorted(
            (index.rows[p] for p in range(len(index.rows)) if live_only >> p & 1), key=lambda r: r.id
        ),
        "words": {key: found for key, found in words.items() if found},
        "values": {
            (facet, value): ids(found)
            for facet, known in index.values.items()
            for value, found in known.items()
            if found
        },
        "valid": ids(index.valid(clock.today()) & live_only),
        "orders": {sort: [index.rows[p].id for p in order] for sort, order in index.orders.items()},
        "months": {month: ids(found) for month, found in index.months.items() if found},
    }


def is_as_if_built_anew():
    fresh = Index()
    fresh.fill(reading.everything())
    with live.current() as index:
        assert states(index) == states(fresh)


def test_a_new_listing_is_found(honey):
    assert asked("mật ong") == ["Mật ong Cường Nga"]
    with transaction():
        shop.make_buyable("Mật ong Rào Cái")
    assert sorted(asked("mật ong")) == ["Mật ong Cường Nga", "Mật ong Rào Cái"]
    is_as_if_built_anew()


def test_an_unpublished_listing_is_gone_and_comes_back(honey):
    asked()
    with transaction():
        session().get_one(Listing, honey[0]).is_published = False
    assert "Mật ong Cường Nga" not in asked("mật ong")
    with transaction():
        session().get_one(Listing, honey[0]).is_published = True
    assert asked("mật ong") == ["Mật ong Cường Nga"]
    is_as_if_built_anew()


def test_a_deleted_listing_is_gone(app):
    with transaction():
        kept, gone = shop.make_listing(product_name="Cam Một"), shop.make_listing(product_name="Cam Hai")
    assert sorted(asked("cam")) == ["Cam Hai", "Cam Một"]
    with transaction():
        session().delete(gone)
    assert asked("cam") == ["Cam Một"]
    assert kept.id != gone.id
    is_as_if_built_anew()


def test_a_renamed_producer_is_found_by_the_new_name_alone(honey):
    asked()
    with transaction():
        producer_id = session().get_one(Listing, honey[0]).producer_id
        session().get_one(Producer, producer_id).name = "HTX Ong Rừng"
    assert asked("ong rừng") == ["Mật ong Cường Nga"]
    is_as_if_built_anew()


def test_a_renamed_commune_and_old_names_are_found(honey):
    asked()
    with transaction():
        listing = session().get_one(Listing, honey[0])
        listing.commune_name = "xã Hoa Thử"
        session().get_one(RegisteredProduct, listing.product_id).commune_old = "Ngàn Thử"
    assert asked("hoa thử") == ["Mật ong Cường Nga"]
    assert asked("ngàn thử", exactly=True) == ["Mật ong Cường Nga"]
    is_as_if_built_anew()


def test_prices_stock_and_certificates_move_listings_between_facets(honey):
    asked()
    listing_id, variant_id = honey
    with transaction():
        session().get_one(Variant, variant_id).price_vnd = 900_000
        service.note_stock(listing_id, left_shown={}, in_stock=False, sent_from=[])
    assert asked("mật ong dưới 100k") == []
    assert asked("mật ong trên 800k") == ["Mật ong Cường Nga"]
    assert asked("mật ong còn hàng", exactly=False) == []
    with transaction():
        session().get_one(Listing, listing_id).valid_until = date(2026, 11, 1)
    with live.current() as index:
        answer = engine.ask(index, Asked(question="mật ong"), clock.today())
    assert answer.cards[0].is_valid is False
    is_as_if_built_anew()


def test_the_price_is_of_a_pack_on_hand_while_there_is_one(honey):
    listing_id, dear_id = honey
    with transaction():
        cheap = shop.make_variant(session().get_one(Listing, listing_id), "350 ml", price=90_000, position=2)
        cheap_id = cheap.id

    def shown(**left):
        with transaction():
            numbers = {dear_id: left["dear"], cheap_id: left["cheap"]}
            service.note_stock(listing_id, left_shown=numbers, in_stock=any(numbers.values()), sent_from=[])
        with live.current() as index:
            card = engine.ask(index, Asked(question="mật ong"), clock.today()).cards[0]
        is_as_if_built_anew()
        return card.price_vnd, card.price_from

    assert shown(dear=5, cheap=5) == (90_000, True)
    assert shown(dear=5, cheap=0) == (185_000, False)
    assert shown(dear=0, cheap=0) == (90_000, True)


def test_a_statement_over_many_rows_is_seen(honey):
    asked()
    with transaction():
        session().execute(sa.update(Listing).values(stars=5))
    with live.current() as index:
        assert {row.stars for row in index.rows} == {5}
    is_as_if_built_anew()


def test_what_is_rolled_back_is_not_seen(honey):
    asked()

    def fail():
        session().get_one(Listing, honey[0]).is_published = False
        session().flush()
        raise RuntimeError

    with pytest.raises(RuntimeError), transaction():
        fail()
    assert asked("mật ong") == ["Mật ong Cường Nga"]


def test_a_certificate_lapses_with_the_day(honey):
    with live.current() as index:
        before = engine.ask(index, Asked(only_valid=True), date(2027, 10, 15)).total
        after = engine.ask(index, Asked(only_valid=True), date(2027, 10, 16)).total
    assert (before, after) == (2, 0)


def test_reading_what_changed_takes_few_statements_and_nothing_is_built_anew(honey, monkeypatch):
    asked()
    monkeypatch.setattr(live, "_built", lambda: pytest.fail("built anew"))
    with transaction():
        service.note_stock(honey[0], left_shown={}, in_stock=False, sent_from=[])
    assert asked("cu đơ") == ["Cu đơ Phong Nga"]
