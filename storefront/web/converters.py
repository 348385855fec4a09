"""Parts of addresses, bounded: a number that no row can have is a page that is not there."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import BaseConverter


class RowId(BaseConverter):
    """A row's id, 1 to 999,999,999 (`<id:order_id>`)."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Slug(BaseConverter):
    """An address part of small letters, digits and hyphens (`<slug:slug>`)."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"


def register(app: Flask) -> None:
    """Add the converters."""
    app.url_map.converters.update(id=RowId, slug=Slug)
