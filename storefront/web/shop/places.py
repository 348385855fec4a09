"""The communes of today, found while typing."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from storefront import text
from storefront.places import lookup
from storefront.web import guards, page_cache

MOST = 8
LONGEST = 120


def register(bp: Blueprint) -> None:
    """Add the address."""
    bp.add_url_rule("/xa-phuong", "find_place", find_place)


@guards.public
@page_cache.kept("q")
def find_place() -> Response:
    """Communes for what was typed as `[{label, value, hint}]`, best first, at most eight; `value` is the code."""
    typed = text.clean_line(request.args.get("q", ""), LONGEST)
    found = [
        {"label": match.label, "value": match.commune.code, "hint": match.hint}
        for match in lookup.find(typed, MOST)
    ]
    answer = jsonify(found)
    # the list of communes changes by law, not by the hour
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer
