import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront import money
from storefront.money import Vnd

totals = st.integers(0, money.MOST)
weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)


@given(totals, weights)
def test_parts_sum_to_the_whole_and_stay_within_one_dong_of_their_share(total, weights):
    parts = money.split(Vnd(total), weights)
    assert sum(parts) == total
    assert all(
        abs(part - total * weight / sum(weights)) < 1 for part, weight in zip(parts, weights, strict=True)
    )


def test_the_larger_remainder_gets_the_odd_dong():
    assert money.split(Vnd(100), [1, 1, 1]) == [34, 33, 33]
    assert money.split(Vnd(10), [1, 2]) == [3, 7]


@pytest.mark.parametrize("weights", [[], [0, 0], [-1, 2]])
def test_weights_that_cannot_split_are_refused(weights):
    with pytest.raises(ValueError):
        money.split(Vnd(10), weights)


def test_a_price_per_unit_is_rounded_half_up():
    assert money.per_unit(Vnd(185_000), 500, 1000) == 370_000
    assert money.per_unit(Vnd(17_000), 30, 1) == 567
    assert money.per_unit(Vnd(5), 2, 1) == 3
