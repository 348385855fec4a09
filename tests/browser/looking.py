"""Looking at a page as it stands: axe with every rule, in every light and width asked for, and nothing past the edge."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import axe_playwright_python
import sqlalchemy as sa
from playwright.sync_api import BrowserContext, Page

from storefront import clock
from storefront.accounts import service as accounts
from storefront.catalogue.models import Listing, Variant
from storefront.database import session
from storefront.stock.models import Point, StockItem
from tests.browser.conftest import LiveShop

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
PHONE, DESK = 390, 1280
_RUN = """() => axe.run({resultTypes: ['violations']}).then(
    found => found.violations.flatMap(rule => rule.nodes.slice(0, 3).map(node => rule.id + ' ' + node.target)))"""
_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
_SEND = """([path, values]) => {
    const form = Object.assign(document.createElement('form'), {method: 'post', action: path})
    for (const [name, value] of values) {
        form.append(Object.assign(document.createElement('input'), {type: 'hidden', name, value}))
    }
    document.body.append(form)
    form.submit()
}"""


class Eye:
    """Goes through states of a shop in one browser and keeps what is wrong with them."""

    def __init__(self, context: BrowserContext, shop: LiveShop, widths: Sequence[int] = (PHONE,)) -> None:
        self.shop, self.context, self.widths = shop, context, widths
        self.page: Page = context.new_page()
        self.found: dict[str, list[str]] = {}

    def open(self, path: str, status: int = 200, label: str = "") -> None:
        """Open an address, which answers with that status, and look at it."""
        answer = self.page.goto(self.shop.url + path)
        assert answer is not None
        assert answer.status == status, f"{path}: {answer.status}"
        self.look(label or path)

    def send(self, path: str, status: int = 200, label: str = "", **values: object) -> None:
        """Send a form as the page would, past the browser's own checks, and look at what is answered."""
        sent = [[key, str(value)] for key, value in values.items()]
        with self.page.expect_navigation() as navigation:
            self.page.evaluate(_SEND, [path, sent])
        answer = navigation.value
        assert answer is not None
        assert answer.status == status, f"{label or path}: {answer.status}"
        self.look(label or f"{path} {values}")

    def look(self, label: str) -> None:
        """Look at the page as it stands."""
        self.page.add_script_tag(path=AXE)
        for width in self.widths:
            self.page.set_viewport_size({"width": width, "height": 844})
            for scheme in ("light", "dark"):
                self.page.emulate_media(color_scheme=scheme)
                broken = self.page.evaluate(_RUN)
                if self.page.evaluate(_WIDE):
                    broken.append("reaches past the edge")
                if broken:
                    self.found[f"{label}, {width}, {scheme}"] = broken


def sign_in(context: BrowserContext, shop: LiveShop, email: str) -> None:
    """Give the browser a signed-in session of that demo account."""
    with shop.changing():
        user = accounts.find(email)
        assert user is not None
        token = accounts.open_session(user=user, now=clock.now()).token
    context.add_cookies([{"name": "phien", "value": token, "url": shop.url}])


def plentiful() -> tuple[Listing, Variant, Point]:
    """Something of the demo that many orders can take, and the point that has it."""
    plenty = sa.select(StockItem).where(StockItem.on_hand > 50).order_by(StockItem.id.desc()).limit(1)
    item = session().scalars(plenty).one()
    variant = session().get_one(Variant, item.variant_id)
    return session().get_one(Listing, variant.listing_id), variant, session().get_one(Point, item.point_id)
