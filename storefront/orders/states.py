"""The life of an order as one table; buttons are drawn from it and every change is checked against it."""

from __future__ import annotations

from enum import StrEnum

from storefront.errors import Conflict


class OrderState(StrEnum):
    """Where an order stands."""

    NEW = "new"
    CONFIRMED = "confirmed"
    PACKING = "packing"
    HANDED_OVER = "handed_over"
    DELIVERED = "delivered"
    READY = "ready_for_pickup"
    COLLECTED = "collected"
    COMPLETED = "completed"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    FAILED = "delivery_failed"
    RETURNED = "returned"


class Method(StrEnum):
    """How the shopper receives the goods."""

    DELIVERY = "delivery"
    PICKUP = "pickup"


S = OrderState
TRANSITIONS: dict[OrderState, frozenset[OrderState]] = {
    S.NEW: frozenset({S.CONFIRMED, S.REJECTED, S.CANCELLED}),
    S.CONFIRMED: frozenset({S.PACKING, S.REJECTED, S.CANCELLED}),
    S.PACKING: frozenset({S.HANDED_OVER, S.READY, S.REJECTED}),
    S.HANDED_OVER: frozenset({S.DELIVERED, S.FAILED}),
    S.DELIVERED: frozenset({S.COMPLETED}),
    S.READY: frozenset({S.COLLECTED, S.REJECTED}),
    S.COLLECTED: frozenset({S.COMPLETED}),
    S.FAILED: frozenset({S.HANDED_OVER, S.RETURNED}),
    S.COMPLETED: frozenset(),
    S.REJECTED: frozenset(),
    S.CANCELLED: frozenset(),
    S.RETURNED: frozenset(),
}
ONLY_FOR = {S.HANDED_OVER: Method.DELIVERY, S.READY: Method.PICKUP}
"""States that only one way of receiving has."""
GIVES_STOCK_BACK = frozenset({S.REJECTED, S.CANCELLED, S.RETURNED})
ENDED = frozenset(state for state, after in TRANSITIONS.items() if not after)


class IllegalTransition(Conflict):
    """The order is not in a state from which it can go there."""

    def __init__(self, current: OrderState, wanted: OrderState) -> None:
        super().__init__(f"{current} -> {wanted}")
        self.current = current
        self.wanted = wanted


def after(current: OrderState, method: Method) -> list[OrderState]:
    """The states an order received by `method` may go to from `current`, in the enum's order."""
    return [s for s in OrderState if s in TRANSITIONS[current] and ONLY_FOR.get(s, method) is method]


def check(current: OrderState, wanted: OrderState, method: Method) -> None:
    """Pass when the table allows the change.

    :raises IllegalTransition: when it does not.
    """
    if wanted not in after(current, method):
        raise IllegalTransition(current, wanted)
