"""What can go wrong with a basket."""

from storefront.errors import Conflict, Invalid


class EmptyCart(Conflict):
    """There is nothing in the basket."""


class TooManyLines(Invalid):
    """A basket holds at most 60 different packs."""
