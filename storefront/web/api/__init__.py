"""The door for programs: the register and the listings, read-only. Described by `openapi.json` and docs/api.md."""

from __future__ import annotations

from flask import Blueprint

from storefront.web import problems
from storefront.web.api import certificates, description, listings, lots, producers

PREFIX = "/api/v1"


def blueprint() -> Blueprint:
    """A fresh blueprint with every address of the door."""
    made = Blueprint("api", __name__, url_prefix=PREFIX)
    for module in (description, certificates, listings, producers, lots):
        module.register(made)
    made.after_request(problems.open_to_all)
    return made
