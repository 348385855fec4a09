"""The counter in a browser: rows that come by themselves, keys, scans, many orders at once; and all of it without scripts."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from storefront.database import session
from storefront.orders.models import Order, OrderPick
from storefront.orders.states import OrderState
from tests.browser.conftest import open_context
from tests.browser.looking import plentiful, sign_in
from tests.factories.orders import make_order

MANAGER = "quanly@demo.test"


def place(live_shop, state=OrderState.NEW, quantity=2):
    """An order that a shopper has just placed: its id and the code of the lot it takes."""
    with live_shop.changing():
        order = make_order(buyable=plentiful(), state=state, quantity=quantity)
        session().flush()
        lot = session().scalars(
            sa.select(OrderPick.lot_code).where(OrderPick.id == order.lines[0].picks[0].id)
        )
        return order.id, lot.one()


def state_of(live_shop, order):
    with live_shop.app.app_context():
        return session().scalar(sa.select(Order.state).where(Order.id == order))


@pytest.fixture(params=[True, False], ids=["with-scripts", "without-scripts"])
def plain_desk(request, live_shop, chromium):
    yield from _desk(live_shop, chromium, request.param)


@pytest.fixture
def desk(live_shop, chromium):
    yield from _desk(live_shop, chromium, True)


def _desk(live_shop, chromium, scripts):
    context = open_context(
        chromium,
        viewport={"width": 1280, "height": 900},
        java_script_enabled=scripts,
        base_url=live_shop.url,
    )
    sign_in(context, live_shop, MANAGER)
    yield context.new_page()
    context.close()


@pytest.mark.browser
def test_a_new_order_shows_without_reload(desk, live_shop):
    place(live_shop)
    desk.goto("/quay/hang-cho/cho-xac-nhan", wait_until="networkidle")
    count = desk.locator("[data-live='dem:/quay/hang-cho/cho-xac-nhan']").first
    before = int(count.inner_text())
    desk.locator("tbody input[type=checkbox]").first.check()
    desk.evaluate("document.activeElement.blur(); window.stays = true")
    made, _lot = place(live_shop)
    desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    desk.locator(f"tr.fresh[data-id='{made}']").wait_for()
    assert int(count.inner_text()) == before + 1
    assert desk.locator("[data-live=total]").inner_text() == f"{before + 1} đơn"
    assert desk.locator("tbody input:checked").count() == 1
    assert desk.evaluate("window.stays")


@pytest.mark.browser
def test_the_first_order_ends_an_empty_queue(desk, live_shop):
    with live_shop.changing():
        session().execute(
            sa.update(Order).where(Order.state == OrderState.FAILED).values(state=OrderState.RETURNED)
        )
    desk.goto("/quay/hang-cho/co-van-de", wait_until="networkidle")
    assert desk.locator(".empty").is_visible()
    desk.evaluate("document.activeElement.blur()")
    order, _lot = place(live_shop, OrderState.FAILED)
    desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    desk.locator(f"tr[data-id='{order}']").wait_for()
    assert not desk.locator(".empty").is_visible()


@pytest.mark.browser
def test_the_key_of_an_action_presses_it(desk, live_shop):
    order, _lot = place(live_shop)
    desk.goto(f"/quay/don/{order}", wait_until="networkidle")
    desk.evaluate("document.activeElement.blur()")
    desk.keyboard.press("x")
    desk.keyboard.press("k")
    assert desk.locator("details[open]").count() == 0
    with desk.expect_navigation():
        desk.keyboard.press("Alt+x")
    assert state_of(live_shop, order) is OrderState.CONFIRMED
    desk.wait_for_load_state("networkidle")
    desk.keyboard.press("Alt+k")
    assert desk.locator("details[open] textarea").is_visible()
    assert state_of(live_shop, order) is OrderState.CONFIRMED


@pytest.mark.browser
def test_scanning_a_lot_ticks_its_line_and_the_tick_stays(desk, live_shop):
    order, lot = place(live_shop, OrderState.PACKING)
    desk.goto(f"/quay/don/{order}", wait_until="networkidle")
    box, scan = desk.locator(".pick input"), desk.locator("[name=q]")

    def read(text):
        scan.fill(text)
        scan.press("Enter")

    read(lot)
    assert not box.is_checked()
    assert desk.locator(".pick b").inner_text() == "1/2"
    desk.reload(wait_until="networkidle")
    assert desk.locator(".pick b").inner_text() == "1/2"
    read(f"{live_shop.url}/t/{lot}")
    assert box.is_checked()
    desk.reload(wait_until="networkidle")
    assert box.is_checked()
    box.uncheck()
    desk.reload(wait_until="networkidle")
    assert not box.is_checked()
    assert desk.url.endswith(f"/quay/don/{order}")


@pytest.mark.browser
def test_many_orders_are_confirmed_at_once(plain_desk, live_shop):
    orders = [place(live_shop)[0] for _ in range(2)]
    left, _lot = place(live_shop)
    plain_desk.goto("/quay/hang-cho/cho-xac-nhan")
    for order in orders:
        plain_desk.locator(f"input[name=don][value='{order}']").check()
    with plain_desk.expect_navigation():
        plain_desk.get_by_role("button", name=re.compile("Xác nhận")).click()
    assert [state_of(live_shop, order) for order in orders] == [OrderState.CONFIRMED] * 2
    assert state_of(live_shop, left) is OrderState.NEW


@pytest.mark.browser
def test_an_order_goes_its_way_with_and_without_scripts(plain_desk, live_shop):
    order, lot = place(live_shop)
    plain_desk.goto("/quay")
    plain_desk.locator("[name=q]").fill(lot)
    with plain_desk.expect_navigation():
        plain_desk.locator(".scan-form button").click()
    plain_desk.goto(f"/quay/don/{order}")
    for label in ("Xác nhận đơn", "Bắt đầu gói"):
        with plain_desk.expect_navigation():
            plain_desk.get_by_role("button", name=label).click()
    plain_desk.locator("summary", has_text="Giao cho người chở").click()
    plain_desk.locator("details[open] input[type=radio][value=own]").check(force=True)
    with plain_desk.expect_navigation():
        plain_desk.locator("details[open] form button").first.click()
    assert state_of(live_shop, order) is OrderState.HANDED_OVER
