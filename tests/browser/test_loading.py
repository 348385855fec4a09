"""How pages arrive: light, still, in few requests, fetched ahead only where that is harmless; what Lighthouse measures."""

from __future__ import annotations

import gzip
import re
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa

from storefront.database import session
from storefront.stock.models import Lot
from storefront.web.mount import has_twin
from tests.architecture.test_audience import audience, method_of, path_of
from tests.browser.conftest import open_context
from tests.browser.looking import Eye

pytestmark = pytest.mark.browser

KB = 1024
HEAVIEST = {"Document": 9 * KB, "Stylesheet": 17 * KB, "Script": 5 * KB, "Font": 35 * KB}
"""Compressed, a page; its style, script and fonts are the same everywhere and are fetched once."""
MOST_REQUESTS = {"Document": 1, "Stylesheet": 1, "Script": 10, "Font": 2}
MOST_SHIFT = 0.01
OBSERVE = """
window.shift = 0
new PerformanceObserver(list => { for (const one of list.getEntries()) window.shift += one.value })
    .observe({type: 'layout-shift', buffered: true})
addEventListener('pagereveal', event => { window.slid = Boolean(event.viewTransition) })
"""
NAMELESS = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea')]
    .filter(one => !(one.labels?.length || one.ariaLabel || one.textContent.trim() || one.querySelector('img[alt]:not([alt=""])')))
    .map(one => one.outerHTML.slice(0, 120))"""
SIZELESS = "() => [...document.images].filter(one => !(one.getAttribute('width') && one.getAttribute('height'))).map(one => one.src)"


@pytest.fixture(params=["", "/en"], ids=["vi", "en"])
def paths(request, live_shop):
    """Home, list, product and trace page in that language."""
    with live_shop.app.app_context():
        lot = session().scalars(sa.select(Lot.code).order_by(Lot.id)).first()
    return [request.param + path for path in ("/", "/san-pham", "/san-pham/mat-ong-cuong-nga", f"/t/{lot}")]


@pytest.fixture
def phone_page(chromium):
    context = open_context(chromium)
    context.add_init_script(OBSERVE)
    yield context.new_page()
    context.close()


def size_of(answer):
    """What would go over the wire: what is sent uncompressed here is compressed by the page cache in front."""
    body = answer.frame.page.request.get(answer.url).body()
    is_font = urlsplit(answer.url).path.endswith(".woff2")
    return len(body) if is_font else len(gzip.compress(body, 6, mtime=0))


def heard(page, url):
    """Everything that is answered while the page opens."""
    answers = []

    def keep(answer):
        answers.append(answer)

    page.goto("about:blank")  # what the page before still fetches is not counted
    page.on("response", keep)
    page.goto(url, wait_until="networkidle")
    page.remove_listener("response", keep)
    return answers


def test_pages_are_light_and_come_in_few_requests(live_shop, phone_page, paths):
    for path in paths:
        answers = heard(phone_page, live_shop.url + path)
        kinds = {kind: [] for kind in HEAVIEST}
        for answer in answers:
            kinds.setdefault(answer.request.resource_type.capitalize(), []).append(answer)
        if "/t/" in path:  # whoever holds the jar may stand in a field
            assert not kinds["Script"] + kinds["Font"]
            assert sum(map(size_of, answers)) < 30_000, path
        else:
            assert kinds["Script"], path
        weights = {kind: sum(map(size_of, kinds[kind])) for kind in HEAVIEST}
        assert {kind: size for kind, size in weights.items() if size > HEAVIEST[kind]} == {}, path
        counts = {kind: len(kinds[kind]) for kind in MOST_REQUESTS}
        assert {kind: count for kind, count in counts.items() if count > MOST_REQUESTS[kind]} == {}, path
        assert {urlsplit(one.url).netloc for one in answers} == {urlsplit(live_shop.url).netloc}, path
        for one in kinds["Stylesheet"] + kinds["Script"] + kinds["Font"]:
            assert one.headers["cache-control"] == "public, max-age=31536000, immutable", one.url
        assert phone_page.evaluate(SIZELESS) == [], path


def test_nothing_moves_while_a_page_arrives(live_shop, phone_page, paths):
    """Not even when the fonts come late."""

    def late(route):
        phone_page.wait_for_timeout(400)
        route.continue_()

    phone_page.route("**/*.woff2", late)
    for path in paths:
        for width in (360, 390, 1280):
            phone_page.set_viewport_size({"width": width, "height": 844})
            phone_page.goto(live_shop.url + path, wait_until="networkidle")
            phone_page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
            phone_page.wait_for_timeout(200)
            assert phone_page.evaluate("() => window.shift") <= MOST_SHIFT, (path, width)


def test_pages_name_themselves_and_everything_that_can_be_pressed(live_shop, phone_page, paths):
    found = []
    for path in paths:
        phone_page.goto(live_shop.url + path)
        told = phone_page.locator("meta[name=description]").get_attribute("content")
        assert 25 <= len(told) <= 160, (path, told)
        assert 5 <= len(phone_page.title()) <= 80, path
        assert phone_page.locator("h1").count() == 1, path
        assert phone_page.locator("html").get_attribute("lang") == ("en" if path.startswith("/en") else "vi")
        assert phone_page.locator("link[rel=canonical]").get_attribute("href") == live_shop.url + path
        assert phone_page.locator("link[rel=alternate][hreflang]").count() == 3, path
        assert "width=device-width" in phone_page.locator("meta[name=viewport]").get_attribute("content")
        assert phone_page.evaluate(NAMELESS) == [], path
        found.append((phone_page.title(), told))
    assert len({title for title, _ in found}) == len({told for _, told in found}) == len(paths)


def test_axe_is_clean(live_shop, chromium, paths):
    context = open_context(chromium, bypass_csp=True)
    eye = Eye(context, live_shop)
    for path in paths:
        eye.open(path)
    context.close()
    assert eye.found == {}


def test_fonts_that_are_preloaded_are_used(live_shop, phone_page, paths):
    said = []
    phone_page.on("console", lambda message: said.append(message.text))
    for path in paths:
        phone_page.goto(live_shop.url + path, wait_until="networkidle")
    phone_page.wait_for_timeout(3500)  # the browser waits so long before it says that one was not
    assert [text for text in said if "preload" in text] == []


def reached_ahead(live_shop, page):
    """The addresses that the browser would fetch ahead on intent, of links to every address there is."""
    app = live_shop.app
    with app.app_context():
        there = [
            (path_of(app, rule), audience(app, rule))
            for rule in app.url_map.iter_rules()
            if method_of(rule) == "GET"
        ]
    open_to_all = {path for path, who in there if who == "public"}
    places = [place + path for path, _ in there for place in (("", "/en") if has_twin(path) else ("",))]
    links = [place + query for place in places for query in ("", "?a=1")]
    session_of_page = page.context.new_cdp_session(page)
    session_of_page.send("Preload.enable")
    found = set()

    def keep(event):
        addresses = {urlsplit(one["key"]["url"]) for one in event["preloadingAttemptSources"]}
        found.update(one.path for one in addresses if one.path in places)  # and not the page's own links

    session_of_page.on("Preload.preloadingAttemptSourcesUpdated", keep)
    page.goto(live_shop.url + "/")
    page.evaluate(
        """links => { document.querySelector('main').replaceChildren(...links.map(
        href => Object.assign(document.createElement('a'), {href, textContent: href}))) }""",
        links,
    )
    for _ in range(40):
        page.wait_for_timeout(250)
        if "/en/so-dang-ky" in found:  # one that the first page does not link to
            break
    return found, open_to_all


def test_only_public_pages_are_fetched_ahead(live_shop, phone_page):
    found, open_to_all = reached_ahead(live_shop, phone_page)
    plain = {re.sub(r"^/en(?=/)", "", path) for path in found}
    assert plain - open_to_all == set()
    assert {"/", "/san-pham", "/en/san-pham", "/so-dang-ky", "/en/chu-the", "/tim"} <= found
    assert [path for path in plain if "." in path or path.startswith(("/t/", "/api/"))] == []


@pytest.fixture
def desk_page(chromium):
    context = open_context(chromium, viewport={"width": 1280, "height": 900}, has_touch=False)
    context.add_init_script(OBSERVE)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("start", ["/", "/en/"])
def test_a_link_that_is_pointed_at_is_already_there_when_pressed(live_shop, desk_page, start):
    desk_page.goto(live_shop.url + start)
    link = (
        desk_page.locator("main")
        .get_by_role("link")
        .filter(has_text=re.compile("Tất cả sản phẩm|All products"))
    )
    with desk_page.expect_event("request", lambda one: "prefetch" in one.headers.get("sec-purpose", "")):
        link.hover()
    desk_page.wait_for_timeout(1500)
    link.click()
    desk_page.wait_for_url("**/san-pham")
    how = "() => performance.getEntriesByType('navigation')[0].deliveryType"
    assert desk_page.evaluate(how) == "navigational-prefetch"


@pytest.mark.parametrize(("motion", "slides"), [("no-preference", True), ("reduce", False)])
def test_pages_slide_into_each_other_unless_less_motion_is_wanted(live_shop, desk_page, motion, slides):
    desk_page.emulate_media(reduced_motion=motion)
    desk_page.goto(live_shop.url + "/")
    desk_page.locator(".brand").wait_for()
    desk_page.get_by_role("link", name="Tất cả sản phẩm").click()
    desk_page.wait_for_url("**/san-pham")
    assert desk_page.evaluate("() => window.slid") is slides
