"""Writing orders: placing, and every change of state with its history."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storefront import codes, text
from storefront.database import Model, session
from storefront.languages import VIETNAMESE
from storefront.orders import states
from storefront.orders.errors import AddressFixed, MovedOn
from storefront.orders.models import Order, OrderGroup, OrderLine, OrderNote
from storefront.orders.states import Method, OrderState


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Whom an order goes to and where, as checked: phone in E.164, commune by code."""

    name: str
    phone: str
    email: str | None
    method: Method
    commune_code: str | None
    commune_name: str | None
    province_name: str | None
    street: str | None
    pickup_point_id: int | None
    note: str
    payment_method: str


BEFORE_PACKING = frozenset({OrderState.NEW, OrderState.CONFIRMED})


def create(
    *,
    contact: Contact,
    checkout_key: str,
    user_id: int | None,
    orders: list[Order],
    terms_version: str,
    language: str = VIETNAMESE,
    now: datetime,
) -> OrderGroup:
    """Write an order group with its orders and lines, and the first line of their history.

    :raises sqlalchemy.exc.IntegrityError: on `checkout_key` when the checkout was already placed.
    """
    goods = sum(order.goods_vnd for order in orders)
    delivery = sum(order.delivery_vnd for order in orders)
    group = OrderGroup(
        code=codes.new(codes.Kind.ORDER),
        secret=secrets.token_urlsafe(16),
        checkout_key=checkout_key,
        user_id=user_id,
        contact_name=contact.name,
        contact_name_folded=text.fold(contact.name),
        contact_phone=contact.phone,
        contact_email=contact.email,
        method=contact.method,
        commune_code=contact.commune_code,
        commune_name=contact.commune_name,
        province_name=contact.province_name,
        street=contact.street,
        pickup_point_id=contact.pickup_point_id,
        note=contact.note,
        payment_method=contact.payment_method,
        goods_vnd=goods,
        delivery_vnd=delivery,
        total_vnd=goods + delivery,
        terms_version=terms_version,
        consented_at=now,
        placed_at=now,
        erased_at=None,
        language=language,
        orders=orders,
    )
    session().add(group)
    session().flush()
    for order in orders:
        _event(order.id, None, OrderState.NEW, actor_id=user_id, note="", now=now)
    return group


def move(*, order: Order, wanted: OrderState, actor_id: int | None, note: str, now: datetime) -> None:
    """Change an order's state by one conditional UPDATE and write who, when and why.

    :raises IllegalTransition: when the table does not allow it.
    :raises MovedOn: when somebody changed the order since it was read.
    """
    states.check(order.state, wanted, order.group.method)
    was = order.state
    done = session().execute(
        sa.update(Order).where(Order.id == order.id, Order.state == was).values(state=wanted, changed_at=now)
    )
    if not done.rowcount:  # type: ignore[attr-defined]
        raise MovedOn(str(order.id))
    _event(order.id, was, wanted, actor_id=actor_id, note=note, now=now)


def record_picks(picks: list[dict[str, Any]]) -> None:
    """Write from which stock items lines were taken (columns of `OrderPick`)."""
    session().execute(_PICK, picks)


def add_note(*, order_id: int, author_id: int, words: str, now: datetime) -> None:
    """Add an internal note."""
    session().add(OrderNote(order_id=order_id, at=now, author_id=author_id, text=words))
    session().flush()


def correct_address(*, order: Order, contact: Contact, actor_id: int, now: datetime) -> None:
    """Correct who receives an order and where, while no part of it is packed yet; fees stay as agreed.

    :raises AddressFixed: when some part of the group is past that.
    """
    group = order.group
    others = session().scalars(sa.select(Order.state).where(Order.group_id == group.id))
    if any(state not in BEFORE_PACKING and state not in states.ENDED for state in others):
        raise AddressFixed(group.code)
    before = f"{group.contact_name}, {group.contact_phone}, {group.street or ''}, {group.commune_name or ''}"
    group.contact_name, group.contact_name_folded = contact.name, text.fold(contact.name)
    group.contact_phone = contact.phone
    if group.method is Method.DELIVERY:
        group.commune_code, group.commune_name = contact.commune_code, contact.commune_name
        group.province_name, group.street = contact.province_name, contact.street
    _event(order.id, None, None, actor_id=actor_id, note=before, now=now)
    session().flush()


def claim(*, group: OrderGroup, user_id: int) -> None:
    """Let an order placed as a guest join the account of who holds its secret link."""
    if group.user_id is None:
        group.user_id = user_id
        session().flush()


def new_line(**values: object) -> OrderLine:
    """A line, its total computed."""
    quantity, price = values["quantity"], values["unit_price_vnd"]
    assert isinstance(quantity, int)
    assert isinstance(price, int)
    return OrderLine(total_vnd=quantity * price, **values)


def _event(
    order_id: int,
    was: OrderState | None,
    to: OrderState | None,
    *,
    actor_id: int | None,
    note: str,
    now: datetime,
) -> None:
    moved = {"order_id": order_id, "at": now, "from_state": was, "to_state": to}
    session().execute(_EVENT, {**moved, "actor_id": actor_id, "note": note})


# What every order writes, by the tables themselves and built once.
_EVENT = sa.insert(Model.metadata.tables["order_events"])
_PICK = sa.insert(Model.metadata.tables["order_picks"])
