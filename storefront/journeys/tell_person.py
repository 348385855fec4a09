"""Everything kept about a person with an account, as plain data that a machine can read (Luật 91/2025/QH15).

Of cases it holds those opened with the account's e-mail address, which its owner proved by a letter. A phone number
proves nothing about whose account it is, so cases opened with one are followed by their number alone.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storefront.accounts import erasure
from storefront.accounts import service as accounts
from storefront.accounts.models import User
from storefront.cart import service as cart
from storefront.cases import service as cases
from storefront.cases.models import Case
from storefront.catalogue.models import Variant
from storefront.database import session
from storefront.orders import queries as orders
from storefront.orders.models import Order, OrderEvent, OrderGroup
from storefront.outbox.models import Letter
from storefront.stock import restock

Plain = dict[str, Any]


def run(*, user: User, now: datetime) -> Plain:
    """The person's account, addresses, sessions, basket, orders with their consents, cases, what they wait for, and letters; times in UTC."""
    return {
        "made_at": now.isoformat(),
        "account": _values(user, "name", "phone", "email", "role", "language", "created_at"),
        "addresses": [_address(address) for address in accounts.addresses(user.id)],
        "sessions": [
            _values(row, "created_at", "seen_at", "expires_at") for row in erasure.sessions(user.id, now)
        ],
        "basket": _basket(user.id),
        "orders": [_group(group) for group in orders.every_group_of_user(user.id)],
        "cases": [_case(case) for case in cases.of_email(user.email)] if user.email else [],
        "waiting_for": _waiting_for(user.email) if user.email else [],
        "letters": _letters(user.email),
    }


def _values(row: object, *names: str) -> Plain:
    found = {name: getattr(row, name) for name in names}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value for name, value in found.items()
    }


def _address(address: object) -> Plain:
    return _values(
        address, "name", "phone", "street", "commune_name", "province_name", "commune_code", "created_at"
    )


def _basket(user_id: int) -> Plain:
    mine = cart.find(token="", user_id=user_id)
    if mine is None:
        return {"lines": [], "checkout": None}
    wanted = sa.select(Variant.id, Variant.label).where(
        Variant.id.in_([line.variant_id for line in mine.lines])
    )
    labels = {variant_id: label for variant_id, label in session().execute(wanted)}  # noqa: C416
    lines = [
        {
            "variant": labels.get(line.variant_id),
            **_values(line, "variant_id", "quantity", "seen_price_vnd", "added_at"),
        }
        for line in mine.lines
    ]
    draft = cart.draft(mine)
    return {"lines": lines, "checkout": draft.fields if draft else None}


def _group(group: OrderGroup) -> Plain:
    events = orders.events_of_group(group.id)
    contact = ("contact_name", "contact_phone", "contact_email", "note")
    place = ("method", "street", "commune_name", "province_name", "pickup_point_id", "payment_method")
    money = ("goods_vnd", "delivery_vnd", "total_vnd")
    consent = ("terms_version", "consented_at")
    return {
        **_values(group, "code", "placed_at", "language", *contact, *place, *money),
        "consent": _values(group, *consent),
        "parts": [_order(order, events.get(order.id, [])) for order in group.orders],
    }


def _order(order: Order, events: list[OrderEvent]) -> Plain:
    bought = ("name", "variant_label", "producer_name", "stars", "quantity", "unit_price_vnd", "total_vnd")
    return {
        **_values(order, "number", "state", "goods_vnd", "delivery_vnd", "total_vnd"),
        "lines": [_values(line, *bought) for line in order.lines],
        "history": [_values(event, "at", "from_state", "to_state", "note") for event in events],
    }


def _case(case: Case) -> Plain:
    contact = ("contact_name", "contact_phone", "contact_email")
    said = cases.public_messages(case.id)
    return {
        **_values(
            case,
            "code",
            "kind",
            "topic",
            "state",
            "text",
            "reference",
            *contact,
            "language",
            "opened_at",
            "due_at",
        ),
        "messages": [_values(message, "at", "text") for message in said],
    }


def _waiting_for(email: str) -> list[Plain]:
    return [
        {"name": listing.name, "variant": variant.label, **_values(asked, "email", "language", "created_at")}
        for asked, variant, listing in restock.of_email(email)
    ]


def _letters(email: str | None) -> list[Plain]:
    if not email:
        return []
    found = sa.select(Letter).where(Letter.to_address == email).order_by(Letter.id)
    return [
        _values(letter, "kind", "to_address", "subject", "state", "created_at", "sent_at")
        for letter in session().scalars(found)
    ]
