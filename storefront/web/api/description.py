"""The description of the API, kept by hand in `openapi.json` beside this module."""

from __future__ import annotations

import functools
import json
from pathlib import Path

from flask import Blueprint

from storefront.web.api import answering, asking
from storefront.web.api.answering import Fact


def register(bp: Blueprint) -> None:
    """Add the address."""
    bp.add_url_rule("/openapi.json", "description", show)


@answering.public
def show() -> Fact:
    """The description (OpenAPI 3.1) with this shop's own address in it."""
    asking.only()
    return {**described(), "servers": [{"url": answering.absolute("/api/v1")}]}


@functools.cache
def described() -> Fact:
    """The file's content."""
    read: Fact = json.loads((Path(__file__).parent / "openapi.json").read_text(encoding="utf-8"))
    return read
