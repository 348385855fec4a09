"""What can go wrong with orders."""

from storefront.errors import Conflict, Forbidden, NotFound
from storefront.orders.states import IllegalTransition

__all__ = ["AddressFixed", "BasketChanged", "IllegalTransition", "MovedOn", "OrderNotFound"]


class OrderNotFound(NotFound):
    """There is no such order, or it is not the caller's to see."""


class BasketChanged(Conflict):
    """Price, stock, certificate or fee is no longer what the shopper agreed to; nothing was ordered."""


class MovedOn(Conflict):
    """Somebody else changed the order first."""


class AddressFixed(Forbidden):
    """The address can be corrected only before packing."""
