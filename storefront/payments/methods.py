"""The ways to pay the shop offers. A method without what it needs is simply not in the list."""

from __future__ import annotations

from typing import Protocol

from storefront.money import Vnd
from storefront.payments.gateways import cod


class PaymentMethod(Protocol):
    """What a way to pay must tell."""

    key: str

    def is_offered(self, *, total: Vnd, has_alcohol: bool) -> bool:
        """Whether it can be chosen for that basket."""
        ...


ALL: tuple[PaymentMethod, ...] = (cod.CashOnDelivery(),)


def offered(*, total: Vnd, has_alcohol: bool) -> list[str]:
    """Keys of the methods that basket can be paid by."""
    return [method.key for method in ALL if method.is_offered(total=total, has_alcohol=has_alcohol)]
