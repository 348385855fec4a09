"""Reading producers."""

from __future__ import annotations

import sqlalchemy as sa

from storefront.database import session
from storefront.errors import NotFound
from storefront.producers.models import Producer


class ProducerNotFound(NotFound):
    """No producer has that address."""


def by_slug(slug: str) -> Producer:
    """The producer with that address.

    :raises ProducerNotFound: when there is none.
    """
    producer = session().scalar(sa.select(Producer).where(Producer.slug == slug))
    if producer is None:
        raise ProducerNotFound(slug)
    return producer


def by_key(key: str) -> Producer | None:
    """The producer an import knows by that key."""
    return session().scalar(sa.select(Producer).where(Producer.key == key))


def page_after(last_id: int, most: int) -> list[Producer]:
    """The producers after that id."""
    return list(
        session().scalars(sa.select(Producer).where(Producer.id > last_id).order_by(Producer.id).limit(most))
    )


def all_by_name() -> list[Producer]:
    """Every producer, by folded name."""
    return list(session().scalars(sa.select(Producer).order_by(Producer.name_folded, Producer.id)))
