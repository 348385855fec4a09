"""Pieces of pages that depend on nothing but what they are given: drawn once, then kept by a process."""

from __future__ import annotations

import functools
from collections.abc import Hashable, Iterable
from typing import Any

from flask import Flask, request
from markupsafe import Markup

MOST = 8192
"""About a kilobyte each."""


def register(app: Flask) -> None:
    """Give the templates `kept(template, macro, *arguments)`: what that macro makes of them.

    `kept_each(template, macro, items, *arguments, eager=4)` is `macro(item, *arguments, lazy)` of each, the first four not lazy.
    """

    @functools.lru_cache(maxsize=MOST)
    def drawn(template: str, macro: str, arguments: tuple[Hashable, ...], _language: str) -> Markup:
        module: Any = app.jinja_env.get_template(template).module
        return Markup(getattr(module, macro)(*arguments))  # noqa: S704 - a template's own output

    def kept(template: str, macro: str, *arguments: Hashable) -> Markup:
        # the language is part of the address before the path
        return drawn(template, macro, arguments, request.script_root)

    def kept_each(
        template: str, macro: str, items: Iterable[Hashable], *arguments: Hashable, eager: int
    ) -> Markup:
        spoken = request.script_root
        made = [
            drawn(template, macro, (item, *arguments, number >= eager), spoken)
            for number, item in enumerate(items)
        ]
        return Markup("".join(made))  # noqa: S704 - a template's own output

    app.jinja_env.globals.update(kept=kept, kept_each=kept_each)
