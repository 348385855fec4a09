"""Tell who asked for it that a sold-out pack is there again: one letter that notes it, one when it is back."""

from __future__ import annotations

from datetime import date, datetime

from storefront.catalogue.models import Listing, Variant
from storefront.outbox import letters
from storefront.outbox import service as outbox
from storefront.stock import restock
from storefront.stock.models import RestockRequest


def ask(
    *, listing: Listing, variant: Variant, email: str, language: str, mail_domain: str, now: datetime
) -> None:
    """Remember the address; a letter says so and how to take it back. Asked again, nothing more happens."""
    asked = restock.ask(variant_id=variant.id, email=email, language=language, now=now)
    if asked:
        _write("restock_asked", asked, variant, listing, mail_domain, now)


def tell(*, day: date, mail_domain: str, now: datetime) -> int:
    """Write to those whose pack can be bought again and forget their addresses; returns how many."""
    answered = restock.take_answered(day)
    for asked, variant, listing in answered:
        _write("restock_answered", asked, variant, listing, mail_domain, now)
    return len(answered)


def _write(
    kind: str, asked: RestockRequest, variant: Variant, listing: Listing, mail_domain: str, now: datetime
) -> None:
    written = letters.write(
        kind,
        asked.language,
        product=listing.name,
        kind=listing.kind,
        slug=listing.slug,
        label=variant.label,
        price_vnd=variant.price_vnd,
        token=asked.token,
    )
    outbox.put(
        kind=kind,
        to_address=asked.email,
        subject=written.subject,
        body=written.body,
        domain=mail_domain,
        now=now,
    )
