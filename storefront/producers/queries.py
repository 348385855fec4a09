"""Reading producers."""

from __future__ import annotations

import sqlalchemy as sa

from storefront.database import session
from storefront.errors import NotFound
from storefront.producers.models import Producer

PAGE_SIZE = 200


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


def named(folded: str) -> Producer | None:
    """A producer of that folded name."""
    return session().scalar(sa.select(Producer).where(Producer.name_folded == folded).order_by(Producer.id))


def page_by_name(page: int) -> tuple[list[Producer], int]:
    """One page of the producers, by folded name, and how many there are in all."""
    total = session().scalar(sa.select(sa.func.count(Producer.id))) or 0
    by_name = sa.select(Producer).order_by(Producer.name_folded, Producer.id)
    return list(session().scalars(by_name.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))), total
