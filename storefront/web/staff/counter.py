"""The counter: queues of orders, the scan field, and what is done with many orders at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from storefront import access, clock, codes
from storefront.access import Permission
from storefront.database import transaction
from storefront.fulfilment import queries as fulfilment_queries
from storefront.orders import queries as order_queries
from storefront.orders.errors import IllegalTransition, MovedOn, OrderNotFound
from storefront.orders.models import Order
from storefront.orders.states import OrderState
from storefront.payments import queries as payment_queries
from storefront.stock import queries as stock_queries
from storefront.web import guards, paging
from storefront.web.i18n import _, ngettext
from storefront.web.staff import actions, chosen, rail
from storefront.web.staff import orders as order_pages

LONGEST_SEARCH = 200
CONFIRMS = "cho-xac-nhan"
"""The queue whose orders are confirmed many at once."""


def register(bp: Blueprint) -> None:
    """Add the pages."""
    bp.add_url_rule("", "desk", desk)
    bp.add_url_rule("/hang-cho/<slug:queue>", "queue", queue)
    bp.add_url_rule("/hang-cho/<slug:queue>/xac-nhan", "confirm_orders", confirm, methods=["POST"])
    bp.add_url_rule("/dem", "live", live)
    bp.add_url_rule("/tim", "find_order", find)


@guards.requires(Permission.CASES_ANSWER)
def desk() -> Any:
    """The first queue in which somebody waits; who works on no orders starts in the first room they may enter."""
    if not access.may(guards.me().role, Permission.ORDERS_WORK):
        return redirect(rail.items()[0].href, code=303)
    waiting = rail.counts()
    first = next((name for name in order_queries.QUEUES if waiting[name]), CONFIRMS)
    return redirect(url_for("staff.queue", queue=first), code=303)


@guards.requires(Permission.ORDERS_WORK)
def queue(queue: str) -> Any:
    """One queue as a table, and the order that was picked from it beside it."""
    shown = _shown(queue)
    opened = chosen.ids(request.args.getlist("don")[:1])
    return render_template("staff/counter/queue.html", **shown, **_pane(opened), q="")


@guards.requires(Permission.ORDERS_WORK)
def confirm(queue: str) -> Any:
    """Confirm the chosen orders; what somebody else changed meanwhile is left alone and said."""
    if queue != CONFIRMS:
        guards.not_found()
    ids = chosen.ids(request.form.getlist("don"))
    me = guards.me().id
    done = 0
    with transaction():
        for found in order_queries.orders_of_points(ids, rail.my_points()):
            done += _confirmed(found, me)
    _tell(done, len(ids))
    return redirect(url_for("staff.queue", queue=queue), code=303)


@guards.requires(Permission.CASES_ANSWER)
def live() -> str:
    """Fragment for the page that refreshes itself: counts, the newest order, and the rows of `?hang=`."""
    name = request.args.get("hang", "")
    if name and not access.may(guards.me().role, Permission.ORDERS_WORK):
        abort(403)
    shown = _shown(name) if name else _frame("")
    opened = chosen.ids(request.args.getlist("don")[:1])
    return render_template("staff/counter/live.html", **shown, opened_id=opened[0] if opened else None)


@guards.requires(Permission.ORDERS_WORK)
def find() -> Any:
    """What was scanned or typed: one order opens at once, several are listed."""
    typed = " ".join(request.args.get("q", "")[:LONGEST_SEARCH].split())
    if not typed:
        return redirect(url_for("staff.desk"), code=303)
    found = _found(typed)
    if len(found) == 1:
        return redirect(url_for("staff.order", order_id=found[0].id), code=303)
    return render_template("staff/counter/find.html", **_rows(found), q=typed, **_frame(""))


def _found(typed: str) -> Sequence[Order]:
    mine = rail.my_points()
    order_id, words = chosen.scanned(typed)
    if order_id is not None:
        try:
            return [order_queries.order_of_points(order_id, mine)]
        except OrderNotFound:
            return []
    lot = codes.canonical(words, codes.Kind.LOT)
    if lot:
        return order_queries.picking_lot(lot, mine)
    return order_queries.search(words, mine, also=fulfilment_queries.tracked(words))


def _frame(queue: str) -> dict[str, Any]:
    return {
        **rail.frame(queue),
        "queue": queue,
        "newest": order_queries.newest_id(rail.my_points()),
    }


def _rows(orders: Sequence[Order]) -> dict[str, Any]:
    now = clock.now()
    points = stock_queries.points_by_id({order.point_id for order in orders})
    return {
        "orders": orders,
        "payments": payment_queries.latest_of([order.id for order in orders]),
        "waited": {order.id: chosen.waited(order.changed_at, now) for order in orders},
        "order_label": chosen.label,
        "place": chosen.place,
        "points": points,
    }


def _shown(queue: str) -> dict[str, Any]:
    """A page of the queue; 404 for a queue that is not there."""
    if queue not in order_queries.QUEUES:
        guards.not_found()
    number = paging.wanted()
    orders, total = order_queries.queue(queue, rail.my_points(), number)
    return {
        **_frame(queue),
        **_rows(orders),
        "page": paging.of(number, total, order_queries.PAGE_SIZE),
        "title": str(rail.QUEUE_WORDS[queue]),
        "confirms": queue == CONFIRMS,
    }


def _pane(opened: Sequence[int]) -> dict[str, Any]:
    if not opened:
        return {"order": None, "opened_id": None}
    order = order_queries.order_of_points(opened[0], rail.my_points())
    return {
        "order": order,
        "opened_id": order.id,
        "group": order.group,
        "payment": payment_queries.latest_of([order.id]).get(order.id),
        "actions": actions.of(order.state, order.group.method),
        "failed": None,
    }


def _confirmed(order: Order, actor_id: int) -> bool:
    if order.state is not OrderState.NEW:
        return False
    try:
        order_pages.run_move(order, OrderState.CONFIRMED, actor_id)
    except (MovedOn, IllegalTransition):
        return False
    return True


def _tell(done: int, asked: int) -> None:
    if not asked:
        flash(_("Chưa chọn đơn nào để xác nhận."), "warn")
    if done:
        flash(ngettext("Đã xác nhận một đơn.", "Đã xác nhận %(num)s đơn.", done))
    if asked > done:
        left = asked - done
        flash(
            ngettext(
                "Một đơn có người xử lý trước, nên để nguyên.",
                "%(num)s đơn có người xử lý trước, nên để nguyên.",
                left,
            ),
            "warn",
        )
