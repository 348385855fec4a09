"""Whatever is sent to a form, by whomever: no 5xx, no forged star or price, what was typed stays, and a Vietnamese word.

The forms are read off the pages themselves, so a new one is held to this by being there.
"""

from __future__ import annotations

import re
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlsplit

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storefront.accounts.models import User
from storefront.catalogue.models import Listing, Variant
from storefront.catalogue.search import live as search_index
from storefront.certification.models import Certificate, RegisteredProduct
from storefront.database import db
from storefront.fulfilment.models import TariffRow
from storefront.orders.models import Order, OrderLine
from storefront.producers.models import Producer
from storefront.stock.models import StockItem
from tests.factories import crowd, shop
from tests.factories.forms import of_page

EXAMPLES = {"sqlite": 20, "postgresql": 6}
COOKIES = ("phien", "gio", "session", "tuoi")
FEE = 28_000
SETS_PRICES = frozenset({"staff.add_variant", "staff.change_variant"})
CHANGES_STOCK = frozenset({"staff.receive_stock", "staff.correct_stock", "staff.move_order"})
SELLS = frozenset({"shop.review", "shop.cancel_order"})
"""Stock goes out with an order and comes back with one taken back."""

LONG = "Đ" * 10_000
BROKEN = [b"%ff", b"%zz", b"%c3%28", b"a%00b", b"%0b", b"%7f", b"%1b[31m"]
NASTY = [
    b"", b" ", b"%e2%80%ae", b"%e2%80%8b%e2%80%8b", b"%ef%bf%bd", b"-1", b"0", b"1e9", b"1.5", b"NaN", b"9" * 30,
    b"-" + b"9" * 30, "٣٤".encode(), "１２".encode(), b"%3Cscript%3Ealert(1)%3C/script%3E", b"' OR 1=1 --",
    b"%25(n)s {0} {{7*7}}", b"%0d%0aSet-Cookie: a=b", b"//evil.example/", b"javascript:alert(1)", b"..%2f..%2fetc",
    b"2026-02-31", b"null", b"\xf0\x9f\x8d\xaf" * 50, LONG.encode(), b"xyz" * 3_334,
    "xã Phúc Trạch, Hà Nội".encode(), b"00166", b"99999", b"0912345678", b"ha@example.org", b"mat-khau-dai-de-thu",
    "Hũ bị nứt khi tới nơi.".encode(),
]  # fmt: skip
READABLE = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=60)
URLENCODED = "application/x-www-form-urlencoded"
TWISTS = ["", "", "", "", "files", "charset", "heads", "many", "cut", "none", "other", "odd"]
FORGED = [
    "price", "price_vnd", "price-1", "fee", "delivery_vnd", "total", "total_vnd", "goods_vnd", "stars", "star",
    "decision_number", "valid_until", "certificate_id", "producer", "producer_id", "product_id", "point", "point_id",
    "province_code", "role", "user_id", "id", "state", "is_published", "on_hand", "quantity",
]  # fmt: skip


@st.composite
def bodies(draw, form):
    """What a careless, broken or hostile browser sends: the form's own values with others in their places or beside.

    Its type and its bytes: mostly as forms are sent, now and then in parts.
    """
    mode = draw(st.sampled_from(("forged", "nasty", "nasty", "nasty", "broken")))
    nasty = st.sampled_from(NASTY + BROKEN if mode == "broken" else NASTY) | READABLE.map(_escaped)
    pairs = []
    for field in form.fields:
        own = _escaped(field.value if field.value is not None else field.offer)
        how = (
            "own" if mode == "forged" else draw(st.sampled_from(("own", "own", "nasty", "missing", "twice")))
        )
        pairs += [(field.name, own)] * (how in ("own", "twice"))
        pairs += [(field.name, draw(nasty))] if how in ("nasty", "twice") else []
    forged = st.tuples(st.sampled_from(FORGED), st.sampled_from((b"1", b"5", b"1000")) | nasty)
    pairs += draw(st.lists(forged, min_size=4 if mode == "forged" else 0, max_size=8))
    if draw(st.integers(0, 2)):
        return URLENCODED, b"&".join(_escaped(name) + b"=" + value for name, value in pairs)
    return _in_parts(pairs, draw(st.sampled_from(TWISTS)))


