"""Pictures that the shop drew, under addresses that name their content."""

from __future__ import annotations

from flask import Flask, Response, current_app, request, url_for

from storefront.media import store
from storefront.web import guards
from storefront.web.assets import FOREVER


def register(app: Flask) -> None:
    """Add the address."""
    app.add_url_rule("/media/og/<string(length=32):digest>.png", "picture", picture)


@guards.public
def picture(digest: str) -> Response:
    """One picture; other sites may show it."""
    body = store.of_instance(current_app.config["SETTINGS"].instance_dir).read(digest)
    if body is None:
        guards.not_found()
    response = Response(body, content_type="image/png")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = FOREVER
    response.set_etag(digest)
    response.make_conditional(request)
    return response


def path_of(digest: str | None) -> str | None:
    """The path of a drawn picture, the same in every language."""
    if digest is None:
        return None
    return url_for("picture", digest=digest).removeprefix(request.script_root)
