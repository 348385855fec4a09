"""The four families of domain errors; the web layer turns each into a page or a form error, in words.

A domain error carries data, not prose: `OutOfStock(variant_id, wanted, left)`.
"""

from __future__ import annotations


class DomainError(Exception):
    """Something the shop expects to happen and has an answer to."""


class NotFound(DomainError):
    """The thing is not there, or not the caller's to see (404)."""


class Forbidden(DomainError):
    """The caller is known and may not do this (403)."""


class Conflict(DomainError):
    """The thing is no longer in the state that the act needs (409)."""


class Invalid(DomainError):
    """What was given cannot be accepted (422)."""
