"""How many queries a public page runs: as many at ten listings as at a thousand."""

import itertools
import re

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from storefront import schema
from storefront.catalogue.models import Listing
from storefront.certification.models import Certificate, RegisteredProduct
from storefront.database import db, transaction
from storefront.stock.models import StockItem
from tests.factories import shop

MOST = {
    "/": 4,
    "/san-pham": 1,
    "/nhom/thuc-pham": 1,
    "/tim?q=mat": 1,
    "/so-dang-ky": 4,
    "/chu-the": 3,
    "/san-pham/{slug}": 8,
    "/chu-the/{producer}": 6,
    "/soi": 1,
    "/t/{lot}": 8,
    "/sitemap.xml": 1,
    "/sitemap-trang.xml": 3,
    "/sitemap-nguoi-lam.xml": 1,
    "/sitemap-san-pham-1.xml": 1,
    "/so-dang-ky/moi.rss": 2,
    "/api/v1/certificates?limit=100": 2,
    "/api/v1/listings?limit=100": 3,
    "/api/v1/producers?limit=100": 1,
    "/api/v1/listings/{slug}": 3,
    "/api/v1/lots/{lot}": 4,
}
HIDDEN = {t.name for t in schema.metadata.sorted_tables if not t.info["shown"]} - {"public_version"}
"""No page reads these: a change of them raises no public version, so what is kept of the page would be stale."""
_codes = itertools.count(1)


def copy_rows(session, row, count, **changes):
    """So many copies of a row by one INSERT; returns their ids."""
    table = type(row).__table__
    values = {c.name: getattr(row, c.name) for c in table.columns if c.name != "id"}
    made = [{**values, **{key: make() for key, make in changes.items()}} for _ in range(count)]
    return list(session.scalars(sa.insert(type(row)).returning(type(row).id), made))


def grow(session, listing, variant, lot, count):
    """So many more listings like that one, each with certificate, variant, lot and stock."""
    unique = lambda word: lambda: f"{word}-{next(_codes)}"  # noqa: E731
    product = session.get(RegisteredProduct, listing.product_id)
    certificate = session.scalar(sa.select(Certificate).where(Certificate.product_id == product.id))
    item = session.scalar(sa.select(StockItem).where(StockItem.variant_id == variant.id))
    products = iter(copy_rows(session, product, count, name_folded=unique("mat ong")))
    ids = list(products)
    copy_rows(session, certificate, count, product_id=iter(ids).__next__)
    listings = copy_rows(session, listing, count, product_id=iter(ids).__next__, slug=unique("mat"))
    variants = copy_rows(session, variant, count, listing_id=iter(listings).__next__, sku=unique("sku"))
    lots = copy_rows(session, lot, count, listing_id=iter(listings).__next__, code=unique("L"))
    copy_rows(session, item, count, variant_id=iter(variants).__next__, lot_id=iter(lots).__next__)


@pytest.fixture
def counted(client, db_session):
    with transaction() as session:
        listing, variant, point = shop.make_buyable("Mật ong Cường Nga")
        lot = shop.stock_up(variant, point)
        grow(session, listing, variant, lot, 9)
    from storefront.producers.models import Producer

    names = {
        "slug": listing.slug,
        "lot": lot.code,
        "producer": db_session.get(Producer, listing.producer_id).slug,
    }
    seen: list[str] = []
    connection = db.engines[None]
    event.listen(connection, "before_cursor_execute", lambda *a: seen.append(a[2]))

    def ask(path):
        seen.clear()
        assert client.get(path.format(**names)).status_code == 200
        return [sql for sql in seen if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))]

    return ask, lambda: grow(db_session, listing, variant, lot, 990)


@pytest.mark.parametrize("path", MOST)
def test_the_number_of_queries_does_not_grow_with_the_catalogue(counted, path, db_session):
    ask, grow_to_a_thousand = counted
    ask(
        path
    )  # the first one builds the index of the process, the next one catches up with what it has not seen
    few = ask(path)
    with transaction():
        grow_to_a_thousand()
    ask(path)
    assert db_session.scalar(sa.select(sa.func.count(Listing.id))) == 1000
    many = ask(path)
    assert len(many) == len(few)
    assert len(many) <= MOST[path], many
    assert HIDDEN.isdisjoint(word for sql in many for word in re.findall(r"\w+", sql))
