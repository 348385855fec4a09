"""Commands: `flask register …`, `flask catalogue …`, `flask demo …`, `flask staff …`, `flask worker`, `flask verify`."""

from __future__ import annotations

from flask import Flask

from storefront.cli import catalogue, demo, icons, register_, staff, verify, worker


def register(app: Flask) -> None:
    """Add the commands."""
    for module in (register_, catalogue, demo, staff, worker, verify, icons):
        module.register(app)
