"""The search field in a real browser: offers while typing, the keyboard, and the same without scripts."""

import pytest

from tests.browser.conftest import open_context

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(live_shop, chromium):
    context = open_context(chromium, viewport={"width": 1280, "height": 900}, has_touch=False)
    page = context.new_page()
    page.goto(live_shop.url + "/")
    yield page
    context.close()


def field_of(page):
    return page.get_by_role("combobox", name="Tìm sản phẩm")


def test_the_keyboard_moves_through_offers_and_enter_opens_one(desk):
    field = field_of(desk)
    field.press_sequentially("mat ong cuo")
    offers = desk.get_by_role("option")
    offers.first.filter(has_text="Mật ong Cường Nga").wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    assert offers.first.inner_text().startswith("Mật ong Cường Nga")
    field.press("ArrowDown")
    assert offers.first.get_attribute("aria-selected") == "true"
    assert field.get_attribute("aria-activedescendant") == offers.first.get_attribute("id")
    assert field.evaluate("e => e === document.activeElement")
    field.press("Enter")
    desk.wait_for_url("**/san-pham/mat-ong-cuong-nga")


def test_escape_closes_then_clears_and_enter_alone_searches(desk):
    field = field_of(desk)
    field.press_sequentially("nhug huou")
    desk.get_by_role("option").first.wait_for()
    field.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert field.input_value() == "nhug huou"
    field.press("Escape")
    assert field.input_value() == ""
    field.press_sequentially("nhug huou")
    field.press("Enter")
    desk.wait_for_url("**/tim?q=nhug+huou")
    assert desk.get_by_text("Hiện kết quả cho “nhung hươu”").is_visible()


def test_an_answer_on_its_way_does_not_open_what_escape_closed(desk):
    field = field_of(desk)
    field.press_sequentially("nhug")
    desk.get_by_role("option").first.wait_for()
    desk.route("**/goi-y*", lambda route: (desk.wait_for_timeout(300), route.continue_()))
    field.press_sequentially(" huou")
    desk.wait_for_timeout(200)
    field.press("Escape")
    desk.wait_for_timeout(600)
    assert field.get_attribute("aria-expanded") == "false"


def test_half_made_letters_ask_nothing_and_leaving_closes(desk):
    asked = []
    desk.on("request", lambda request: asked.append(request.url) if "/goi-y" in request.url else None)
    field = field_of(desk)
    field.focus()
    field.evaluate(
        """e => { e.value = 'mâ'; e.dispatchEvent(new InputEvent('input', {isComposing: true, bubbles: true})); }"""
    )
    desk.wait_for_timeout(300)
    assert asked == []
    field.evaluate(
        """e => { e.value = 'mật'; e.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true})); }"""
    )
    desk.get_by_role("option").first.wait_for()
    assert len(asked) == 1
    field.press("Tab")
    assert field.get_attribute("aria-expanded") == "false"


def test_the_status_is_told_to_a_screen_reader(desk):
    field_of(desk).press_sequentially("cu do")
    desk.wait_for_function("() => /gợi ý/.test(document.querySelector('[role=status]')?.textContent ?? '')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_is_clean_over_open_offers_and_narrowed_lists(live_shop, chromium, scheme):
    from tests.browser.looking import AXE

    context = open_context(chromium, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    found = {}

    def look(what):
        page.add_script_tag(path=AXE)
        broken = page.evaluate(
            "() => axe.run({resultTypes: ['violations']}).then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].target))"
        )
        wide = page.evaluate(
            "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        if broken or wide:
            found[what] = [*broken, wide]

    page.goto(live_shop.url + "/")
    field_of(page).press_sequentially("mat")
    page.get_by_role("option").first.wait_for()
    field_of(page).press("ArrowDown")
    look("offers")
    for path in (
        "/tim?q=nhug+huou",
        "/san-pham?sao=4&nhom=thuc-pham",
        "/san-pham?sao=5&vung=huyen-huong-son",
        "/tim?q=mat+ong+duoi+1k",
    ):
        page.goto(live_shop.url + path)
        page.locator("details.facets > summary").click()
        look(path)
    context.close()
    assert found == {}


def test_a_phone_narrows_a_list(live_shop, phone):
    phone.goto(live_shop.url + "/san-pham")
    phone.locator("details.facets > summary").click()
    phone.get_by_label("4 sao").check()
    phone.locator("details.facets").get_by_role("button", name="Lọc").click()
    phone.wait_for_url("**/san-pham?sao=4")
    before = phone.locator(".card").count()
    phone.get_by_role("link", name="Bỏ lọc 4 sao").click()
    phone.wait_for_url("**/san-pham")
    assert phone.locator(".card").count() > before
