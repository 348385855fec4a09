"""Reading a lot's steps."""

from __future__ import annotations

import sqlalchemy as sa

from storefront.database import session
from storefront.traceability.models import TraceEvent


def steps(lot_id: int) -> list[TraceEvent]:
    """Steps of a lot in time order."""
    found = sa.select(TraceEvent).where(TraceEvent.lot_id == lot_id)
    return list(session().scalars(found.order_by(TraceEvent.happened_on, TraceEvent.id)))
