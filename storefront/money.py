"""Money is whole đồng: no float, no decimals, never times 100 (the đồng has no minor unit)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NewType

Vnd = NewType("Vnd", int)

MOST = Vnd(10_000_000_000)
"""No single price or total of the shop is larger; a CHECK in the database holds it too."""


def split(total: Vnd, weights: Sequence[int]) -> list[Vnd]:
    """Split `total` in proportion to `weights`, to the last đồng, by largest remainder (earlier part on a tie).

    :raises ValueError: for no weights, a negative one, or weights that sum to zero.
    """
    whole = sum(weights)
    if not weights or min(weights) < 0 or whole == 0:
        raise ValueError("weights must be non-negative and not all zero")
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[: total - sum(shares)]:
        shares[i] += 1
    return [Vnd(share) for share in shares]


def per_unit(price: Vnd, quantity: int, per: int) -> Vnd:
    """Price of `per` units when `quantity` units cost `price`, rounded half up to a whole đồng."""
    if quantity <= 0:
        raise ValueError("quantity must be positive")
    return Vnd((2 * price * per + quantity) // (2 * quantity))
