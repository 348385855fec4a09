"""The WSGI applications the server is given: the limit, the yardstick, and the shop with and without its kept pages."""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Any

from flask import Flask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

BODY = b"Hello, world!"


def bare(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    """The least a WSGI application can do: what the server itself can answer."""
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(BODY)))])
    return [BODY]


def _hello() -> Flask:
    app = Flask("hello")

    @app.get("/")
    def world() -> str:
        return BODY.decode()

    return app


def __getattr__(name: str) -> Any:
    """Each process makes only the application it serves."""
    if name == "hello":
        return _hello()
    if name == "uncached":
        return _without_layers()
    raise AttributeError(name)


def _without_layers() -> WSGIApplication:
    """The shop as Flask alone answers: none of the WSGI layers before it, so every page is made anew."""
    from wsgi import app

    app.wsgi_app = types.MethodType(Flask.wsgi_app, app)  # type: ignore[method-assign]
    return app
