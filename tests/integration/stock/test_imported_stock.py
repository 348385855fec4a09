"""What an import says of stock is what imports have brought in all, whatever happened to it since."""

import pytest
import sqlalchemy as sa

from storefront import clock
from storefront.database import session, transaction
from storefront.stock import service as stock
from storefront.stock.models import MovementReason, StockItem, StockMovement
from tests.factories import shop


@pytest.fixture
def item(app):
    with transaction():
        _, variant, point = shop.make_buyable("Mật ong Cường Nga")
        lot = shop.stock_up(variant, point, 10)
        found = session().scalar(sa.select(StockItem).where(StockItem.lot_id == lot.id))
        sale = stock.Cause(reason=MovementReason.SOLD, reference="DH", actor_id=None, now=clock.now())
        stock._change(found.id, -3, sale)
    return found


def brought(item, supplied):
    """Import that number; whether anything changed, and what is on hand then."""
    cause = stock.Cause(reason=MovementReason.RECEIVED, reference="again.csv", actor_id=None, now=clock.now())
    with transaction():
        changed = stock.keep_item(
            variant_id=item.variant_id,
            lot_id=item.lot_id,
            point_id=item.point_id,
            shelf="A1",
            supplied=supplied,
            cause=cause,
        )
    session().expire_all()
    return changed, session().get_one(StockItem, item.id).on_hand


def moves(item):
    return session().scalar(
        sa.select(sa.func.count(StockMovement.id)).where(StockMovement.stock_item_id == item.id)
    )


def test_the_same_file_again_puts_nothing_sold_back_on_the_shelf(item):
    before = moves(item)
    assert brought(item, 10) == (False, 7)
    assert moves(item) == before


def test_a_higher_number_adds_the_difference_and_a_lower_one_takes_what_is_there(item):
    assert brought(item, 14) == (True, 11)
    assert brought(item, 12) == (True, 9)
    assert brought(item, 1) == (True, 0)
    assert brought(item, 1) == (False, 0)


def test_what_staff_received_is_none_of_the_imports(item):
    with transaction():
        clerk = shop.make_user()
        cause = stock.Cause(reason=MovementReason.RECEIVED, reference="", actor_id=clerk.id, now=clock.now())
        stock._change(item.id, 5, cause)
    assert brought(item, 10) == (False, 12)
