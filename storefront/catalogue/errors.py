"""What can go wrong with listings."""

from storefront.errors import Conflict, Invalid, NotFound


class ListingNotFound(NotFound):
    """No published listing has that address; `moved_to` is its new address when it was renamed."""

    def __init__(self, slug: str, moved_to: str | None = None) -> None:
        super().__init__(slug)
        self.moved_to = moved_to


class VariantNotFound(NotFound):
    """There is no such variant."""


class NotForSale(Conflict):
    """The variant cannot be bought: withdrawn, without a valid certificate, or alcohol without prepayment."""

    def __init__(self, variant_id: int) -> None:
        super().__init__(str(variant_id))
        self.variant_id = variant_id


class LabelTaken(Invalid):
    """Another variant of the listing has that label."""


class AddressTaken(Invalid):
    """Another listing has that address, or had it."""


class AlreadyListed(Conflict):
    """The registered product has a listing already; `listing_id` names it."""

    def __init__(self, listing_id: int) -> None:
        super().__init__(str(listing_id))
        self.listing_id = listing_id
