"""The register and the listings for programs: all of it, nothing personal, the same facts as the pages."""

import json

import jsonschema
import pytest

from storefront import codes
from storefront.certification.groups import ProductGroup
from storefront.database import transaction
from storefront.web.api import description
from tests import vocabulary
from tests.factories import shop


@pytest.fixture
def goods(app):
    with transaction():
        honey, variant, point = shop.make_buyable(
            "Mật ong Cường Nga", producer=shop.make_producer("HTX Cường Nga")
        )
        shop.make_variant(honey, "1 lít", price=350_000, position=2, net_quantity=1000)
        shop.make_buyable("Rượu Thử", kind="ruou", group=ProductGroup.DRINK)
        shop.make_buyable("Cam Thử", certified_year=2020, decided_on=None, decision_number="")
        shop.make_listing(product_name="Giò ẩn", published=False, stars=3)
        lot = shop.stock_up(variant, point)
    return honey, lot


def check(name, value):
    """It is what the description says."""
    schema = {"components": description.described()["components"], "$ref": f"#/components/schemas/{name}"}
    jsonschema.Draft202012Validator(schema).validate(value)


def everything(client, address):
    """All items of a list, going by `next`."""
    found = []
    while address:
        answer = client.get(address.removeprefix("http://localhost"))
        assert answer.status_code == 200, answer.text
        found += answer.json["items"]
        address = answer.json["next"]
    return found


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/certificates", "CertificatePage"),
        ("/listings", "ListingPage"),
        ("/producers", "ProducerPage"),
        ("/listings/mat-ong-cuong-nga", "ListingInFull"),
        ("/producers/htx-cuong-nga", "Producer"),
    ],
)
def test_answers_are_as_described_cached_and_open_to_all(client, goods, path, name):
    answer = client.get(f"/api/v1{path}", headers={"Origin": "https://other.example"})
    check(name, answer.json)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in answer.headers
    again = client.get(f"/api/v1{path}", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"


def test_a_list_is_read_page_by_page_without_gap_or_repeat(client, app):
    with transaction():
        for number in range(7):
            shop.make_listing(product_name=f"Cam Thử {number}")
    for kind in ("certificates", "listings", "producers"):
        ids = [json.dumps(item) for item in everything(client, f"/api/v1/{kind}?limit=3")]
        assert len(ids) == len(set(ids)) == 7, kind
        assert [json.dumps(one) for one in everything(client, f"/api/v1/{kind}")] == ids


def test_a_listing_says_what_its_page_says(client, goods):
    found = client.get("/api/v1/listings/mat-ong-cuong-nga").json
    page = client.get("/san-pham/mat-ong-cuong-nga")
    offers = {
        one["sku"]: one["offers"]
        for one in vocabulary.of_type(vocabulary.graph(page), "Product")
        if "offers" in one
    }
    assert {(pack["sku"], str(pack["price_vnd"]), pack["can_be_bought"]) for pack in found["packs"]} == {
        (sku, offer["price"], offer["availability"].endswith("InStock")) for sku, offer in offers.items()
    }
    assert found["can_be_bought"] is True
    assert client.get(found["url"].removeprefix("http://localhost")).status_code == 200


def test_alcohol_is_named_by_the_register_and_not_listed(client, goods):
    certificates = everything(client, "/api/v1/certificates")
    spirit = next(one for one in certificates if one["product"]["name"] == "Rượu Thử")
    assert spirit["product"]["listing"] is None
    assert {one["slug"] for one in everything(client, "/api/v1/listings")} == {"mat-ong-cuong-nga", "cam-thu"}
    for slug in ("ruou-thu", "gio-an", "khong-co"):
        assert client.get(f"/api/v1/listings/{slug}").status_code == 404
    client.set_cookie("tuoi", "18")
    assert client.get("/api/v1/listings/ruou-thu").status_code == 404


def test_lists_can_be_narrowed(client, goods):
    def names(query):
        return {one["name"] for one in everything(client, f"/api/v1/listings?{query}")}

    both = {"Mật ong Cường Nga", "Cam Thử"}
    assert names("stars=4") == {"Mật ong Cường Nga"}
    assert names("stars=5") == set()
    assert names("group=food") == both
    assert names("group=drink") == set()
    assert names("in_stock=true") == both
    assert names("in_stock=false") == set()
    assert names("producer=htx-cuong-nga") == {"Mật ong Cường Nga"}
    found = everything(client, "/api/v1/certificates?decision=2394/qd-ubnd&stars=3")
    assert [one["product"]["name"] for one in found] == ["Giò ẩn"]
    one = client.get(f"/api/v1/certificates/{found[0]['id']}").json
    assert one == found[0]


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=101",
        "limit=x",
        "limit=1&limit=2",
        "stars=6",
        "in_stock=yes",
        "group=beer",
        "cursor=xxx",
        "cursor=",
        "cursor=LTE",
        "cursor=OTk5OTk5OTk5OTk5",
        "producer=",
        "commune=" + "x" * 21,
        "sort=price",
    ],
)
def test_a_wrong_question_is_a_problem_that_says_why(client, goods, query):
    answer = client.get(f"/api/v1/listings?{query}")
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    check("Problem", answer.json)
    assert answer.json["detail"].startswith(query.split("=")[0])
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v1/certificates/999999", 404),
        ("GET", "/api/v1/certificates/0", 404),
        ("GET", "/api/v1/listings/%ff", 400),
        ("GET", "/api/", 404),
        ("POST", "/api/v1/listings", 405),
    ],
)
def test_errors_are_problems(client, app, method, path, status):
    answer = client.open(path, method=method, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.json["status"] == status
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_page_of_another_site_may_ask_with_an_etag(client, app):
    answer = client.options("/api/v1/listings", headers={"Origin": "https://other.example"})
    assert answer.status_code == 200
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]


