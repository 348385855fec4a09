"""Where the languages stand: `/en/…` is the page `/…` in English, and what has no twin answers 404 there.

The prefix is moved from the path to SCRIPT_NAME before Flask sees the request, so that `url_for` keeps the language by
itself.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import quote, urlsplit, urlunsplit

from flask import Flask, Request, abort, has_request_context, request
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import RequestRedirect

from storefront import languages
from storefront.web import templating

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ALONE = frozenset({"static", "media", "feeds", "api", "hooks", "healthz", "readyz", ".well-known"})
"""First parts of the addresses that have no twin; a file (a name with a dot) has none either, but for those that follow."""
SPOKEN_FILES = frozenset({"/manifest.webmanifest", "/so-dang-ky/moi.rss"})
"""Files whose words people read: each speaks the language of the page that names it."""


_MOST_ADDRESSES = 8192
"""About 300 bytes each."""


class Mount:
    """WSGI: moves the prefix of a language to SCRIPT_NAME and speaks that language for the length of the request."""

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        asked = environ.get("PATH_INFO", "")
        language, path = languages.split(asked)
        if language == languages.VIETNAMESE:
            return self._app(environ, start_response)
        prefix = languages.PREFIXES[language]
        if asked == prefix:
            query = environ.get("QUERY_STRING", "")
            place = f"{prefix}/?{query}" if query else f"{prefix}/"
            start_response("308 Permanent Redirect", [("Location", place), ("Content-Length", "0")])
            return []
        environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + prefix
        environ["PATH_INFO"] = path
        with languages.speaking(language):
            return self._app(environ, start_response)


class App(Flask):
    """A Flask application whose addresses without a twin are the same in every language, and whose redirects name no host."""

    jinja_environment = templating.Environment

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._environments: dict[str, templating.Environment] = {}
        super().__init__(*args, **kwargs)

    @property
    def jinja_env(self) -> templating.Environment:
        """The templates in the language spoken; the first is made, and filled by all rooms, in Vietnamese."""
        spoken = languages.current()
        if spoken not in self._environments:
            made = (
                self.create_jinja_environment()
                if spoken == languages.VIETNAMESE
                else self._environments[languages.VIETNAMESE].in_language(spoken)
            )
            assert isinstance(made, templating.Environment)
            self._environments[spoken] = made
        return self._environments[spoken]

    def fixed_address(self, endpoint: str) -> str:
        """The address of a page that has no parameters, in the language spoken."""
        path = self.url_map.bind("").build(endpoint)
        return languages.at(path) if has_twin(path) else path

    def url_for(self, endpoint: str, **values: Any) -> str:
        """The address of an endpoint in the language of the request, if it has one there."""
        if not endpoint.startswith(".") and has_request_context() and not any(map(_is_special, values)):
            try:
                return self._known_addresses(endpoint, request.script_root, *values, *values.values())
            except TypeError:  # a list of values
                pass
        return self._address(endpoint, values)

    @functools.cached_property
    def _known_addresses(self) -> Callable[..., str]:
        """A page names dozens of addresses, and building one costs as much as drawing ten lines."""

        @functools.lru_cache(maxsize=_MOST_ADDRESSES, typed=True)
        def built(endpoint: str, _root: str, *parts: Any) -> str:
            count = len(parts) // 2
            return self._address(endpoint, dict(zip(parts[:count], parts[count:], strict=True)))

        return built

    def _address(self, endpoint: str, values: dict[str, Any]) -> str:
        made = super().url_for(endpoint, **values)
        if languages.current() == languages.VIETNAMESE:
            return made
        path = languages.split(made)[1]
        return made if has_twin(path.partition("?")[0]) else path

    def raise_routing_exception(self, request: Request) -> NoReturn:
        """Lead to a page's own address by its path: the Host header is what a stranger wrote."""
        error = request.routing_exception
        if isinstance(error, RequestRedirect):
            error.new_url = urlunsplit(("", "", *urlsplit(error.new_url)[2:]))
        elif isinstance(error, NotFound) and self._is_there_without_slash(request):
            query = request.query_string.decode("latin-1")
            place = quote(request.script_root + request.path.rstrip("/"))
            raise RequestRedirect(f"{place}?{query}" if query else place)
        super().raise_routing_exception(request)

    def _is_there_without_slash(self, request: Request) -> bool:
        """A page that was asked for with slashes too many at its end; at the beginning `request.path` has but one."""
        path = request.path.rstrip("/")
        if request.method not in ("GET", "HEAD") or path == request.path or not path:
            return False
        try:
            self.url_map.bind("").match(path, method="GET")
        except HTTPException:
            return False
        return True


def register(app: Flask) -> None:
    """Mount the languages; give the templates `at('/path')`, for addresses written out."""
    app.wsgi_app = Mount(app.wsgi_app)  # type: ignore[method-assign]
    app.jinja_env.globals["at"] = languages.at

    @app.before_request
    def _twinless() -> None:
        if languages.current() != languages.VIETNAMESE and not has_twin(request.path):
            abort(404)


def _is_special(name: str) -> bool:
    """`_external`, `_anchor` and their like, which say how the address is to be written."""
    return name.startswith("_")


def has_twin(path: str) -> bool:
    """Whether a page stands at that path in every language."""
    if path in SPOKEN_FILES:
        return True
    return path.split("/", 2)[1] not in ALONE and "." not in path.rpartition("/")[2]
