"""axe finds nothing, no rule switched off, light and dark, on a phone and on a desk, behind the staff door."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from storefront import clock
from storefront.accounts import service as accounts
from storefront.cases import service as cases
from storefront.cases.models import CaseKind
from storefront.catalogue.models import Listing, Variant
from storefront.database import session
from storefront.orders.queries import QUEUES
from storefront.orders.states import OrderState
from storefront.stock.models import StockItem
from tests.browser.conftest import open_context
from tests.browser.looking import DESK, PHONE, Eye, plentiful, sign_in
from tests.factories import shop
from tests.factories.orders import make_order

MANAGER = "quanly@demo.test"


@pytest.fixture
def eye(live_shop, chromium):
    context = open_context(chromium, bypass_csp=True)
    made = Eye(context, live_shop, widths=(PHONE, DESK))
    sign_in(context, live_shop, MANAGER)
    yield made
    context.close()


@pytest.fixture(scope="module")
def waiting(live_shop):
    """An order in every state, by state."""
    with live_shop.changing():
        return {state: make_order(buyable=plentiful(), state=state).id for state in OrderState}


@pytest.fixture(scope="module")
def case_codes(live_shop):
    """A case of every kind."""
    topics = {
        CaseKind.COMPLAINT: "damaged",
        CaseKind.SUSPICION: "fake_stamp",
        CaseKind.PERSONAL_DATA: "delete",
    }
    with live_shop.changing():
        return [
            cases.open_case(
                cases.NewCase(
                    kind=kind,
                    topic=topic,
                    text="Tem trên hũ không quét được.",
                    reference="",
                    contact_name="Trần Thị Hà",
                    contact_phone="+84912345678",
                    contact_email=None,
                ),
                now=clock.now(),
            ).code
            for kind, topic in topics.items()
        ]


@pytest.mark.browser
def test_the_counter(eye, waiting):
    eye.open("/quay")
    for queue in QUEUES:
        eye.open(f"/quay/hang-cho/{queue}")
    eye.open(f"/quay/hang-cho/cho-xac-nhan?don={waiting[OrderState.NEW]}")
    eye.open("/quay/tim?q=xyzzy")
    eye.open("/quay/tim?q=0912345678")
    eye.open(f"/quay/phieu?don={waiting[OrderState.NEW]}")
    assert eye.found == {}


@pytest.mark.browser
def test_orders_in_every_state(eye, waiting):
    for state, order in waiting.items():
        eye.open(f"/quay/don/{order}", label=state.value)
    order = f"/quay/don/{waiting[OrderState.NEW]}"
    eye.send(f"{order}/dia-chi", 422, ten="", dien_thoai="12", noi="Sơn", duong="")
    eye.send(f"{order}/ghi-chu", 422)
    eye.send(f"{order}/trang-thai", 422, muc="rejected", thay="new", label="no reason given")
    eye.send(f"{order}/trang-thai", 409, muc="packing", thay="confirmed", label="moved on")
    assert eye.found == {}


@pytest.mark.browser
def test_cases_and_accounts(eye, live_shop, case_codes):
    for tab in ("cho", "da-tra-loi", "da-dong"):
        eye.open(f"/quay/ho-so?muc={tab}")
    for code in case_codes:
        eye.open(f"/quay/ho-so/{code}")
    eye.send(f"/quay/ho-so/{case_codes[0]}", 422)
    eye.open("/quay/tai-khoan")
    eye.open("/quay/tai-khoan?tim=khong-ai@example.org")
    eye.open("/quay/tai-khoan?tim=khach@demo.test")
    with live_shop.changing():
        shopper = accounts.find("khach@demo.test").id
    eye.send(f"/quay/tai-khoan/{shopper}/lien-ket", 422)
    assert eye.found == {}


@pytest.mark.browser
def test_listings_packs_and_stock(eye, live_shop):
    with live_shop.changing():
        listing = session().scalars(sa.select(Listing.id).order_by(Listing.id)).first()
        pack = session().scalars(sa.select(Variant.id).where(Variant.listing_id == listing)).first()
        item = session().scalars(sa.select(StockItem.id).where(StockItem.variant_id == pack)).first()
        bare = shop.make_product().id
    page = f"/quay/san-pham/{listing}"
    for query in ("", "?hien=chua-co", "?hien=het-hang", "?q=xyzzy", "?trang=2"):
        eye.open(f"/quay/san-pham{query}")
    eye.open(f"/quay/san-pham/them?product={bare}", label="listing to be made")
    eye.send(f"/quay/san-pham/them?product={bare}", 422, label="listing to be made, all missing")
    eye.open(page)
    eye.send(page, 422, kind="khong-co")
    eye.send(f"{page}/dia-chi", 422, **{"dia-chi-slug": "Không Được"})
    eye.send(f"{page}/goi", 422)
    eye.send(f"{page}/goi/{pack}", 422, label=f"{page}/goi", **{f"goi{pack}-price_vnd": "rẻ"})
    eye.send(f"{page}/kho", 422)
    eye.send(f"{page}/kho/{item}", 422, **{f"kho{item}-on_hand": "-1"})
    eye.send(f"{page}/kho/{item}", 409, **{f"kho{item}-on_hand": "7", f"kho{item}-seen": "999"})
    assert eye.found == {}
