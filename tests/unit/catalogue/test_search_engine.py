"""The index against brute force over the same rows, whatever is asked."""

import random
import time
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storefront.catalogue.cards import Sort
from storefront.catalogue.search import engine, facets, related, suggest
from storefront.catalogue.search.engine import Asked
from storefront.catalogue.search.facets import BANDS, YES, Chosen, Facet
from storefront.catalogue.search.index import Index
from storefront.catalogue.search.rows import Row
from storefront.certification.groups import ProductGroup
from storefront.producers.models import ProducerKind

DAY = date(2026, 11, 23)
KINDS = ["Mật ong", "Cu đơ", "Nước mắm", "Nhung hươu", "Dưa lưới", "Đũa", "Giò", "Rượu"]
BRANDS = ["Cường Nga", "Phong Nga", "Kỳ Phú", "Hương Sơn", "Ngọc Khuê", "Thuận Ái", "Hòa Hiệp", "Dừa Xanh"]
PLACES = [
    ("1", "xã Sơn Giang", ("huyện Hương Sơn",)),
    ("2", "xã Kỳ Anh", ("huyện Kỳ Anh", "thị xã Kỳ Anh")),
    (None, None, ()),
]


def make_row(number: int, rng: random.Random, **values) -> Row:
    kind, brand = rng.choice(KINDS), rng.choice(BRANDS)
    code, commune, districts = rng.choice(PLACES)
    price = rng.choice([None, 20_000, 49_999, 50_000, 120_000, 350_000, 999_999, 2_000_000])
    begun = rng.choice([None, DAY - timedelta(days=rng.randrange(2000)), DAY + timedelta(days=10)])
    months = rng.choice([(None, None), (8, 12), (11, 1), (3, 3)])
    name, maker = f"{kind} {brand}", f"HTX {brand}"
    given_values = {
        "id": number,
        "slug": f"s-{number}",
        "name": name,
        "kind": kind,
        "group": rng.choice(list(ProductGroup)),
        "producer_id": rng.randrange(5),
        "producer_slug": f"p-{rng.randrange(5)}",
        "producer_name": maker,
        "producer_kind": rng.choice(list(ProducerKind)),
        "commune_code": code,
        "commune_name": commune,
        "districts": districts,
        "stars": rng.choice([None, 3, 4, 5]),
        "certified_year": 2024,
        "valid_from": begun,
        "valid_until": begun and begun + timedelta(days=1095),
        "is_alcohol": kind == "Rượu",
        "in_stock": rng.random() < 0.7,
        "season_from": months[0],
        "season_until": months[1],
        "price_vnd": price,
        "price_from": False,
        "variant_label": "500 g",
        "unit_price_vnd": price,
        "unit_price_unit": "kg",
        "words": (name, kind, maker, commune or "", hash(name)),
    }
    return Row(**{**given_values, **values})


def make_index(seed: int = 1, count: int = 120) -> tuple[Index, list[Row]]:
    rng = random.Random(seed)
    rows = [make_row(number, rng) for number in range(1, count + 1)]
    index = Index()
    index.fill((row, "ngọt thơm") for row in rows)
    return index, rows


def has(row: Row, facet: Facet, value: str) -> bool:
    """Whether a row has a value of a facet, told without the index."""
    match facet:
        case Facet.GROUP:
            return row.group == value
        case Facet.STARS:
            return str(row.stars) == value and row.is_valid_on(DAY)
        case Facet.COMMUNE:
            return row.commune_code == value
        case Facet.DISTRICT:
            return value in [facets.district_slug(one) for one in row.districts]
        case Facet.PRICE:
            low, high = BANDS[value]
            return row.price_vnd is not None and low <= row.price_vnd <= high
        case Facet.PRODUCER_KIND:
            return row.producer_kind == value
        case Facet.IN_STOCK:
            return row.in_stock and row.is_valid_on(DAY) and not row.is_alcohol
        case Facet.IN_SEASON:
            return DAY.month in row.months()
    raise AssertionError(facet)


