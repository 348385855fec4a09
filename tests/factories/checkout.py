"""Typing a checkout through the browser, right by default; a test overrides only what it is about."""

from __future__ import annotations

import re

from sqlalchemy import select

from storefront.database import session
from storefront.orders.models import OrderGroup

TYPED = {
    "phone": "0912 345 678",
    "name": "Trần Thị Hà",
    "how": "delivery",
    "place": "phường Cầu Giấy, Hà Nội",
    "street": "36 Xuân Thủy",
    "pay": "cod",
    "consent": "y",
}


def put_in(client, variant, quantity: int = 1):
    return client.post("/gio-hang/mon", data={"variant": variant.id, "quantity": quantity})


def type_in(client, **values):
    """Send the fields; a value of None leaves that field out."""
    given = {name: value for name, value in {**TYPED, **values}.items() if value is not None}
    return client.post("/dat-hang", data=given)


def reviewed(client) -> dict[str, str]:
    """The hidden fields of the review, as the button sends them."""
    html = client.get("/dat-hang/xem-lai").text
    return dict(re.findall(r'<input type="hidden" name="(key|total|seen)" value="([^"]*)">', html))


def buy(client, variant, quantity: int = 1, **values) -> OrderGroup:
    """From the product to the order."""
    put_in(client, variant, quantity)
    type_in(client, **values)
    answer = client.post("/dat-hang/xem-lai", data=reviewed(client))
    assert answer.status_code == 303, answer.text
    return the_order(answer)


def the_order(answer) -> OrderGroup:
    """The order an answer leads to."""
    code = answer.location.split("/")[-2]
    return session().scalars(select(OrderGroup).where(OrderGroup.code == code)).one()
