"""The bench's catalogue: as large as asked, sound by everything `flask verify` compares, and sold like any other."""

import pytest
import sqlalchemy as sa

from storefront import clock
from storefront.catalogue import queries
from storefront.catalogue.models import Listing
from storefront.cli import verify
from storefront.cli.demo import load
from storefront.database import transaction
from storefront.stock.models import Lot
from tests.factories import shop
from tools.bench import generate


@pytest.fixture
def grown(app, db_session):
    with transaction():
        load.fill()
    generate.grow(200)
    return db_session


def test_it_is_as_large_as_asked_and_sound(grown):
    assert grown.scalar(sa.select(sa.func.count(Listing.id))) == 200
    assert verify.differences() == []
    assert generate.grow(200) == 0


def test_a_generated_product_is_sold_like_any_other(grown, client):
    listing = grown.scalars(
        sa.select(Listing)
        .where(Listing.valid_until >= clock.today(), Listing.is_alcohol.is_(False))
        .order_by(Listing.id.desc())
        .limit(1)
    ).one()
    lot = grown.scalars(sa.select(Lot).where(Lot.listing_id == listing.id).limit(1)).one()
    assert queries.can_be_sold(listing, clock.today())
    assert listing.name in client.get(f"/san-pham/{listing.slug}").text
    assert listing.name in client.get(f"/t/{lot.code}").text
    newest = grown.scalar(sa.select(sa.func.max(Listing.id)))
    added, _, _ = shop.make_buyable("Mật ong Thử")
    assert added.id > newest