VALUES = {
    Facet.GROUP: [group.value for group in ProductGroup],
    Facet.STARS: ["3", "4", "5"],
    Facet.COMMUNE: ["1", "2"],
    Facet.DISTRICT: ["huyen-huong-son", "huyen-ky-anh", "thi-xa-ky-anh"],
    Facet.PRICE: list(BANDS),
    Facet.PRODUCER_KIND: [kind.value for kind in ProducerKind],
    Facet.IN_STOCK: [YES],
    Facet.IN_SEASON: [YES],
}
CHOICES = st.fixed_dictionaries(
    {},
    optional={
        facet: st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True).map(tuple)
        for facet, values in VALUES.items()
    },
)


@given(chosen=CHOICES, adult=st.booleans(), seed=st.integers(1, 5), sort=st.sampled_from(list(Sort)))
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_counts_of_facets_are_those_of_brute_force(chosen, adult, seed, sort):
    index, rows = make_index(seed)
    answer = engine.ask(index, Asked(chosen=Chosen(values=chosen), with_alcohol=adult, sort=sort), DAY)
    shown = [row for row in rows if adult or not row.is_alcohol]

    def fits(row, without=None):
        return all(
            any(has(row, facet, value) for value in values)
            for facet, values in chosen.items()
            if facet is not without
        )

    assert answer.total == sum(map(fits, shown))
    for facet, counted in answer.counts.of_facet.items():
        expected = {
            value: count
            for value in VALUES[facet]
            if (count := sum(fits(row, facet) and has(row, facet, value) for row in shown))
            or value in chosen.get(facet, ())
        }
        assert {one.value: one.count for one in counted} == expected
    assert answer.loosened == {facet: sum(fits(row, facet) for row in shown) for facet in chosen}


