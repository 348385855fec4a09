"""What pages say to machines is sound schema.org and equal to what they say to people."""

import json
import re
from urllib.parse import urlsplit

import pytest

from storefront.catalogue.models import NetUnit
from storefront.certification.groups import ProductGroup
from storefront.database import transaction
from storefront.producers.models import NameSource
from tests import vocabulary
from tests.factories import shop

PRICE = re.compile(r"([\d.]+)\u00a0₫")


@pytest.fixture
def honey(app):
    """Two packs: one on hand, one sold out."""
    with transaction():
        producer = shop.make_producer("HTX Cường Nga")
        listing, _variant, _point = shop.make_buyable("Mật ong Cường Nga", producer=producer)
        shop.make_variant(
            listing, "1 kg", price=350_000, position=2, net_unit=NetUnit.GRAM, net_quantity=1000
        )
    return listing


def product_of(page):
    return vocabulary.of_type(vocabulary.graph(page), "Product", "ProductGroup")[0]


def test_every_page_with_data_keeps_to_the_vocabulary(client, honey, db_session):
    lot = re.search(r"/t/(L\w+)", client.get(f"/san-pham/{honey.slug}").text)[1]
    paths = ["/", "/gioi-thieu", "/nhom/thuc-pham", "/so-dang-ky", f"/san-pham/{honey.slug}", f"/t/{lot}"]
    paths.append("/chu-the/htx-cuong-nga")
    for path in [*paths, *(f"/en{path}" for path in paths)]:
        assert vocabulary.problems(vocabulary.graph(client.get(path))) == [], path


def test_a_wrong_graph_is_seen(client, honey):
    """The check itself finds a foreign property, a foreign type, a wrong value and a loose end."""
    wrong = [
        {"@type": "Product", "priceCurrency": "VND"},
        {"@type": "Sản phẩm"},
        {"@type": "Offer", "availability": "https://schema.org/FreeReturn"},
        {"@type": "Offer", "seller": {"@id": "https://shop.example/#nobody"}},
    ]
    assert all(vocabulary.problems([node]) for node in wrong)


def test_offers_say_what_the_buy_form_says(client, honey):
    page = client.get(f"/san-pham/{honey.slug}")
    product = product_of(page)
    assert product["@type"] == "ProductGroup"
    seen = {
        (one["size"], one["offers"]["price"], one["offers"]["availability"]) for one in product["hasVariant"]
    }
    assert seen == {
        ("500 ml", "185000", "https://schema.org/InStock"),
        ("1 kg", "350000", "https://schema.org/OutOfStock"),
    }
    form = page.text[page.text.index("<fieldset") : page.text.index("</fieldset>")]
    shown = re.findall(r"<span>(.+?)<small>([\d.]+)\u00a0₫(.*?)</small>", form)
    assert {
        (
            label,
            price.replace(".", ""),
            f"https://schema.org/{'OutOfStock' if 'tạm hết' in rest else 'InStock'}",
        )
        for label, price, rest in shown
    } == seen
    fees = {
        one["shippingRate"]["value"]
        for one in vocabulary.of_type(vocabulary.graph(page), "OfferShippingDetails")
    }
    assert fees == {28_000}


def test_one_pack_is_a_plain_product_with_its_certificate(client, app):
    with transaction():
        listing, _, _ = shop.make_buyable("Cu đơ Thử")
    product = product_of(client.get(f"/san-pham/{listing.slug}"))
    assert product["@type"] == "Product"
    assert product["offers"]["price"] == "185000"
    certificate = product["hasCertification"]
    assert certificate["certificationIdentification"] == "2394/QĐ-UBND"
    assert certificate["certificationRating"]["ratingValue"] == 4
    assert certificate["certificationStatus"] == "https://schema.org/CertificationActive"
    assert (certificate["datePublished"], certificate["expires"]) == ("2024-10-15", "2027-10-15")
    assert "aggregateRating" not in json.dumps(product)


def test_what_cannot_be_bought_has_no_offer(client, app):
    with transaction():
        lapsed, _, _ = shop.make_buyable("Cam Thử", certified_year=2020, decided_on=None, decision_number="")
        spirit, _, _ = shop.make_buyable("Rượu Thử", kind="ruou", group=ProductGroup.DRINK)
        bare = shop.make_listing(product_name="Giò Thử")
    client.set_cookie("tuoi", "18")
    for listing in (lapsed, spirit, bare):
        nodes = vocabulary.graph(client.get(f"/san-pham/{listing.slug}"))
        assert vocabulary.of_type(nodes, "Offer") == []
    certificate = product_of(client.get(f"/san-pham/{lapsed.slug}"))["hasCertification"]
    assert certificate["certificationStatus"] == "https://schema.org/CertificationInactive"


def test_a_brand_that_stands_in_for_a_maker_is_no_organisation(client, app):
    with transaction():
        producer = shop.make_producer("Đông An", name_source=NameSource.PRODUCT_NAME)
        listing, _, _ = shop.make_buyable("Bột nêm Đông An", producer=producer)
    product = product_of(client.get(f"/san-pham/{listing.slug}"))
    assert product["brand"]["name"] == "Đông An"
    assert "manufacturer" not in product


def test_a_name_cannot_end_the_block(client, app):
    with transaction():
        listing, _, _ = shop.make_buyable("Mật </script><b>Thử & Co")
    page = client.get(f"/san-pham/{listing.slug}")
    assert product_of(page)["name"] == "Mật </script><b>Thử & Co"


def test_addresses_are_whole_and_ours(client, honey):
    nodes = vocabulary.everything(vocabulary.graph(client.get(f"/san-pham/{honey.slug}")))
    addresses = [node[key] for node in nodes for key in ("url", "@id", "item") if key in node]
    assert {urlsplit(one).netloc for one in addresses if "example.org/tin" not in one} == {"localhost"}


def test_the_way_here_ends_at_the_page(client, honey):
    pages = {
        f"/san-pham/{honey.slug}": "Mật ong Cường Nga",
        "/nhom/thuc-pham": "Thực phẩm",
        f"/san-pham?xa={honey.commune_code}": "Xã Sơn Giang",
    }
    for path, last in pages.items():
        way = vocabulary.of_type(vocabulary.graph(client.get(path)), "BreadcrumbList")[0]["itemListElement"]
        assert [one["position"] for one in way] == list(range(1, len(way) + 1))
        assert way[0]["item"] == "http://localhost/"
        assert way[-1] == {"@type": "ListItem", "position": len(way), "name": last}


def test_the_shop_names_returns_and_fees(client, honey):
    nodes = vocabulary.graph(client.get("/gioi-thieu"))
    store = vocabulary.of_type(nodes, "OnlineStore")[0]
    days = {one.get("merchantReturnDays") for one in store["hasMerchantReturnPolicy"]}
    assert days == {None, 7}
    assert "trong 7 ngày" in client.get("/doi-tra").text
    assert {one["shippingRate"]["value"] for one in vocabulary.of_type(nodes, "ShippingConditions")} == {
        28_000,
        56_000,
    }


def test_the_site_says_which_language_it_speaks(client, honey):
    for path, spoken in (("/", "vi"), ("/en/", "en")):
        site = vocabulary.of_type(vocabulary.graph(client.get(path)), "WebSite")[0]
        assert (site["inLanguage"], site["url"]) == (spoken, f"http://localhost{path}")
