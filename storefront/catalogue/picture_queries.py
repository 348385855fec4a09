"""Which picture shows which listing, and whether it has been drawn as the listing stands today."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date

import sqlalchemy as sa

from storefront.catalogue.models import Listing
from storefront.certification.groups import ProductGroup
from storefront.database import session
from storefront.media import picture
from storefront.media.picture import Subject
from storefront.producers.models import Producer

_COLUMNS = (
    Listing.id,
    Listing.picture,
    Listing.name,
    Producer.name,
    Listing.commune_name,
    Listing.group,
    Listing.kind,
    Listing.stars,
    Listing.certified_year,
    Listing.valid_from,
    Listing.valid_until,
)


def drawn(listing: Listing, producer_name: str, day: date) -> str | None:
    """The name of the listing's picture; None until it is drawn as the listing stands on that day."""
    if listing.picture is None:
        return None
    valid = _holds(listing.valid_from, listing.valid_until, day)
    wanted = subject(
        name=listing.name,
        producer=producer_name,
        commune=listing.commune_name,
        group=listing.group,
        kind=listing.kind,
        stars=listing.stars if valid else None,
        year=listing.certified_year if valid else None,
    )
    return listing.picture if listing.picture == picture.digest(wanted) else None


def due(day: date, there: Container[str]) -> Iterator[tuple[int, str, Subject]]:
    """Id, name and subject of every picture that is not drawn as its listing stands, or whose file is not there.

    Alcohol is not advertised: it gets none.
    """
    rows = session().execute(
        sa.select(*_COLUMNS)
        .join(Producer, Producer.id == Listing.producer_id)
        .where(Listing.is_published, Listing.is_alcohol.is_(False))
        .order_by(Listing.in_stock.desc(), Listing.id.desc())
        .execution_options(yield_per=1000)
    )
    for listing_id, known, name, producer, commune, group, kind, stars, year, start, end in rows:
        valid = _holds(start, end, day)
        wanted = subject(
            name=name,
            producer=producer,
            commune=commune,
            group=group,
            kind=kind,
            stars=stars if valid else None,
            year=year if valid else None,
        )
        digest = picture.digest(wanted)
        if digest != known or digest not in there:
            yield listing_id, digest, wanted


def in_use() -> set[str]:
    """Names of all pictures that a page may show."""
    return {name for name in session().scalars(sa.select(Listing.picture)) if name}


def subject(
    *,
    name: str,
    producer: str,
    commune: str | None,
    group: ProductGroup,
    kind: str,
    stars: int | None,
    year: int | None,
) -> Subject:
    """What is drawn of a listing; a maker whose name is part of the product's is not said twice."""
    return Subject(
        name=name,
        maker="" if producer.casefold() in name.casefold() else producer,
        place=f"{commune}, Hà Tĩnh" if commune else "Hà Tĩnh",
        group=group.value,
        kind=kind,
        stars=stars,
        year=year,
    )


def _holds(start: date | None, end: date | None, day: date) -> bool:
    return start is not None and end is not None and start <= day <= end
