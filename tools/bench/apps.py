"""The WSGI applications the server is given beside the shop: the limit and the yardstick."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Flask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

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
    raise AttributeError(name)
