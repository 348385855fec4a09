"""What can go wrong with accounts."""

from storefront.errors import Conflict, Invalid, NotFound


class WrongSignIn(Invalid):
    """Name and password do not belong together; says nothing of whether the account exists."""


class Taken(Conflict):
    """Another account has that phone or e-mail."""


class AccountNotFound(NotFound):
    """There is no such account among those the caller may see."""


class ResetNotFound(NotFound):
    """The link was used, has run out, or never was."""


class AddressNotFound(NotFound):
    """The person has no such address."""
