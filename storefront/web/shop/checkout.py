"""Checkout: one page of fields, the review the law wants, and the button that places the order."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask import session as browser
from werkzeug.wrappers import Response

from storefront import clock
from storefront.accounts import service as accounts
from storefront.cart import service as cart_service
from storefront.cart.errors import EmptyCart
from storefront.cart.models import Cart, CheckoutDraft
from storefront.database import transaction
from storefront.fulfilment import queries as fulfilment
from storefront.journeys import place_order, quote_basket
from storefront.journeys.quote_basket import Quote
from storefront.money import Vnd
from storefront.orders import queries as orders
from storefront.orders.errors import BasketChanged
from storefront.orders.models import OrderGroup
from storefront.payments import methods
from storefront.places import lookup
from storefront.stock import queries as stock
from storefront.stock.errors import OutOfStock
from storefront.web import basket, guards, login, names
from storefront.web.i18n import _, language, lazy, plain_column
from storefront.web.shop import bills, info
from storefront.web.shop import cart as cart_page
from storefront.web.shop import checkout_draft as drafts
from storefront.web.shop.checkout_forms import DELIVERY, CheckoutForm, pickup_value

PAY_WORDS = {"cod": lazy("Trả khi nhận hàng")}
PAY_DETAILS = {"cod": lazy("tiền mặt hoặc quét mã của người giao")}
PLACED = "don"
"""Where the browser remembers the order it placed last, for who goes back to the review."""


def register(bp: Blueprint) -> None:
    """Add the pages."""
    bp.add_url_rule("/dat-hang", "checkout", fields, methods=["GET", "POST"])
    bp.add_url_rule("/dat-hang/xem-lai", "review", review, methods=["GET", "POST"])


@guards.personal
def fields() -> Any:
    """Who receives the goods, where, how, and how it is paid; kept for the review."""
    cart = basket.current()
    quote = quote_basket.run(cart=cart, day=clock.today())
    if cart is None or not quote.is_ready:
        return _back_to_cart(quote)
    form = _form(cart, quote)
    if request.method == "GET":
        return _fields_page(form, cart, quote)
    if not form.validate() or not _can_be_sent(form, cart):
        _forget_place(form, cart)
        return _fields_page(form, cart, quote), 422
    with transaction():
        cart_service.keep_draft(cart=cart, fields=drafts.of_form(form), now=clock.now())
    return redirect(url_for("shop.review"), code=303)


@guards.personal
def review() -> Any:
    """Everything once more before it counts; POST places the order, however often it is sent."""
    if request.method == "POST":
        return _place(request.form.get("key", "")[:64])
    cart = basket.current()
    draft = cart_service.draft(cart) if cart else None
    if cart is None or not cart.lines:
        return _placed_before() or _back_to_cart(Quote())
    if draft is None:
        return redirect(url_for("shop.checkout"), code=303)
    quote = _quote_of(cart, draft)
    away = _not_ready(quote, draft)
    return away or _review_page(cart, draft, quote)


def _place(key: str) -> Any:
    """Place the order of that key, or go to the one it already became."""
    already = orders.group_by_key(key) if key else None
    cart = basket.current()
    draft = cart_service.draft(cart) if cart else None
    if already is not None:
        return _to_order(already)
    if cart is None or draft is None or draft.key != key:
        flash(_("Trang xem lại này đã cũ, nên chưa đặt gì. Kiểm tra giỏ rồi đặt lại."), "warn")
        return redirect(url_for("shop.review" if draft else "shop.cart"), code=303)
    agreed = request.form.get("total", "")
    if request.form.get("seen") != fingerprint(cart, draft) or not _is_amount(agreed):
        flash(
            _("Giỏ hoặc thông tin nhận vừa đổi ở một trang khác, nên chưa đặt gì. Xem lại rồi bấm đặt."),
            "warn",
        )
        return redirect(url_for("shop.review"), code=303)
    command = _command(draft, int(agreed))
    try:
        group = place_order.run(cart_id=cart.id, command=command, now=clock.now())
    except (BasketChanged, OutOfStock):
        flash(_("Giá, hàng hoặc phí giao vừa đổi, nên chưa đặt gì. Xem lại rồi bấm đặt."), "warn")
        return redirect(url_for("shop.review"), code=303)
    except EmptyCart:
        flash(_("Giỏ không còn gì để đặt."), "warn")
        return redirect(url_for("shop.cart"), code=303)
    return _to_order(group, in_basket=0)


def _command(draft: CheckoutDraft, agreed: int) -> place_order.PlaceOrder:
    user = login.current()
    settings = current_app.config["SETTINGS"]
    return place_order.PlaceOrder(
        checkout_key=draft.key,
        contact=drafts.contact_of(draft),
        province_code=drafts.province_code(draft),
        agreed_total_vnd=Vnd(agreed),
        user_id=user.id if user else None,
        terms_version=info.VERSION.isoformat(),
        mail_domain=urlsplit(settings.public_url).hostname or "localhost",
        language=language(),
    )


def _to_order(group: OrderGroup, in_basket: int | None = None) -> Response:
    browser[PLACED] = [group.code, group.secret]
    basket.show_in_header(in_basket)
    return redirect(url_for("shop.order", code=group.code, secret=group.secret), code=303)


def _placed_before() -> Response | None:
    placed = browser.get(PLACED)
    if not placed:
        return None
    return redirect(url_for("shop.order", code=placed[0], secret=placed[1]), code=303)


def _back_to_cart(quote: Quote) -> Response:
    """To the basket, which says at each line what changed; one sentence above is enough if one waits already."""
    if not quote.lines:
        flash(_("Giỏ đang trống, chưa có gì để đặt."), "warn")
    elif "_flashes" not in browser:
        flash(_("Giỏ có chỗ vừa đổi. Xem lại rồi đặt tiếp."), "warn")
    return redirect(url_for("shop.cart"), code=303)


def _not_ready(quote: Quote, draft: CheckoutDraft) -> Response | None:
    """Where to go when the basket cannot be ordered as the draft says."""
    if not drafts.has_destination(draft):
        flash(_("Chưa biết giao tới đâu. Chọn xã, phường nhận hàng trước."), "warn")
        return redirect(url_for("shop.checkout"), code=303)
    if drafts.point_id(draft) is None and not quote.is_ready:
        return _back_to_cart(quote)
    if not quote.is_ready or quote.total_vnd is None:
        flash(_("Cách nhận đã chọn không còn được. Hãy chọn lại."), "warn")
        return redirect(url_for("shop.checkout"), code=303)
    return None


def _form(cart: Cart, quote: Quote) -> CheckoutForm:
    points = quote_basket.pickup_points(cart=cart, day=clock.today())
    hows = [(DELIVERY, _("Giao tận nơi"))]
    hows += [
        (pickup_value(point.id), _("Lấy tại %(name)s", name=plain_column(point, "name"))) for point in points
    ]
    has_alcohol = any(line.listing.is_alcohol for line in quote.lines)
    offered = methods.offered(total=quote.goods_vnd, has_alcohol=has_alcohol)
    pays = [(key, str(PAY_WORDS.get(key, key))) for key in offered]
    draft = cart_service.draft(cart)
    known = drafts.typed(draft) if draft else _of_account()
    return CheckoutForm(request.form if request.method == "POST" else None, hows=hows, pays=pays, data=known)


def _of_account() -> dict[str, Any]:
    """What a signed-in shopper need not type again."""
    user = login.current()
    if user is None:
        return {}
    saved = accounts.addresses(user.id)
    known: dict[str, Any] = {
        "name": user.name,
        "phone": drafts.local_phone(user.phone),
        "email": user.email or "",
    }
    if saved:
        first = saved[0]
        known |= {"name": first.name, "phone": drafts.local_phone(first.phone), "street": first.street}
        known |= drafts.typed_place(first.commune_code)
    return known


def _can_be_sent(form: CheckoutForm, cart: Cart) -> bool:
    """Whether the goods can go where and how the form says; if not, the field says why."""
    province = form.chosen.province.code if form.chosen else None
    quote = quote_basket.run(
        cart=cart, day=clock.today(), province_code=province, pickup_point_id=form.pickup_point_id
    )
    if quote.too_heavy:
        form.place.errors = [_("Một kiện nặng quá mức gửi được. Bớt số lượng trong giỏ, hoặc đến lấy.")]
    elif quote.no_delivery:
        form.place.errors = [_("Cửa hàng chưa giao được tới nơi này.")]
    elif not quote.is_ready or quote.total_vnd is None:
        form.how.errors = [_("Điểm này vừa không còn đủ hàng. Hãy chọn cách khác.")]
    else:
        return True
    return False


def _forget_place(form: CheckoutForm, cart: Cart) -> None:
    """A place that was not understood takes the place of the one chosen before: the review must not go on with that."""
    draft = cart_service.draft(cart)
    if draft and (form.place.errors or form.place_pick.errors):
        with transaction():
            cart_service.keep_draft(cart=cart, fields=drafts.without_place(draft), now=clock.now())


def _fields_page(form: CheckoutForm, cart: Cart, quote: Quote) -> str:
    kept = _commune(form.commune.data) if request.method == "GET" else None
    known = form.chosen or kept
    table = fulfilment.tariff_table()
    lowest = [cart_page.lowest_fee(table, origin.weight_g) for origin in quote.origins]
    open_bill = bills.of_quote(quote, lowest)
    if known and form.is_delivery:
        quote = quote_basket.run(cart=cart, day=clock.today(), province_code=known.province.code)
    form.place_pick.choices = [(match.commune.code, names.place(match.label)) for match in form.matches]
    points = {
        pickup_value(point.id): point for point in quote_basket.pickup_points(cart=cart, day=clock.today())
    }
    return render_template(
        "shop/checkout/fields.html",
        form=form,
        quote=quote,
        bill=bills.of_quote(quote, lowest),
        open_bill=open_bill,
        lowest_total=None if None in lowest else sum(fee for fee in lowest if fee is not None),
        points=points,
        pay_details={key: str(words) for key, words in PAY_DETAILS.items()},
        hints={match.commune.code: match.hint for match in form.matches if match.hint},
    )


def _review_page(cart: Cart, draft: CheckoutDraft, quote: Quote) -> str:
    point_id = drafts.point_id(draft)
    return render_template(
        "shop/checkout/review.html",
        quote=quote,
        bill=bills.of_quote(quote, []),
        contact=drafts.contact_of(draft),
        point=stock.point(point_id) if point_id else None,
        key=draft.key,
        seen=fingerprint(cart, draft),
        pay_words=PAY_WORDS,
        now=clock.now(),
    )


def _quote_of(cart: Cart, draft: CheckoutDraft) -> Quote:
    return quote_basket.run(
        cart=cart,
        day=clock.today(),
        province_code=drafts.province_code(draft),
        pickup_point_id=drafts.point_id(draft),
    )


def fingerprint(cart: Cart, draft: CheckoutDraft) -> str:
    """Of what the review shows: another tab that changes basket or address makes the page stale."""
    lines = sorted((line.variant_id, line.quantity, line.seen_price_vnd) for line in cart.lines)
    return hashlib.sha256(json.dumps([draft.fields, lines], sort_keys=True).encode()).hexdigest()[:32]


def _commune(code: str | None) -> lookup.Commune | None:
    try:
        return lookup.commune(code) if code else None
    except lookup.PlaceNotFound:
        return None


def _is_amount(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) <= 11
