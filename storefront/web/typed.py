"""What many forms do with typed text: tidy it, and say when it is too long."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import ValidationError

from storefront import text

LONGEST_NAME = 80
LONGEST_CONTACT = 200
LONGEST_KEPT, MOST_KEPT = 4000, 10


def tidy(value: str | None) -> str:
    """One clean line of what was typed, its length left for a validator to judge."""
    return text.clean_line(value or "", 20_000)


def at_most(longest: int, message: Any) -> Callable[[Any, Any], None]:
    """A validator: not longer than so many characters."""

    def check(_form: Any, field: Any) -> None:
        if len(field.data or "") > longest:
            raise ValidationError(message)

    return check


def sound_parts(form: MultiDict[str, str]) -> list[str]:
    """What can be read of a form that had to be refused, so that nobody writes it anew: words, not codes or passwords."""
    values = (value for name, value in form.items(multi=True) if "password" not in name and name != "present")
    cleaned = (text.clean_text(value.replace("\ufffd", "")[:LONGEST_KEPT]) for value in values)
    return list(itertools.islice((words for words in cleaned if " " in words), MOST_KEPT))
