"""What is typed to sign in, to open an account, and to set a new password."""

from __future__ import annotations

from typing import Any

from wtforms import Form, HiddenField, PasswordField, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired

from storefront.accounts import contact, passwords
from storefront.errors import Invalid
from storefront.web import typed as typed_text
from storefront.web.i18n import lazy


def good_password(_form: Form, field: Any) -> None:
    """A validator: long enough to be hard to guess (NIST SP 800-63B: length, no rules of composition)."""
    if len(field.data or "") < passwords.SHORTEST:
        raise ValidationError(lazy("Cần ít nhất 10 ký tự. Một câu ngắn dễ nhớ là đủ."))
    if len(field.data) > passwords.LONGEST:
        raise ValidationError(lazy("Dài nhất 200 ký tự."))
    if len(set(field.data)) < 4:
        raise ValidationError(lazy("Mật khẩu này dễ đoán quá, hãy chọn câu khác."))


def _name_needed() -> list[Any]:
    return [
        DataRequired(lazy("Hãy cho biết tên bạn.")),
        typed_text.at_most(typed_text.LONGEST_NAME, lazy("Tên dài nhất 80 ký tự.")),
    ]


class SignIn(Form):
    """Phone or e-mail, and the password."""

    typed = StringField(
        lazy("Số điện thoại hoặc thư điện tử"),
        [
            DataRequired(lazy("Hãy nhập số điện thoại hoặc thư điện tử.")),
            typed_text.at_most(typed_text.LONGEST_CONTACT, lazy("Dài nhất 200 ký tự.")),
        ],
        filters=[typed_text.tidy],
    )
    password = PasswordField(
        lazy("Mật khẩu"),
        [
            InputRequired(lazy("Hãy nhập mật khẩu.")),
            typed_text.at_most(passwords.LONGEST, lazy("Dài nhất 200 ký tự.")),
        ],
    )
    tiep = HiddenField()


class _Named(Form):
    name = StringField(lazy("Tên bạn"), _name_needed(), filters=[typed_text.tidy])


class ByEmail(_Named):
    """A new account that is opened by a letter."""

    email = StringField(
        lazy("Thư điện tử"), [DataRequired(lazy("Hãy nhập địa chỉ thư điện tử."))], filters=[typed_text.tidy]
    )

    def validate_email(self, field: Any) -> None:
        """An address, put into its one form."""
        field.data = checked_email(field.data)


class ByPhone(_Named):
    """A new account with a password chosen at once."""

    phone = StringField(
        lazy("Số điện thoại"), [DataRequired(lazy("Hãy nhập số điện thoại."))], filters=[typed_text.tidy]
    )
    password = PasswordField(lazy("Mật khẩu"), [InputRequired(lazy("Hãy chọn một mật khẩu.")), good_password])

    def e164(self) -> str:
        """The number, once the form is valid."""
        return contact.phone(self.phone.data or "")

    def validate_phone(self, field: Any) -> None:
        """A Vietnamese number; what was typed stays in the field."""
        try:
            contact.phone(field.data)
        except Invalid:
            raise ValidationError(
                lazy("Số này chưa đúng. Số di động có 10 chữ số, ví dụ 0912 345 678.")
            ) from None


class Forgotten(Form):
    """The e-mail of an account."""

    email = StringField(
        lazy("Thư điện tử"), [DataRequired(lazy("Hãy nhập địa chỉ thư điện tử."))], filters=[typed_text.tidy]
    )

    def validate_email(self, field: Any) -> None:
        """An address, put into its one form."""
        field.data = checked_email(field.data)


class NewPassword(Form):
    """The new password, once: what was typed can be shown by every browser."""

    password = PasswordField(
        lazy("Mật khẩu mới"), [InputRequired(lazy("Hãy chọn một mật khẩu.")), good_password]
    )


def checked_email(typed: str) -> str:
    """The address in its one form.

    :raises ValidationError: when it is none.
    """
    if len(typed) > typed_text.LONGEST_CONTACT:
        raise ValidationError(lazy("Dài nhất 200 ký tự."))
    try:
        return contact.email(typed)
    except Invalid:
        raise ValidationError(lazy("Địa chỉ thư điện tử này chưa đúng, ví dụ ten@hopthu.vn.")) from None
