"""What robots may read: the public pages by their own addresses, nothing personal, no filtered lists.

The owner chooses about crawlers of language models (`AI_CRAWLERS`): those that answer or search are another matter than
those that gather texts for training. Agents that draw link previews are never refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from flask import Flask, Response, current_app, url_for

import config
from storefront import clock
from storefront.web import guards, page_cache

PERSONAL = (
    "/gio-hang",
    "/dat-hang",
    "/don-hang",
    "/tai-khoan",
    "/dang-nhap",
    "/dang-xuat",
    "/dang-ky",
    "/quen-mat-khau",
    "/mat-khau-moi",
    "/ho-so",
    "/quay",
)
PREVIEWS = (
    "facebookexternalhit",
    "Facebot",
    "Twitterbot",
    "TelegramBot",
    "WhatsApp",
    "ZaloBot",
    "LinkedInBot",
    "Slackbot-LinkExpanding",
    "Discordbot",
    "Applebot",
)
TRAINING = ("GPTBot", "ClaudeBot", "CCBot", "Google-Extended", "Applebot-Extended", "Bytespider")
ANSWERING = (
    "OAI-SearchBot",
    "ChatGPT-User",
    "Claude-SearchBot",
    "Claude-User",
    "PerplexityBot",
    "Perplexity-User",
)
VALID = timedelta(days=180)
"""How far ahead security.txt says that it holds."""
REFUSED = {"all": (), "no-training": TRAINING, "none": (*TRAINING, *ANSWERING)}


def register(app: Flask, settings: config.Settings) -> None:
    """Add the address; where the shop is not to be found, every answer says so."""
    app.add_url_rule("/robots.txt", "robots", robots)
    app.add_url_rule("/.well-known/security.txt", "security_txt", security_txt)
    if settings.indexing:
        return

    @app.after_request
    def _not_to_be_found(response: Response) -> Response:
        response.headers["X-Robots-Tag"] = "noindex"
        return response


@guards.public
@page_cache.kept()
def robots() -> Response:
    """The rules, group by group."""
    settings: config.Settings = current_app.config["SETTINGS"]
    response = Response(text(settings), content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@guards.public
@page_cache.kept()
def security_txt() -> Response:
    """Where to report a hole in the shop (RFC 9116): the owner's e-mail address, and the form that needs no account."""
    settings: config.Settings = current_app.config["SETTINGS"]
    address = f"Contact: mailto:{settings.owner.email}\n" if settings.owner.email else ""
    lines = [
        f"{address}Contact: {settings.public_url}{url_for('shop.complaint')}",
        f"Expires: {clock.start_of(clock.today() + VALID):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: vi, en",
        f"Canonical: {settings.public_url}/.well-known/security.txt",
    ]
    response = Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


def text(settings: config.Settings) -> str:
    """The file. A shop that is not to be found may be read, or its `noindex` would not be."""
    personal = [f"Disallow: {place}{path}" for path in PERSONAL for place in ("", "/en")]
    # a query filters or sorts; only further pages of a list, and the list of one commune, are pages of their
    # own; a merchant catalogue also reads a product with one pack chosen
    queries = ["Disallow: /*?", "Allow: /*?trang="]
    queries.append("Allow: /*san-pham/*?v=")
    for place in ("", "/en"):
        commune = f"{place}/san-pham?xa="
        queries += [f"Allow: {commune}", f"Disallow: {commune}*&", f"Allow: {commune}*&trang="]
    parts = [_group(["*"], [*personal, *queries]), _group(PREVIEWS, personal)]
    refused = REFUSED[settings.ai_crawlers]
    if refused:
        parts.append(_group(refused, ["Disallow: /"]))
    if settings.indexing:
        parts.append(f"Sitemap: {settings.public_url}/sitemap.xml\n")
    return "\n".join(parts)


def _group(agents: Iterable[str], rules: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in (*(f"User-agent: {agent}" for agent in agents), *rules))
