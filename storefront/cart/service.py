"""The basket: found by the hash of a browser's token or by the account, changed line by line, merged at sign-in."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from storefront.cart.errors import EmptyCart, TooManyLines
from storefront.cart.models import Cart, CartLine, CheckoutDraft
from storefront.database import Model, session
from storefront.money import Vnd

MOST_LINES = 60
MOST_OF_ONE = 999
KEPT = timedelta(days=60)
DRAFT_KEPT = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class OpenCart:
    """A basket that something is about to be put into."""

    id: int
    is_new: bool
    """Made just now, so there is nothing in it."""


@dataclass(frozen=True, kw_only=True)
class Added:
    """How many of what was added are in the basket now, and how many units in all."""

    of_it: int
    in_all: int


def new_token() -> str:
    """A fresh token for a browser's basket."""
    return secrets.token_urlsafe(24)


def find(*, token: str, user_id: int | None) -> Cart | None:
    """The basket of that account, else of that browser, with its lines."""
    if user_id:
        return session().scalar(_OF_ACCOUNT, {"user_id": user_id})
    return session().scalar(_OF_BROWSER, {"token_hash": _hash(token)}) if token else None


def locked(cart_id: int, checkout_key: str) -> Cart:
    """The basket with its lines, its draft locked, so that two sendings of one checkout wait for each other.

    :raises EmptyCart: when it has no draft of that key (any more).
    """
    if session().execute(_LOCK_DRAFT, {"cart": cart_id, "key": checkout_key}).first() is None:
        raise EmptyCart
    return session().scalars(_OF_ID, {"cart": cart_id}).one()


def find_or_make(*, token: str, user_id: int | None, now: datetime) -> Cart:
    """The basket, made when there is none."""
    cart = find(token=token, user_id=user_id)
    if cart is None:
        cart = Cart(
            token_hash=None if user_id else _hash(token),
            user_id=user_id,
            created_at=now,
            updated_at=now,
            lines=[],
        )
        session().add(cart)
        session().flush()
    return cart


def opened(*, token: str, user_id: int | None, now: datetime, is_fresh: bool = False) -> OpenCart:
    """The basket of that account, else of that browser; made when there is none, as for a token given out just now."""
    whose: dict[str, object] = {
        "token_hash": None if user_id else _hash(token),
        "user_id": user_id,
    }
    connection = session().connection()
    if not is_fresh:
        found = connection.execute(_ID_OF_ACCOUNT if user_id else _ID_OF_BROWSER, whose).scalar()
        if found is not None:
            return OpenCart(id=int(found), is_new=False)
    made = connection.execute(_MAKE, {**whose, "created_at": now, "updated_at": now})
    return OpenCart(id=int(made.inserted_primary_key[0]), is_new=True)  # type: ignore[index]


def add(*, cart: OpenCart, variant_id: int, quantity: int, price: Vnd, now: datetime) -> Added:
    """Put more of a variant into the basket, at most 999 of it.

    :raises TooManyLines: when a new line does not fit.
    """
    connection = session().connection()
    there: dict[int, int] = {}
    if not cart.is_new:
        there = {variant: many for variant, many in connection.execute(_QUANTITIES, {"cart": cart.id})}  # noqa: C416
    if variant_id not in there and len(there) >= MOST_LINES:
        raise TooManyLines
    more = {"quantity": min(there.get(variant_id, 0) + quantity, MOST_OF_ONE), "seen_price_vnd": price}
    if variant_id in there:
        connection.execute(_CHANGE_LINE, {"cart": cart.id, "variant": variant_id, **more})
    else:
        line = {"cart_id": cart.id, "variant_id": variant_id, "added_at": now}
        connection.execute(_ADD_LINE, {**line, **more})
    if not cart.is_new:
        connection.execute(_TOUCH, {"cart": cart.id, "updated_at": now})
    there[variant_id] = more["quantity"]
    return Added(of_it=more["quantity"], in_all=sum(there.values()))


def set_quantity(*, cart: Cart, variant_id: int, quantity: int, now: datetime) -> None:
    """Change how many of a variant are in the basket; zero removes it."""
    line = _line(cart.id, variant_id)
    if line is None:
        return
    if quantity <= 0:
        session().delete(line)
    else:
        line.quantity = min(quantity, MOST_OF_ONE)
    cart.updated_at = now
    session().flush()


def accept_prices(*, cart: Cart, prices: dict[int, Vnd]) -> None:
    """The shopper has seen these prices and goes on."""
    for variant_id, price in prices.items():
        session().execute(
            sa.update(CartLine)
            .where(CartLine.cart_id == cart.id, CartLine.variant_id == variant_id)
            .values(seen_price_vnd=price)
        )


