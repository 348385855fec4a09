"""What is typed on the pages of an account."""

from __future__ import annotations

from wtforms import Form, PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired

from storefront.accounts import passwords
from storefront.web import typed
from storefront.web.i18n import lazy
from storefront.web.shop import sign_in_forms as forms


class Name(Form):
    """How the shop calls the person."""

    name = StringField(
        lazy("Tên bạn"),
        [
            DataRequired(lazy("Hãy cho biết tên bạn.")),
            typed.at_most(typed.LONGEST_NAME, lazy("Tên dài nhất 80 ký tự.")),
        ],
        filters=[typed.tidy],
    )


class Password(Form):
    """The present password and a new one."""

    present = PasswordField(
        lazy("Mật khẩu đang dùng"),
        [
            InputRequired(lazy("Hãy nhập mật khẩu đang dùng.")),
            typed.at_most(passwords.LONGEST, lazy("Dài nhất 200 ký tự.")),
        ],
    )
    password = PasswordField(
        lazy("Mật khẩu mới"), [InputRequired(lazy("Hãy chọn một mật khẩu.")), forms.good_password]
    )


class Erase(Form):
    """The password once more, before everything goes."""

    present = PasswordField(
        lazy("Mật khẩu"),
        [
            InputRequired(lazy("Hãy nhập mật khẩu.")),
            typed.at_most(passwords.LONGEST, lazy("Dài nhất 200 ký tự.")),
        ],
    )
