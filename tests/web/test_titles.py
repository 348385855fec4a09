"""A title says which page it is: two pages of the shop never share one."""

import html
import re

import pytest

from storefront.cli.demo import load
from storefront.database import transaction
from tests.factories import crowd, shop


def named_in(sitemap):
    return re.findall(r"<loc>http://localhost(.*?)</loc>", sitemap)


def title(page):
    return html.unescape(re.search(r"<title>(.*?)</title>", page.text, re.DOTALL)[1]).strip()


def test_no_page_of_the_demo_has_a_title_too_long_to_be_shown_or_that_of_another(client, app):
    with transaction():
        load.fill()
    client.set_cookie("tuoi", "18")
    found = {}
    maps = [client.get(one).text for one in named_in(client.get("/sitemap.xml").text)]
    for address in named_in("".join(maps)):
        answer = client.get(address)
        assert answer.status_code == 200, address
        # a producer is called alike in both languages
        found.setdefault((address.startswith("/en"), title(answer)), []).append(address)
    assert len(found) > 500
    assert [one for _, one in found if len(one) > 70] == []
    assert [paths for paths in found.values() if len(paths) > 1] == []


@pytest.mark.parametrize(
    ("name", "titled"),
    [
        ("Mật ong Nga", "Mật ong Nga (Honey), Sơn Giang commune · Hà Tĩnh Specialities"),
        ("Mật ong rừng Cường Nga", "Mật ong rừng Cường Nga (Honey), Sơn Giang commune"),
        ("Mật ong <b> & “A” " + "x" * 25, "Mật ong <b> & “A” " + "x" * 25 + " (Honey), Sơn Giang commune"),
        ("Mật ong " + "x" * 37, "Mật ong " + "x" * 37 + ", Sơn Giang commune"),
        ("Mật ong " + "x" * 80, "Mật ong " + "x" * 80 + ", Sơn Giang commune"),
    ],
)
def test_a_title_too_long_lets_go_of_the_shop_first_and_then_of_the_gloss(client, app, name, titled):
    with transaction():
        listing = shop.make_listing(product_name=name)
    page = client.get(f"/en/san-pham/{listing.slug}")
    assert title(page) == titled
    assert "<b>" not in page.text.partition("</title>")[0]
    own = html.unescape(re.search(r'property="og:title" content="([^"]*)"', page.text)[1])
    assert own == titled.removesuffix(" · Hà Tĩnh Specialities")


def test_no_two_pages_share_a_title(app):
    found = {}
    for browser, paths in crowd.browsers(app):
        for path in [*crowd.plain_pages(app), *paths]:
            answer = browser.get(path)
            if answer.status_code != 200 or "<html" not in answer.text[:200]:
                continue
            title = re.search(r"<title>(.*?)</title>", answer.text, re.DOTALL)
            assert title, path
            found.setdefault(html.unescape(title[1]).strip(), set()).add(path.partition("?")[0])
    assert len(found) > 40
    assert {title: paths for title, paths in found.items() if len(paths) > 1} == {}
