import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from storefront import clock, text
from storefront.catalogue import queries as catalogue
from storefront.catalogue.models import Listing, Variant
from storefront.certification.models import RegisteredProduct
from storefront.cli import tables, verify
from storefront.cli.demo import load
from storefront.database import transaction
from storefront.journeys import import_catalogue
from storefront.producers.models import Producer
from storefront.stock.models import Lot
from storefront.traceability.models import TraceEvent

CATALOGUE = Path("storefront/cli/demo/catalogue.csv")
WHOLE_SENTENCE = re.compile(r"[.!?]\s*")


@pytest.fixture
def filled(app):
    with transaction():
        load.fill()


def test_every_product_has_a_listing_with_packs_and_85_certificates_hold(filled, db_session):
    listings = list(db_session.scalars(sa.select(Listing)))
    assert len(listings) == 129
    today = clock.today()
    assert (
        sum(one.valid_until is not None and one.valid_from <= today <= one.valid_until for one in listings)
        == 85
    )
    counted = sa.select(Variant.listing_id, sa.func.count()).group_by(Variant.listing_id)
    packs = {listing_id: count for listing_id, count in db_session.execute(counted)}  # noqa: C416
    assert set(packs) == {one.id for one in listings}
    assert set(packs.values()) <= {1, 2, 3}
    assert sum(one.is_alcohol for one in listings) == 8
    assert not any(catalogue.can_be_sold(one, today) for one in listings if one.is_alcohol)


def test_every_lot_has_steps_in_time_order_marked_illustrative(filled, db_session):
    lots = list(db_session.scalars(sa.select(Lot)))
    assert len({lot.code for lot in lots}) == len(lots) >= 129
    for lot in lots:
        steps = list(db_session.scalars(sa.select(TraceEvent).where(TraceEvent.lot_id == lot.id)))
        assert len(steps) >= 3
        assert all(step.is_illustrative for step in steps)
        assert max(step.happened_on for step in steps) <= lot.produced_on


def test_what_is_shown_adds_up(filled):
    assert verify.differences() == []


def test_importing_the_catalogue_again_changes_nothing(filled):
    rows = tables.read(CATALOGUE)
    with transaction():
        report = import_catalogue.run(rows, source="again", today=clock.today(), now=clock.now())
    assert report.counts == {"unchanged": len(rows)}


@pytest.mark.parametrize("said", [("description", "how_made"), ("description_en", "how_made_en")])
def test_no_two_listings_share_a_sentence_once_names_are_taken_out(filled, db_session, said):
    names = sorted(
        {
            text.fold(name)
            for row in db_session.execute(
                sa.select(
                    RegisteredProduct.name,
                    Producer.name,
                    RegisteredProduct.commune_name,
                    RegisteredProduct.commune_old,
                    RegisteredProduct.district_old,
                ).join(Producer, Producer.id == RegisteredProduct.producer_id)
            )
            for name in row
            if name
        },
        key=len,
        reverse=True,
    )
    seen: dict[str, str] = {}
    for listing in db_session.scalars(sa.select(Listing)):
        for sentence in WHOLE_SENTENCE.split(" ".join(getattr(listing, column) for column in said)):
            bare = text.fold(sentence)
            for name in names:
                bare = bare.replace(name, "·")
            if len(bare.replace("·", "").strip()) < 3:
                continue
            assert seen.setdefault(bare, listing.name) == listing.name, sentence


def test_no_listing_speaks_for_the_page_or_the_shop(db_session, filled):
    """What is written of a product is about the product: the page and the shop say their own things."""
    speaks = re.compile(r"\b(chúng tôi|trang|đặt được|this page|the page|we|our)\b", re.IGNORECASE)
    for listing in db_session.scalars(sa.select(Listing)):
        told = (listing.description, listing.how_made, listing.description_en, listing.how_made_en)
        assert not any(speaks.search(one) for one in told), listing.name


def test_no_listing_claims_what_it_may_not(db_session, filled):
    for listing in db_session.scalars(sa.select(Listing)):
        words = f"{listing.description} {listing.how_made} {listing.usage}".lower()
        for claim in (
            "chữa",
            "đặc trị",
            "khỏi bệnh",
            "bổ dưỡng",
            "gia truyền",
            "nổi tiếng",
            "hàng đầu",
            "giải thưởng",
        ):
            assert claim not in words, listing.name
