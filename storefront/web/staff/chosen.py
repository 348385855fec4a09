"""Which orders a request of the counter means, and what they are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from flask import abort

from storefront import codes
from storefront.orders import queries
from storefront.orders.models import Order, OrderGroup
from storefront.places import lookup
from storefront.web.i18n import _, counted

MOST = queries.PAGE_SIZE
"""No more orders are chosen at once than one page of a queue shows."""
_ID = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)
_OWN_PATH = re.compile(r"(?:/en)?/(?:quay/don/(?P<order>[1-9][0-9]{0,8})|t/(?P<lot>[^/]{1,40}))/?", re.ASCII)


def ids(typed: Sequence[str]) -> list[int]:
    """The chosen orders' ids, each once; 404 for what no order can have, 400 for more than a page of them."""
    if len(typed) > MOST:
        abort(400)
    if not all(_ID.fullmatch(one) for one in typed):
        abort(404)
    return list(dict.fromkeys(int(one) for one in typed))


def label(order: Order) -> str:
    """The order's code as people read it; a second part of one purchase says so: `DH-7K2M-9QX4/2`."""
    code = codes.grouped(order.group.code)
    return f"{code}/{order.number}" if order.number > 1 else code


def place(group: OrderGroup) -> str:
    """Where an order goes, short enough for a table: `Cầu Giấy, Hà Nội`."""
    try:
        commune = lookup.commune(group.commune_code or "")
    except lookup.PlaceNotFound:
        return ", ".join(part for part in (group.commune_name, group.province_name) if part)
    return f"{commune.name}, {commune.province.short_name}"


def queue_of(order: Order) -> str:
    """The queue that order waits in."""
    return next(name for name, members in queries.QUEUES.items() if order.state in members)


def scanned(typed: str) -> tuple[int | None, str]:
    """What a scan of one of our QR codes means: the order's id if it names one, and the words to look for."""
    found = _OWN_PATH.fullmatch(urlsplit(typed).path) if "://" in typed[:10] else None
    if found is None:
        return None, typed
    return (int(found["order"]), "") if found["order"] else (None, found["lot"])


def waited(since: datetime, now: datetime) -> str:
    """How long an order has waited, in one unit: `12 phút`, `3 giờ`, `2 ngày`."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 1:
        return _("vừa xong")
    if minutes < 60:
        return counted("%(num)s phút", minutes)
    if minutes < 48 * 60:
        return counted("%(num)s giờ", minutes // 60)
    return counted("%(num)s ngày", minutes // (24 * 60))
