"""Public pages, kept whole and compressed, and answered before Flask is asked.

A view says by `kept` what its answer depends on: the path, those parameters, and, as every public page, the language
(part of the path), the statement to be 18, the day in Vietnam and the public version. The request that makes the answer
is cut down to exactly that, so no cookie, header or parameter outside the key can get into a kept page.

Pages of one edition (version and day) are kept together and go together: a commit that changes what is shown, by whatever
process, is seen by the next request, for each one reads the version.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.http import generate_etag

import config
from storefront import clock, database, languages
from storefront.version_reader import VersionReader
from storefront.web import age, compression

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger(__name__)

EVERY = "*"
"""`kept(EVERY)`: each parameter counts, as the query has it, because the view refuses those it does not know."""

LONGEST_QUERY = 500
"""Longer ones are answered, not kept."""

_PASSED = frozenset({"HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"})
"""Headers that reach the view: from whom the request comes, for the limits on guessing; no page shows it."""
_OURS = frozenset({"content-length", "content-encoding", "etag", "last-modified", "vary"})
_OVERHEAD = 1000
_LARGEST = 16

View = TypeVar("View", bound=Callable[..., Any])
Edition = tuple[int, date]
Key = tuple[str, str, bool, str]


def kept(*parameters: str) -> Callable[[View], View]:
    """The view's answer depends on its path and these parameters of the query alone, beside what all public pages do."""

    def decorate(view: View) -> View:
        view.__kept__ = frozenset(parameters)  # type: ignore[attr-defined]
        return view

    return decorate