def _in_parts(pairs, twist):
    """The same as a form with files would be sent, or as a program does that gets it wrong."""
    line, parts = b"--x7\r\n", []
    for name, value in pairs:
        head = b'Content-Disposition: form-data; name="' + name.encode() + b'"'
        head += b'; filename="../../a.php"' if twist == "files" else b""
        head += b"\r\nContent-Type: text/plain; charset=utf-7" if twist == "charset" else b""
        head = b"X: " + b"y" * 9_000 if twist == "heads" else head
        parts.append(line + head + b"\r\n\r\n" + unquote_to_bytes(value) + b"\r\n")
    body = b"".join(parts * (40 if twist == "many" else 1)) + b"--x7--\r\n"
    body = body[: len(body) // 2] if twist == "cut" else body
    boundary = {"none": "", "other": "; boundary=y8", "odd": '; boundary="' + "z" * 300}.get(
        twist, "; boundary=x7"
    )
    return "multipart/form-data" + boundary, body


def _escaped(value):
    return quote_from_bytes(value.encode("utf-8", "replace")).encode()


def browser_like(app, known):
    """A browser with the cookies of another one, whose own stay as they are."""
    made = app.test_client()
    for name in COOKIES:
        cookie = known.get_cookie(name)
        if cookie is not None:
            made.set_cookie(name, cookie.value)
    return made


class Kept:
    """What no form of a shopper may change, and of staff only the one that is for it: rows that were there at first."""

    def __init__(self):
        self.newest = {
            table: db.session.scalar(sa.select(sa.func.max(table.id)))
            for table in (Listing, User, OrderLine, Variant, Order)
        }
        self.first = {}

    def there(self, endpoint):
        asked = [sa.select(one.__table__) for one in (Certificate, RegisteredProduct, Producer, TariffRow)]
        asked += [
            self._of(User, "role", "is_active"),
            self._of(OrderLine, *OrderLine.__table__.columns.keys()),
        ]
        asked.append(self._of(Listing, "stars", "valid_until", "product_id", "producer_id"))
        if endpoint not in SETS_PRICES:
            asked.append(self._of(Variant, "price_vnd", "listing_id"))
        if endpoint not in CHANGES_STOCK | SELLS:
            asked.append(sa.select(StockItem.__table__))
        return [sorted(map(tuple, db.session.execute(one)), key=repr) for one in asked]

    def _of(self, table, *names):
        columns = [getattr(table, name) for name in names]
        return sa.select(table.id, *columns).where(table.id <= self.newest[table])

    def check(self, endpoint):
        """Say whether it is as it was, and whether what was ordered meanwhile has the shop's own prices."""
        assert self.there(endpoint) == self.first[endpoint]
        made = sa.select(Order).where(Order.id > self.newest[Order])
        for order in db.session.scalars(made):
            lines = db.session.scalars(sa.select(OrderLine).where(OrderLine.order_id == order.id)).all()
            prices = {
                line.variant_id: db.session.get_one(Variant, line.variant_id).price_vnd for line in lines
            }
            assert all(line.unit_price_vnd == prices[line.variant_id] for line in lines)
            assert order.goods_vnd == sum(line.quantity * line.unit_price_vnd for line in lines)
            assert (order.delivery_vnd, order.total_vnd) == (FEE, order.goods_vnd + FEE)


def the_error(answer):
    """The words of what was wrong."""
    found = re.findall(r'role="alert".*?</(?:div|p)>|class="error-page".*?</main>', answer.text, re.DOTALL)
    return re.sub(r"<[^>]+>", " ", " ".join(found)).strip()


def test_every_address_that_takes_a_form_is_reached_by_one(app):
    reached = {offer.endpoint for offer in crowd.offers(app)}
    taking = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert taking - reached == set()


def send(app, kept, offer, content_type, body):
    """Send it into a world that is put back afterwards; returns the status."""
    world = db.engines[None].begin_nested()
    try:
        answer = browser_like(app, offer.browser).post(offer.form.path, data=body, content_type=content_type)
        assert answer.status_code in (200, 303, 400, 404, 409, 410, 413, 422, 429)
        if answer.status_code == 303:
            target = urlsplit(answer.location)
            assert (target.netloc, target.path[:1], target.path[1:2] != "/") == ("", "/", True)
        if answer.status_code >= 400:
            assert re.search("[ạảãàáâăđêôơưếộ]", the_error(answer)), answer.text[:3000]
        assert "<script>alert" not in answer.text
        kept.check(offer.endpoint)
        return answer.status_code
    finally:
        db.session.remove()
        world.rollback()
        search_index.forget()


def test_whatever_is_sent_to_a_form(app):
    offers = crowd.offers(app)
    kept = Kept()
    kept.first = {offer.endpoint: kept.there(offer.endpoint) for offer in offers}
    engine = db.engines[None].dialect.name
    db.session.remove()
    seen = set()
    some = settings(
        max_examples=EXAMPLES[engine],
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    for offer in offers:

        @some
        @given(body=bodies(offer.form))
        def ask(body):
            seen.add((body[0][:9], send(app, kept, offer, *body)))  # noqa: B023  (asked at once)

        ask()
    for kind in ("multipart", URLENCODED[:9]):
        assert {(kind, 303), (kind, 400), (kind, 422)} <= seen


WORDS = "Thử giữ chữ"
ELSEWHERE = frozenset({"shop.add_to_cart"})
"""Sent from the product's page, answered by the basket's."""


def test_what_was_typed_stays_when_a_form_comes_back(app):
    connection = db.engines[None]
    offers = crowd.offers(app)
    db.session.remove()
    came_back, lost = set(), []
    for offer in offers:
        world = connection.begin_nested()
        typed = offer.form.typed()
        body = {name: value for name, value in offer.form.untouched() if name not in typed}
        answer = browser_like(app, offer.browser).post(
            offer.form.path, data={**body, **dict.fromkeys(typed, WORDS), "password": "ngắn"}
        )
        db.session.remove()
        world.rollback()
        search_index.forget()
        if answer.status_code != 422 or offer.endpoint in ELSEWHERE:
            continue
        came_back.add(offer.endpoint)
        again = {}
        for form in of_page(answer.text, offer.form.path):
            if form.path.partition("?")[0] == offer.form.path.partition("?")[0]:
                again.update(form.typed())
        lost += [(offer.endpoint, name, again.get(name)) for name in typed if again.get(name) != WORDS]
    assert lost == []
    assert len(came_back) >= 15


def test_parts_that_are_no_text_are_refused_and_those_that_are_mean_the_same(app, client):
    shop.make_user(phone="+84912345678")
    shop.save()
    told = {"phone": b"0912345678", "name": "Hà".encode(), "password": b"mat-khau-dai-de-thu"}

    def ask(**changed):
        pairs = [(name, value) for name, value in {**told, **changed}.items()]
        content_type, body = _in_parts(
            [(name, quote_from_bytes(value).encode()) for name, value in pairs], ""
        )
        return client.post("/dang-ky", data=body, content_type=content_type)

    for unsound in (b"\xff", b"\xc3\x28", b"a\x00b", b"\x1b[31m", b"\xed\xa0\x80"):
        answer = ask(name=unsound)
        assert answer.status_code == 400, unsound
        assert "đọc không ra" in answer.text
    assert ask(name=b"").status_code == 422
    assert ask().status_code == 303
