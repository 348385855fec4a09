"""Pieces of pages that depend on nothing but what they are given: drawn once, then kept by a process."""

from __future__ import annotations

import functools
from typing import Any

from flask import Flask
from markupsafe import Markup

MOST_CARDS = 4096
"""About a kilobyte each."""


def register(app: Flask) -> None:
    """Give the templates `kept_card`."""

    @functools.lru_cache(maxsize=MOST_CARDS)
    def kept_card(item: Any, level: int, lazy: bool) -> Markup:
        """The card of a list; `item` holds everything it shows, its address tells the language too."""
        module: Any = app.jinja_env.get_template("components/card.html").module
        return Markup(module.card(item, level, lazy))  # noqa: S704 - a template's own output

    app.jinja_env.globals["kept_card"] = kept_card
