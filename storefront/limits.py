"""Rate limits that hold across processes: one row per subject and window, counted by one conditional UPDATE.

Used before anything costly or guessable: a sign-in, a code typed, an order looked up, a form sent without an account.
"""

from __future__ import annotations

import ipaddress
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from storefront.database import Model, session
from storefront.errors import DomainError


class TooMany(DomainError):
    """Too many tries; `retry_after` says in how many seconds the next is heard (429)."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after


class RateCount(Model, shown=False):
    """How often a subject did something in one window."""

    __tablename__ = "rate_counts"
    __table_args__ = (sa.UniqueConstraint("bucket", "subject", "window_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bucket: Mapped[str]
    subject: Mapped[str]
    window_at: Mapped[datetime] = mapped_column(index=True)
    count: Mapped[int]


def hit(*, bucket: str, subject: str, most: int, seconds: int, now: datetime) -> None:
    """Count one try (flushes; the edge commits, so that a failed try is counted too).

    :raises TooMany: when `most` tries of this subject already fell into the present window of `seconds`.
    """
    key = _key(bucket, subject, seconds, now)
    same = _same(key)
    counted = session().execute(sa.update(RateCount).where(*same).values(count=RateCount.count + 1))
    if not counted.rowcount:  # type: ignore[attr-defined]
        _insert(key)
    count = session().execute(sa.select(RateCount.count).where(*same)).scalar_one()
    if count > most:
        epoch = int(now.timestamp())
        raise TooMany(seconds - epoch % seconds)


def take_back(*, bucket: str, subject: str, seconds: int, now: datetime) -> None:
    """Uncount one try that `hit` counted at that very moment; those of others stay."""
    same = _same(_key(bucket, subject, seconds, now))
    session().execute(
        sa.update(RateCount).where(*same, RateCount.count > 0).values(count=RateCount.count - 1)
    )


def _key(bucket: str, subject: str, seconds: int, now: datetime) -> dict[str, object]:
    return {"bucket": bucket, "subject": subject[:200], "window_at": _begun(now, seconds)}


def _begun(now: datetime, seconds: int) -> datetime:
    """When the window of that moment began."""
    epoch = int(now.timestamp())
    return datetime.fromtimestamp(epoch - epoch % seconds, now.tzinfo)


def _same(key: dict[str, object]) -> list[sa.ColumnElement[bool]]:
    return [getattr(RateCount, name) == value for name, value in key.items()]


def _insert(key: dict[str, object]) -> None:
    """Insert the first count, or add to one that another process inserted in between."""
    dialect = session().connection().dialect.name
    if dialect == "postgresql":
        from sqlalchemy.dialects.postgresql import insert
    else:
        from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]
    statement = insert(RateCount).values(**key, count=1)
    session().execute(
        statement.on_conflict_do_update(
            index_elements=["bucket", "subject", "window_at"], set_={"count": RateCount.count + 1}
        )
    )


def forget_old(now: datetime) -> int:
    """Delete counts older than a day; returns how many."""
    done = session().execute(sa.delete(RateCount).where(RateCount.window_at < now - timedelta(days=1)))
    return int(done.rowcount)  # type: ignore[attr-defined]


def network_of(address: str | None) -> str:
    """The subject of an address: IPv4 whole, IPv6 by its /64 (one household), else 'unknown'."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    return str(parsed) if parsed.version == 4 else str(ipaddress.ip_network(f"{parsed}/64", strict=False))
