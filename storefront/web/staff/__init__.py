"""The staff door `/quay`: the counter, listings, cases, help with accounts."""

from __future__ import annotations

from flask import Blueprint

from storefront.web.staff import accounts, cases, counter, listings, orders


def blueprint() -> Blueprint:
    """A fresh blueprint with every page of the door."""
    made = Blueprint("staff", __name__, url_prefix="/quay")
    for module in (counter, orders, listings, cases, accounts):
        module.register(made)
    return made
