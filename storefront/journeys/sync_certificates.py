"""Copy what the register says today onto the listings; run after every change of the register and once a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa

from storefront.catalogue import service as catalogue_service
from storefront.catalogue.models import Listing
from storefront.certification import queries as register
from storefront.database import session


def run(*, day: date, product_ids: Collection[int] | None = None) -> int:
    """Bring the listings of these products (all, when not given) up to the register; returns how many changed."""
    wanted = sa.select(Listing)
    if product_ids is not None:
        wanted = wanted.where(Listing.product_id.in_(product_ids))
    listings = list(session().scalars(wanted))
    current = register.current_certificates([listing.product_id for listing in listings], day)
    return sum(catalogue_service.take_certificate(one, current.get(one.product_id)) for one in listings)
