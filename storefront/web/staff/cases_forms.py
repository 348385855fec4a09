"""Forms of a case, for staff."""

from __future__ import annotations

from wtforms import BooleanField, Form, HiddenField, RadioField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the stubs are a version behind
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length

from storefront import text
from storefront.web.i18n import lazy

PUBLIC, INTERNAL = "tra-loi", "ghi-chu"


def _text(typed: str | None) -> str:
    return text.clean_text((typed or "")[:100_000])


class AnswerForm(Form):
    """An answer or an internal note; `seen` is how many messages the case had when it was read."""

    text = TextAreaField(
        lazy("Nội dung"),
        [
            DataRequired(lazy("Hãy viết nội dung.")),
            Length(max=4000, message=lazy("Hãy viết không quá 4.000 ký tự.")),
        ],
        filters=[_text],
    )
    shown_to = RadioField(
        lazy("Ai đọc được"),
        [AnyOf([PUBLIC, INTERNAL], message=lazy("Hãy chọn ai đọc được."))],
        choices=[
            SelectChoice(PUBLIC, lazy("Trả lời người gửi")),
            SelectChoice(INTERNAL, lazy("Ghi chú nội bộ")),
        ],
        validate_choice=False,
        default=PUBLIC,
    )
    closes = BooleanField(lazy("Đóng hồ sơ"))
    seen = HiddenField(validators=[InputRequired()])


class EraseForm(Form):
    """That the person was checked before anything is erased."""

    checked = BooleanField(
        lazy("Tôi đã gọi lại số trên đơn và đúng là người đặt"),
        [InputRequired(lazy("Hãy gọi lại số trên đơn và đánh dấu ô này."))],
    )
