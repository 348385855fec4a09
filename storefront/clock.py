"""The one place that reads the clock; everything below the edges gets `now` and `today` as arguments."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_pretended: date | None = None


def pretend(day: date | None) -> None:
    """Let the shop live on one fixed day (the demo's); the time of day runs on. `None` ends the pretence."""
    global _pretended
    _pretended = day


def now() -> datetime:
    """The present moment, in UTC and aware; in the demo, the present time of day on the demo's day."""
    moment = datetime.now(UTC)
    if _pretended is None:
        return moment
    local = moment.astimezone(VIETNAM)
    return datetime.combine(_pretended, local.timetz()).astimezone(UTC)


def today() -> date:
    """The date in Vietnam, by which certificates lapse at midnight."""
    return local_day(now())


def local_day(moment: datetime) -> date:
    """The date in Vietnam at that moment."""
    return moment.astimezone(VIETNAM).date()


def start_of(day: date) -> datetime:
    """The moment (UTC) at which that day begins in Vietnam."""
    return datetime.combine(day, time.min, VIETNAM).astimezone(UTC)
