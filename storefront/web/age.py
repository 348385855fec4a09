"""Whether the visitor has stated to be 18 or over; lists leave alcohol out until then."""

from __future__ import annotations

from flask import g, request

COOKIE = "tuoi"
STATED = "18"


def is_adult() -> bool:
    """The visitor has stated it; the answer is then for them alone (`private`)."""
    stated = request.cookies.get(COOKIE) == STATED
    if stated:
        g.stated_adult = True
    return stated
