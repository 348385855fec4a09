"""The shopper's door: what anybody sees and buys."""

from __future__ import annotations

from flask import Blueprint

from storefront.web.shop import (
    account,
    age,
    cart,
    cases,
    checkout,
    feeds,
    home,
    info,
    listings,
    lists,
    orders,
    places,
    producers,
    register,
    register_feed,
    restock,
    sign_in,
    sitemap,
    suggestions,
)


def blueprint() -> Blueprint:
    """A fresh blueprint with every page of the door."""
    made = Blueprint("shop", __name__)
    for module in (
        home,
        listings,
        restock,
        lists,
        suggestions,
        producers,
        register,
        age,
        info,
        cart,
        checkout,
        places,
        orders,
        sign_in,
        account,
        cases,
        sitemap,
        feeds,
        register_feed,
    ):
        module.register(made)
    return made