@given(sort=st.sampled_from(list(Sort)), question=st.sampled_from(["", "mật ong", "nga", "huong son"]))
@settings(max_examples=40)
def test_pages_are_the_list_cut_up_and_what_can_be_bought_stands_first(sort, question):
    index, _ = make_index(3, 200)

    def asked(page):
        return engine.ask(index, Asked(question=question, sort=sort, page=page, with_alcohol=True), DAY)

    first = asked(1)
    pages = [
        card for number in range(1, -(-first.total // engine.PAGE_SIZE) + 1) for card in asked(number).cards
    ]
    assert len(pages) == first.total
    assert len({card.id for card in pages}) == first.total
    if not question:
        buyable = [card.is_valid and card.in_stock and not card.is_alcohol for card in pages]
        assert buyable == sorted(buyable, reverse=True)
    assert asked(10_000).cards == []


@given(st.text(max_size=300), st.booleans())
@settings(max_examples=200)
def test_any_question_has_an_answer_in_bounded_time(question, exactly):
    index, _ = make_index(2, 60)
    started = time.process_time()
    answer = engine.ask(index, Asked(question=question, exactly=exactly), DAY)
    suggest.suggest(index, question, DAY, with_alcohol=False)
    assert time.process_time() - started < 2
    assert answer.total <= 60
    assert not any(card.is_alcohol for card in answer.cards)


@pytest.mark.parametrize(
    "question",
    [
        "a" * 10_000,
        "mat " * 2_500,
        "%" * 100,
        '" OR 1=1 --',
        "NEAR(mật ong)",
        "* ^ : -",
        "😀" * 500,
        "\u0300" * 500,
        "\x00mat",
        "đ" * 3000,
        "-" * 500,
        "1" * 4000 + "k",
    ],
    ids=range(12),
)
def test_hostile_questions_are_answered_quickly(question):
    index, _ = make_index(2, 60)
    started = time.process_time()
    engine.ask(index, Asked(question=question), DAY)
    assert time.process_time() - started < 2


CHANGES = st.lists(
    st.tuples(st.sampled_from(["put", "drop"]), st.integers(1, 40), st.integers(0, 10_000)), max_size=25
)


SEVERAL = (
    Asked(with_alcohol=True),
    Asked(question="mat ong"),
    Asked(question="mật ong", sort=Sort.CHEAPEST),
    Asked(question="nhug huou"),
    Asked(chosen=Chosen(values={Facet.STARS: ("4",), Facet.IN_STOCK: (YES,)}), sort=Sort.NAME),
    Asked(question="dưới 100k", sort=Sort.DEAREST),
    Asked(question="ngọt", only_valid=True),
)


@given(CHANGES)
@settings(max_examples=60)
def test_catching_up_equals_building_anew(changes):
    index, rows = make_index(4, 30)
    # whatever it keeps of its answers has to go with the next change
    for asked in SEVERAL:
        engine.ask(index, asked, DAY)
    for row in rows:
        near(index, row)
    kept = {row.id: row for row in rows}
    for act, number, seed in changes:
        if act == "put":
            kept[number] = make_row(number, random.Random(seed))
            index.put(kept[number], "ngọt thơm")
        else:
            kept.pop(number, None)
            index.drop(number)
    fresh = Index()
    fresh.fill((row, "ngọt thơm") for row in sorted(kept.values(), key=lambda row: row.id))
    assert len(index) == len(fresh) == len(kept)
    for asked in SEVERAL:
        one, other = engine.ask(index, asked, DAY), engine.ask(fresh, asked, DAY)
        assert [card.id for card in one.cards] == [card.id for card in other.cards]
        assert one.total == other.total

        def sets(answer):
            return {f: {(c.value, c.count) for c in counted} for f, counted in answer.counts.of_facet.items()}

        assert sets(one) == sets(other)
    for row in kept.values():
        assert near(index, row) == near(fresh, row)


def near(index, row, *, adult=True, count=8):
    return [card.id for card in related.related(index, row.id, DAY, with_alcohol=adult, count=count)]


@given(adult=st.booleans(), seed=st.integers(1, 5), count=st.sampled_from([1, 4, 8, 60]))
@settings(max_examples=40)
def test_what_stands_below_a_product_is_what_brute_force_finds(adult, seed, count):
    index, rows = make_index(seed, 60)
    in_lists = engine.ordered(index, [index.live], Sort.RELEVANCE, DAY, 0, 60)
    line = sorted((index.rows[p] for p in in_lists), key=lambda row: index.key(Sort.RELEVANCE)(row.id - 1))
    for own in rows:
        rest = [r for r in line if r.id != own.id and r.is_valid_on(DAY) and (adult or not r.is_alcohol)]
        groups = (
            [r for r in rest if r.producer_id == own.producer_id],
            [r for r in rest if r.kind == own.kind],
            [
                r
                for r in rest
                if r.commune_code == own.commune_code and own.commune_code and r.group == own.group
            ],
        )
        most = count
        if not any(groups):
            groups, most = ([r for r in rest if r.group == own.group],), 4
        tiers = [
            r.id
            for in_stock in (True, False)
            for group in groups
            for is_alcohol in (False, True)
            for r in group
            if r.in_stock is in_stock and r.is_alcohol is is_alcohol
        ]
        assert near(index, own, adult=adult, count=count) == list(dict.fromkeys(tiers))[:most]


def test_what_was_counted_and_drawn_once_is_the_same_until_something_changes():
    index, rows = make_index(1, 60)
    first, again = (engine.ask(index, Asked(sort=sort), DAY) for sort in (Sort.NEWEST, Sort.NAME))
    assert first.counts is again.counts
    by_id = {card.id: card for card in first.cards}
    assert all(card is by_id[card.id] for card in again.cards if card.id in by_id)
    index.put(rows[0], "ngọt")
    assert engine.ask(index, Asked(), DAY).counts is not first.counts


def named(*names, **values):
    rng = random.Random(0)
    index = Index()
    rows = [
        make_row(
            number,
            rng,
            name=name,
            valid_from=date(2025, 1, 1),
            valid_until=date(2027, 1, 1),
            stars=3,
            in_stock=True,
            is_alcohol=False,
            words=(name, "", "", "", number),
            **values,
        )
        for number, name in enumerate(names, 1)
    ]
    index.fill((row, "") for row in rows)
    return index


def found(index, question, **values):
    return [card.name for card in engine.ask(index, Asked(question=question, **values), DAY).cards]


def test_typed_marks_keep_other_words_apart_and_say_how_to_see_them():
    index = named("Dừa xiêm", "Dưa lưới", "Đũa móc")
    assert found(index, "dừa") == ["Dừa xiêm"]
    assert found(index, "đũa") == ["Đũa móc"]
    assert sorted(found(index, "dua")) == ["Dưa lưới", "Dừa xiêm", "Đũa móc"]
    assert engine.ask(index, Asked(question="dừa"), DAY).match.other_marks == 2


def test_a_word_typed_without_marks_is_not_bent_where_it_is_there():
    index = named("Chả ức gà", "Chả cá Lam", "Mực khô Thử")
    assert found(index, "cha muc") == ["Mực khô Thử"]
    assert found(index, "cha uc") == ["Chả ức gà"]


def test_the_whole_name_stands_before_its_beginning_and_that_before_words_inside():
    index = named("Kẹo mật ong", "Mật ong Rừng", "Mật ong", "Ong ăn mật")
    assert found(index, "mat ong") == ["Mật ong", "Mật ong Rừng", "Kẹo mật ong", "Ong ăn mật"]


def test_what_was_understood_is_said_and_can_be_switched_off():
    index = named("Nhung hươu Hương Sơn", "Cu đơ Phong Nga")
    answer = engine.ask(index, Asked(question="nhug huou"), DAY)
    assert (answer.match.shown, answer.total) == ("nhung hươu", 1)
    assert engine.ask(index, Asked(question="nhug huou", exactly=True), DAY).total == 0
    nothing = engine.ask(index, Asked(question="máy giặt"), DAY)
    assert nothing.total == 0


def test_certified_and_in_stock_stand_first_among_equally_near():
    rng = random.Random(0)
    base = {"is_alcohol": False, "stars": 3, "valid_from": date(2025, 1, 1)}
    rows = [
        make_row(
            1,
            rng,
            **{
                **base,
                "name": "Mật ong Một",
                "valid_until": date(2026, 1, 1),
                "in_stock": True,
                "words": ("Mật ong Một", "", "", "", 1),
            },
        ),
        make_row(
            2,
            rng,
            **{
                **base,
                "name": "Mật ong Hai",
                "valid_until": date(2027, 1, 1),
                "in_stock": False,
                "words": ("Mật ong Hai", "", "", "", 2),
            },
        ),
        make_row(
            3,
            rng,
            **{
                **base,
                "name": "Mật ong Ba",
                "valid_until": date(2027, 1, 1),
                "in_stock": True,
                "words": ("Mật ong Ba", "", "", "", 3),
            },
        ),
    ]
    index = Index()
    index.fill((row, "") for row in rows)
    assert found(index, "mật ong") == ["Mật ong Ba", "Mật ong Hai", "Mật ong Một"]
    assert found(index, "mật ong một")[0] == "Mật ong Một"


def test_suggestions_open_with_what_is_typed():
    index = named("Mật ong Cường Nga", "Mắm tôm Làng Xưa", "Cu đơ Phong Nga", group=ProductGroup.FOOD)
    offered = suggest.suggest(index, "mat o", DAY, with_alcohol=False)
    assert [card.name for card in offered.products] == ["Mật ong Cường Nga"]
    assert suggest.suggest(index, "", DAY, with_alcohol=False).products == []
    assert ProductGroup.FOOD in suggest.suggest(index, "thực", DAY, with_alcohol=False).groups
