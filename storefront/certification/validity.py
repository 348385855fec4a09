"""Whether a certificate holds on a day. Pure: dates in, state out.

A certificate holds 36 months from its decision (QĐ 148/QĐ-TTg and QĐ 26/2026/QĐ-TTg). Where the source tells the year
alone, the term is counted from 31 December of that year, and the page says "theo năm".
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

from storefront.certification.models import Certificate, Recorded

MONTHS = 36
SOON = timedelta(days=180)
"""An owner may ask for renewal within this time before the end (QĐ 26/2026 Điều 12)."""


class CertificateState(StrEnum):
    """State of a certificate on a day."""

    VALID = "valid"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"
    UNCLEAR = "unclear"


HOLDS = frozenset({CertificateState.VALID, CertificateState.EXPIRING})


def period(decided_on: date | None, year: int | None) -> tuple[date, date] | None:
    """First and last day of validity; None where neither decision nor year is known."""
    start = decided_on or (date(year, 12, 31) if year else None)
    if start is None:
        return None
    return start, _months_later(start, MONTHS)


def state_on(certificate: Certificate, day: date) -> CertificateState:
    """State of that certificate on that day."""
    if certificate.recorded is Recorded.REVOKED:
        return CertificateState.REVOKED
    if certificate.recorded is Recorded.WITHDRAWN:
        return CertificateState.WITHDRAWN
    until = certificate.valid_until
    if certificate.recorded is Recorded.UNCLEAR or certificate.stars is None or until is None:
        return CertificateState.UNCLEAR
    return state_of_term(until, day)


def state_of(certificate: Certificate | None, day: date) -> CertificateState:
    """The same for a product that may have none: then nothing is clear."""
    return state_on(certificate, day) if certificate else CertificateState.UNCLEAR


def state_of_term(until: date, day: date) -> CertificateState:
    """State of a granted certificate whose last day is `until`."""
    if until < day:
        return CertificateState.EXPIRED
    return CertificateState.EXPIRING if until - day <= SOON else CertificateState.VALID


def _months_later(start: date, months: int) -> date:
    year, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + year, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
