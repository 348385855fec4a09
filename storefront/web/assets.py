"""Style, scripts, pictures and fonts, read once at the start and served from memory under addresses that hold a hash.

An address names its content, so a browser may keep it for ever; an address whose hash is not today's is 404.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, current_app, request

from storefront.web import guards

LAYERS = "reset, tokens, base, layout, components, pages, utilities"
STYLE = "site.css"
FALLBACK_KIND = "kinds/mac-dinh.svg"
RULES = "speculation-rules.json"
FOREVER = "public, max-age=31536000, immutable"

_FIRST = ("reset.css", "tokens.css", "base.css", "layout.css")
_LAST = ("utilities.css", "print.css")
_COMPRESSED = frozenset({".css", ".js", ".svg", ".json", ".txt"})
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".woff2": "font/woff2",
    ".avif": "image/avif",
    ".webp": "image/webp",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".wasm": "application/wasm",
    ".txt": "text/plain; charset=utf-8",
}
_URL = re.compile(r"url\(\s*[\"']?/static/([^\"')]+?)[\"']?\s*\)")


@dataclass(frozen=True, kw_only=True)
class Asset:
    """One file as it leaves: `digest` is the part of the address that must match."""

    name: str
    digest: str
    content_type: str
    body: bytes
    gzipped: bytes | None

    @property
    def url(self) -> str:
        return f"/static/{self.digest}/{self.name}"


@dataclass(frozen=True, kw_only=True)
class Assets:
    """All files of `static/`, by the name that follows the hash in the address."""

    by_name: dict[str, Asset]

    def url(self, name: str) -> str:
        """The address of a file.

        :raises LookupError: when there is no such file, so a misspelt name fails in the first test that draws it.
        """
        try:
            return self.by_name[name].url
        except KeyError:
            raise LookupError(f"no static file {name!r}") from None

    def image_url(self, name: str) -> str:
        """The address of a picture in `static/img`; a kind that has no drawing yet gets the wrapped parcel.

        :raises LookupError: for any other picture that is not there.
        """
        path = f"img/{name}"
        if path not in self.by_name and name.startswith("kinds/"):
            path = f"img/{FALLBACK_KIND}"
        return self.url(path)


def load(folder: Path) -> Assets:
    """Read the folder: style sheets joined into one, scripts under one common hash, the rest each under its own."""
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    scripts = {name: body for name, body in found.items() if name.startswith("js/")}
    together = _digest(b"".join(name.encode() + b"\0" + body for name, body in scripts.items()))
    by_name: dict[str, Asset] = {}
    for name, body in found.items():
        if not name.startswith("css/"):
            by_name[name] = _asset(name, body, together if name in scripts else _digest(body))
    style = _joined(
        {name.removeprefix("css/"): body for name, body in found.items() if name.startswith("css/")}, by_name
    )
    by_name[STYLE] = _asset(STYLE, style, _digest(style))
    return Assets(by_name=by_name)


def image_url(name: str) -> str:
    """The address of a picture in `static/img`, for code that is no template.

    :raises LookupError: when there is none.
    """
    assets: Assets = current_app.extensions["assets"]
    return assets.image_url(name)


def register(app: Flask) -> None:
    """Add the route `static_file`, the template globals, and the header that names the speculation rules."""
    assets = app.extensions["assets"] = load(Path(app.root_path) / "static")

    @guards.public
    def static_file(digest: str, name: str) -> Response:
        return _answer(assets, digest, name)

    app.add_url_rule("/static/<digest>/<path:name>", "static_file", static_file)
    app.jinja_env.globals.update(
        css_url=lambda: assets.url(STYLE),
        js_url=lambda name="app.js": assets.url(f"js/{name}"),
        image_url=assets.image_url,
        font_url=lambda name: assets.url(f"fonts/{name}"),
    )
    rules = assets.by_name.get(RULES)

    @app.after_request
    def _name_rules(response: Response) -> Response:
        if rules is not None and response.status_code == 200 and response.mimetype == "text/html":
            response.headers.setdefault("Speculation-Rules", f'"{rules.url}"')
        return response


def _answer(assets: Assets, digest: str, name: str) -> Response:
    asset = assets.by_name.get(name)
    if asset is None or asset.digest != digest:
        abort(404)
    zipped = asset.gzipped is not None and request.accept_encodings["gzip"] > 0
    response = Response(asset.gzipped if zipped else asset.body, content_type=asset.content_type)
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    if asset.gzipped is not None:
        response.headers["Vary"] = "Accept-Encoding"
    if name.startswith("img/"):
        # link previews and catalogues of other sites show our pictures
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = FOREVER
    response.set_etag(f"{asset.digest}-gz" if zipped else asset.digest)
    response.make_conditional(request)
    return response


def _joined(parts: dict[str, bytes], others: dict[str, Asset]) -> bytes:
    """The style sheets in the order of their layers, with the addresses of fonts and pictures made final.

    :raises LookupError: when a style sheet names a file that is not there.
    """
    components = [name for name in sorted(parts) if name.startswith("components/")]
    pages = [name for name in sorted(parts) if name.startswith("pages/")]
    order = [
        *(name for name in _FIRST if name in parts),
        *components,
        *pages,
        *(name for name in _LAST if name in parts),
    ]
    left_over = sorted(set(parts) - set(order))
    if left_over:
        raise LookupError(f"style sheets outside the layers: {', '.join(left_over)}")
    text = f"@layer {LAYERS};\n" + "\n".join(parts[name].decode() for name in order)

    def final(match: re.Match[str]) -> str:
        if match[1] not in others:
            raise LookupError(f"a style sheet names {match[1]!r}, which is not there")
        return f"url({others[match[1]].url})"

    return _URL.sub(final, text).encode()


def _asset(name: str, body: bytes, digest: str) -> Asset:
    suffix = Path(name).suffix
    guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
    content_type = "application/speculationrules+json" if name == RULES else _TYPES.get(suffix, guessed)
    # mtime=0 keeps the bytes equal in every process, as their ETag says
    gzipped = gzip.compress(body, 9, mtime=0) if suffix in _COMPRESSED else None
    return Asset(name=name, digest=digest, content_type=content_type, body=body, gzipped=gzipped)


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:16]