def test_a_lot_is_told_by_its_code_and_guesses_are_counted(client, goods):
    _, lot = goods
    answer = client.get(f"/api/v1/lots/{codes.grouped(lot.code).lower()}")
    check("Lot", answer.json)
    assert answer.json["code"] == lot.code
    statuses = [client.get(f"/api/v1/lots/{codes.new(codes.Kind.LOT)}").status_code for _ in range(35)]
    assert (statuses[0], statuses[-1]) == (404, 429)
    refused = client.get(f"/t/{codes.new(codes.Kind.LOT)}")
    assert refused.status_code == 429


def test_the_description_is_served_with_this_shops_address(client, app):
    answer = client.get("/api/v1/openapi.json")
    assert answer.json == {**description.described(), "servers": [{"url": "http://localhost/api/v1"}]}


def test_nothing_personal_is_told(client, goods):
    with transaction():
        shop.make_user(name="Người Mua Kín", phone="0912345678")
    text = "".join(
        client.get(path).text for path in ("/api/v1/listings", "/api/v1/producers", "/api/v1/certificates")
    )
    for word in ("Người Mua Kín", "912345678", "@", "phone"):
        assert word not in text


def test_a_decision_is_found_by_its_number_alone_and_by_no_part_of_it(client, app):
    with transaction():
        shop.make_listing(product_name="Cam Một", decision_number="2394/QĐ-UBND")
        shop.make_listing(product_name="Cam Hai", decision_number="23941/QĐ-UBND")

    def found(decision):
        answer = client.get("/api/v1/certificates", query_string={"decision": decision})
        assert answer.status_code == 200
        return [one["product"]["name"] for one in answer.json["items"]]

    assert found("2394") == ["Cam Một"]
    assert found("23941") == ["Cam Hai"]
    assert found("2394/qd-ubnd") == ["Cam Một"]
    assert found("239") == found("%") == found("2394/") == []


@pytest.mark.parametrize("code", ["abc", "1813", "99999", "", "１８１３３", "18133 "])
def test_a_commune_that_is_none_is_a_wrong_question(client, goods, code):
    answer = client.get("/api/v1/listings", query_string={"commune": code})
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert answer.json["detail"].startswith("commune: ")
    one = client.get("/api/v1/listings").json["items"][0]["commune_code"]
    assert client.get(f"/api/v1/listings?commune={one}").json["items"]


def test_the_pattern_of_communes_fits_their_codes_and_nothing_else(client, goods):
    described = next(
        one["schema"]
        for one in description.described()["paths"]["/listings"]["get"]["parameters"]
        if one.get("name") == "commune"
    )
    one = client.get("/api/v1/listings").json["items"][0]["commune_code"]
    fits = jsonschema.Draft202012Validator(described).is_valid
    assert fits(one)
    assert not [wrong for wrong in ("abc", "1813", one + "0", f"x{one}", "１８１３３", "") if fits(wrong)]


@pytest.mark.parametrize("kind", ["listings", "certificates"])
@pytest.mark.parametrize("slug", ["khong-co", "HTX-Cuong-Nga", "%", "htx-cuong-nga "])
def test_a_producer_that_is_none_is_a_wrong_question(client, goods, kind, slug):
    answer = client.get(f"/api/v1/{kind}", query_string={"producer": slug})
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert answer.json["detail"].startswith("producer: no producer has this slug")
    assert client.get(f"/api/v1/{kind}?producer=htx-cuong-nga").json["items"]


def test_a_producer_without_listings_is_no_wrong_question(client, app):
    with transaction():
        shop.make_producer("HTX Chưa Bán")
    assert client.get("/api/v1/listings?producer=htx-chua-ban").json == {"items": [], "next": None}
