"""One order on the desk: what to pick, whom to call, and every step of its life."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from wtforms import Form

from storefront import clock, qr
from storefront.access import Permission
from storefront.database import transaction
from storefront.fulfilment import queries as fulfilment_queries
from storefront.journeys import move_order
from storefront.orders import queries as order_queries
from storefront.orders import service as order_service
from storefront.orders.errors import AddressFixed, IllegalTransition, MovedOn
from storefront.orders.models import Order, OrderGroup
from storefront.orders.states import OrderState
from storefront.payments import queries as payment_queries
from storefront.stock import queries as stock_queries
from storefront.web import context, guards, links, targets
from storefront.web.i18n import _
from storefront.web.staff import actions, chosen, rail
from storefront.web.staff import orders_forms as forms


def register(bp: Blueprint) -> None:
    """Add the pages."""
    bp.add_url_rule("/don/<id:order_id>", "order", order)
    bp.add_url_rule("/don/<id:order_id>/trang-thai", "move_order", move, methods=["POST"])
    bp.add_url_rule("/don/<id:order_id>/dia-chi", "correct_address", correct_address, methods=["POST"])
    bp.add_url_rule("/don/<id:order_id>/ghi-chu", "note_order", note, methods=["POST"])
    bp.add_url_rule("/phieu", "packing_slips", slips)


@guards.requires(Permission.ORDERS_WORK)
def order(order_id: int) -> Any:
    """Everything about one order of the clerk's points."""
    return _page(_load(order_id))


@guards.requires(Permission.ORDERS_WORK)
def move(order_id: int) -> Any:
    """Move an order on, if it still stands where the clerk saw it."""
    wanted, seen = _state(request.form.get("muc")), _state(request.form.get("thay"))
    form = actions.form_for(wanted, request.form)
    if form is not None and not form.validate():
        return _page(_load(order_id), failed={wanted: form}), 422
    me = guards.me().id
    try:
        with transaction():
            found = _load(order_id)
            if found.state is not seen:
                raise MovedOn(str(order_id))
            name = chosen.label(found)
            run_move(found, wanted, me, form)
    except (MovedOn, IllegalTransition):
        return _moved_on(order_id, wanted, me)
    flash(_("%(code)s: %(state)s.", code=name, state=str(context.ORDER_WORDS[wanted]).lower()))
    return redirect(_back(order_id), code=303)


@guards.requires(Permission.ORDERS_WORK)
def correct_address(order_id: int) -> Any:
    """Correct who receives the order and where, before it is packed."""
    found = _load(order_id)
    form = forms.AddressForm.of(found.group, request.form)
    if not form.validate():
        return _page(found, address=form), 422
    me = guards.me().id
    try:
        with transaction():
            found = _load(order_id)
            contact = _contact(found.group, form)
            order_service.correct_address(order=found, contact=contact, actor_id=me, now=clock.now())
    except AddressFixed:
        return render_template("staff/orders/address_fixed.html", **_desk(_load(order_id))), 409
    flash(_("Đã sửa người nhận và địa chỉ."))
    return redirect(url_for("staff.order", order_id=order_id), code=303)


@guards.requires(Permission.ORDERS_WORK)
def note(order_id: int) -> Any:
    """Add a note that only staff see."""
    found = _load(order_id)
    form = forms.NoteForm(request.form)
    if not form.validate():
        return _page(found, note=form), 422
    me, words = guards.me().id, form.ghi_chu.data or ""
    with transaction():
        order_service.add_note(order_id=order_id, author_id=me, words=words, now=clock.now())
    return redirect(url_for("staff.order", order_id=order_id, _anchor="ghi-chu"), code=303)


