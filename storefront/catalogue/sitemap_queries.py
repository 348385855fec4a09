"""Reading for site maps: every public page that is a page of its own, and when it last changed.

Alcohol is left out: its pages ask for the reader's age first, and are not to be found by whoever has not stated it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from storefront import clock
from storefront.catalogue import picture_queries
from storefront.catalogue.models import Listing
from storefront.certification.groups import ProductGroup
from storefront.certification.models import Certificate
from storefront.database import UtcDateTime, session
from storefront.producers.models import Producer

_SHOWN = (Listing.is_published, Listing.is_alcohol.is_(False))


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A page by its slug: when it last changed, and the name of its picture if it is drawn."""

    slug: str
    changed_at: datetime
    picture: str | None = None


def count_products() -> int:
    """How many product pages a site map names."""
    return session().scalar(sa.select(sa.func.count()).select_from(Listing).where(*_SHOWN)) or 0


def products(day: date, number: int, size: int) -> Iterator[Entry]:
    """The product pages of one file, the file's number from 1."""
    told = (
        sa.select(sa.type_coerce(sa.func.max(Certificate.imported_at), UtcDateTime()))
        .where(Certificate.product_id == Listing.product_id)
        .scalar_subquery()
    )
    rows = session().execute(
        sa.select(Listing, Producer.name, told)
        .join(Producer, Producer.id == Listing.producer_id)
        .where(*_SHOWN)
        .order_by(Listing.id)
        .limit(size)
        .offset((number - 1) * size)
        .execution_options(yield_per=1000)
    )
    for listing, producer, told_at in rows:
        yield Entry(
            slug=listing.slug,
            changed_at=_latest(listing.updated_at, told_at, _lapsed_at(listing.valid_until, day)),
            picture=picture_queries.drawn(listing, producer, day),
        )


def producers() -> list[Entry]:
    """Producers that have something to show, with the last change of it."""
    rows = session().execute(
        sa.select(Producer.slug, sa.type_coerce(sa.func.max(Listing.updated_at), UtcDateTime()))
        .join(Listing, Listing.producer_id == Producer.id)
        .where(*_SHOWN)
        .group_by(Producer.id, Producer.slug)
        .order_by(Producer.id)
    )
    return [Entry(slug=slug, changed_at=changed_at) for slug, changed_at in rows]


def groups() -> dict[ProductGroup, datetime]:
    """Groups that have something to show, with the last change of it."""
    rows = session().execute(
        sa.select(Listing.group, sa.type_coerce(sa.func.max(Listing.updated_at), UtcDateTime()))
        .where(*_SHOWN)
        .group_by(Listing.group)
    )
    return {group: changed_at for group, changed_at in rows}  # noqa: C416 - a Row is no tuple to mypy


def communes() -> list[tuple[str, datetime]]:
    """Codes of communes that have something to show, with the last change of it."""
    rows = session().execute(
        sa.select(Listing.commune_code, sa.type_coerce(sa.func.max(Listing.updated_at), UtcDateTime()))
        .where(*_SHOWN, Listing.commune_code.is_not(None))
        .group_by(Listing.commune_code)
        .order_by(Listing.commune_code)
    )
    return [(code, changed_at) for code, changed_at in rows if code]


def register_changed_at() -> datetime | None:
    """When the register was last imported."""
    return session().scalar(sa.select(sa.type_coerce(sa.func.max(Certificate.imported_at), UtcDateTime())))


def _lapsed_at(until: date | None, day: date) -> datetime | None:
    """The midnight at which the page began to say that the certificate has lapsed."""
    return clock.start_of(until + timedelta(days=1)) if until and until < day else None


def _latest(*moments: datetime | None) -> datetime:
    return max(moment for moment in moments if moment)
