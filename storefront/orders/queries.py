"""Reading orders: by code for the shopper, by queue and point for the counter."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from storefront import codes, text
from storefront.accounts.models import User
from storefront.database import session
from storefront.orders.errors import OrderNotFound
from storefront.orders.models import Order, OrderEvent, OrderGroup, OrderLine, OrderNote, OrderPick
from storefront.orders.states import OrderState

AnySelect = sa.Select[*tuple[Any, ...]]
PAGE_SIZE = 50
_WHOLE = selectinload(OrderGroup.orders).selectinload(Order.lines).selectinload(OrderLine.picks)
_BY_KEY = sa.select(OrderGroup).where(OrderGroup.checkout_key == sa.bindparam("key")).options(_WHOLE)

QUEUES: dict[str, frozenset[OrderState]] = {
    "cho-xac-nhan": frozenset({OrderState.NEW}),
    "cho-goi": frozenset({OrderState.CONFIRMED}),
    "dang-goi": frozenset({OrderState.PACKING}),
    "khach-den-lay": frozenset({OrderState.READY}),
    "tren-duong": frozenset({OrderState.HANDED_OVER}),
    "co-van-de": frozenset({OrderState.FAILED}),
    "da-giao": frozenset({OrderState.DELIVERED, OrderState.COLLECTED}),
    "da-xong": frozenset(
        {OrderState.COMPLETED, OrderState.REJECTED, OrderState.CANCELLED, OrderState.RETURNED}
    ),
}
"""The counter's queues, in their order on the rail."""


@dataclass(frozen=True, kw_only=True)
class HistoryLine:
    """One event with the name of who did it."""

    event: OrderEvent
    actor_name: str | None


def group_by_code(code: str) -> OrderGroup:
    """The order group of that code with all its parts.

    :raises OrderNotFound: when there is none.
    """
    return _one_group(OrderGroup.code == code)


def group_by_key(checkout_key: str) -> OrderGroup | None:
    """The order group a checkout became, if it did."""
    return session().scalar(_BY_KEY, {"key": checkout_key})


def groups_of_user(user_id: int) -> list[OrderGroup]:
    """Order groups of an account, newest first, at most 200."""
    found = sa.select(OrderGroup).where(OrderGroup.user_id == user_id).options(_WHOLE)
    return list(
        session().scalars(found.order_by(OrderGroup.placed_at.desc(), OrderGroup.id.desc()).limit(200))
    )


def every_group_of_user(user_id: int) -> Iterator[OrderGroup]:
    """All order groups of an account, the first made on top, read a page at a time."""
    found = sa.select(OrderGroup).where(OrderGroup.user_id == user_id).options(_WHOLE).order_by(OrderGroup.id)
    after = 0
    while page := session().scalars(found.where(OrderGroup.id > after).limit(PAGE_SIZE)).all():
        yield from page
        after = page[-1].id


def order_of_points(order_id: int, point_ids: Collection[int] | None) -> Order:
    """One order with group, lines and picks, if it belongs to one of these points (any, when None).

    :raises OrderNotFound: when there is none, or it is another point's.
    """
    found = _scoped(sa.select(Order), point_ids).where(Order.id == order_id)
    order: Order | None = session().scalar(
        found.options(
            joinedload(Order.group), selectinload(Order.lines).selectinload(OrderLine.picks)
        ).execution_options(populate_existing=True)
    )
    if order is None:
        raise OrderNotFound(str(order_id))
    return order


def orders_of_points(order_ids: Collection[int], point_ids: Collection[int] | None) -> list[Order]:
    """Several orders with group, lines and picks, in the order asked for, if all belong to these points.

    :raises OrderNotFound: when one is not there, or is another point's.
    """
    found = _scoped(sa.select(Order), point_ids).where(Order.id.in_(order_ids))
    rows: list[Order] = list(
        session().scalars(
            found.options(
                joinedload(Order.group), selectinload(Order.lines).selectinload(OrderLine.picks)
            ).execution_options(populate_existing=True)
        )
    )
    by_id = {order.id: order for order in rows}
    missing = [order_id for order_id in order_ids if order_id not in by_id]
    if missing:
        raise OrderNotFound(str(missing[0]))
    return [by_id[order_id] for order_id in order_ids]


def picking_lot(lot_code: str, point_ids: Collection[int] | None) -> list[Order]:
    """Orders still to pack or being packed that take from that lot, oldest first, at most 50."""
    with_lot = (
        sa.select(OrderLine.order_id)
        .join(OrderPick, OrderPick.line_id == OrderLine.id)
        .where(OrderPick.lot_code == lot_code)
    )
    found = _scoped(sa.select(Order), point_ids).where(
        Order.state.in_((OrderState.CONFIRMED, OrderState.PACKING)), Order.id.in_(with_lot)
    )
    rows = found.options(joinedload(Order.group), selectinload(Order.lines))
    return list(session().scalars(rows.order_by(Order.changed_at, Order.id).limit(50)))


