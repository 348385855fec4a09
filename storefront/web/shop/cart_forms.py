"""Forms of the basket."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import Form, IntegerField
from wtforms.validators import InputRequired, NumberRange

from storefront.cart.service import MOST_OF_ONE
from storefront.money import MOST, Vnd
from storefront.web.i18n import lazy

_HOW_MANY = lazy("Số lượng là số nguyên từ 1 đến 999.")
_LARGEST_ID = 999_999_999


class _WholeNumber(IntegerField):
    """A number typed in a basket: anything else is one and the same error."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        # an int() of thousands of digits raises, and other scripts' digits are not what the page sent
        self.data = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 9 else None


class AddForm(Form):
    """So many of a variant into the basket."""

    variant = _WholeNumber(
        lazy("Loại"),
        [InputRequired(lazy("Hãy chọn một loại.")), NumberRange(1, _LARGEST_ID, lazy("Hãy chọn một loại."))],
    )
    quantity = _WholeNumber(
        lazy("Số lượng"), [InputRequired(_HOW_MANY), NumberRange(1, MOST_OF_ONE, _HOW_MANY)], default=1
    )


class QuantityForm(Form):
    """How many of a line are wanted; zero takes it out."""

    quantity = _WholeNumber(
        lazy("Số lượng"), [InputRequired(_HOW_MANY), NumberRange(0, MOST_OF_ONE, _HOW_MANY)]
    )


def seen_prices(form: Mapping[str, str]) -> dict[int, Vnd]:
    """The prices the shopper says to have seen, by variant: fields `price-<variant>`; what is no number is left out."""
    found: dict[int, Vnd] = {}
    for key, value in form.items():
        name, _, variant = key.partition("-")
        if name == "price" and _is_whole(variant, 9) and _is_whole(value, 11) and int(value) <= MOST:
            found[int(variant)] = Vnd(int(value))
    return found


def _is_whole(typed: str, most: int) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) <= most
