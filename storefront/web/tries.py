"""Tries that are counted before anything slow or guessable is done, each in a transaction of its own.

The count is committed before the try is heard, so that many at once are counted before any is answered. A try that turns
out right is taken back alone: a counter where many sign in is not shut out by it, and whoever guesses at another's
password gains nothing by signing in with their own in between.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from flask import request

from storefront import clock, limits, text
from storefront.accounts import contact
from storefront.database import transaction
from storefront.errors import Invalid


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """How often something may be tried in a window of `seconds`: by one account name, and from one network."""

    bucket: str
    by_name: int
    by_network: int
    seconds: int


SIGN_IN = Allowance(bucket="sign-in", by_name=10, by_network=40, seconds=900)
OPEN_ACCOUNT = Allowance(bucket="open-account", by_name=3, by_network=10, seconds=3600)
FORGOTTEN = Allowance(bucket="forgotten", by_name=3, by_network=20, seconds=3600)
WRONG_CODES, WRONG_SECONDS = 30, 600
"""How many codes that were never given out one network may try, and in which time."""
PASSWORD_AGAIN = Allowance(bucket="password-again", by_name=10, by_network=40, seconds=900)


@dataclass(frozen=True, kw_only=True)
class Try:
    """One try as it was counted."""

    allowance: Allowance
    network: str
    name: str
    at: datetime

    def buckets(self) -> tuple[tuple[str, str, int], ...]:
        """Bucket, subject and the most of it, for each of the two counts."""
        kind = self.allowance.bucket
        return (
            (f"{kind}-network", self.network, self.allowance.by_network),
            (f"{kind}-name", self.name, self.allowance.by_name),
        )


def count(allowance: Allowance, name: str) -> Try:
    """Count one try by that account name (phone or e-mail as typed) from the visitor's network.

    :raises TooMany: when either has tried too often.
    """
    network = limits.network_of(request.remote_addr)
    tried = Try(allowance=allowance, network=network, name=_subject(name), at=clock.now())
    for bucket, subject, most in tried.buckets():
        with transaction():
            limits.hit(bucket=bucket, subject=subject, most=most, seconds=allowance.seconds, now=tried.at)
    return tried


def was_right(tried: Try) -> None:
    """Take back the count of a try that knew the password."""
    with transaction():
        for bucket, subject, _most in tried.buckets():
            limits.take_back(bucket=bucket, subject=subject, seconds=tried.allowance.seconds, now=tried.at)


def count_guess() -> None:
    """Count a lot's code that was never given out, so that codes cannot be tried in order.

    :raises TooMany: when that network has guessed too often.
    """
    with transaction():
        limits.hit(
            bucket="wrong-code",
            subject=limits.network_of(request.remote_addr),
            most=WRONG_CODES,
            seconds=WRONG_SECONDS,
            now=clock.now(),
        )


def _subject(name: str) -> str:
    """One subject however the name was typed; hashed, because a phone number needs not lie in a counter."""
    try:
        same = contact.email(name) if "@" in name else contact.phone(name)
    except Invalid:
        same = text.fold(name[:200])
    return hashlib.sha256(same.encode()).hexdigest()
