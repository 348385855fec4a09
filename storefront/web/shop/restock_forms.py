"""What is typed to be told when a sold-out pack is there again."""

from __future__ import annotations

from typing import Any

from wtforms import EmailField, Form, RadioField
from wtforms.validators import DataRequired, ValidationError

from storefront.accounts import contact
from storefront.web import typed as typed_text
from storefront.web.i18n import _, lazy


class RestockForm(Form):
    """Which pack, and where to write to."""

    variant = RadioField(lazy("Loại"), coerce=str, validate_choice=False)
    email = EmailField(
        lazy("Thư điện tử"),
        [DataRequired(lazy("Cần thư điện tử để cửa hàng báo."))],
        filters=[typed_text.tidy],
    )

    def validate_variant(self, field: Any) -> None:
        """One of those that are sold out."""
        if field.data not in {value for value, *_rest in field.iter_choices()}:
            raise ValidationError(_("Hãy chọn một loại."))

    def validate_email(self, field: Any) -> None:
        """An address that can be written to."""
        try:
            field.data = contact.email(field.data[:400])
        except contact.WrongEmail:
            raise ValidationError(_("Địa chỉ thư chưa đúng, ví dụ đúng: ha@example.com.")) from None
