"""`flask demo load`: the real register with illustrative prices, stock and lots; refused in production."""

from __future__ import annotations

from flask import Flask

from storefront.cli.demo import load


def register(app: Flask) -> None:
    """Add the command."""
    app.cli.add_command(load.group)
