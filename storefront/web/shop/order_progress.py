"""Where a part of an order stands: four words with dates, and in one sentence what happens next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from storefront import clock
from storefront.orders.models import Order, OrderEvent
from storefront.orders.states import Method, OrderState
from storefront.web import filters
from storefront.web.context import ORDER_WORDS
from storefront.web.i18n import _, lazy

S = OrderState
Step = tuple[str, str, str]
WAYS = {
    Method.DELIVERY: (
        (S.NEW, lazy("Đã đặt")),
        (S.CONFIRMED, lazy("Đã xác nhận")),
        (S.HANDED_OVER, lazy("Đang giao")),
        (S.DELIVERED, lazy("Đã giao")),
    ),
    Method.PICKUP: (
        (S.NEW, lazy("Đã đặt")),
        (S.CONFIRMED, lazy("Đã xác nhận")),
        (S.READY, lazy("Sẵn để lấy")),
        (S.COLLECTED, lazy("Đã lấy")),
    ),
}
BROKEN = frozenset({S.REJECTED, S.CANCELLED, S.FAILED, S.RETURNED})
FINISHED = frozenset({S.DELIVERED, S.COLLECTED, S.COMPLETED})
NEXT = {
    S.NEW: lazy("Cửa hàng xem đơn và xác nhận; nếu cần hỏi thêm, cửa hàng sẽ gọi bạn."),
    S.CONFIRMED: lazy("Cửa hàng đã nhận đơn và sắp gói hàng."),
    S.PACKING: lazy("Hàng đang được gói, từ lúc này đơn không tự huỷ được nữa."),
    S.HANDED_OVER: lazy("Hàng đang trên đường; người giao sẽ gọi trước khi tới, bạn trả tiền khi nhận."),
    S.DELIVERED: lazy("Hàng đã tới. Có gì chưa ổn, gọi cho nơi gửi hoặc gửi khiếu nại."),
    S.READY: lazy("Hàng đã soạn xong; mời bạn tới lấy và trả tiền tại quầy, đọc mã đơn là đủ."),
    S.COLLECTED: lazy("Bạn đã lấy hàng. Có gì chưa ổn, gọi cho nơi bán hoặc gửi khiếu nại."),
    S.COMPLETED: lazy("Đơn đã xong. Cảm ơn bạn đã mua hàng Hà Tĩnh."),
    S.REJECTED: lazy("Cửa hàng không giao được phần này; bạn không phải trả gì."),
    S.CANCELLED: lazy("Phần này đã huỷ; bạn không phải trả gì."),
    S.FAILED: lazy("Người giao chưa gặp được bạn; cửa hàng sẽ gọi để hẹn lại."),
    S.RETURNED: lazy("Hàng đã quay về nơi gửi; bạn không phải trả gì."),
}


def what_next(order: Order) -> str:
    """What happens next, in one sentence."""
    return str(NEXT[order.state])


def steps(order: Order, events: Sequence[OrderEvent], method: Method) -> list[Step]:
    """The four words of that way, each with its day and whether it is done; a broken order ends where it broke."""
    reached = {event.to_state: clock.local_day(event.at) for event in events if event.to_state is not None}
    way = WAYS[method]
    last = max((place for place, (state, _words) in enumerate(way) if state in reached), default=0)
    if order.state in BROKEN:
        passed = [(str(words), _day(reached.get(state)), "done") for state, words in way[: last + 1]]
        return [*passed, (str(ORDER_WORDS[order.state]), _day(reached.get(order.state)), "stop")]
    shown: list[Step] = []
    for place, (state, words) in enumerate(way):
        if place > last:
            shown.append((str(words), _expected(order, state, reached), "todo"))
        elif place == last and order.state not in FINISHED:
            shown.append((str(words), _current_detail(order, reached.get(state)), "current"))
        else:
            shown.append((str(words), _day(reached.get(state)), "done"))
    return shown


def _current_detail(order: Order, day: date | None) -> str:
    return _("đang gói") if order.state is S.PACKING else _day(day)


def _expected(order: Order, state: OrderState, reached: dict[OrderState, date]) -> str:
    """For goods on the way: the days on which they should arrive."""
    left = reached.get(S.HANDED_OVER)
    if state is not S.DELIVERED or left is None or order.days_min is None or order.days_max is None:
        return ""
    first, last = left + timedelta(days=order.days_min), left + timedelta(days=order.days_max)
    return _("dự kiến %(a)s–%(b)s", a=filters.short_day(first), b=filters.short_day(last))


def _day(day: date | None) -> str:
    return filters.day(day) if day else ""
