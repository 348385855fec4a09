"""Listings at the counter: the table of them, making one for a registered product, its texts and its address."""

from __future__ import annotations

from typing import Any

import flask
from flask import Blueprint, redirect, render_template, request, url_for

from storefront import clock, text
from storefront.access import Permission
from storefront.catalogue import queries, staff_queries
from storefront.catalogue.errors import AddressTaken, AlreadyListed
from storefront.catalogue.staff_queries import Show
from storefront.certification import queries as register_queries
from storefront.certification import validity
from storefront.certification.models import RegisteredProduct
from storefront.database import session, transaction
from storefront.journeys import edit_listing
from storefront.producers.models import Producer
from storefront.stock import queries as stock
from storefront.web import guards, paging
from storefront.web.i18n import _, lazy
from storefront.web.staff import listing_packs, listing_page, rail
from storefront.web.staff import listings_forms as forms

SHOW_WORDS = {
    Show.ALL: lazy("Tất cả"),
    Show.PUBLISHED: lazy("Đang hiện"),
    Show.HIDDEN: lazy("Đang ẩn"),
    Show.OUT_OF_STOCK: lazy("Hết hàng"),
}
UNLISTED = "chua-co"


def register(bp: Blueprint) -> None:
    """Add the pages."""
    bp.add_url_rule("/san-pham", "listings", listings)
    bp.add_url_rule("/san-pham/them", "new_listing", new_listing)
    bp.add_url_rule("/san-pham/them", "make_listing", make_listing, methods=["POST"])
    bp.add_url_rule("/san-pham/<id:listing_id>", "listing", listing)
    bp.add_url_rule("/san-pham/<id:listing_id>", "change_listing", change_listing, methods=["POST"])
    bp.add_url_rule("/san-pham/<id:listing_id>/dia-chi", "rename_listing", rename_listing, methods=["POST"])
    listing_packs.register(bp)


@guards.requires(Permission.LISTINGS_EDIT)
def listings() -> str:
    """Listings, or registered products that have none, narrowed by the address."""
    query = text.clean_line(request.args.get("q", ""), 120)
    asked, number, day = request.args.get("hien", ""), paging.wanted(), clock.today()
    show = Show(asked) if asked in set(Show) else Show.ALL
    values: dict[str, Any] = {"rows": [], "products": []}
    if asked == UNLISTED:
        values["products"], total = staff_queries.products_without_listing(query, number)
    else:
        values["rows"], total = staff_queries.page(query, show, number, day)
    chosen = UNLISTED if asked == UNLISTED else show.value

    def address(page_number: int = 1, hien: str = chosen) -> str:
        kept = {"q": query, "hien": "" if hien == Show.ALL.value else hien}
        number = {"trang": page_number} if page_number > 1 else {}
        return url_for("staff.listings", **{name: value for name, value in kept.items() if value}, **number)  # type: ignore[arg-type]

    return render_template(
        "staff/listings/listings.html",
        **values,
        **rail.frame("san-pham"),
        totals=stock.totals([row.listing.id for row in values["rows"]], day),
        query=query,
        chosen=chosen,
        show_words={
            **{show.value: words for show, words in SHOW_WORDS.items()},
            UNLISTED: _("Chưa có trang"),
        },
        total=total,
        page=paging.of(number, total, staff_queries.PAGE_SIZE),
        address=address,
    )


@guards.requires(Permission.LISTINGS_EDIT)
def new_listing() -> Any:
    """An empty form for the registered product that `?product=` names."""
    product = _wanted_product()
    known = queries.listing_of_product(product.id)
    if known:
        return redirect(url_for("staff.listing", listing_id=known), code=303)
    return _new_page(product, forms.WordsForm())


@guards.requires(Permission.LISTINGS_EDIT)
def make_listing() -> Any:
    """Make the listing; its name, producer, place and stars are the register's."""
    product = _wanted_product()
    form = forms.WordsForm(request.form)
    form.name = product.name
    if not form.validate():
        return _new_page(product, form), 422
    try:
        with transaction():
            made = edit_listing.make(
                product_id=product.id,
                words=form.words(),
                is_published=bool(form.is_published.data),
                now=clock.now(),
            )
    except AlreadyListed as error:
        flask.flash(_("Sản phẩm này đã có trang."), "info")
        return redirect(url_for("staff.listing", listing_id=error.listing_id), code=303)
    flask.flash(_("Đã tạo trang. Thêm gói và giá ở dưới."))
    return redirect(url_for("staff.listing", listing_id=made.id), code=303)


@guards.requires(Permission.LISTINGS_EDIT)
def listing(listing_id: int) -> str:
    """Everything that can be changed about one listing."""
    return listing_page.show(listing_id)


@guards.requires(Permission.LISTINGS_EDIT)
def change_listing(listing_id: int) -> Any:
    """Change the texts, the drawing and whether it is shown."""
    form = forms.WordsForm(request.form)
    form.name = queries.by_id(listing_id).name
    if not form.validate():
        return listing_page.show(listing_id, words=form), 422
    try:
        with transaction():
            edit_listing.change_words(
                listing_id=listing_id,
                words=form.words(),
                is_published=bool(form.is_published.data),
                seen=form.seen.data or "",
                now=clock.now(),
            )
    except edit_listing.MovedOn:
        return listing_page.moved_on(listing_id, form, words=form)
    return listing_page.done(listing_id, _("Đã lưu."))


@guards.requires(Permission.LISTINGS_EDIT)
def rename_listing(listing_id: int) -> Any:
    """Give it another address; the old one goes on leading here."""
    form = forms.AddressForm(request.form, prefix=listing_page.ADDRESS)
    if form.validate():
        try:
            with transaction():
                edit_listing.rename(listing_id=listing_id, slug=form.slug.data or "")
            return listing_page.done(listing_id, _("Đã đổi địa chỉ; địa chỉ cũ tự dẫn về đây."))
        except AddressTaken:
            form.slug.errors = [_("Địa chỉ này đã có sản phẩm khác dùng.")]
    return listing_page.show(listing_id, address=form), 422


def _wanted_product() -> RegisteredProduct:
    asked = request.args.get("product", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 9 else 0
    product = session().get(RegisteredProduct, number)
    if product is None:
        guards.not_found()
    return product


def _new_page(product: RegisteredProduct, form: forms.WordsForm) -> str:
    day = clock.today()
    certificate = register_queries.current(product.id, day)
    return render_template(
        "staff/listings/new_listing.html",
        **rail.frame("san-pham"),
        product=product,
        producer=session().get_one(Producer, product.producer_id),
        certificate=certificate,
        state=validity.state_of(certificate, day),
        form=form,
    )
