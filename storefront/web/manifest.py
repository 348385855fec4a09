"""The web app manifest, and the icon that browsers ask for by its old name."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, current_app, json, redirect, url_for

from storefront.web import assets, guards, page_cache
from storefront.web.i18n import _, language

COLOUR = "#fdfcf8"
"""The paper of the light mode, as the `theme-color` of every page."""


def register(app: Flask) -> None:
    """Add both addresses."""
    app.add_url_rule("/manifest.webmanifest", "manifest", manifest)
    app.add_url_rule("/favicon.ico", "favicon", favicon)


@guards.public
@page_cache.kept()
def manifest() -> Response:
    """How the shop stands on a phone's home screen, in the language it was put there in; both are one scope."""
    icons = [_icon("icon-192.png", "192x192", "any"), _icon("icon-512.png", "512x512", "any")]
    told = {
        "id": url_for("shop.home"),
        "name": _("Sản vật Hà Tĩnh"),
        "short_name": _("Sản vật Hà Tĩnh"),
        "description": _(
            "Sản phẩm OCOP của tỉnh Hà Tĩnh, mua thẳng từ người làm, soi được nguồn gốc từng món."
        ),
        "lang": language(),
        "dir": "ltr",
        "start_url": url_for("shop.home"),
        "scope": "/",
        "display": "standalone",
        "background_color": COLOUR,
        "theme_color": COLOUR,
        "categories": ["shopping", "food"],
        "icons": [*icons, _icon("icon-maskable.png", "512x512", "maskable")],
        "shortcuts": [
            {"name": _("Soi tem"), "url": url_for("trace.enter")},
            {"name": _("Tất cả sản phẩm"), "url": url_for("shop.listings")},
        ],
    }
    return current_app.response_class(
        json.dumps(told, ensure_ascii=False),
        mimetype="application/manifest+json",
        headers={"Cache-Control": "public, max-age=3600"},
    )


@guards.public
def favicon() -> Any:
    """The icon, at the address that holds its hash."""
    return redirect(assets.image_url("favicon.ico"), code=302)


def _icon(name: str, sizes: str, purpose: str) -> dict[str, str]:
    return {"src": assets.image_url(name), "sizes": sizes, "type": "image/png", "purpose": purpose}