def merge(*, token: str, user_id: int, now: datetime) -> list[int]:
    """Move what a browser's basket holds into the account's; returns the variants that were moved."""
    guest = find(token=token, user_id=None)
    if guest is None or not guest.lines:
        return []
    own = find_or_make(token="", user_id=user_id, now=now)
    moved: list[int] = []
    for line in guest.lines:
        try:
            add(
                cart=OpenCart(id=own.id, is_new=False),
                variant_id=line.variant_id,
                quantity=line.quantity,
                price=line.seen_price_vnd,
                now=now,
            )
        except TooManyLines:
            break
        moved.append(line.variant_id)
    session().execute(sa.delete(Cart).where(Cart.id == guest.id))
    return moved


def count(cart: Cart | None) -> int:
    """How many units are in the basket."""
    return sum(line.quantity for line in cart.lines) if cart else 0


def empty(cart: Cart) -> None:
    """Take everything out, the checkout draft too."""
    session().execute(_TAKE_OUT, {"cart": cart.id})
    session().execute(_FORGET_DRAFT, {"cart": cart.id})


def draft(cart: Cart) -> CheckoutDraft | None:
    """What was typed at checkout."""
    return session().scalar(sa.select(CheckoutDraft).where(CheckoutDraft.cart_id == cart.id))


def keep_draft(*, cart: Cart, fields: dict[str, Any], now: datetime) -> CheckoutDraft:
    """Keep what was typed; the draft's key, made once, is the key of the one order it becomes."""
    kept = draft(cart)
    if kept is None:
        kept = CheckoutDraft(cart_id=cart.id, key=secrets.token_urlsafe(18), fields=fields, updated_at=now)
        session().add(kept)
    else:
        kept.fields = fields
        kept.updated_at = now
    session().flush()
    return kept


def forget_old(now: datetime) -> int:
    """Delete drafts older than a day and guests' baskets untouched for 60 days; returns how many rows went."""
    drafts = session().execute(sa.delete(CheckoutDraft).where(CheckoutDraft.updated_at < now - DRAFT_KEPT))
    carts = session().execute(sa.delete(Cart).where(Cart.user_id.is_(None), Cart.updated_at < now - KEPT))
    return int(drafts.rowcount + carts.rowcount)  # type: ignore[attr-defined]


def _line(cart_id: int, variant_id: int) -> CartLine | None:
    return session().scalar(
        sa.select(CartLine).where(CartLine.cart_id == cart_id, CartLine.variant_id == variant_id)
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


# What each visit to a basket asks, built once.
_WITH_LINES = sa.select(Cart).options(selectinload(Cart.lines)).execution_options(populate_existing=True)
_OF_ID = _WITH_LINES.where(Cart.id == sa.bindparam("cart"))
_OF_ACCOUNT = _WITH_LINES.where(Cart.user_id == sa.bindparam("user_id"))
_OF_BROWSER = _WITH_LINES.where(Cart.token_hash == sa.bindparam("token_hash"))

# What adding and ordering write, by the tables themselves: nobody reads the rows again in that request.
_CARTS, _LINES = Model.metadata.tables["carts"], Model.metadata.tables["cart_lines"]
_DRAFTS = Model.metadata.tables["checkout_drafts"]
_LOCK_DRAFT = (
    sa.select(_DRAFTS.c.id)
    .where(_DRAFTS.c.cart_id == sa.bindparam("cart"), _DRAFTS.c.key == sa.bindparam("key"))
    .with_for_update()
)
_TAKE_OUT = sa.delete(_LINES).where(_LINES.c.cart_id == sa.bindparam("cart"))
_FORGET_DRAFT = sa.delete(_DRAFTS).where(_DRAFTS.c.cart_id == sa.bindparam("cart"))
_ID_OF_BROWSER = sa.select(_CARTS.c.id).where(_CARTS.c.token_hash == sa.bindparam("token_hash"))
_ID_OF_ACCOUNT = sa.select(_CARTS.c.id).where(_CARTS.c.user_id == sa.bindparam("user_id"))
_MAKE = sa.insert(_CARTS)
_TOUCH = sa.update(_CARTS).where(_CARTS.c.id == sa.bindparam("cart"))
_QUANTITIES = sa.select(_LINES.c.variant_id, _LINES.c.quantity).where(
    _LINES.c.cart_id == sa.bindparam("cart")
)
_ADD_LINE = sa.insert(_LINES)
_CHANGE_LINE = sa.update(_LINES).where(
    _LINES.c.cart_id == sa.bindparam("cart"), _LINES.c.variant_id == sa.bindparam("variant")
)
