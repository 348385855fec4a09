"""Packs, prices and stock of a listing at the counter."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from storefront import clock, codes
from storefront.access import Permission
from storefront.catalogue import queries
from storefront.catalogue.errors import LabelTaken
from storefront.database import transaction
from storefront.journeys import edit_listing
from storefront.web import filters, guards
from storefront.web.i18n import _
from storefront.web.staff import listing_page as page
from storefront.web.staff import listings_forms as forms


def register(bp: Blueprint) -> None:
    """Add the addresses, all of them below a listing."""
    for path, name, view in (
        ("goi", "add_variant", add_variant),
        ("goi/<id:variant_id>", "change_variant", change_variant),
        ("kho", "receive_stock", receive_stock),
        ("kho/<id:item_id>", "correct_stock", correct_stock),
    ):
        bp.add_url_rule(f"/san-pham/<id:listing_id>/{path}", name, view, methods=["POST"])


@guards.requires(Permission.LISTINGS_EDIT)
def add_variant(listing_id: int) -> Any:
    """Add a pack."""
    queries.by_id(listing_id)
    form = forms.VariantForm(request.form, prefix=page.NEW_PACK)
    if form.validate():
        try:
            with transaction():
                edit_listing.add_variant(listing_id=listing_id, words=form.words(), now=clock.now())
            return page.done(listing_id, _("Đã thêm gói."))
        except LabelTaken:
            form.label.errors = [_("Đã có gói tên này.")]
    return page.show(listing_id, new_pack=form), 422


@guards.requires(Permission.LISTINGS_EDIT)
def change_variant(listing_id: int, variant_id: int) -> Any:
    """Change a pack's name, quantity, weight, price, or whether it is on sale."""
    if variant_id not in {one.id for one in queries.variants_of(listing_id, only_on_sale=False)}:
        guards.not_found()
    form = forms.VariantForm(request.form, prefix=page.pack_prefix(variant_id))
    if form.validate():
        try:
            with transaction():
                edit_listing.change_variant(
                    listing_id=listing_id, variant_id=variant_id, words=form.words(), now=clock.now()
                )
            return page.done(listing_id, _("Đã lưu gói %(label)s.", label=form.label.data))
        except LabelTaken:
            form.label.errors = [_("Đã có gói tên này.")]
    return page.show(listing_id, packs={variant_id: form}), 422


@guards.requires(Permission.LISTINGS_EDIT)
def correct_stock(listing_id: int, item_id: int) -> Any:
    """Write down what was counted, unless the number moved on meanwhile."""
    queries.by_id(listing_id)
    form = forms.CountForm(request.form, prefix=page.count_prefix(item_id))
    if not form.validate():
        return page.show(listing_id, counts={item_id: form}), 422
    try:
        with transaction():
            edit_listing.correct_stock(
                listing_id=listing_id,
                item_id=item_id,
                on_hand=form.on_hand.data or 0,
                seen=form.seen.data or 0,
                actor_id=guards.me().id,
                now=clock.now(),
            )
    except edit_listing.MovedOn:
        return page.moved_on(listing_id, form, counts={item_id: form})
    return page.done(listing_id, _("Đã sửa số trong kho."))


@guards.requires(Permission.LISTINGS_EDIT)
def receive_stock(listing_id: int) -> Any:
    """Take goods in under the lot of the day they were made."""
    queries.by_id(listing_id)
    form = page.receive_form(listing_id, request.form)
    if not form.validate():
        return page.show(listing_id, receive=form), 422
    try:
        with transaction():
            lot = edit_listing.receive(
                listing_id=listing_id, came=form.came(), actor_id=guards.me().id, now=clock.now()
            )
    except edit_listing.MovedOn:
        return page.moved_on(listing_id, form, receive=form)
    except edit_listing.LotDiffers as error:
        form.expires_on.errors = [_known_lot(error)]
        return page.show(listing_id, receive=form), 422
    return page.done(listing_id, _("Đã nhập kho, lô %(code)s.", code=codes.grouped(lot.code)))


def _known_lot(error: edit_listing.LotDiffers) -> str:
    if error.expires_on is None:
        return _("Lô ngày này đã có, không ghi hạn dùng. Để trống ô này.")
    return _("Lô ngày này đã có, hạn dùng %(day)s. Để trống ô này.", day=filters.day(error.expires_on))