@guards.requires(Permission.ORDERS_WORK)
def slips() -> Any:
    """Packing slips of the chosen orders, one a sheet."""
    ids = chosen.ids(request.args.getlist("don"))
    if not ids:
        flash(_("Chưa chọn đơn nào để in."), "warn")
        return redirect(url_for("staff.desk"), code=303)
    found = order_queries.orders_of_points(ids, rail.my_points())
    public_url = current_app.config["SETTINGS"].public_url
    return render_template(
        "print/packing_slip.html",
        orders=found,
        points=stock_queries.points_by_id({one.point_id for one in found}),
        payments=payment_queries.latest_of(ids),
        codes={
            one.id: qr.path(public_url + links.plain(url_for("staff.order", order_id=one.id)))
            for one in found
        },
        order_label=chosen.label,
        printed_at=clock.now(),
        back_href=url_for("staff.order", order_id=ids[0]) if len(ids) == 1 else url_for("staff.desk"),
    )


def run_move(order: Order, wanted: OrderState, actor_id: int, form: Form | None = None) -> None:
    """Move an order (inside a transaction) with what the form says.

    :raises MovedOn, IllegalTransition: when it cannot go there any more.
    """
    host = urlsplit(current_app.config["SETTINGS"].public_url).hostname or "localhost"
    move_order.run(
        order=order,
        wanted=wanted,
        actor_id=actor_id,
        note=(form.data.get("ly_do") or "") if form is not None else "",
        mail_domain=host,
        now=clock.now(),
        handover=form.handover() if isinstance(form, forms.HandOverForm) else None,
    )


def _load(order_id: int) -> Order:
    return order_queries.order_of_points(order_id, rail.my_points())


def _state(typed: str | None) -> OrderState:
    try:
        return OrderState(typed or "")
    except ValueError:
        abort(400)


def _desk(order: Order) -> dict[str, Any]:
    return {
        "order": order,
        "group": order.group,
        **rail.frame(chosen.queue_of(order)),
        "order_label": chosen.label,
        "queue": chosen.queue_of(order),
        "newest": order_queries.newest_id(rail.my_points()),
    }


def _page(
    order: Order,
    *,
    failed: dict[OrderState, Form] | None = None,
    address: forms.AddressForm | None = None,
    note: forms.NoteForm | None = None,
) -> str:
    may_correct = order.state in order_service.BEFORE_PACKING
    return render_template(
        "staff/orders/order.html",
        **_desk(order),
        point=stock_queries.point(order.point_id),
        payment=payment_queries.latest_of([order.id]).get(order.id),
        actions=actions.of(order.state, order.group.method, failed),
        failed=next(iter(failed.values())) if failed else None,
        address=address or (forms.AddressForm.of(order.group) if may_correct else None),
        note_form=note or forms.NoteForm(),
        history=order_queries.history(order.id),
        notes=order_queries.notes(order.id),
        handovers=fulfilment_queries.handovers(order.id),
        carrier_words=forms.CARRIER_WORDS,
        back=None,
    )


def _moved_on(order_id: int, wanted: OrderState, me: int) -> Any:
    """Somebody was first: say who did what. The clerk's own second click is no trouble at all."""
    found = _load(order_id)
    last = next((line for line in reversed(order_queries.history(order_id)) if line.event.to_state), None)
    if found.state is wanted and last is not None and last.event.actor_id == me:
        return redirect(_back(order_id), code=303)
    page = render_template("staff/orders/moved_on.html", **_desk(found), last=last, wanted=wanted)
    return page, 409


def _back(order_id: int) -> str:
    return targets.local_path(request.form.get("ve"), url_for("staff.order", order_id=order_id))


def _contact(group: OrderGroup, form: forms.AddressForm) -> order_service.Contact:
    commune = form.commune
    return order_service.Contact(
        name=form.ten.data or "",
        phone=form.dien_thoai.data or "",
        email=group.contact_email,
        method=group.method,
        commune_code=commune.code if commune else group.commune_code,
        commune_name=commune.full_name if commune else group.commune_name,
        province_name=commune.province.name if commune else group.province_name,
        street=(form.duong.data or None) if form.is_delivery else group.street,
        pickup_point_id=group.pickup_point_id,
        note=group.note,
        payment_method=group.payment_method,
    )
