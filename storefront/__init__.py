"""The shop. `create_app` wires the rooms together and does nothing else."""

from __future__ import annotations

from flask import Flask
from flask_migrate import Migrate

import config
from storefront import cli, clock, schema, web
from storefront.database import db
from storefront.engines import engine_options

__all__ = ["create_app", "schema"]


def create_app(settings: config.Settings | None = None) -> Flask:
    """The application for those settings (read from the environment when not given).

    :raises config.WrongSetting: when a setting is not allowed.
    """
    settings = settings or config.load()
    app = web.App(
        __name__, root_path=str(config.ROOT), static_folder=None, instance_path=str(settings.instance_dir)
    )
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.public_url.startswith("https://"),
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url, settings.pool_size),
        MAX_CONTENT_LENGTH=1024 * 1024,
        MAX_FORM_MEMORY_SIZE=256 * 1024,
        MAX_FORM_PARTS=200,
        TESTING=settings.environment == "test",
    )
    clock.pretend(settings.demo_today)
    db.init_app(app)
    Migrate(app, db, directory=str(config.ROOT / "migrations"), render_as_batch=True, compare_type=True)
    web.register(app, settings)
    cli.register(app)
    return app
