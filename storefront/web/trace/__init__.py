"""The trace door: the public page of a lot, and the field that takes a code."""

from __future__ import annotations

from flask import Blueprint

from storefront.web.trace import lots


def blueprint() -> Blueprint:
    """A fresh blueprint with every page of the door."""
    made = Blueprint("trace", __name__)
    lots.register(made)
    return made
