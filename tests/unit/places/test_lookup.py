"""Places: found while typing, by name, and from what they were called before."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront import text
from storefront.errors import NotFound
from storefront.places import lookup, reading

REGISTER = Path(reading.__file__).parents[1] / "cli" / "demo" / "register.csv"


def first(query: str) -> str:
    found = lookup.find(query)
    return found[0].label if found else ""


def test_there_are_34_provinces_in_vietnamese_order() -> None:
    names = [province.short_name for province in lookup.provinces()]
    assert len(names) == 34
    assert names[:5] == ["An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Cần Thơ"]
    assert lookup.province("42").name == "tỉnh Hà Tĩnh"
    assert lookup.province("79").name == "Thành phố Hồ Chí Minh"
    assert lookup.province("42").folded == "ha tinh"


def test_every_commune_is_there_and_every_old_unit_leads_on() -> None:
    assert len(reading.communes()) == 3321
    assert len(reading.former_units()) == 10040
    assert all(unit.successors and unit.name for unit in reading.former_units())
    assert {unit.name.split()[0] for unit in reading.former_units()} == {
        "xã",
        "phường",
        "thị",
        "huyện",
        "Phường",
    }
    assert {unit.district.split()[1] for unit in reading.former_units() if unit.district} >= {"xã", "phố"}
    assert not [unit for unit in reading.former_units() if unit.district.startswith(("thị X", "thành P"))]
    assert len(lookup.communes_of("42")) == 69
    assert lookup.communes_of("99") == ()


def test_a_commune_is_written_as_in_a_sentence() -> None:
    commune = lookup.commune("18547")
    assert (commune.name, commune.kind) == ("Phúc Trạch", "xã")
    assert commune.label == "xã Phúc Trạch, tỉnh Hà Tĩnh"
    assert 18 < commune.lat < 19
    assert 105 < commune.lon < 107


@pytest.mark.parametrize("code", ["", "0", "99999", "18547 ", "1" * 30, "\0", "x" * 10_000])
def test_an_unknown_code_is_not_found(code: str) -> None:
    with pytest.raises(lookup.PlaceNotFound) as caught:
        lookup.commune(code)
    assert isinstance(caught.value, NotFound)


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("Hương Trạch, Hương Khê", "xã Phúc Trạch, tỉnh Hà Tĩnh"),
        ("huong trach huong khe", "xã Phúc Trạch, tỉnh Hà Tĩnh"),
        ("Hương Khê Hương Trạch", "xã Phúc Trạch, tỉnh Hà Tĩnh"),
        ("xã hương trạch, huyện hương khê, tỉnh hà tĩnh", "xã Phúc Trạch, tỉnh Hà Tĩnh"),
        ("x. huong trach, h. huong khe", "xã Phúc Trạch, tỉnh Hà Tĩnh"),
        ("phuc trach huyen huong khe", "xã Phúc Trạch, tỉnh Hà Tĩnh"),
        ("hương trạ", "xã Phúc Trạch, tỉnh Hà Tĩnh"),
        ("cau giay", "phường Cầu Giấy, thành phố Hà Nội"),
        ("cau giay ha noi", "phường Cầu Giấy, thành phố Hà Nội"),
        ("cau giay hn", "phường Cầu Giấy, thành phố Hà Nội"),
        ("hà nội cầu giấy", "phường Cầu Giấy, thành phố Hà Nội"),
        ("xã Cẩm Hà, huyện Cẩm Xuyên, tỉnh Hà Tĩnh", "xã Cẩm Hưng, tỉnh Hà Tĩnh"),
        ("Phường 3 Bảo Lộc", "phường 3 Bảo Lộc, tỉnh Lâm Đồng"),
        ("caugiay hanoi", "phường Cầu Giấy, thành phố Hà Nội"),
        ("p. Cầu Giấy", "phường Cầu Giấy, thành phố Hà Nội"),
        ("CẦU GIẤY", "phường Cầu Giấy, thành phố Hà Nội"),
        ("sai gon", "phường Sài Gòn, Thành phố Hồ Chí Minh"),
        ("ben thanh tp hcm", "phường Bến Thành, Thành phố Hồ Chí Minh"),
        ("bến thành, tp.hcm", "phường Bến Thành, Thành phố Hồ Chí Minh"),
        ("ben thanh sai gon", "phường Bến Thành, Thành phố Hồ Chí Minh"),
        ("p12 q3", "phường Nhiêu Lộc, Thành phố Hồ Chí Minh"),
        ("Phường 12, Quận 3", "phường Nhiêu Lộc, Thành phố Hồ Chí Minh"),
        ("P.12, Q.3", "phường Nhiêu Lộc, Thành phố Hồ Chí Minh"),
        ("tt huong khe", "xã Hương Khê, tỉnh Hà Tĩnh"),
        ("kì anh", "xã Kỳ Anh, tỉnh Hà Tĩnh"),
        ("ky anh ht", "xã Kỳ Anh, tỉnh Hà Tĩnh"),
        ("Kỳ Ninh, TX Kỳ Anh", "phường Hải Ninh, tỉnh Hà Tĩnh"),
        ("xã Kỳ Ninh", "phường Hải Ninh, tỉnh Hà Tĩnh"),
        ("Trần Phú, Hà Tĩnh", "phường Trần Phú, tỉnh Hà Tĩnh"),
        ("son kim 2", "xã Sơn Kim 2, tỉnh Hà Tĩnh"),
        ("x. son giang", "xã Sơn Giang, tỉnh Hà Tĩnh"),
        ("Hộ Độ, Lộc Hà", "phường Trần Phú, tỉnh Hà Tĩnh"),
        ("Thạch Kim, Lộc Hà", "xã Lộc Hà, tỉnh Hà Tĩnh"),
        ("Số 5 đường Nguyễn Du, phường Thành Sen, Hà Tĩnh", "phường Thành Sen, tỉnh Hà Tĩnh"),
        ("Hà Tĩnh", "phường Thành Sen, tỉnh Hà Tĩnh"),
        ("con dao", "đặc khu Côn Đảo, Thành phố Hồ Chí Minh"),
        ("m'drak", "xã M'Drắk, tỉnh Đắk Lắk"),
        ("Thủ Dầu Một, Bình Dương", "phường Thủ Dầu Một, Thành phố Hồ Chí Minh"),
        ("hoà hải hương khê", "xã Hương Bình, tỉnh Hà Tĩnh"),
    ],
)
def test_comes_first(query: str, label: str) -> None:
    assert first(query) == label


def test_an_old_name_says_why_it_led_here() -> None:
    match = lookup.find("Hương Trạch, Hương Khê")[0]
    assert match.hint == "trước đây xã Hương Trạch, huyện Hương Khê"
    assert match.via is not None
    assert match.via.label == "xã Hương Trạch, huyện Hương Khê"
    assert match.label == match.commune.label


def test_a_name_of_today_needs_no_hint() -> None:
    match = lookup.find("Phúc Trạch, Hương Khê")[0]
    assert (match.via, match.hint) == (None, "")


def test_a_divided_unit_leads_to_all_its_parts_the_larger_first() -> None:
    found = lookup.find("Đại Nài")
    assert [match.commune.name for match in found] == ["Thành Sen", "Hà Huy Tập"]
    assert found[0].hint == "trước đây phần lớn phường Đại Nài, thành phố Hà Tĩnh"
    assert found[1].hint == "trước đây một phần phường Đại Nài, thành phố Hà Tĩnh"
    assert {match.commune.name for match in lookup.find("Kỳ Lợi")} == {"Hoành Sơn", "Sông Trí", "Vũng Áng"}


def test_a_gone_province_is_named_in_the_hint() -> None:
    found = lookup.find("Phú Cường, Thủ Dầu Một")
    assert found[0].hint == "trước đây phường Phú Cường, thành phố Thủ Dầu Một, tỉnh Bình Dương"


@pytest.mark.parametrize("query", ["q1", "quận 1", "Q.1", "quan 1"])
def test_a_district_leads_to_the_wards_of_today(query: str) -> None:
    found = lookup.find(query)
    assert {"Sài Gòn", "Bến Thành", "Tân Định", "Cầu Ông Lãnh"} == {match.commune.name for match in found}
    assert {match.hint for match in found} == {"trước đây thuộc Quận 1"}


@pytest.mark.parametrize(
    ("query", "code"), [("tp hcm", "79"), ("hcm", "79"), ("hn", "01"), ("nghe an", "40")]
)
def test_a_province_alone_offers_its_communes(query: str, code: str) -> None:
    found = lookup.find(query)
    assert len(found) == 8
    assert code in {match.commune.province.code for match in found}


def test_exact_marks_come_first() -> None:
    assert lookup.find("Sơn Hạ, Quảng Ngãi")[0].commune.name == "Sơn Hạ"
    assert lookup.find("Sơn Hà, Quảng Ngãi")[0].commune.name == "Sơn Hà"


def test_among_equals_the_home_province_comes_first() -> None:
    assert first("Trần Phú") == "phường Trần Phú, tỉnh Hà Tĩnh"
    assert first("kim hoa") == "xã Kim Hoa, tỉnh Hà Tĩnh"


def test_the_limit_holds_and_a_commune_comes_once() -> None:
    found = lookup.find("tan", limit=5)
    assert len(found) == 5
    codes = [match.commune.code for match in lookup.find("son", limit=200)]
    assert len(codes) == len(set(codes))
    assert lookup.find("son", limit=0) == []


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "a",
        "%",
        "%%%",
        "\0",
        "Cầu\0Giấy",
        "😀",
        "x" * 10_000,
        "an " * 4_000,
        "' OR 1=1 --",
        "qwertyuiop",
        "1",
        "_",
    ],
)
def test_nonsense_finds_nothing_quickly(query: str) -> None:
    lookup.find("an")
    start = time.perf_counter()
    assert lookup.find(query) == []
    assert time.perf_counter() - start < 0.05


@given(st.text(max_size=220))
def test_any_text_can_be_asked(query: str) -> None:
    assert len(lookup.find(query)) <= 8


@given(st.sampled_from(reading.communes()))
def test_every_commune_is_found_by_its_label_with_and_without_marks(commune: lookup.Commune) -> None:
    assert lookup.find(commune.label)[0].commune == commune
    assert commune in [match.commune for match in lookup.find(text.strip_marks(commune.label))]
    assert lookup.by_name(commune.full_name, commune.province.name) == commune


@given(st.sampled_from(reading.former_units()))
def test_every_old_unit_leads_to_its_successors(unit: lookup.FormerUnit) -> None:
    found = [
        match.commune for match in lookup.find(f"{unit.name}, {unit.district}, {unit.province}", limit=20)
    ]
    assert set(unit.successors) <= set(found)
    assert lookup.former(unit.name, unit.district, unit.province) == unit


def test_every_commune_of_the_register_is_found_by_name() -> None:
    with REGISTER.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    named = [row["commune_new"] for row in rows if row["commune_new"]]
    assert (len(rows), len(named)) == (129, 117)
    missing = [name for name in named if lookup.by_name(name, "Hà Tĩnh") is None]
    assert missing == []


@pytest.mark.parametrize(
    ("name", "province", "label"),
    [
        ("xã Sơn Giang", "Hà Tĩnh", "xã Sơn Giang, tỉnh Hà Tĩnh"),
        ("Sơn Giang", "tỉnh Hà Tĩnh", "xã Sơn Giang, tỉnh Hà Tĩnh"),
        ("XÃ SON GIANG", "ha tinh", "xã Sơn Giang, tỉnh Hà Tĩnh"),
        ("P. Thành Sen", "Hà Tĩnh", "phường Thành Sen, tỉnh Hà Tĩnh"),
        ("Kì Anh", "Hà Tĩnh", "xã Kỳ Anh, tỉnh Hà Tĩnh"),
        ("Bến Thành", "TP. Hồ Chí Minh", "phường Bến Thành, Thành phố Hồ Chí Minh"),
        ("Sơn Hạ", "Quảng Ngãi", "xã Sơn Hạ, tỉnh Quảng Ngãi"),
    ],
)
def test_by_name(name: str, province: str, label: str) -> None:
    found = lookup.by_name(name, province)
    assert found is not None
    assert found.label == label


@pytest.mark.parametrize(
    ("name", "province"),
    [
        ("son ha", "Quảng Ngãi"),
        ("Sơn Giang", "Nghệ An"),
        ("Hương Trạch", "Hà Tĩnh"),
        ("", ""),
        ("\0", "Hà Tĩnh"),
        ("x" * 10_000, "y" * 10_000),
    ],
)
def test_by_name_does_not_guess(name: str, province: str) -> None:
    assert lookup.by_name(name, province) is None


@pytest.mark.parametrize(
    ("name", "district", "successors"),
    [
        ("Hương Trạch", "Hương Khê", ["Phúc Trạch"]),
        ("thị trấn Phố Châu", "Hương Sơn", ["Hương Sơn"]),
        ("Phường Kỳ Ninh", "TX Kỳ Anh", ["Hải Ninh"]),
        ("Kỳ Ninh", "TX Kỳ Anh", ["Hải Ninh"]),
        ("Đại Nài", "TP Hà Tĩnh", ["Thành Sen", "Hà Huy Tập"]),
        ("Đại Nài", "", ["Thành Sen", "Hà Huy Tập"]),
    ],
)
def test_former(name: str, district: str, successors: list[str]) -> None:
    unit = lookup.former(name, district, "Hà Tĩnh")
    assert unit is not None
    assert [commune.name for commune in unit.successors] == successors


def test_former_does_not_guess() -> None:
    assert lookup.former("Hương Trạch", "Can Lộc", "Hà Tĩnh") is None
    assert lookup.former("", "", "") is None
    assert lookup.former("x" * 10_000, "\0", "%") is None


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Sơn Giang commune, Hà Tĩnh province", "xã Sơn Giang, tỉnh Hà Tĩnh"),
        ("Thanh Sen ward, Ha Tinh", "phường Thành Sen, tỉnh Hà Tĩnh"),
        ("Ben Thanh ward, Ho Chi Minh City", "phường Bến Thành, Thành phố Hồ Chí Minh"),
        ("Ben Nghe ward, District 1", "phường Sài Gòn, Thành phố Hồ Chí Minh"),
    ],
)
def test_kinds_may_be_typed_in_english(typed: str, label: str) -> None:
    assert first(typed) == label


@pytest.mark.parametrize(
    ("commune", "told", "districts"),
    [
        (None, "Cẩm Xuyên", ("huyện Cẩm Xuyên",)),
        (None, "TX Kỳ Anh", ("thị xã Kỳ Anh",)),
        (None, "Kỳ Anh", ("huyện Kỳ Anh",)),
        (None, "TP Hà Tĩnh", ("thành phố Hà Tĩnh",)),
        (None, "Lộc Hà", ("huyện Lộc Hà",)),
        (None, None, ()),
        (None, "Quận Một", ()),
        ("Mai Phụ", "Lộc Hà", ("huyện Thạch Hà", "huyện Lộc Hà")),
        ("Mai Phụ", None, ("huyện Thạch Hà",)),
    ],
)
def test_a_product_belongs_to_the_old_district_its_source_tells(commune, told, districts):
    code = lookup.by_name(commune, "Hà Tĩnh").code if commune else None
    assert lookup.home_districts_of(code, told) == districts
    assert set(districts) <= set(lookup.home_districts().values())
