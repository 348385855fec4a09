"""Being told when a sold-out pack is there again: the form, and the link that takes it back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from storefront import clock, limits
from storefront.catalogue import queries as catalogue
from storefront.catalogue.models import Listing, Variant
from storefront.database import transaction
from storefront.journeys import await_stock
from storefront.stock import restock
from storefront.stock.errors import RestockRequestNotFound
from storefront.web import case_words, guards, names
from storefront.web.i18n import _, language
from storefront.web.shop.restock_forms import RestockForm

HOUR, DAY = 3600, 86_400
MOST_OF_NETWORK, MOST_OF_ADDRESS = 20, 10


def register(bp: Blueprint) -> None:
    """Add the pages."""
    bp.add_url_rule("/san-pham/<slug:slug>/bao-co-hang", "ask_restock", ask, methods=["GET", "POST"])
    bp.add_url_rule("/bao-co-hang/<token>", "withdraw_restock", withdraw, methods=["GET", "POST"])


@guards.personal
def ask(slug: str) -> Any:
    """Wait for a pack; asked for one that can be bought, it leads back to the product."""
    listing, _producer, _product = catalogue.by_slug(slug)
    packs = {str(one.id): one for one in catalogue.variants_of(listing.id)}
    sold_out = {key: one for key, one in packs.items() if not one.left_shown}
    wanted = request.form.get("variant", "")
    mail_domain = case_words.mail_domain()
    if not sold_out or wanted in packs.keys() - sold_out or not mail_domain or not _is_sold(listing):
        return redirect(url_for("shop.listing", slug=slug), code=303)
    form = _form(sold_out)
    if request.method == "GET":
        return _page(listing, form)
    if not form.validate():
        return _page(listing, form), 422
    email = form.email.data or ""
    _count(email)
    variant = sold_out[form.variant.data]
    with transaction():
        await_stock.ask(
            listing=listing,
            variant=variant,
            email=email,
            language=language(),
            mail_domain=mail_domain,
            now=clock.now(),
        )
    flash(
        _(
            "Đã ghi. Khi %(name)s có hàng lại, cửa hàng báo tới %(email)s.",
            name=_named(listing, variant),
            email=email,
        )
    )
    return redirect(url_for("shop.ask_restock", slug=slug, xong=1), code=303)


@guards.personal
def withdraw(token: str) -> Any:
    """Take the request back by its link."""
    try:
        listing, variant = restock.by_token(token)
    except RestockRequestNotFound:
        return render_template("shop/restock/withdraw.html", name=None, slug=None, is_done=False), 404
    is_done = request.method == "POST"
    if is_done:
        with transaction():
            restock.withdraw(token)
    return render_template(
        "shop/restock/withdraw.html", name=_named(listing, variant), slug=listing.slug, is_done=is_done
    )


def _is_sold(listing: Listing) -> bool:
    return catalogue.can_be_sold(listing, clock.today())


def _form(sold_out: dict[str, Variant]) -> RestockForm:
    form = RestockForm(request.form)
    form.variant.choices = [(key, names.pack(one.label)) for key, one in sold_out.items()]
    if len(sold_out) == 1 and not form.variant.data:
        form.variant.data = next(iter(sold_out))
    return form


def _page(listing: Listing, form: RestockForm) -> str:
    return render_template(
        "shop/restock/ask.html", listing=listing, form=form, is_done="xong" in request.args
    )


def _named(listing: Listing, variant: Variant) -> str:
    return f"{listing.name} {names.plain_pack(variant.label)}"


def _count(email: str) -> None:
    """Count one request of this network and for this address, which may be somebody else's."""
    now = clock.now()
    network = limits.network_of(request.remote_addr)
    with transaction():
        limits.hit(bucket="restock", subject=network, most=MOST_OF_NETWORK, seconds=HOUR, now=now)
        limits.hit(bucket="restock-mail", subject=email, most=MOST_OF_ADDRESS, seconds=DAY, now=now)
