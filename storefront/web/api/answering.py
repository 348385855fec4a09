"""How the API answers: JSON, lists page by page, wrong questions as problems."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from flask import Response, current_app, request

from storefront.web import guards, page_cache, problems
from storefront.web.api import asking

Fact = dict[str, Any]


def public(view: Callable[..., Fact]) -> Callable[..., Response]:
    """A view that returns facts: anybody may ask, and everybody gets the same."""

    @functools.wraps(view)
    def answered(*args: Any, **kwargs: Any) -> Response:
        try:
            facts = view(*args, **kwargs)
        except asking.WrongParameter as wrong:
            return problems.answer(400, str(wrong))
        body = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
        response = Response(body, content_type="application/json")
        response.headers["Cache-Control"] = "public, no-cache"
        return response

    return guards.public(page_cache.kept(page_cache.EVERY)(answered))


def page(items: Sequence[Fact], last_id: int | None) -> Fact:
    """A page of a list; `next` is the address of the one after it, or null."""
    following = None
    if last_id is not None:
        kept = {**request.args.to_dict(), "cursor": asking.cursor(last_id)}
        following = absolute(f"{request.path}?{urlencode(kept)}")
    return {"items": list(items), "next": following}


def absolute(path: str) -> str:
    """That path as a whole address, from PUBLIC_URL."""
    return str(current_app.config["SETTINGS"].public_url) + path
