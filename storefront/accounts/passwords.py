"""Passwords: argon2id, about 20 ms each, and the same work for an account that does not exist."""

from __future__ import annotations

import functools

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from storefront import text

SHORTEST = 10
LONGEST = 200

_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


def hashed(password: str) -> str:
    """The hash to keep; keyboards compose Vietnamese letters differently, so one form of them is hashed."""
    return _hasher.hash(text.nfc(password))


def matches(password: str, kept: str | None) -> bool:
    """Whether the password has that hash; for no hash the same time passes and the answer is no."""
    try:
        _hasher.verify(kept or _nobodys(), text.nfc(password))
    except (VerifyMismatchError, InvalidHashError):
        return False
    return kept is not None


@functools.cache
def _nobodys() -> str:
    return _hasher.hash("nobody has this password")
