"""Every endpoint says who may call it, and keeps to it."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.routing import Rule

from storefront import access
from tests.factories import shop

SAMPLES = {"id": 1, "slug": "mat-ong", "default": "x", "int": 1, "path": "x"}
BUILT_IN = frozenset({"public", "personal", "signed-in"})


def audience(app: Flask, rule: Rule) -> str:
    return getattr(app.view_functions[rule.endpoint], "__audience__", "")


def path_of(app: Flask, rule: Rule) -> str:
    values = {}
    for name, converter in rule._converters.items():
        kind = type(converter)
        known = next((key for key, cls in app.url_map.converters.items() if cls is kind), "default")
        values[name] = SAMPLES.get(known, "x")
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values, method=method_of(rule))


def method_of(rule: Rule) -> str:
    return "GET" if "GET" in (rule.methods or ()) else "POST"


def rules(app: Flask, *audiences: str) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if audience(app, rule) in audiences]


def test_every_endpoint_states_its_audience(app):
    allowed = BUILT_IN | {permission.value for permission in access.Permission}
    wrong = {rule.endpoint for rule in app.url_map.iter_rules() if audience(app, rule) not in allowed}
    assert wrong == set()


def test_every_page_of_the_staff_door_asks_for_a_permission(app):
    permissions = {permission.value for permission in access.Permission}
    loose = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/quay") and audience(app, rule) not in permissions
    }
    assert loose == set()


def test_public_pages_change_nothing(app):
    assert [rule.rule for rule in rules(app, "public") if "POST" in rule.methods] == []


def test_public_pages_are_the_same_for_everybody(app):
    listing, _variant, _point = shop.make_buyable("Mật ong Thử")
    shopper = shop.make_user()
    shop.save()
    stranger, known = app.test_client(), app.test_client()
    shop.sign_in(known, shopper)
    pages = [path_of(app, rule) for rule in rules(app, "public") if not rule.arguments]
    pages.append(f"/san-pham/{listing.slug}")
    for page in pages:
        seen = [browser.get(page) for browser in (stranger, known)]
        assert [answer.status_code for answer in seen] == [seen[0].status_code] * 2, page
        assert seen[0].status_code < 500, page
        assert seen[0].data == seen[1].data, page
        assert "phien" not in seen[1].headers.get("Set-Cookie", ""), page


@pytest.mark.parametrize("who", ["stranger", "shopper"])
def test_staff_pages_refuse_strangers_and_shoppers(app, client, who):
    if who == "shopper":
        user = shop.make_user()
        shop.save()
        shop.sign_in(client, user)
    staff_rules = rules(app, *(permission.value for permission in access.Permission))
    assert staff_rules
    for rule in staff_rules:
        answer = client.open(path_of(app, rule), method=method_of(rule))
        if who == "stranger":
            assert answer.status_code == 303, rule.rule
            assert answer.location.startswith("/dang-nhap"), rule.rule
        else:
            assert answer.status_code == 404, rule.rule


def test_signed_in_pages_ask_a_stranger_to_sign_in(app, client):
    for rule in rules(app, "signed-in"):
        answer = client.open(path_of(app, rule), method=method_of(rule))
        assert answer.status_code == 303, rule.rule
        assert answer.location.startswith("/dang-nhap"), rule.rule
        assert answer.headers["Cache-Control"] == "no-store", rule.rule
