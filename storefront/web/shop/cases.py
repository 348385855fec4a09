"""Pages to come."""

from flask import Blueprint


def register(bp: Blueprint) -> None:
    """Add the pages."""
