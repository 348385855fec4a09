from datetime import date
from xml.etree import ElementTree

from storefront.certification.models import Recorded
from storefront.database import transaction
from tests.factories import shop


def items(client):
    channel = ElementTree.fromstring(client.get("/so-dang-ky/moi.rss").data)
    return [{one.tag: one.text for one in item} for item in channel.iter("item")]


def test_new_certificates_come_first_and_only_granted_ones(client, app):
    with transaction():
        shop.make_product(product_name="Mật <ong> & Cam", decided_on=date(2026, 3, 2), certified_year=2026)
        shop.make_product(product_name="Giò Thử", decided_on=None, decision_number="", certified_year=2025)
        shop.make_product(product_name="Rượu Thử", recorded=Recorded.REVOKED)
        shop.make_product(
            product_name="Cam năm nay", decided_on=None, decision_number="", certified_year=2026
        )
    found = items(client)
    assert [item["title"] for item in found] == ["Mật <ong> & Cam: 4 sao OCOP", "Giò Thử: 4 sao OCOP"]
    assert found[0]["pubDate"] == "Sun, 01 Mar 2026 17:00:00 +0000"
    assert "pubDate" not in found[1]
    assert "2394/QĐ-UBND" in found[0]["description"]
    page = client.get(found[0]["link"].removeprefix("http://localhost"))
    assert "Mật &lt;ong&gt; &amp; Cam" in page.text


def test_the_register_names_its_feed(client, app):
    assert 'type="application/rss+xml"' in client.get("/so-dang-ky").text
    answer = client.get("/so-dang-ky/moi.rss")
    assert answer.mimetype == "application/rss+xml"
    again = client.get("/so-dang-ky/moi.rss", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_feed_speaks_the_language_of_the_page_that_names_it(client, app):
    with transaction():
        shop.make_product(product_name="Mật ong Thử", decided_on=date(2026, 3, 2), certified_year=2026)
    assert 'href="/en/so-dang-ky/moi.rss"' in client.get("/en/so-dang-ky").text
    for place, spoken, opening, title, told in (
        ("", "vi", "Sản phẩm vừa", "Mật ong Thử: 4 sao OCOP", "xã Sơn Giang · Quyết định"),
        ("/en", "en", "Products just", "Mật ong Thử: 4-star OCOP", "Sơn Giang commune · Decision"),
    ):
        channel = ElementTree.fromstring(client.get(f"{place}/so-dang-ky/moi.rss").data)[0]
        assert channel.findtext("language") == spoken
        assert channel.findtext("description").startswith(opening)
        assert channel.findtext("link") == f"http://localhost{place}/so-dang-ky"
        assert channel.findtext("item/title") == title
        assert told in channel.findtext("item/description")
        assert channel.findtext("item/link").startswith(f"http://localhost{place}/so-dang-ky?q=")


def test_a_product_that_is_listed_is_led_to_and_glossed(client, app):
    with transaction():
        listing, _, _ = shop.make_buyable("Mật ong Cường Nga")
        shop.make_product(product_name="Giò Thử")
    links = {item["title"]: item["link"] for item in items(client)}
    assert links["Mật ong Cường Nga: 4 sao OCOP"] == f"http://localhost/san-pham/{listing.slug}"
    assert links["Giò Thử: 4 sao OCOP"].startswith("http://localhost/so-dang-ky?q=")
    english = ElementTree.fromstring(client.get("/en/so-dang-ky/moi.rss").data)
    assert "Mật ong Cường Nga (Honey): 4-star OCOP" in {one.findtext("title") for one in english.iter("item")}
    assert "Honey" in client.get("/en/so-dang-ky").text
    assert "Honey" not in client.get("/so-dang-ky").text
