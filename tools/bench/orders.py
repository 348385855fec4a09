"""Checkouts ready to be placed: basket, address and key as a shopper leaves them on the review page."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa

from storefront.cart.models import Cart, CartLine, CheckoutDraft
from storefront.database import transaction
from storefront.fulfilment import queries as fulfilment
from storefront.places import lookup
from storefront.web import basket
from storefront.web.shop import checkout
from tools.bench.load import Request

CHUNK = 2000
CHECKOUT = "/dat-hang/xem-lai"


def prepare(variants: Sequence[tuple[int, int, int]], *, now: datetime) -> list[Request]:
    """One basket for each variant (id, price, weight); the request that places its order."""
    fields = _fields()
    province = lookup.commune(fields["commune_code"]).province.code
    fees: dict[int, int] = {}
    requests: list[Request] = []
    for begin in range(0, len(variants), CHUNK):
        with transaction() as current:
            for number, (variant_id, price, weight) in enumerate(variants[begin : begin + CHUNK], begin):
                token, key = f"bench-{number}", f"bench-{number}"
                hashed = hashlib.sha256(token.encode()).hexdigest()
                cart_id = current.scalars(
                    sa.insert(Cart)
                    .values(token_hash=hashed, created_at=now, updated_at=now)
                    .returning(Cart.id)
                ).one()
                line = {"variant_id": variant_id, "quantity": 1, "seen_price_vnd": price}
                current.execute(sa.insert(CartLine).values(cart_id=cart_id, added_at=now, **line))
                draft = {"key": key, "fields": fields}
                current.execute(sa.insert(CheckoutDraft).values(cart_id=cart_id, updated_at=now, **draft))
                if weight not in fees:
                    fees[weight] = fulfilment.quote(province, [weight])[0].fee_vnd
                requests.append(_request(token, line, draft, price + fees[weight]))
    return requests


def _request(token: str, line: dict[str, Any], draft: dict[str, Any], total: int) -> Request:
    cart: Any = SimpleNamespace(lines=[SimpleNamespace(**line)])
    kept: Any = SimpleNamespace(**draft)
    body = {"key": draft["key"], "total": total, "seen": checkout.fingerprint(cart, kept)}
    return Request(CHECKOUT, urlencode(body), f"{basket.COOKIE}={token}")


def _fields() -> dict[str, Any]:
    commune = lookup.by_name("phường Cầu Giấy", "Hà Nội")
    assert commune is not None  # one of the communes of today
    return {
        "phone": "+84912345678",
        "name": "Trần Thị Hà",
        "point_id": None,
        "commune_code": commune.code,
        "street": "36 Xuân Thủy",
        "email": None,
        "note": "",
        "pay": "cod",
    }
