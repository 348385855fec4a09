"""What is asked of the shop, page by page, made from the database it runs on. Same database, same requests."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask

from storefront import clock
from storefront.catalogue.models import Listing, Variant
from storefront.certification.groups import SLUGS, ProductGroup
from storefront.database import session
from storefront.orders.models import OrderGroup
from storefront.producers.models import Producer
from storefront.stock.models import Lot, StockItem
from tools.bench import orders
from tools.bench.load import Request
from tools.bench.world import World

HOT_QUESTIONS = (
    *("mat ong", "nước mắm", "cu đơ", "cam khe may", "nhung huou", "ruoc", "tra", "banh da", "gio lua"),
    *("ky anh", "huong son", "keo lac", "mật ong hương sơn", "dau lac", "muc kho", "bot nem", "thach ha"),
)
SOME = 400
MANY = 12_000


@dataclass(frozen=True)
class Scenario:
    """One row of the table."""

    name: str
    requests: list[Request]
    status: int = 200
    is_kept: bool = True
    """The page cache may answer it."""
    is_new: bool = False
    """No request may be sent twice."""


def of(app: Flask, seconds: float) -> list[Scenario]:
    """Everything the shop is asked; a page the shop does not have is left out."""
    dice = random.Random(7)  # noqa: S311 - which pages are asked for
    makers: tuple[Callable[[Flask, random.Random, float], Scenario | None], ...] = (
        lambda *_: Scenario("home", [Request("/")]),
        _lists,
        _filtered,
        _hot,
        _never_seen,
        _suggestions,
        _products,
        _traces,
        _add_to_cart,
        _place_order,
    )
    return [made for maker in makers if (made := maker(app, dice, seconds)) is not None]


def _lists(app: Flask, dice: random.Random, seconds: float) -> Scenario:
    pages = [f"/san-pham?trang={number}" for number in range(2, 22)]
    return Scenario("list", [Request(path) for path in ("/san-pham", *pages, *_groups())])


def _groups() -> list[str]:
    shown = session().scalars(sa.select(Listing.group).where(Listing.is_published).distinct())
    return sorted(f"/nhom/{SLUGS[group]}" for group in shown if group is not ProductGroup.TRAVEL)


def _filtered(app: Flask, dice: random.Random, seconds: float) -> Scenario:
    columns = (Listing.group, Listing.commune_code, Listing.stars)
    there = session().execute(
        sa.select(*columns)
        .where(Listing.is_published, Listing.commune_code.is_not(None), Listing.stars.is_not(None))
        .where(Listing.valid_until >= clock.today(), Listing.is_alcohol.is_(False))
        .distinct()
        .order_by(*columns)
    )
    asked = [
        f"/nhom/{SLUGS[group]}?{urlencode({'sao': stars, 'xa': commune, 'xep': sort})}"
        for group, commune, stars in there
        for sort in ("gia-tang", "moi")
    ]
    return Scenario("filtered list", [Request(path) for path in dice.sample(asked, min(SOME, len(asked)))])


def _hot(app: Flask, dice: random.Random, seconds: float) -> Scenario:
    return Scenario("search, hot questions", [question(words) for words in HOT_QUESTIONS])


def _never_seen(app: Flask, dice: random.Random, seconds: float) -> Scenario:
    """Two words of one product's name and a word of another's producer: nobody asked that before."""
    names = _some(sa.select(Listing.name).order_by(Listing.id), MANY)
    makers = _some(sa.select(Producer.name).order_by(Producer.id), MANY)
    asked = {
        f"{' '.join(dice.choice(names).split()[:3])} {dice.choice(makers).split()[-1]} {number}k"
        if number % 3 == 0
        else f"{' '.join(dice.choice(names).split()[-3:])} {dice.choice(makers).split()[-1]}"
        for number in range(MANY)
    }
    return Scenario("search, never-seen questions", [question(words) for words in sorted(asked)], is_new=True)


def question(words: str) -> Request:
    """A search for these words."""
    return Request(f"/tim?{urlencode({'q': words})}")


def _suggestions(app: Flask, dice: random.Random, seconds: float) -> Scenario | None:
    if not _has(app, "/goi-y"):
        return None
    names = _some(sa.select(Listing.name).order_by(Listing.id), SOME)
    typed = [name[: dice.randint(2, min(len(name), 12))].strip() for name in names]
    return Scenario("suggestions", [Request(f"/goi-y?{urlencode({'q': words})}") for words in typed])


def _products(app: Flask, dice: random.Random, seconds: float) -> Scenario:
    slugs = _some(
        sa.select(Listing.slug)
        .where(Listing.is_published, Listing.is_alcohol.is_(False))
        .order_by(Listing.id),
        SOME,
        dice,
    )
    return Scenario("product", [Request(f"/san-pham/{slug}") for slug in slugs])


def _traces(app: Flask, dice: random.Random, seconds: float) -> Scenario:
    codes = _some(sa.select(Lot.code).order_by(Lot.id), SOME, dice)
    return Scenario("trace page", [Request(f"/t/{code}") for code in codes])


def sellable(count: int, dice: random.Random) -> list[tuple[int, int, int]]:
    """Id, price and weight of variants with plenty on hand at one point, no longer on sale than today."""
    plenty = sa.select(StockItem.variant_id).where(StockItem.on_hand >= 10)
    rows = session().execute(
        sa.select(Variant.id, Variant.price_vnd, Variant.shipping_weight_g)
        .join(Listing, Listing.id == Variant.listing_id)
        .where(Listing.is_published, Listing.is_alcohol.is_(False), Variant.is_on_sale)
        .where(Listing.valid_from <= clock.today(), Listing.valid_until >= clock.today())
        .where(Variant.id.in_(plenty), Variant.shipping_weight_g < 5000)
        .order_by(Variant.id)
    )
    found = [(number, int(price), weight) for number, price, weight in rows]
    return dice.sample(found, min(count, len(found)))


def _add_to_cart(app: Flask, dice: random.Random, seconds: float) -> Scenario:
    bodies = [urlencode({"variant": number, "quantity": 1}) for number, _, _ in sellable(SOME, dice)]
    return Scenario(
        "add to cart", [Request("/gio-hang/mon", body) for body in bodies], status=303, is_kept=False
    )


def _place_order(app: Flask, dice: random.Random, seconds: float) -> Scenario:
    """As many checkouts, filled in up to the review page, as the seconds can take."""
    wanted = int(400 * (seconds + 1)) + 50
    choice = sellable(wanted, dice)
    picked = [choice[number % len(choice)] for number in range(wanted)]
    with app.test_request_context():
        requests = orders.prepare(picked, now=clock.now())
    return Scenario("place order", requests, status=303, is_kept=False, is_new=True)


def count_orders(world: World) -> int:
    """How many orders its database has."""
    with world.app():
        return session().scalar(sa.select(sa.func.count(OrderGroup.id))) or 0


def _has(app: Flask, path: str) -> bool:
    return any(rule.rule == path for rule in app.url_map.iter_rules())


def _some(wanted: sa.Select[str], count: int, dice: random.Random | None = None) -> list[str]:
    found = list(session().scalars(wanted))
    return dice.sample(found, min(count, len(found))) if dice else found[:count]
