"""Whole addresses that leave the shop: in letters, or read out to a shopper by staff."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, url_for

from storefront.journeys.open_account import Post


def new_password(token: str) -> str:
    """The page at which that token sets a new password, from PUBLIC_URL."""
    return _public_url() + url_for("shop.new_password", token=token)


def post() -> Post:
    """How letters about an account are made out."""
    return Post(link_to=new_password, domain=urlsplit(_public_url()).hostname or "localhost")


def _public_url() -> str:
    public_url: str = current_app.config["SETTINGS"].public_url
    return public_url