def queue(name: str, point_ids: Collection[int] | None, number: int = 1) -> tuple[list[Order], int]:
    """One page of a queue, oldest first (what is finished: newest first), and how many wait in it."""
    found = _scoped(sa.select(Order), point_ids).where(Order.state.in_(QUEUES[name]))
    total = session().scalar(sa.select(sa.func.count()).select_from(found.subquery())) or 0
    order = (Order.changed_at.desc(), Order.id.desc()) if name == "da-xong" else (Order.changed_at, Order.id)
    rows = found.options(joinedload(Order.group), selectinload(Order.lines)).order_by(*order)
    return list(session().scalars(rows.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))), total


def queue_counts(point_ids: Collection[int] | None) -> dict[str, int]:
    """How many orders wait in each queue."""
    states: AnySelect = sa.select(Order.state, sa.func.count())
    counted = _scoped(states, point_ids).group_by(Order.state)
    by_state: dict[OrderState, int] = {state: count for state, count in session().execute(counted)}  # noqa: C416
    return {name: sum(by_state.get(state, 0) for state in members) for name, members in QUEUES.items()}


def newest_id(point_ids: Collection[int] | None) -> int:
    """Id of the newest order of these points; 0 when there is none."""
    return session().scalar(_scoped(sa.select(sa.func.max(Order.id)), point_ids)) or 0


def search(typed: str, point_ids: Collection[int] | None, also: Collection[int] = ()) -> list[Order]:
    """Orders of these points by code (whole or a part of it), phone or name, newest first, at most 50.

    The orders `also` names are among what was found, unless the code stands there whole.
    """
    typed_code = typed.partition("/")[0]
    code, part = codes.completed(typed_code, codes.Kind.ORDER), codes.part(typed_code)
    # a name or the middle of a phone number can look like a code without its letters, or like a part of one
    matches = [sa.and_(*_phone_or_name(typed)), Order.id.in_(also)]
    if part:
        matches.append(OrderGroup.code.contains(part, autoescape=True))
    return (_listed(OrderGroup.code == code, point_ids) if code else []) or _listed(
        sa.or_(*matches), point_ids
    )


def history(order_id: int) -> list[HistoryLine]:
    """What happened to an order, oldest first."""
    rows = session().execute(
        sa.select(OrderEvent, User.name)
        .outerjoin(User, User.id == OrderEvent.actor_id)
        .where(OrderEvent.order_id == order_id)
        .order_by(OrderEvent.at, OrderEvent.id)
    )
    return [HistoryLine(event=event, actor_name=name) for event, name in rows]


def events_of_group(group_id: int) -> dict[int, list[OrderEvent]]:
    """Events of each order of a group, oldest first."""
    found: dict[int, list[OrderEvent]] = {}
    rows = (
        sa.select(OrderEvent).join(Order, Order.id == OrderEvent.order_id).where(Order.group_id == group_id)
    )
    for event in session().scalars(rows.order_by(OrderEvent.at, OrderEvent.id)):
        found.setdefault(event.order_id, []).append(event)
    return found


def notes(order_id: int) -> list[tuple[OrderNote, str]]:
    """Internal notes with their author's name, oldest first."""
    rows = session().execute(
        sa.select(OrderNote, User.name)
        .join(User, User.id == OrderNote.author_id)
        .where(OrderNote.order_id == order_id)
        .order_by(OrderNote.at, OrderNote.id)
    )
    return [(note, name) for note, name in rows]


def _phone_or_name(typed: str) -> list[sa.ColumnElement[bool]]:
    digits = "".join(character for character in typed if character.isdigit())
    if len(digits) >= 4 and len(digits) >= len(typed.replace(" ", "")) - 2:
        return [OrderGroup.contact_phone.contains(digits.lstrip("0"), autoescape=True)]
    words = text.fold(typed).split()[:6]
    return [OrderGroup.contact_name_folded.contains(word, autoescape=True) for word in words] or [sa.false()]


def _listed(where: sa.ColumnElement[bool], point_ids: Collection[int] | None) -> list[Order]:
    found = _scoped(sa.select(Order).join(Order.group), point_ids).where(where)
    rows = found.options(joinedload(Order.group), selectinload(Order.lines)).order_by(Order.id.desc())
    return list(session().scalars(rows.limit(50)))


def _one_group(*where: sa.ColumnElement[bool]) -> OrderGroup:
    found = sa.select(OrderGroup).where(*where).options(_WHOLE).execution_options(populate_existing=True)
    group = session().scalar(found)
    if group is None:
        raise OrderNotFound
    return group


def _scoped(found: AnySelect, point_ids: Collection[int] | None) -> AnySelect:
    return found if point_ids is None else found.where(Order.point_id.in_(point_ids))
