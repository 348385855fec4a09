"""The form that finds an order by its code and the phone number it was placed with."""

from __future__ import annotations

from wtforms import Field, Form, StringField, TelField
from wtforms.validators import StopValidation

from storefront import codes, text
from storefront.accounts import contact
from storefront.web.i18n import _, lazy
from storefront.web.shop.checkout_forms import phone_problem


def _line(value: str | None) -> str:
    return text.clean_line(value or "", 60)


class TrackForm(Form):
    """Both are needed: a code alone opens nothing."""

    code = StringField(lazy("Mã đơn"), filters=[_line])
    phone = TelField(lazy("Số điện thoại lúc đặt"), filters=[_line])

    def validate_code(self, field: Field) -> None:
        """A code that can exist; its last character tells slips of the pen."""
        if not field.data:
            raise StopValidation(_("Cần mã đơn."))
        if codes.completed(field.data, codes.Kind.ORDER) is None:
            raise StopValidation(_("Mã đơn có dạng DH-XXXX-XXXX. Xem lại từng chữ."))

    def validate_phone(self, field: Field) -> None:
        """A number that can be called."""
        if not field.data:
            raise StopValidation(_("Cần số điện thoại đã dùng lúc đặt."))
        try:
            contact.phone(field.data)
        except contact.WrongPhone:
            raise StopValidation(phone_problem(field.data)) from None
