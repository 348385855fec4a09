"""What can be done with an order now: drawn from the table of transitions, each with its words, key and form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wtforms import Form

from storefront.orders import states
from storefront.orders.states import Method, OrderState
from storefront.web.i18n import lazy
from storefront.web.staff import orders_forms as forms

S = OrderState
WORDS: dict[OrderState, tuple[Any, str]] = {
    S.CONFIRMED: (lazy("Xác nhận đơn"), "X"),
    S.PACKING: (lazy("Bắt đầu gói"), "G"),
    S.HANDED_OVER: (lazy("Giao cho người chở"), "B"),
    S.READY: (lazy("Gói xong, chờ khách lấy"), "S"),
    S.DELIVERED: (lazy("Khách đã nhận"), "N"),
    S.COLLECTED: (lazy("Khách đã lấy"), "L"),
    S.COMPLETED: (lazy("Hoàn tất"), "H"),
    S.REJECTED: (lazy("Từ chối đơn"), "T"),
    S.CANCELLED: (lazy("Khách xin huỷ"), "K"),
    S.FAILED: (lazy("Giao không thành"), "V"),
    S.RETURNED: (lazy("Đã nhận hàng trả về"), "R"),
}
"""The words of the button that leads to a state, and its key."""
SPECIAL: dict[tuple[OrderState, OrderState], Any] = {
    (S.PACKING, S.REJECTED): lazy("Thiếu hàng, không giao"),
    (S.READY, S.REJECTED): lazy("Khách không đến lấy"),
    (S.FAILED, S.HANDED_OVER): lazy("Giao lại"),
}
FORMS: dict[OrderState, type[Form]] = {
    S.HANDED_OVER: forms.HandOverForm,
    S.CANCELLED: forms.OptionalReasonForm,
    **dict.fromkeys(forms.NEEDS_REASON, forms.ReasonForm),
}


@dataclass(frozen=True, kw_only=True)
class Action:
    """One button: `form` holds the questions it asks first (None: it acts at once), `is_open` shows them."""

    state: OrderState
    label: str
    key: str
    form: Form | None
    is_main: bool
    is_open: bool


def of(current: OrderState, method: Method, failed: Mapping[OrderState, Form] | None = None) -> list[Action]:
    """The actions of an order, the one that leads on first; `failed` holds a form that came back with errors."""
    failed = failed or {}
    made: list[Action] = []
    for state in states.after(current, method):
        special = SPECIAL.get((current, state))
        made.append(
            Action(
                state=state,
                label=str(special or WORDS[state][0]),
                key=WORDS[state][1],
                form=failed.get(state) or form_for(state),
                is_main=not made and state not in forms.MAY_SAY_WHY,
                is_open=state in failed,
            )
        )
    return made


def form_for(state: OrderState, typed: Any = None) -> Form | None:
    """The questions to ask before going to that state; their names begin with it, so two stand on one page."""
    made = FORMS.get(state)
    return made(typed, prefix=f"{state.value}-") if made else None
