import itertools

import pytest

from storefront.orders import states
from storefront.orders.queries import QUEUES
from storefront.orders.states import Method, OrderState

ALLOWED = {
    Method.DELIVERY: {
        "new": {"confirmed", "rejected", "cancelled"},
        "confirmed": {"packing", "rejected", "cancelled"},
        "packing": {"handed_over", "rejected"},
        "handed_over": {"delivered", "delivery_failed"},
        "delivered": {"completed"},
        "delivery_failed": {"handed_over", "returned"},
    },
    Method.PICKUP: {
        "new": {"confirmed", "rejected", "cancelled"},
        "confirmed": {"packing", "rejected", "cancelled"},
        "packing": {"ready_for_pickup", "rejected"},
        "ready_for_pickup": {"collected", "rejected"},
        "collected": {"completed"},
    },
}
REACHABLE = {method: {"new"} | set().union(*ALLOWED[method].values()) for method in Method}


@pytest.mark.parametrize("method", list(Method))
def test_every_pair_is_allowed_or_refused_as_the_life_says(method):
    for current, wanted in itertools.product(OrderState, OrderState):
        if current.value not in REACHABLE[method]:
            continue
        if wanted.value in ALLOWED[method].get(current.value, set()):
            states.check(current, wanted, method)
        else:
            with pytest.raises(states.IllegalTransition):
                states.check(current, wanted, method)


def test_every_state_has_a_row_is_reached_and_stands_in_one_queue():
    assert set(states.TRANSITIONS) == set(OrderState)
    assert set().union(*states.TRANSITIONS.values()) | {OrderState.NEW} == set(OrderState)
    queued = [state for members in QUEUES.values() for state in members]
    assert sorted(queued) == sorted(OrderState)
