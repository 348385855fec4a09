"""A stranger buys honey on a phone as a guest, a clerk delivers it, and the lot's code leads to its page."""

import re

import pytest

from tests.browser.conftest import open_context

CLERK = "quay@demo.test"


def sign_in(page, live_shop):
    page.goto(live_shop.url + "/dang-nhap")
    form = page.locator("form:has(input[type=password])")
    form.locator("input:not([type=hidden]):not([type=password])").first.fill(CLERK)
    form.locator("input[type=password]").fill(live_shop.passwords[CLERK])
    form.get_by_role("button").click()
    page.wait_for_url(re.compile("/quay"))


def act(page, label):
    """Press a button of the order's page; the answer is a new page."""
    with page.expect_navigation():
        page.get_by_role("button", name=label).first.click()


@pytest.mark.browser
def test_honey_from_the_list_to_the_door(live_shop, phone, chromium):
    page = phone
    page.goto(live_shop.url + "/tim?q=mat+ong+cuong+nga")
    page.get_by_role("link", name="Mật ong Cường Nga").first.click()
    page.wait_for_url("**/san-pham/mat-ong-cuong-nga")
    assert page.locator(".buy .prices").inner_text().startswith("110.000")
    page.locator(".packs label", has_text="Chai 500 ml").click()
    assert page.locator(".buy .prices").inner_text().startswith("152.000")
    page.get_by_role("button", name="Thêm vào giỏ").click()
    page.wait_for_url("**/gio-hang")
    page.goto(live_shop.url + "/dat-hang")
    page.get_by_label("Số điện thoại").fill("0912 345 67")
    page.get_by_label("Họ và tên").fill("Trần Thị Hà")
    page.locator("[name=place]").fill("Hương Trạch, Hương Khê")
    page.locator("[name=street]").fill("Thôn 1")
    page.locator("[name=consent]").check()
    page.get_by_role("button", name="Xem lại đơn").click()
    page.wait_for_load_state("load")
    assert "Thiếu một chữ số" in page.content()
    assert page.get_by_label("Họ và tên").input_value() == "Trần Thị Hà"
    page.get_by_label("Số điện thoại").fill("0912 345 678")
    page.get_by_role("button", name="Xem lại đơn").click()
    page.wait_for_load_state("load")
    if "xem-lai" not in page.url:  # the place asks which one is meant
        page.locator("[name=place_pick]").first.check(force=True)
        page.get_by_role("button", name="Xem lại đơn").click()
    page.wait_for_url("**/dat-hang/xem-lai")
    assert "xã Phúc Trạch" in page.content()
    page.get_by_role("button", name=re.compile(r"^Đặt hàng")).click()
    page.wait_for_url(re.compile(r"/don-hang/DH[^/]+/"))
    order_url = page.url
    assert "Huỷ cả đơn này" in page.content()
    code = re.search(r"/don-hang/(DH[A-Z0-9]+)/", order_url)[1]
    lot = page.locator("a[href*='/t/L']").first.get_attribute("href")

    desk = open_context(chromium, viewport={"width": 1280, "height": 900})
    counter = desk.new_page()
    sign_in(counter, live_shop)
    counter.goto(f"{live_shop.url}/quay/tim?q={code}")
    if "/quay/don/" not in counter.url:
        counter.locator("a[href*='/quay/don/']").first.click()
        counter.wait_for_url("**/quay/don/*")
    act(counter, re.compile(r"^Xác nhận đơn"))
    act(counter, re.compile(r"^Bắt đầu gói"))
    counter.locator("summary", has_text="Giao cho người chở").click()
    counter.locator("details[open] input[type=radio][value=own]").check(force=True)
    with counter.expect_navigation():
        counter.locator("details[open] form button").first.click()
    page.reload()
    assert "Huỷ cả đơn này" not in page.content()
    act(counter, re.compile(r"^Khách đã nhận"))
    act(counter, re.compile(r"^Hoàn tất"))
    page.goto(order_url)
    assert page.locator(".progress li.done").count() == 4
    page.goto(live_shop.url + lot)
    assert "Lô có thật, chứng nhận còn hạn" in page.content()
    desk.close()
