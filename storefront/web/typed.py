"""What many forms do with typed text: tidy it, and say when it is too long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wtforms import ValidationError

from storefront import text

LONGEST_NAME = 80
LONGEST_CONTACT = 200


def tidy(value: str | None) -> str:
    """One clean line of what was typed, its length left for a validator to judge."""
    return text.clean_line(value or "", 20_000)


def at_most(longest: int, message: Any) -> Callable[[Any, Any], None]:
    """A validator: not longer than so many characters."""

    def check(_form: Any, field: Any) -> None:
        if len(field.data or "") > longest:
            raise ValidationError(message)

    return check