class Answer(NamedTuple):
    """What leaves, in one encoding."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    etag: str = ""
    """Empty for what is not kept."""
    is_quick: bool = False
    """Compressed quickly, for the one who asked first; it could be smaller."""

    def unchanged(self) -> list[tuple[str, str]]:
        """The headers of a 304: all but those that describe a body."""
        return [(name, value) for name, value in self.headers if not name.startswith("Content-")]


class Shelf:
    """The answers of one edition, in two halves: the older half goes when the younger is full."""

    def __init__(self, edition: Edition | None, room: int) -> None:
        self.edition = edition
        self._half = room // 2
        self._largest = room // _LARGEST
        self._young: dict[Key, Answer] = {}
        self._old: dict[Key, Answer] = {}
        self._size = 0
        self._writing = threading.Lock()

    def find(self, key: Key) -> Answer | None:
        """The answer kept under that key; asked for again, it is young again."""
        answer = self._young.get(key)
        if answer is None:
            answer = self._old.get(key)
            if answer is not None:
                self.put(key, answer)
        return answer

    def put(self, key: Key, answer: Answer) -> None:
        """Keep it, unless it is too large for this shelf. One compressed quickly gives way to a smaller."""
        size = len(answer.body) + _OVERHEAD + len(key[0]) + len(key[1])
        with self._writing:
            known = self._young.get(key)
            if size > self._largest or (known and not known.is_quick):
                return
            if known:
                size = len(answer.body) - len(known.body)
            if self._size + size > self._half:
                self._old, self._young, self._size = self._young, {}, 0
            self._young[key] = answer
            self._size += size


_NO_SHELF = Shelf(None, 0)
"""What nothing is kept on."""


class PageCache:
    """WSGI: answers for the views that said `kept`; everything else passes untouched."""

    def __init__(
        self, app: WSGIApplication, addresses: Addresses, version: VersionReader | None, host: str, room: int
    ) -> None:
        self._app = app
        self._addresses = addresses
        self._version = version
        self._host = host
        self._room = room
        self._shelf = _NO_SHELF

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        path: str = environ.get("PATH_INFO", "")
        known = self._addresses.parameters(path) if method in ("GET", "HEAD") else None
        if known is None:
            return self._app(environ, start_response)
        asked: str = environ.get("QUERY_STRING", "")
        query = _canonical(asked, known) if asked else ""
        is_adult = _is_adult(environ.get("HTTP_COOKIE", ""))
        encoding = compression.choose(environ.get("HTTP_ACCEPT_ENCODING", ""))
        key = (path, query, is_adult, encoding)
        shelf = self._shelf_of_now()
        answer = shelf.find(key)
        if answer is not None:
            if answer.is_quick:
                answer = _made_small(shelf, key, answer)
        elif (answer := _in_another_encoding(shelf, key)) is None:
            with database.at_version(shelf.edition[0] if shelf.edition else None):
                answer = self._made(environ, key)
            if answer.etag and len(query) <= LONGEST_QUERY:
                shelf.put(key, answer)
        known_to_asker = environ.get("HTTP_IF_NONE_MATCH", "") if answer.etag else ""
        if known_to_asker and (answer.etag in known_to_asker or known_to_asker.strip() == "*"):
            start_response("304 Not Modified", answer.unchanged())
            return []
        start_response(answer.status, list(answer.headers))
        return [] if method == "HEAD" else [answer.body]

    def _shelf_of_now(self) -> Shelf:
        """The shelf of this edition, which is read before anything that the page shows is."""
        if self._version is None:
            return _NO_SHELF
        try:
            edition = self._version(), clock.today()
        except VersionReader.Failed:
            log.warning("the public version cannot be read: pages are made anew", exc_info=True)
            return _NO_SHELF
        shelf = self._shelf
        if shelf.edition != edition:
            shelf = self._shelf = Shelf(edition, self._room)
        return shelf

    def _made(self, environ: WSGIEnvironment, key: Key) -> Answer:
        _path, query, is_adult, encoding = key
        cut = {
            name: value for name, value in environ.items() if not name.startswith("HTTP_") or name in _PASSED
        }
        cut |= {"REQUEST_METHOD": "GET", "QUERY_STRING": query, "HTTP_HOST": self._host}
        cut |= {"CONTENT_TYPE": "", "CONTENT_LENGTH": ""}
        cut.pop("REQUEST_URI", None)
        cut.pop("RAW_URI", None)
        if is_adult:
            cut["HTTP_COOKIE"] = f"{age.COOKIE}={age.STATED}"
        told: list[tuple[str, list[tuple[str, str]]]] = []

        def start(
            status: str, headers: list[tuple[str, str]], _error: Any = None
        ) -> Callable[[bytes], object]:
            told.append((status, headers))
            return _unused

        parts = self._app(cut, start)
        try:
            body = b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
        status, headers = told[-1]
        return _answer(status, headers, body, encoding)


class Addresses:
    """Which paths belong to views that said `kept`, and which parameters each of them knows."""

    def __init__(self, app: Flask) -> None:
        self._parameters: dict[str, frozenset[str]] = {}
        patterns: list[str] = []
        for rule in app.url_map.iter_rules():
            known = getattr(app.view_functions[rule.endpoint], "__kept__", None)
            if known is not None and "GET" in (rule.methods or ()):
                name = f"r{len(patterns)}"
                self._parameters[name] = known
                path = "[^/]+".join(re.escape(part) for part in re.split(r"<[^>]+>", rule.rule))
                patterns.append(f"(?P<{name}>{path})")
        prefixes = "|".join(re.escape(prefix) for prefix in languages.PREFIXES.values())
        self._pattern = re.compile(f"(?:{prefixes})(?:{'|'.join(patterns)})")

    def parameters(self, path: str) -> frozenset[str] | None:
        """The parameters that the view at that path knows; None when its answers are not kept."""
        found = self._pattern.fullmatch(path)
        return None if found is None else self._parameters[found.lastgroup or ""]


def register(app: Flask, settings: config.Settings) -> None:
    """Put the cache before the application; after every view is known."""
    room = settings.page_cache_mb * 1024 * 1024
    # without room for pages the version still spares reading what the process knows; what a test has not committed
    # is seen by no other connection
    reads = room or settings.environment != "test"
    app.wsgi_app = PageCache(  # type: ignore[method-assign]
        app.wsgi_app,
        Addresses(app),
        VersionReader(settings.database_url) if reads else None,
        urlsplit(settings.public_url).netloc,
        room,
    )


def _canonical(query: str, known: frozenset[str]) -> str:
    """The known parameters of a query in a fixed order, each as it was written."""
    if EVERY in known:
        return query
    return "&".join(sorted(part for part in query.split("&") if part.partition("=")[0] in known))


def _is_adult(cookies: str) -> bool:
    stated = f"{age.COOKIE}={age.STATED}"
    return stated in cookies and any(part.strip() == stated for part in cookies.split(";"))


def _in_another_encoding(shelf: Shelf, key: Key) -> Answer | None:
    """The same answer made from one that is kept in another encoding."""
    path, query, is_adult, encoding = key
    for other in compression.ENCODINGS:
        found = shelf.find((path, query, is_adult, other)) if other != encoding else None
        if found is not None:
            answer = _answer(found.status, found.headers, _plain(found), encoding)
            shelf.put(key, answer)
            return answer
    return None


def _made_small(shelf: Shelf, key: Key, answer: Answer) -> Answer:
    """The same answer as small as is worth it for one that is asked for again."""
    small = _answer(answer.status, answer.headers, _plain(answer), key[3], compression.WELL)
    shelf.put(key, small)
    return small


def _plain(answer: Answer) -> bytes:
    return compression.decode(answer.body, dict(answer.headers).get("Content-Encoding", ""))


def _answer(
    status: str,
    headers: list[tuple[str, str]],
    plain: bytes,
    encoding: str,
    quality: int = compression.QUICK,
) -> Answer:
    """What leaves: compressed where it is worth it, and with a tag where it may be kept."""
    told = [(name, value) for name, value in headers if name.lower() not in _OURS]
    named = {name.lower(): value for name, value in told}
    is_text = compression.is_text(named.get("content-type", ""))
    if is_text:
        told.append(("Vary", "Accept-Encoding"))
    used = encoding if is_text and len(plain) >= compression.LEAST else compression.PLAIN
    body = compression.encode(plain, used, quality)
    if used:
        told.append(("Content-Encoding", used))
    told.append(("Content-Length", str(len(body))))
    etag = ""
    if (
        status.startswith("200")
        and "set-cookie" not in named
        and "no-store" not in named.get("cache-control", "")
    ):
        etag = f'"{generate_etag(body)}"'
        told.append(("ETag", etag))
    return Answer(status, told, body, etag, bool(used) and quality < compression.WELL)


def _unused(_data: bytes) -> None:
    raise RuntimeError("Flask answers by iteration")
