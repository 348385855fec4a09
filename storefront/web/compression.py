"""Answers made small for whoever can read them so: Brotli, else gzip."""

from __future__ import annotations

import functools
import gzip
import zlib
from collections.abc import Iterable, Iterator

import brotli
from flask import Flask, Response, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

PLAIN, GZIP, BROTLI = "", "gzip", "br"
ENCODINGS = (BROTLI, GZIP, PLAIN)
"""Best first."""

LEAST = 500
"""Bytes below which it is not worth it."""

QUICK, WELL = 1, 6
"""Qualities of either encoding: a page of 40 KB in a twentieth of a millisecond, and a fifth smaller in eight times that."""
_WITH_GZIP_HEAD = 16 + zlib.MAX_WBITS
_TEXTS = frozenset(
    {
        "application/json",
        "application/manifest+json",
        "application/problem+json",
        "application/xml",
        "image/svg+xml",
    }
)


def register(app: Flask) -> None:
    """Make small every text that no view and no page cache makes small."""

    @app.after_request
    def _compress(response: Response) -> Response:
        # a tag names the bytes as they are
        if response.is_streamed or not is_text(response.content_type or "") or "ETag" in response.headers:
            return response
        response.headers.add("Vary", "Accept-Encoding")
        chosen = choose(request.headers.get("Accept-Encoding", ""))
        if chosen is not PLAIN and len(response.get_data()) >= LEAST:
            response.set_data(encode(response.get_data(), chosen))
            response.headers["Content-Encoding"] = chosen
        return response


@functools.lru_cache(maxsize=256)
def choose(accepted: str) -> str:
    """The encoding to answer in for an Accept-Encoding header: of ours the one it likes best, Brotli where it likes
    both alike; PLAIN when it names neither."""
    if len(accepted) > 500:
        return PLAIN
    offered = parse_accept_header(accepted, Accept)
    best = max((BROTLI, GZIP), key=offered.quality)
    return best if offered.quality(best) > 0 else PLAIN


def is_text(content_type: str) -> bool:
    """Whether something of that type gets smaller."""
    plain = content_type.partition(";")[0]
    return plain.startswith("text/") or plain in _TEXTS or plain.endswith("+xml")


def encode(plain: bytes, encoding: str, quality: int = QUICK) -> bytes:
    """Those bytes in that encoding: QUICK for one answer, WELL for what is sent many times."""
    if encoding == BROTLI:
        return bytes(brotli.compress(plain, quality=quality))
    return gzip.compress(plain, quality, mtime=0) if encoding == GZIP else plain


def encode_parts(parts: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The same for what is too long to be held whole."""
    if encoding == BROTLI:
        of_brotli = brotli.Compressor(quality=WELL)
        for part in parts:
            yield of_brotli.process(part)
        yield of_brotli.finish()
    elif encoding == GZIP:
        of_gzip = zlib.compressobj(WELL, wbits=_WITH_GZIP_HEAD)
        for part in parts:
            yield of_gzip.compress(part)
        yield of_gzip.flush()
    else:
        yield from parts


def decode(body: bytes, encoding: str) -> bytes:
    """What `encode` was given."""
    if encoding == BROTLI:
        return bytes(brotli.decompress(body))
    return gzip.decompress(body) if encoding == GZIP else body
