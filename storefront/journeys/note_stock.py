"""Write onto listings and packs what pages show of their stock, after it changed.

Pages read these columns and never the stock itself, so that an order which leaves them as they are changes no page.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from storefront.catalogue import service as catalogue
from storefront.stock import availability


def run(*, listing_ids: Collection[int], day: date) -> None:
    """Bring what these listings show up to what is on hand; only what says something else is written.

    Whoever changes stock locks the listings before (`catalogue.service.lock`), or of two orders that each leave
    enough, neither would see that both together do not.
    """
    for one in availability.behind(day, listing_ids):
        catalogue.note_stock(
            one.listing_id, left_shown=one.left_shown, in_stock=one.in_stock, sent_from=one.sent_from
        )


def everywhere(*, day: date) -> None:
    """Bring every listing up to what is on hand: lots run out at midnight, and points close."""
    listing_ids = {one.listing_id for one in availability.behind(day)}
    catalogue.lock(listing_ids)
    run(listing_ids=listing_ids, day=day)
