"""What a request of the API may ask for: parameters it knows, within bounds, and where in a list to go on."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Collection

from flask import request

from storefront.places import lookup
from storefront.producers import queries as producers

MOST = 100
USUAL = 50
LARGEST_ID = 999_999_999


class WrongParameter(Exception):
    """A parameter that is unknown, given twice, or has a value that is not allowed; the text says which and why."""


def only(*known: str) -> None:
    """Refuse parameters that this address does not know: a misspelt filter would silently filter nothing.

    :raises WrongParameter: naming the first one.
    """
    for name in request.args:
        if name not in known:
            raise WrongParameter(f"{name[:40]}: unknown parameter; known here: {', '.join(known) or 'none'}")
        if len(request.args.getlist(name)) > 1:
            raise WrongParameter(f"{name}: given more than once")


def text(name: str, most: int = 200) -> str | None:
    """A parameter's text; None when it is not given.

    :raises WrongParameter: when it is empty or too long.
    """
    value = request.args.get(name)
    if value is not None and not 1 <= len(value) <= most:
        raise WrongParameter(f"{name}: give 1 to {most} letters")
    return value


def choice(name: str, allowed: Collection[str]) -> str | None:
    """One of these words; None when the parameter is not given.

    :raises WrongParameter: for any other.
    """
    value = request.args.get(name)
    if value is not None and value not in allowed:
        raise WrongParameter(f"{name}: give one of {', '.join(allowed)}")
    return value


def commune(name: str) -> str | None:
    """The official code of a commune; None when the parameter is not given.

    :raises WrongParameter: when no commune has it.
    """
    value = request.args.get(name)
    if value is None:
        return None
    try:
        return lookup.commune(value).code
    except lookup.PlaceNotFound:
        raise WrongParameter(f"{name}: no commune of today has this code; give its five digits") from None


def producer(name: str) -> str | None:
    """The slug of a producer; None when the parameter is not given.

    :raises WrongParameter: when no producer has it.
    """
    slug = text(name)
    if slug is None:
        return None
    try:
        return producers.by_slug(slug).slug
    except producers.ProducerNotFound:
        raise WrongParameter(f"{name}: no producer has this slug; /producers names them all") from None


def flag(name: str) -> bool | None:
    """`true` or `false`; None when the parameter is not given.

    :raises WrongParameter: for anything else.
    """
    value = choice(name, ("true", "false"))
    return None if value is None else value == "true"


def limit() -> int:
    """How many a page holds.

    :raises WrongParameter: when it is no whole number from 1 to 100.
    """
    value = request.args.get("limit", str(USUAL))
    if not (value.isascii() and value.isdigit() and len(value) <= 3 and 1 <= int(value) <= MOST):
        raise WrongParameter(f"limit: give a whole number from 1 to {MOST}")
    return int(value)


def after() -> int:
    """The id after which the page begins, 0 for the first page.

    :raises WrongParameter: when the cursor is not one that the API gave.
    """
    value = request.args.get("cursor")
    if value is None:
        return 0
    try:
        plain = base64.urlsafe_b64decode(value.encode("ascii") + b"==").decode("ascii")
    except (UnicodeError, binascii.Error, ValueError):
        plain = ""
    if not (plain.isdigit() and 1 <= int(plain[:10]) <= LARGEST_ID and cursor(int(plain[:10])) == value):
        raise WrongParameter("cursor: give the one of the answer before, unchanged")
    return int(plain)


def cursor(last_id: int) -> str:
    """The cursor of the page after that id."""
    return base64.urlsafe_b64encode(str(last_id).encode()).decode().rstrip("=")
