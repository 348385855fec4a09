"""The doors. `register` hangs guards, filters, error pages and one package per kind of visitor on the application."""

from __future__ import annotations

from flask import Flask

import config
from storefront.web import (
    api,
    assets,
    compression,
    context,
    converters,
    errors,
    filters,
    fragments,
    guards,
    health,
    i18n,
    login,
    manifest,
    media,
    mount,
    names,
    page_cache,
    robots,
    security,
    shop,
    staff,
    trace,
)

App = mount.App


def register(app: Flask, settings: config.Settings) -> None:
    """Wire the web layer."""
    mount.register(app)
    converters.register(app)
    i18n.register(app)
    filters.register(app)
    names.register(app)
    fragments.register(app)
    security.register(app, settings)
    login.register(app)
    context.register(app, settings)
    errors.register(app)
    compression.register(app)
    assets.register(app)
    health.register(app)
    manifest.register(app)
    media.register(app)
    robots.register(app, settings)
    for door in (shop, trace, staff, api):
        app.register_blueprint(door.blueprint())
    guards.check_every_endpoint(app)
    page_cache.register(app, settings)
