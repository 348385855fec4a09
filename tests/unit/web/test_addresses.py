"""Addresses are built once and kept; the same is said whoever asks, and under whatever host."""

from __future__ import annotations

import pytest
from flask import url_for

from storefront import languages
from storefront.money import Vnd


def asked(app, endpoint, language="vi", host="localhost", **values):
    root = f"http://{host}{languages.PREFIXES[language]}/"
    with languages.speaking(language), app.test_request_context("/", base_url=root):
        return url_for(endpoint, **values)


@pytest.mark.parametrize(
    ("values", "query"),
    [
        ({"q": "1"}, "?q=1"),
        ({"q": 1}, "?q=1"),
        ({"q": True}, "?q=True"),
        ({"q": Vnd(1)}, "?q=1"),
        ({"q": None}, ""),
        ({"q": ["a", "b"]}, "?q=a&q=b"),
        ({"q": "a&b=c"}, "?q=a%26b%3Dc"),
        ({"_anchor": "x"}, "#x"),
    ],
)
def test_each_value_has_its_own_address(app, values, query):
    for _ in range(2):
        assert asked(app, "shop.search", **values) == f"/tim{query}"
        assert asked(app, "shop.search", "en", **values) == f"/en/tim{query}"


def test_a_whole_address_is_never_that_of_another_host(app):
    assert asked(app, "shop.search", host="one.test", _external=True) == "http://one.test/tim"
    assert asked(app, "shop.search", host="two.test", _external=True) == "http://two.test/tim"
    assert asked(app, "shop.search", host="two.test") == "/tim"
