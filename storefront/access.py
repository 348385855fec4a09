"""Who may do what: permissions, roles, and the one table that joins them. Reads as the shop's policy."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person is to the shop."""

    SHOPPER = "shopper"
    CLERK = "clerk"
    MANAGER = "manager"
    OFFICE = "office"


class Permission(StrEnum):
    """`door:thing:act`; each is asked for by name at an endpoint."""

    ORDERS_WORK = "staff:orders:work"
    """See and move the orders of one's own points."""
    LISTINGS_EDIT = "staff:listings:edit"
    """Make and change listings, variants, prices and stock."""
    CASES_ANSWER = "staff:cases:answer"
    """Read and answer complaints, reports and requests about personal data."""
    ACCOUNTS_HELP = "staff:accounts:help"
    """Give a shopper a new password link after a check."""
    REGISTER_KEEP = "office:register:keep"
    """Import and correct the certificate register."""


POLICY: dict[Role, frozenset[Permission]] = {
    Role.SHOPPER: frozenset(),
    Role.CLERK: frozenset({Permission.ORDERS_WORK, Permission.CASES_ANSWER}),
    Role.MANAGER: frozenset(
        {Permission.ORDERS_WORK, Permission.LISTINGS_EDIT, Permission.CASES_ANSWER, Permission.ACCOUNTS_HELP}
    ),
    Role.OFFICE: frozenset({Permission.CASES_ANSWER, Permission.REGISTER_KEEP, Permission.LISTINGS_EDIT}),
}

STAFF = frozenset({Role.CLERK, Role.MANAGER, Role.OFFICE})
SEES_ALL_POINTS = frozenset({Role.MANAGER})


def may(role: Role, permission: Permission) -> bool:
    """Whether that role holds that permission."""
    return permission in POLICY[role]
