"""Write onto listings whether anything of them is on hand, after stock changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from storefront.catalogue import service as catalogue_service
from storefront.stock import queries as stock


def run(*, listing_ids: Collection[int], day: date) -> None:
    """Bring `in_stock` of these listings up to what is on hand."""
    for listing_id, in_stock in sorted(stock.listing_in_stock(listing_ids, day).items()):
        catalogue_service.note_stock(listing_id, in_stock)
