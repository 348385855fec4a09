"""What is offered while typing, and in which order."""

import random
from datetime import date

import pytest

from storefront import bits
from storefront.catalogue.search import suggest, words
from storefront.catalogue.search.index import Index
from storefront.catalogue.search.matching import IN_NAME, OPENS, PHRASE, WHOLE
from storefront.catalogue.search.named import Maker, Place
from storefront.catalogue.search.spelling import Nearness, Spelling, of_name
from storefront.catalogue.search.suggest import Wished
from storefront.certification.groups import NAMES, ProductGroup
from tests.unit.catalogue.test_search_engine import make_index, make_row

DAY = date(2026, 11, 23)
CHIEN_THANG = "HTX Thu mua và chế biến thuỷ hải sản Chiến Thắng"


def shelf(*goods):
    """An index of names, each alone or with values of its row."""
    rng, index, rows = random.Random(0), Index(), []
    for number, (name, values) in enumerate(
        ((one, {}) if isinstance(one, str) else one for one in goods), start=1
    ):
        told = {
            "group": ProductGroup.FOOD,
            "producer_name": f"Nhà {number}",
            "commune_code": None,
            "commune_name": None,
            "price_vnd": 100_000,
            "stars": 3,
            **values,
        }
        found_by = (name, "", told["producer_name"], told["commune_name"] or "", number)
        valid = {"valid_from": date(2025, 1, 1), "valid_until": date(2027, 1, 1), "in_stock": True}
        row = make_row(
            number,
            rng,
            name=name,
            is_alcohol=False,
            words=found_by,
            producer_id=number,
            producer_slug=f"p-{number}",
            **valid,
            **told,
        )
        rows.append(row)
    index.fill((row, "") for row in rows)
    return index


def offered(index, typed):
    found = suggest.suggest(index, typed, DAY, with_alcohol=False)
    return [shown(one) for one in found.offers]


def shown(one):
    if isinstance(one, ProductGroup):
        return NAMES[one]
    return one.count if isinstance(one, Wished) else one.name


def test_exact_marks_stand_before_the_same_letters_those_before_beginnings():
    index = shelf("Trám đen", "Trầm tích", "Hương trầm", "Tràm trà", "Trâm anh")
    assert offered(index, "trầm")[:2] == ["Trầm tích", "Hương trầm"]
    assert set(offered(index, "trầm")[2:]) == {"Trám đen", "Tràm trà", "Trâm anh"}
    begun = shelf("Trám đen", "Trầm tích", "Trà xanh")
    assert offered(begun, "tra")[0] == "Trà xanh"
    assert offered(begun, "trâ") == ["Trà xanh", "Trầm tích"]


def test_what_is_written_without_marks_is_nearest_to_what_is_typed_so():
    assert offered(shelf("Cẩm Thành", "Cám gạo", "Cam Khe Mây"), "cam")[0] == "Cam Khe Mây"


def test_nothing_is_corrected_while_something_fits_as_typed():
    index = shelf("Ruốc kem", ("Cao hươu", {"group": ProductGroup.HERBAL}))
    assert offered(index, "dược") == [NAMES[ProductGroup.HERBAL]]
    found = suggest.suggest(shelf("Nhung hươu Hương Sơn"), "nhug huou", DAY, with_alcohol=False)
    assert ([card.name for card in found.products], found.shown) == (["Nhung hươu Hương Sơn"], "nhung hươu")


def test_marks_far_from_those_typed_are_offered_only_behind_what_is_typed():
    # the land of xã Hương Sơn was xã Sơn Trung's, too
    there = {"commune_code": "18133", "commune_name": "xã Hương Sơn", "producer_name": "Trung Mơ"}
    index = shelf(("Giò Trung Mơ", there), ("Sứa ăn liền", there), "Mắm tôm")
    assert offered(index, "trứng") == []
    assert offered(index, "sữa") == ["Sứa ăn liền"]
    assert offered(index, "mấm") == ["Mắm tôm"]
    assert offered(shelf("Giò me", "Dầu vừng"), "mè") == ["Giò me", "Dầu vừng"]
    assert offered(shelf("Giò Trung Mơ", "Trứng gà"), "trứng") == ["Trứng gà", "Giò Trung Mơ"]


def test_a_group_that_begins_so_stands_at_the_top():
    index = shelf("Mật ong Thức Dung", "Cơm cháy")
    for typed in ("thuc ph", "thực ph", "thực phẩm"):
        assert offered(index, typed)[0] == NAMES[ProductGroup.FOOD]
    assert NAMES[ProductGroup.TRAVEL] not in offered(index, "du lịch")


