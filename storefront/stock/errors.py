"""What can go wrong with stock."""

from storefront.errors import Conflict, NotFound


class OutOfStock(Conflict):
    """Fewer are on hand than wanted; nothing was taken."""

    def __init__(self, variant_id: int, wanted: int, left: int) -> None:
        super().__init__(f"variant {variant_id}: {wanted} wanted, {left} left")
        self.variant_id = variant_id
        self.wanted = wanted
        self.left = left


class PointNotFound(NotFound):
    """There is no such point."""


class LotNotFound(NotFound):
    """There is no such lot."""


class StockItemNotFound(NotFound):
    """There is no such stock item."""


class RestockRequestNotFound(NotFound):
    """Nobody waits by that link: it was taken back, answered, or never given."""
