"""A shop with something in every room, and browsers that stand before each of its forms."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient

from storefront import access, clock
from storefront.accounts import service as accounts
from storefront.cases.models import CaseKind
from storefront.cases.service import NewCase, open_case
from storefront.catalogue.models import Variant
from storefront.database import session, transaction
from storefront.orders.states import OrderState
from storefront.places import lookup
from storefront.stock import restock
from tests.factories import checkout, shop
from tests.factories.forms import Form, of_page
from tests.factories.orders import make_order

PHONE = "0912 345 678"


@dataclass(frozen=True)
class Offer:
    """A form, the browser that was shown it, and the endpoint it is sent to."""

    endpoint: str
    form: Form
    browser: FlaskClient

    def __repr__(self) -> str:
        return f"{self.endpoint} {self.form.path}"


def offers(app: Flask) -> list[Offer]:
    """Every form of the shop that changes something, each as one browser sees it; a few of a kind."""
    routes = app.url_map.bind("localhost")
    found: dict[tuple[str, tuple[str, ...]], Offer] = {}
    for browser, paths in browsers(app):
        for path in [*plain_pages(app), *paths]:
            answer = browser.get(path)
            assert answer.status_code < 500, path
            if answer.mimetype != "text/html":
                continue
            for form in of_page(answer.text, path):
                endpoint, _values = routes.match(form.path.partition("?")[0], method="POST")
                shape = tuple(sorted({"".join(filter(str.isalpha, one.name)) for one in form.fields}))
                found.setdefault((str(endpoint), shape), Offer(str(endpoint), form, browser))
    return list(found.values())


def plain_pages(app: Flask) -> list[str]:
    return sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.arguments - set(rule.defaults or {})
        if rule.endpoint.split(".")[0] in DOORS
    )


DOORS = frozenset({"shop", "trace", "staff"})


def browsers(app: Flask) -> list[tuple[FlaskClient, list[str]]]:
    """Browsers, each with the addresses it knows besides the plain ones."""
    listing, variant, point = shop.make_buyable("Mật ong Thử", on_hand=100)
    other = shop.make_buyable("Mật ong Lạ", point=point)[1]
    rum = shop.make_buyable("Rượu Thử", kind="ruou", point=point)[0]
    gone = shop.make_listing(product_name="Mật ong Hết")
    waited = restock.ask(
        variant_id=shop.make_variant(gone).id, email="ha@example.org", language="vi", now=clock.now()
    )
    bare = shop.make_product(product_name="Cam Thử")
    orders = [make_order(buyable=(listing, variant, point), state=state) for state in OrderState]
    manager, shopper = shop.make_staff(access.Role.MANAGER), shop.make_user()
    accounts.save_address(user_id=shopper.id, values=_address(), now=clock.now())
    reset = accounts.start_reset(user=shop.make_user(), made_by_id=None, now=clock.now())
    erasable = make_order(buyable=(listing, variant, point), state=OrderState.COMPLETED)
    asked = open_case(_request(erasable.group.code), now=clock.now())
    shop.save()
    order = orders[0].group
    links = [f"/don-hang/{order.code}/{order.secret}"]

    desk = app.test_client()
    shop.sign_in(desk, manager)
    work = [f"/quay/don/{one.id}" for one in orders]
    work += ["/quay/hang-cho/cho-xac-nhan", f"/quay/san-pham/{listing.id}", f"/quay/ho-so/{asked.code}"]
    work += [f"/quay/san-pham/them?product={bare.id}", f"/quay/tai-khoan?tim={shopper.email}"]

    account = app.test_client()
    shop.sign_in(account, shopper)

    guest = app.test_client()
    checkout.put_in(guest, variant, 2)
    checkout.type_in(guest)
    _follow_a_case(guest)
    pages = [f"/san-pham/{listing.slug}", f"/san-pham/{rum.slug}", f"/mat-khau-moi/{reset}"]
    pages += [f"/san-pham/{gone.slug}", f"/san-pham/{gone.slug}/bao-co-hang", f"/bao-co-hang/{waited.token}"]

    surprised = app.test_client()
    checkout.put_in(surprised, other)
    with transaction():
        session().get_one(Variant, other.id).price_vnd += 1000
    return [(guest, [*pages, *links]), (surprised, []), (account, links), (desk, work)]


def _address() -> dict[str, str]:
    commune = lookup.by_name("phường Cầu Giấy", "Hà Nội")
    assert commune is not None
    return {
        "name": "Hà",
        "phone": "+84912345678",
        "commune_code": commune.code,
        "commune_name": commune.label,
        "province_name": commune.province.name,
        "street": "36 Xuân Thủy",
    }


def _request(code: str) -> NewCase:
    return NewCase(
        kind=CaseKind.PERSONAL_DATA,
        topic="delete",
        text="Xoá giúp tôi.",
        reference=code,
        contact_name="Hà",
        contact_phone="+84912345678",
        contact_email=None,
    )


def _follow_a_case(browser: FlaskClient) -> None:
    told = {"topic": "other", "text": "Hũ mật bị nứt khi tới nơi.", "phone": PHONE}
    assert browser.post("/khieu-nai", data=told).status_code == 303
    (form,) = [one for one in of_page(browser.get("/ho-so").text, "/ho-so") if one.path == "/ho-so"]
    code = dict(form.untouched())["code"]
    assert browser.post("/ho-so", data={"code": code, "contact": PHONE}).status_code == 303
