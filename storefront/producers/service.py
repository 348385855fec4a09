"""Writing producers."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from storefront import text
from storefront.database import session
from storefront.producers import queries
from storefront.producers.models import NameSource, Producer, ProducerKind


def keep(
    *,
    name: str,
    name_source: NameSource,
    kind: ProducerKind,
    commune_code: str | None,
    commune_name: str | None,
    commune_old: str | None,
    district_old: str | None,
    now: datetime,
) -> Producer:
    """The producer of that name, made when it is not known; a brand that stands in is known with its place."""
    folded = text.fold(name)
    key = (
        folded
        if name_source is NameSource.REGISTER
        else f"{folded}@{text.fold(commune_old or district_old or '')}"
    )
    known = queries.by_key(key)
    if known:
        if known.kind is ProducerKind.UNKNOWN and kind is not known.kind:
            known.kind = kind
        if known.commune_code is None and commune_code:
            known.commune_code, known.commune_name = commune_code, commune_name
            known.commune_old, known.district_old = commune_old, district_old
        session().flush()
        return known
    producer = Producer(
        slug=_free_slug(name),
        name=name,
        name_folded=folded,
        key=key,
        name_source=name_source,
        kind=kind,
        commune_code=commune_code,
        commune_name=commune_name,
        commune_old=commune_old,
        district_old=district_old,
        created_at=now,
    )
    session().add(producer)
    session().flush()
    return producer


def _free_slug(name: str) -> str:
    base = text.slugify(name)
    taken = set(
        session().scalars(sa.select(Producer.slug).where(Producer.slug.startswith(base, autoescape=True)))
    )
    return next(s for s in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)
