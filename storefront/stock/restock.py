"""Who waits for a pack that is sold out: asked once, told once, then forgotten."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from storefront.catalogue import queries as catalogue
from storefront.catalogue.models import Listing, Variant
from storefront.database import session
from storefront.stock.errors import RestockRequestNotFound
from storefront.stock.models import RestockRequest

KEPT = timedelta(days=365)
AT_ONCE = 100


def ask(*, variant_id: int, email: str, language: str, now: datetime) -> RestockRequest | None:
    """Remember that this address waits for the pack; None when it does already."""
    asked = RestockRequest(
        variant_id=variant_id,
        email=email,
        language=language,
        token=secrets.token_urlsafe(16),
        created_at=now,
    )
    known = sa.select(RestockRequest.id).where(
        RestockRequest.email == email, RestockRequest.variant_id == variant_id
    )
    if session().scalar(known):
        return None
    try:
        with session().begin_nested():
            session().add(asked)
    except sa.exc.IntegrityError:  # the same form, sent twice at once
        return None
    return asked


def by_token(token: str) -> tuple[Listing, Variant]:
    """What is waited for by that link.

    :raises RestockRequestNotFound: when nothing is.
    """
    found = session().execute(_WAITING.where(RestockRequest.token == token)).first()
    if found is None:
        raise RestockRequestNotFound
    _request, variant, listing = found
    return listing, variant


def withdraw(token: str) -> None:
    """Take a request back; once is enough."""
    session().execute(sa.delete(RestockRequest).where(RestockRequest.token == token))


def take_answered(day: date) -> list[tuple[RestockRequest, Variant, Listing]]:
    """Take out the requests whose pack can be bought that day, oldest first, so many at once."""
    back = (
        _WAITING.where(Variant.left_shown > 0, Variant.is_on_sale)
        .where(Listing.is_published, ~Listing.is_alcohol, catalogue.is_valid_on(day))
        .order_by(RestockRequest.id)
        .limit(AT_ONCE)
        .with_for_update(of=RestockRequest, skip_locked=True)
    )
    found = [(one, variant, listing) for one, variant, listing in session().execute(back)]
    for one, _variant, _listing in found:
        session().delete(one)
    session().flush()
    return found


def of_email(email: str) -> list[tuple[RestockRequest, Variant, Listing]]:
    """What an address waits for, oldest first."""
    rows = session().execute(_WAITING.where(RestockRequest.email == email).order_by(RestockRequest.id))
    return [(one, variant, listing) for one, variant, listing in rows]


def forget(email: str) -> None:
    """Delete every request of an address."""
    session().execute(sa.delete(RestockRequest).where(RestockRequest.email == email))


def forget_old(now: datetime) -> None:
    """Delete requests that nothing came of within a year."""
    session().execute(sa.delete(RestockRequest).where(RestockRequest.created_at < now - KEPT))


_WAITING = (
    sa.select(RestockRequest, Variant, Listing)
    .join(Variant, Variant.id == RestockRequest.variant_id)
    .join(Listing, Listing.id == Variant.listing_id)
)
