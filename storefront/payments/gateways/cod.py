"""Payment on delivery: the money is due when the goods are received. Nothing leaves the shop."""

from __future__ import annotations

from storefront.money import Vnd


class CashOnDelivery:
    """Cash, or the deliverer's own QR, at the door or at the counter."""

    key = "cod"

    def is_offered(self, *, total: Vnd, has_alcohol: bool) -> bool:
        """Always, except for alcohol, which may not be paid on delivery (Law on alcohol harm 2019, Điều 16)."""
        return total > 0 and not has_alcohol
