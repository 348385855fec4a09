"""An index kept up through any changes finds what one built anew does, and says the same of it."""

import random
from datetime import date

import pytest
import sqlalchemy as sa

from storefront import bits, clock
from storefront.catalogue import service
from storefront.catalogue.cards import Sort
from storefront.catalogue.models import Listing, Variant
from storefront.catalogue.search import engine, live, reading, suggest
from storefront.catalogue.search.engine import Asked
from storefront.catalogue.search.facets import Chosen, Facet
from storefront.catalogue.search.index import Index
from storefront.certification.models import Certificate, RegisteredProduct
from storefront.database import session, transaction
from storefront.producers.models import Producer
from tests.factories import shop

THINGS = ["Mật ong", "Cu đơ", "Nước mắm", "Dưa lưới", "Dừa sáp", "Bưởi", "Bứơi", "Giò", "Chè", "Cam"]
BRANDS = ["Cường Nga", "Phong Nga", "Kỳ Phú", "Hương Sơn", "Thuận Ái", "Hòa Hiệp", "Hoà Hiệp", "Bù", "Khuê"]
QUESTIONS = [
    *("mật ong", "mat ong", "matong", "cu do", "nuoc mam ki phu", "dua", "dừa", "buoi", "bưỏi", "gio", "cgm"),
    *("hoa hiep", "thuanai", "ong rung", "cam dưới 100k", "vị quế", "cam còn hàng", "cường nag", "chè khue"),
]
WAYS = {
    "one by one": {"_FEW": 1000},
    "together": {"_FEW": 0, "_PART_ORDERED_ANEW": 10**6, "_PART_BUILT_ANEW": 1},
    "built anew": {"_FEW": 0, "_PART_BUILT_ANEW": 10**6},
}


def name(dice):
    return f"{dice.choice(THINGS)} {dice.choice(BRANDS)} {dice.randrange(100)}"


def appear(dice):
    producer = shop.make_producer(f"HTX {dice.choice(BRANDS)} {dice.randrange(20)}")
    listing = shop.make_listing(
        producer, kind=dice.choice(["mat-ong", "cu-do", "ruou"]), product_name=name(dice)
    )
    listing.name = name(dice)
    for position in range(dice.randrange(2)):
        shop.make_variant(listing, f"{position} g", dice.choice([40, 90, 400]) * 1000, position)


def some(dice, model):
    found = session().scalars(sa.select(model).order_by(model.id)).all()
    return dice.choice(found) if found else None


def rename(dice):
    some(dice, Listing).name = name(dice)


def describe(dice):
    some(dice, Listing).description = dice.choice(["Vị quế.", "Vị gừng cay.", ""])


def rename_producer(dice):
    some(dice, Producer).name = f"Cơ sở {dice.choice(BRANDS)} {dice.randrange(100)}"


def publish(dice):
    listing = some(dice, Listing)
    listing.is_published = not listing.is_published


def delete(dice):
    listing = some(dice, Listing)
    if not session().scalar(sa.select(Variant.id).where(Variant.listing_id == listing.id)):
        session().delete(listing)


def price(dice):
    variant = some(dice, Variant)
    if variant:
        variant.price_vnd = dice.choice([30_000, 60_000, 700_000])
        variant.is_on_sale = dice.random() < 0.8


def stock(dice):
    variant = some(dice, Variant)
    if variant:
        left = dice.choice([0, 3])
        service.note_stock(variant.listing_id, left_shown={variant.id: left}, in_stock=left > 0, sent_from=[])


def lapse(dice):
    listing = some(dice, Listing)
    listing.valid_until = dice.choice([date(2026, 11, 1), date(2028, 1, 1)])
    listing.stars = dice.choice([3, 4, 5])


def decide(dice):
    some(dice, Certificate).decision_number = f"{dice.randrange(3000)}/QĐ-UBND"


def move(dice):
    some(dice, RegisteredProduct).commune_old = dice.choice(["Sơn Tiến", "Quang Diệm", None])


def season(dice):
    listing = some(dice, Listing)
    listing.season_from, listing.season_until = dice.choice([(None, None), (10, 2), (5, 6)])


def everything(dice):
    session().execute(sa.update(Listing).values(in_stock=dice.random() < 0.5))


CHANGES = [
    *(appear, rename, describe, rename_producer, publish, delete, price, stock),
    *(lapse, decide, move, season, everything),
]


def listings(index, found):
    return sorted(index.rows[position].id for position in bits.positions(found))


def said(index):
    """What it says of every word and every value of a facet, and what it answers."""
    day = clock.today()
    kept = {
        "live": [index.rows[position] for position in map(index.position_of.get, listings(index, index.live))]
    }
    for number, postings in enumerate((*index.fields, index.openings, index.pairs, index.lengths)):
        for word in postings.words():
            if found := listings(index, postings.get(word) & index.live):
                kept[number, word] = found
    for facet, values in index.values.items():
        kept |= {(facet, value): listings(index, found) for value, found in values.items() if found}
    for sort, order in index.orders.items():
        kept[sort] = [index.rows[position].id for position in order]
    kept["valid"], kept["alcohol"] = listings(index, index.valid(day)), listings(index, index.alcohol)
    kept["known"] = {folded: index.surface(folded) for folded in index.vocabulary}
    kept["kinds"] = {kind: listings(index, found) for kind, found in index.kinds.items() if found}
    kept["producers"] = {
        one: sorted(index.rows[position].id for position in found)
        for one, found in index.producers.items()
        if found
    }
    narrowed = Asked(chosen=Chosen(values={Facet.STARS: ("4", "5")}), sort=Sort.DEAREST)
    for asked in (*(Asked(question=one) for one in QUESTIONS), narrowed):
        answer = engine.ask(index, asked, day)
        counts = {
            (facet, one.value): one.count
            for facet, counted in answer.counts.of_facet.items()
            for one in counted
        }
        kept[asked.question, "found"] = answer.cards, answer.total, counts, answer.match.shown
        kept[asked.question, "hints"] = answer.near_words, answer.hidden_alcohol, answer.without_wishes
        typed = suggest.suggest(index, asked.question, day, with_alcohol=True)
        kept[asked.question, "offered"] = typed.products, typed.shown
    return kept


def differing(kept, anew):
    keys = {*kept, *anew}
    return {key: (kept.get(key), anew.get(key)) for key in keys if kept.get(key) != anew.get(key)}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seed", range(2))
def test_an_index_kept_up_is_as_one_built_anew(app, monkeypatch, seed, way):
    for constant, value in WAYS[way].items():
        monkeypatch.setattr(live, constant, value)
    dice = random.Random(seed)
    with transaction():
        for _ in range(12):
            appear(dice)
    for _ in range(20):
        with transaction():
            changes = [dice.choice(CHANGES) for _ in range(dice.randint(1, 3))]
            for change in changes:
                change(dice)
                session().flush()
        fresh = Index()
        fresh.fill(reading.everything())
        with live.current() as index:
            kept, anew = said(index), said(fresh)
        told = [change.__name__ for change in changes]
        assert differing(kept, anew) == {}, told