def test_a_name_that_is_just_what_was_typed_stands_before_products_that_hold_it():
    index = shelf(
        ("Cu đơ Phong Nga", {"producer_name": "Phong Nga"}),
        ("Cao Hương Sơn", {"commune_code": "18133", "commune_name": "xã Hương Sơn"}),
    )
    assert offered(index, "phong nga") == ["Phong Nga", "Cu đơ Phong Nga"]
    assert offered(index, "hương sơn") == ["xã Hương Sơn", "Cao Hương Sơn"]
    assert offered(index, "cu đơ")[0] == "Cu đơ Phong Nga"


@pytest.mark.parametrize(
    "typed", ["htx chien", "HTX chiến thắng", "chien htx", "hợp tác xã chiến th", "hai san chien"]
)
def test_a_producer_is_found_by_words_of_its_name_wherever_they_stand(typed):
    index = shelf(("Mắm tôm", {"producer_name": CHIEN_THANG}), ("Cá khô", {"producer_name": "HTX Phú Sáng"}))
    found = suggest.suggest(index, typed, DAY, with_alcohol=False)
    assert [one.name for one in found.offers if isinstance(one, Maker)] == [CHIEN_THANG]


def test_a_price_or_stars_offer_their_list_with_how_many_are_on_it():
    index = shelf(
        ("Mật ong Một", {"stars": 4, "price_vnd": 90_000}),
        ("Mật ong Hai", {"stars": 4, "price_vnd": 300_000}),
        ("Cu đơ", {"price_vnd": 50_000}),
    )
    assert offered(index, "duoi 100k") == [2, "Mật ong Một", "Cu đơ"]
    assert sorted(map(str, offered(index, "4 sao"))) == ["2", "Mật ong Hai", "Mật ong Một"]
    assert offered(index, "mat ong duoi 100k") == [1, "Mật ong Một"]
    assert offered(index, "4 s") == offered(index, "4 sao")
    assert offered(index, "mat ong 4 sa")[0] == 2
    assert offered(index, "5 sao") == []
    # half typed, it leaves nothing: what is offered then is what the words find
    assert set(offered(index, "mat ong duoi 2")) == {"Mật ong Một", "Mật ong Hai"}


def test_alcohol_and_who_makes_nothing_else_are_offered_to_adults_alone():
    index, _ = make_index(1, 120)
    for adult in (False, True):
        found = suggest.suggest(index, "ruou", DAY, with_alcohol=adult)
        assert any(card.is_alcohol for card in found.products) is adult
    assert not any(
        isinstance(one, Place) for one in suggest.suggest(index, "ruou", DAY, with_alcohol=False).offers
    )


@pytest.mark.parametrize(
    ("typed", "name", "expected"),
    [
        ("trầm", "Trầm", (Spelling.WRITTEN, WHOLE)),
        ("tram", "Trầm", (Spelling.LETTERS, WHOLE)),
        ("trâ", "Trầm", (Spelling.BEGUN, WHOLE)),
        ("trá", "Trầm", (Spelling.BEGUN_LETTERS, WHOLE)),
        ("mật ong", "Mật ong Cường Nga", (Spelling.WRITTEN, OPENS)),
        ("cường n", "Mật ong Cường Nga", (Spelling.BEGUN, PHRASE)),
        ("cuong n", "Mật ong Cường Nga", (Spelling.BEGUN, PHRASE)),
        ("cướng n", "Mật ong Cường Nga", (Spelling.BEGUN_LETTERS, PHRASE)),
        ("nga mật", "Mật ong Cường Nga", (Spelling.WRITTEN, IN_NAME)),
        ("hoà", "Hòa Hiệp", (Spelling.WRITTEN, OPENS)),
        ("quy", "Quỳnh Hội", (Spelling.BEGUN, OPENS)),
        ("mật gấu", "Mật ong", None),
        ("mậ ong", "Mật ong", None),
    ],
)
def test_nearness_of_a_name(typed, name, expected):
    found = of_name(words.cut(typed), words.cut(name))
    assert found == (expected and Nearness(False, *expected))


@pytest.mark.parametrize("start", [0, 3])
@pytest.mark.parametrize("step", [1, 7, 900, 20_000])
def test_a_slice_in_an_order_is_that_of_everything_in_the_order(step, start):
    size = 40_000
    order = list(range(size))
    random.Random(1).shuffle(order)
    place = {position: at for at, position in enumerate(order)}
    # the worst case too: all of them at the end of the order
    for wanted in (order[::step], order[-max(4, 200 // step) :]):
        found = bits.in_order(bits.of_positions(wanted), order, place.__getitem__, start, 6, size)
        assert found == sorted(wanted, key=place.__getitem__)[start : start + 6]
