"""Erase what is known about a person. Orders keep only what tax and accounting law demand: goods, amounts, dates, codes.

Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 gives the right; the law on accounting keeps the sale itself.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storefront import text
from storefront.accounts import erasure
from storefront.accounts.models import User
from storefront.database import session
from storefront.errors import Conflict, Forbidden
from storefront.orders.models import Order, OrderEvent, OrderGroup, OrderNote
from storefront.orders.states import ENDED
from storefront.outbox.models import Letter, LetterState
from storefront.stock import restock

GONE = "đã xoá"


class OrdersUnderWay(Conflict):
    """Orders that have not ended need the name and address still; `codes` are their codes."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


class StaffAccount(Forbidden):
    """Accounts of staff are closed by command, never from a page."""


def run(*, user: User, now: datetime) -> None:
    """Erase an account and the personal part of its orders.

    :raises StaffAccount: for an account of staff.
    :raises OrdersUnderWay: when an order of it has not ended; nothing is changed then.
    """
    if user.is_staff:
        raise StaffAccount
    erasure.lock(user.id)
    groups = list(session().scalars(sa.select(OrderGroup).where(OrderGroup.user_id == user.id)))
    _refuse_under_way([group.id for group in groups])
    for group in groups:
        _blank(group, now)
    if user.email:
        session().execute(sa.delete(Letter).where(Letter.to_address == user.email))
        restock.forget(user.email)
    session().flush()
    erasure.forget(user.id)


def run_for_group(*, group: OrderGroup, now: datetime) -> None:
    """Erase the personal part of one order group, as a guest may ask by its code and phone; once is enough.

    :raises OrdersUnderWay: when a part of it has not ended; nothing is changed then.
    """
    _refuse_under_way([group.id])
    if group.erased_at is None:
        _blank(group, now)
    session().flush()


def codes_under_way(user_id: int) -> list[str]:
    """Codes of the person's order groups that have not ended, oldest first."""
    return _under_way(OrderGroup.user_id == user_id)


def _refuse_under_way(group_ids: list[int]) -> None:
    codes = _under_way(OrderGroup.id.in_(group_ids))
    if codes:
        raise OrdersUnderWay(codes)


def _under_way(which: sa.ColumnElement[bool]) -> list[str]:
    found = sa.select(OrderGroup.code).where(which, OrderGroup.orders.any(Order.state.not_in(ENDED)))
    return list(session().scalars(found.order_by(OrderGroup.id)))


def _blank(group: OrderGroup, now: datetime) -> None:
    if group.contact_email:
        left = (Letter.to_address == group.contact_email, Letter.state != LetterState.WAITING)
        session().execute(sa.delete(Letter).where(*left))
        restock.forget(group.contact_email)
    group.contact_name, group.contact_name_folded = GONE, text.fold(GONE)
    group.contact_phone, group.contact_email = "", None
    group.street = None if group.street is None else ""
    group.note = ""
    group.secret = secrets.token_urlsafe(16)  # the old link, wherever it was sent, opens nothing any more
    group.erased_at = now
    parts = sa.select(Order.id).where(Order.group_id == group.id)
    _blank_words(parts)


def _blank_words(order_ids: sa.Select[Any]) -> None:
    """Internal notes and the history's remarks are free text that may name the person; who, when and what stay."""
    session().execute(sa.update(OrderNote).where(OrderNote.order_id.in_(order_ids)).values(text=GONE))
    remarks = (OrderEvent.order_id.in_(order_ids), OrderEvent.note != "")
    session().execute(sa.update(OrderEvent).where(*remarks).values(note=GONE))
