"""Recording a lot's steps."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa

from storefront.database import session
from storefront.traceability.models import TraceEvent, Vouch


def record(
    *,
    lot_id: int,
    happened_on: date,
    title: str,
    note: str,
    place: str,
    vouched_by: Vouch,
    is_illustrative: bool,
    now: datetime,
    title_en: str = "",
    note_en: str = "",
) -> bool:
    """Add a step to a lot once; False when the same step of that day already stands there."""
    same = (TraceEvent.lot_id == lot_id, TraceEvent.happened_on == happened_on, TraceEvent.title == title)
    if session().scalar(sa.select(TraceEvent.id).where(*same)):
        return False
    session().add(
        TraceEvent(
            lot_id=lot_id,
            happened_on=happened_on,
            title=title,
            note=note,
            title_en=title_en or None,
            note_en=note_en or None,
            place=place,
            vouched_by=vouched_by,
            is_illustrative=is_illustrative,
            recorded_at=now,
        )
    )
    session().flush()
    return True
