"""Phone numbers and e-mail addresses as people type them, in one form. Pure."""

from __future__ import annotations

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from storefront.errors import Invalid


class WrongPhone(Invalid):
    """Not a Vietnamese number that can be called; `digits` is how many were typed."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.digits = sum(character.isdigit() for character in typed)


class WrongEmail(Invalid):
    """Not an e-mail address."""


def phone(typed: str) -> str:
    """The number in E.164, `+84912345678`; spaces, dots, hyphens, +84 and 84 are understood.

    :raises WrongPhone: when it is not a possible Vietnamese number.
    """
    if len(typed) > 30:
        raise WrongPhone(typed[:30])
    try:
        number = phonenumbers.parse(typed, "VN")
    except phonenumbers.NumberParseException:
        raise WrongPhone(typed) from None
    if number.country_code != 84 or not phonenumbers.is_valid_number(number) or number.extension:
        raise WrongPhone(typed)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def email(typed: str) -> str:
    """The address in lower case.

    :raises WrongEmail: when it cannot be one.
    """
    try:
        # test_environment lets names under .test in, which the demo's accounts have (RFC 2606: nobody's)
        found = validate_email(typed.strip(), check_deliverability=False, test_environment=True)
        return found.normalized.lower()
    except EmailNotValidError:
        raise WrongEmail(typed[:60]) from None
