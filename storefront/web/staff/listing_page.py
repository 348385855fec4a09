"""The page of one listing at the counter: several forms, of which at most one comes back with errors."""

from __future__ import annotations

from typing import Any

import flask
from flask import redirect, render_template, url_for

from storefront import clock
from storefront.catalogue import queries
from storefront.certification import queries as register_queries
from storefront.certification import validity
from storefront.stock import queries as stock
from storefront.web.i18n import _
from storefront.web.staff import listings_forms as forms
from storefront.web.staff import rail

ADDRESS, NEW_PACK, RECEIVE = "dia-chi-", "moi-", "nhap-"


def pack_prefix(variant_id: int) -> str:
    """Before the names of a pack's fields, since all packs stand on one page."""
    return f"goi{variant_id}-"


def count_prefix(item_id: int) -> str:
    """Before the names of a stock item's fields."""
    return f"kho{item_id}-"


def show(
    listing_id: int,
    *,
    words: forms.WordsForm | None = None,
    address: forms.AddressForm | None = None,
    packs: dict[int, forms.VariantForm] | None = None,
    new_pack: forms.VariantForm | None = None,
    counts: dict[int, forms.CountForm] | None = None,
    receive: forms.ReceiveForm | None = None,
) -> str:
    """The page; a form given is shown as it was typed, the others as things stand.

    :raises ListingNotFound: when there is no such listing.
    """
    listing = queries.by_id(listing_id)
    variants = queries.variants_of(listing_id, only_on_sale=False)
    items = stock.items_of_listing(listing_id)
    certificate = register_queries.current(listing.product_id, clock.today())
    packs, counts = packs or {}, counts or {}
    sent = [form for form in (words, address, new_pack, receive, *packs.values(), *counts.values()) if form]
    return render_template(
        "staff/listings/listing.html",
        **rail.frame("san-pham"),
        listing=listing,
        certificate=certificate,
        state=validity.state_of(certificate, clock.today()),
        sent=sent[0] if sent else None,
        words=words or forms.WordsForm.of(listing),
        address=address or forms.AddressForm(data={"slug": listing.slug}, prefix=ADDRESS),
        packs=[(one, packs.get(one.id) or _pack(one)) for one in variants],
        new_pack=new_pack or forms.VariantForm(data={"is_on_sale": True}, prefix=NEW_PACK),
        items=[(*row, counts.get(row[0].id) or _count(row[0])) for row in items],
        receive=receive or receive_form(listing_id),
        times_received=stock.times_received(listing_id),
    )


def receive_form(listing_id: int, typed: Any = None) -> forms.ReceiveForm:
    """The form for goods that come in, with the packs and points there are."""
    variants = queries.variants_of(listing_id, only_on_sale=False)
    form = forms.ReceiveForm(typed, prefix=RECEIVE)
    if typed is None:
        form.seen.data = stock.times_received(listing_id)
    return form.offer(variants, stock.open_points(clock.today()))


def done(listing_id: int, words: str) -> Any:
    """Back to the page, with what was done."""
    flask.flash(words)
    return redirect(url_for("staff.listing", listing_id=listing_id), code=303)


def moved_on(listing_id: int, form: Any, **kept: Any) -> Any:
    """409: somebody was quicker; what was typed stays, what stands there now is beside it."""
    form.form_errors.append(_("Vừa có người sửa chỗ này. Mở lại trang, xem số mới rồi gửi lại."))
    return show(listing_id, **kept), 409


def _pack(variant: Any) -> forms.VariantForm:
    return forms.VariantForm(obj=variant, prefix=pack_prefix(variant.id))


def _count(item: Any) -> forms.CountForm:
    known = {"on_hand": item.on_hand, "seen": item.on_hand}
    return forms.CountForm(data=known, prefix=count_prefix(item.id))
