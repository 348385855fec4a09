"""The rail of the staff door: where one works, queues with their counts, and the other rooms a role may enter."""

from __future__ import annotations

from collections.abc import Set
from typing import Any, NamedTuple

from flask import g, url_for

from storefront import access, languages
from storefront.access import Permission
from storefront.cases import service as case_service
from storefront.cases.models import CaseState
from storefront.orders import queries as order_queries
from storefront.stock import queries as stock_queries
from storefront.stock.models import PointKind
from storefront.web import guards
from storefront.web.i18n import _, lazy

QUEUE_WORDS: dict[str, Any] = {
    "cho-xac-nhan": lazy("Chờ xác nhận"),
    "cho-goi": lazy("Chờ gói"),
    "dang-goi": lazy("Đang gói"),
    "khach-den-lay": lazy("Khách đến lấy"),
    "tren-duong": lazy("Trên đường"),
    "co-van-de": lazy("Có vấn đề"),
    "da-giao": lazy("Đã giao"),
    "da-xong": lazy("Đã xong"),
}
ENDED = "da-xong"
"""The queue of what is finished: it only grows, so its count says nothing."""
HOT = frozenset({"cho-xac-nhan", "co-van-de"})
"""Queues in which somebody waits for an answer."""
CASES = "ho-so"
ROOMS: tuple[tuple[str, Any, Permission], ...] = (
    ("san-pham", lazy("Sản phẩm"), Permission.LISTINGS_EDIT),
    (CASES, lazy("Hồ sơ"), Permission.CASES_ANSWER),
    ("tai-khoan", lazy("Tài khoản khách"), Permission.ACCOUNTS_HELP),
)


class Item(NamedTuple):
    """One link of the rail: `waiting` is None where there is nothing to count, `hot` asks to be seen."""

    label: str
    href: str
    waiting: int | None
    hot: bool
    current: bool


def my_points() -> Set[int] | None:
    """Ids of the points whose orders the signed-in person works on; None for all of them."""
    me = guards.me()
    if me.role in access.SEES_ALL_POINTS:
        return None
    if "my_points" not in g:
        g.my_points = stock_queries.points_of_staff(me.id)
    found: set[int] = g.my_points
    return found


def counts() -> dict[str, int]:
    """How many orders wait in each queue of the signed-in person, asked for once a request."""
    if "queue_counts" not in g:
        g.queue_counts = order_queries.queue_counts(my_points())
    found: dict[str, int] = g.queue_counts
    return found


def case_counts() -> dict[CaseState, int]:
    """How many cases stand where, asked for once a request."""
    if "case_counts" not in g:
        g.case_counts = case_service.counts()
    found: dict[CaseState, int] = g.case_counts
    return found


def frame(active: str = "") -> dict[str, Any]:
    """What the layout of every staff page needs; `active` is a queue's or a room's part of the address."""
    return {"rail": items(active), "workplaces": workplaces(), "case_counts": case_counts()}


def items(active: str = "") -> list[Item]:
    """What stands on the rail for the signed-in person."""
    role = guards.me().role
    shown = _queues(active) if access.may(role, Permission.ORDERS_WORK) else []
    for slug, label, permission in ROOMS:
        if access.may(role, permission):
            waiting = case_counts()[CaseState.OPEN] if slug == CASES else None
            href = languages.at(f"/quay/{slug}")
            shown.append(Item(str(label), href, waiting, bool(waiting), slug == active))
    return shown


def workplaces() -> list[str]:
    """Names of the points the signed-in person works at, shops first; what stands for them where all are meant."""
    mine = my_points()
    if mine is None:
        return [_("Mọi điểm")]
    if not mine:
        return [_("Văn phòng")]
    points = stock_queries.points_by_id(mine).values()
    return [point.name for point in sorted(points, key=lambda one: (one.kind is not PointKind.SHOP, one.id))]


def _queues(active: str) -> list[Item]:
    waiting = counts()
    return [
        Item(
            str(label),
            url_for("staff.queue", queue=name),
            None if name == ENDED else waiting[name],
            name in HOT and waiting[name] > 0,
            name == active,
        )
        for name, label in QUEUE_WORDS.items()
    ]
