"""What staff type to help a shopper with an account."""

from __future__ import annotations

from wtforms import BooleanField, Form, StringField
from wtforms.validators import DataRequired

from storefront.web import typed
from storefront.web.i18n import lazy


class Find(Form):
    """The whole phone number or e-mail of an account."""

    tim = StringField(
        lazy("Số điện thoại hoặc thư điện tử của khách"),
        [typed.at_most(typed.LONGEST_CONTACT, lazy("Dài nhất 200 ký tự."))],
        filters=[typed.tidy],
    )


class Checked(Form):
    """The word of the staff member that the caller is who they say."""

    checked = BooleanField(
        lazy("Đã kiểm tra đúng người"),
        [DataRequired(lazy("Hãy kiểm tra đúng người trước, rồi đánh dấu vào đây."))],
    )
