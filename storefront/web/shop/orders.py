"""An order by its secret link: where it stands, what it holds, what the shopper can do; and the way back to that link."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for

from storefront import clock, codes, limits
from storefront.accounts import contact
from storefront.database import transaction
from storefront.fulfilment import queries as fulfilment
from storefront.journeys import move_order
from storefront.orders import queries
from storefront.orders import service as order_service
from storefront.orders.errors import MovedOn, OrderNotFound
from storefront.orders.models import OrderGroup
from storefront.orders.states import ENDED, GIVES_STOCK_BACK, IllegalTransition, OrderState
from storefront.stock import queries as stock
from storefront.stock.models import Point
from storefront.web import guards, login
from storefront.web.i18n import _
from storefront.web.shop import bills, order_progress
from storefront.web.shop.checkout import PAY_WORDS
from storefront.web.shop.orders_forms import TrackForm

TRIES, TRIES_SECONDS = 10, 600


def register(bp: Blueprint) -> None:
    """Add the pages."""
    bp.add_url_rule("/don-hang", "track", track, methods=["GET", "POST"])
    link = "/don-hang/<code>/<secret>"
    bp.add_url_rule(link, "order", show)
    bp.add_url_rule(f"{link}/huy", "cancel_order", cancel, methods=["POST"])
    bp.add_url_rule(f"{link}/nhan", "claim_order", claim, methods=["POST"])
    bp.add_url_rule(f"{link}/in", "print_order", paper)
    bp.add_url_rule(f"{link}/tai-ve", "download_order", download)


@guards.personal
def track() -> Any:
    """Find an order by code and phone; a wrong pair is answered alike whether or not the code exists."""
    form = TrackForm(request.form)
    if request.method == "GET":
        form = TrackForm(data={"code": request.args.get("ma", "")[:40]})
        return render_template("shop/orders/track.html", form=form, unknown=False)
    if not form.validate():
        return render_template("shop/orders/track.html", form=form, unknown=False), 422
    code = codes.completed(form.code.data or "", codes.Kind.ORDER) or ""
    _count_try(code)
    group = _by_phone(code, contact.phone(form.phone.data or ""))
    if group is None:
        return render_template("shop/orders/track.html", form=form, unknown=True), 422
    return redirect(_link(group), code=303)


@guards.personal
def show(code: str, secret: str) -> str:
    """Where the order stands and what it holds."""
    return render_template("shop/orders/show.html", **_facts(_group(code, secret)))


@guards.personal
def cancel(code: str, secret: str) -> Any:
    """Take the whole order back, while no part of it is packed."""
    settings = current_app.config["SETTINGS"]
    user = login.current()
    try:
        with transaction():
            group = _group(code, secret)
            if not _is_open(group):
                raise MovedOn(group.code)
            move_order.cancel_group(
                group=group,
                actor_id=user.id if user and user.id == group.user_id else None,
                mail_domain=urlsplit(settings.public_url).hostname or "localhost",
                now=clock.now(),
            )
        flash(_("Đã huỷ đơn. Bạn không phải trả gì."), "good")
    except (IllegalTransition, MovedOn):
        flash(_("Đơn không tự huỷ được nữa. Hãy gọi nơi gửi, họ sẽ giúp bạn."), "warn")
    return redirect(url_for("shop.order", code=code, secret=secret), code=303)


@guards.signed_in
def claim(code: str, secret: str) -> Any:
    """Let an order placed as a guest join the account; only who holds the secret link can."""
    with transaction():
        group = _group(code, secret)
        free = group.user_id is None
        order_service.claim(group=group, user_id=guards.me().id)
    if free:
        flash(_("Đơn đã nằm trong tài khoản của bạn."), "good")
    else:
        flash(_("Đơn này đã thuộc một tài khoản."), "info")
    return redirect(_link(group), code=303)


@guards.personal
def paper(code: str, secret: str) -> str:
    """The order on paper."""
    group = _group(code, secret)
    return render_template("print/order.html", back_href=_link(group), **_facts(group))


@guards.personal
def download(code: str, secret: str) -> Response:
    """The order as one file that opens without the shop: everything that was agreed."""
    group = _group(code, secret)
    answer = Response(render_template("shop/orders/download.html", **_facts(group)), mimetype="text/html")
    answer.headers["Content-Disposition"] = (
        f'attachment; filename="don-hang-{codes.grouped(group.code)}.html"'
    )
    return answer


def _group(code: str, secret: str) -> OrderGroup:
    """The order of that code if the secret is its own.

    :raises OrderNotFound: else, whichever of the two is wrong.
    """
    canonical = codes.canonical(code, codes.Kind.ORDER)
    if canonical is None:
        raise OrderNotFound
    group = queries.group_by_code(canonical)
    if not secrets.compare_digest(group.secret.encode(), secret.encode()):
        raise OrderNotFound
    return group


def _by_phone(code: str, phone: str) -> OrderGroup | None:
    try:
        group = queries.group_by_code(code)
    except OrderNotFound:
        return None
    same = secrets.compare_digest(group.contact_phone.encode(), phone.encode())
    return group if same else None


def _count_try(code: str) -> None:
    """Count one look-up of this network and of this code, also one that fails."""
    now = clock.now()
    network = limits.network_of(request.remote_addr)
    with transaction():
        limits.hit(bucket="track", subject=network, most=TRIES, seconds=TRIES_SECONDS, now=now)
        limits.hit(bucket="track-code", subject=code, most=TRIES, seconds=TRIES_SECONDS, now=now)


def _is_open(group: OrderGroup) -> bool:
    """Whether the shopper can still take the whole order back."""
    states = {order.state for order in group.orders}
    return states <= order_service.BEFORE_PACKING | ENDED and bool(states & order_service.BEFORE_PACKING)


def _nothing_due(group: OrderGroup) -> str:
    """What stands under the total of an order of which nothing is delivered; empty for every other."""
    if all(order.state in GIVES_STOCK_BACK for order in group.orders):
        return _("Không phải trả gì nữa.")
    return ""


def _link(group: OrderGroup) -> str:
    return url_for("shop.order", code=group.code, secret=group.secret)


def _facts(group: OrderGroup) -> dict[str, object]:
    events = queries.events_of_group(group.id)
    ids = {order.point_id for order in group.orders} | {group.pickup_point_id or 0}
    points: dict[int, Point] = stock.points_by_id(ids)
    user = login.current()
    return {
        "group": group,
        "points": points,
        "pickup_point": points.get(group.pickup_point_id or 0),
        "steps": {
            order.id: order_progress.steps(order, events.get(order.id, []), group.method)
            for order in group.orders
        },
        "next_words": {order.id: order_progress.what_next(order) for order in group.orders},
        "handovers": {order.id: fulfilment.handovers(order.id)[:1] for order in group.orders},
        "bill": bills.of_group(group, points),
        "dues": {order.id: bills.due(order, group) for order in group.orders},
        "terms_day": date.fromisoformat(group.terms_version),
        "nothing_due": _nothing_due(group),
        "is_new": all(order.state is OrderState.NEW for order in group.orders),
        "can_cancel": _is_open(group),
        "can_claim": user is not None and group.user_id is None,
        "is_guest": user is None and group.user_id is None,
        "pay_words": PAY_WORDS,
    }
