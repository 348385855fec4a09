"""What can go wrong with delivery."""

from storefront.errors import Conflict


class NoTariff(Conflict):
    """No zone or weight step covers the parcel."""


class TooHeavy(NoTariff):
    """The parcel is heavier than any step of its zone."""
