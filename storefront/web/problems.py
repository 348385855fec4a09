"""Errors for machines: `application/problem+json` (RFC 9457) under `/api`, readable from any site."""

from __future__ import annotations

import json
from http import HTTPStatus

from flask import Response, request

API = "/api/"
DETAILS = {
    404: "There is nothing at this address.",
    405: "This address is read with GET.",
    429: "Too many tries; Retry-After says when the next is heard.",
}


def is_api_call() -> bool:
    """The request asks the API, so that its errors are read by a program."""
    return request.path.startswith(API)


def answer(status: int, detail: str = "", **extra: object) -> Response:
    """The error in the form of RFC 9457."""
    title = HTTPStatus(status).phrase
    told = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail or DETAILS.get(status, title),
    }
    response = Response(
        json.dumps({**told, **extra}, ensure_ascii=False),
        status=status,
        content_type="application/problem+json",
    )
    return open_to_all(response)


def open_to_all(response: Response) -> Response:
    """Let pages of any site read the answer: it holds nothing about the one who asks."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
    response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
    response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
