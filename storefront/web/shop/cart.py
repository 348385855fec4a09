"""The basket: what is in it, where it is sent from, and what has changed since it was put in."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from storefront import clock
from storefront.cart import service as cart_service
from storefront.cart.errors import TooManyLines
from storefront.catalogue import queries as catalogue
from storefront.catalogue.errors import NotForSale
from storefront.catalogue.queries import Pack
from storefront.database import transaction
from storefront.fulfilment import queries as fulfilment
from storefront.fulfilment.queries import TariffLine
from storefront.journeys import quote_basket
from storefront.journeys.quote_basket import Quote
from storefront.money import Vnd
from storefront.stock import queries as stock
from storefront.stock.errors import OutOfStock
from storefront.web import basket, guards, names
from storefront.web.i18n import _
from storefront.web.shop import listings
from storefront.web.shop.cart_forms import AddForm, QuantityForm, seen_prices


def register(bp: Blueprint) -> None:
    """Add the pages."""
    bp.add_url_rule("/gio-hang", "cart", show)
    bp.add_url_rule("/gio-hang/mon", "add_to_cart", add, methods=["POST"])
    bp.add_url_rule("/gio-hang/mon/<id:variant_id>", "set_quantity", set_quantity, methods=["POST"])
    bp.add_url_rule("/gio-hang/gia-moi", "accept_prices", accept_prices, methods=["POST"])


@guards.personal
def show() -> Any:
    """What is in the basket now."""
    return _page()


@guards.personal
def add() -> Any:
    """Put some of a variant into the basket."""
    form = AddForm(request.form)
    if not form.validate():
        return _wrong(form), 422
    variant_id, quantity = form.variant.data or 0, form.quantity.data or 0
    try:
        pack, left = _offered(variant_id, quantity)
        with transaction(lasting=False):
            added = cart_service.add(
                cart=basket.current_or_new(),
                variant_id=variant_id,
                quantity=quantity,
                price=pack.price_vnd,
                now=clock.now(),
            )
    except NotForSale:
        return _page([_("Sản phẩm này hiện không bán được, nên chưa vào giỏ.")]), 409
    except OutOfStock:
        return _page([_("Sản phẩm này vừa hết hàng, nên chưa vào giỏ.")]), 409
    except TooManyLines:
        return _page([_("Một giỏ chứa nhiều nhất 60 món khác nhau. Hãy đặt giỏ này trước.")]), 422
    flash(
        _added(f"{pack.name} {names.plain_pack(pack.label)}", quantity, left, added.of_it),
        "good" if added.of_it <= left else "warn",
    )
    basket.show_in_header(added.in_all)
    return redirect(url_for("shop.cart"), code=303)


@guards.personal
def set_quantity(variant_id: int) -> Any:
    """Change how many of a line are wanted, or take it out."""
    form = QuantityForm(request.form)
    removes = "remove" in request.form
    if not removes and not form.validate():
        return _page(
            [str(form.quantity.errors[0])], typed={variant_id: request.form.get("quantity", "")[:12]}
        ), 422
    cart = basket.current()
    if cart is None or variant_id not in {line.variant_id for line in cart.lines}:
        flash(_("Món này không còn trong giỏ."), "info")
        return redirect(url_for("shop.cart"), code=303)
    quantity = 0 if removes else form.quantity.data or 0
    with transaction():
        cart_service.set_quantity(cart=cart, variant_id=variant_id, quantity=quantity, now=clock.now())
    basket.show_in_header()
    flash(_("Đã bỏ khỏi giỏ.") if quantity == 0 else _("Đã đổi số lượng."), "good")
    return redirect(url_for("shop.cart"), code=303)


@guards.personal
def accept_prices() -> Any:
    """Go on with changed prices; only those that are still what the shopper has seen."""
    seen = seen_prices(request.form)
    with transaction():
        cart = basket.current()
        present = {line.variant.id: line.variant.price_vnd for line in _quote(cart).lines}
        accepted = {variant: price for variant, price in seen.items() if present.get(variant) == price}
        if cart and accepted:
            cart_service.accept_prices(cart=cart, prices=accepted)
    if accepted and len(accepted) == len(seen):
        flash(_("Đã nhận giá mới."), "good")
    else:
        flash(_("Giá vừa đổi lần nữa. Xem lại giá mới rồi đồng ý."), "warn")
    return redirect(url_for("shop.cart"), code=303)


def lowest_fee(table: list[TariffLine], weight_g: int) -> Vnd | None:
    """The least that a parcel of that weight can cost, wherever it goes; None when nothing carries it."""
    return min((line.fee_vnd for line in table if weight_g <= line.up_to_g), default=None)


def _offered(variant_id: int, quantity: int) -> tuple[Pack, int]:
    """What is to be put into the basket, and how many of it one point has; the order looks again.

    :raises VariantNotFound: when there is no such variant.
    :raises NotForSale: when it cannot be bought.
    :raises OutOfStock: when no point has any.
    """
    pack, day = catalogue.pack(variant_id), clock.today()
    if not pack.is_on_sale or not catalogue.can_be_sold(pack, day):
        raise NotForSale(variant_id)
    left = max((one.quantity for one in stock.on_hand([variant_id], day)), default=0)
    if not left:
        raise OutOfStock(variant_id, quantity, 0)
    return pack, left


def _wrong(form: AddForm) -> str:
    """The product's page with what is wrong, where the form named one that is sold; else the basket."""
    found = [] if form.variant.errors else catalogue.named([form.variant.data or 0])
    problems = [str(error) for errors in form.errors.values() for error in errors]
    if not found or not catalogue.can_be_sold(found[0][0], clock.today()):
        return _page(problems)
    typed = {"variant": str(form.variant.data), "quantity": request.form.get("quantity", "")[:12]}
    return listings.page(*catalogue.by_slug(found[0][0].slug), problem=problems[0], typed=typed)


def _added(name: str, quantity: int, left: int, now_in: int) -> str:
    if now_in > left:
        return _("%(name)s: giỏ đang có %(in)s, mà chỉ còn %(left)s.", name=name, left=left, **{"in": now_in})
    if left - now_in <= 5:
        return _("Đã thêm %(n)s × %(name)s. Chỉ còn %(left)s.", n=quantity, name=name, left=left)
    return _("Đã thêm %(n)s × %(name)s.", n=quantity, name=name)


def _quote(cart: Any) -> Quote:
    return quote_basket.run(cart=cart, day=clock.today())


def _page(problems: list[str] | None = None, typed: dict[int, str] | None = None) -> str:
    cart = basket.current()
    quote = _quote(cart)
    table = fulfilment.tariff_table() if quote.origins else []
    return render_template(
        "shop/cart/show.html",
        quote=quote,
        fees=[lowest_fee(table, origin.weight_g) for origin in quote.origins],
        pickup=quote_basket.pickup_points(cart=cart, day=clock.today()) if quote.origins else [],
        problems_now=problems or [],
        typed=typed or {},
    )
