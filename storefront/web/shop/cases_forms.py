"""Forms that open a case, follow one, or write on in it."""

from __future__ import annotations

from typing import Any

from wtforms import (
    EmailField,
    Form,
    RadioField,
    StringField,
    TelField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the stubs are a version behind
from wtforms.validators import AnyOf, DataRequired, Length

from storefront import codes, text
from storefront.accounts import contact
from storefront.cases.models import CaseKind
from storefront.cases.service import NewCase
from storefront.web import case_words
from storefront.web.i18n import language, lazy

MOST_TEXT = 4000
_LONG = 100_000
_WRONG_PHONE = lazy("Số này chưa đúng. Số Việt Nam có 10 chữ số, ví dụ 0912 345 678.")
_WRONG_EMAIL = lazy("Địa chỉ này chưa đúng. Ví dụ ten@gmail.com.")


def _line(typed: str | None) -> str:
    return text.clean_line(typed or "", _LONG)


def _text(typed: str | None) -> str:
    return text.clean_text((typed or "")[:_LONG])


class CaseForm(Form):
    """What a case is opened with; phone or e-mail is needed, so that the answer reaches somebody."""

    kind: CaseKind
    needs_contact = True

    text = TextAreaField(
        lazy("Chuyện gì đã xảy ra"),
        [
            DataRequired(lazy("Hãy kể ngắn gọn chuyện gì đã xảy ra.")),
            Length(10, MOST_TEXT, lazy("Hãy viết từ 10 đến 4.000 ký tự.")),
        ],
        filters=[_text],
    )
    reference = StringField(
        lazy("Mã đơn hàng"), [Length(max=60, message=lazy("Dài quá 60 ký tự."))], filters=[_line]
    )
    phone = TelField(lazy("Số điện thoại"), filters=[_line])
    email = EmailField(lazy("Thư điện tử"), filters=[_line])
    contact_name = StringField(
        lazy("Tên của bạn"), [Length(max=100, message=lazy("Dài quá 100 ký tự."))], filters=[_line]
    )

    def validate_phone(self, field: Any) -> None:
        """A Vietnamese number; one of the two contacts is there."""
        if field.data:
            _checked(contact.phone, field.data, _WRONG_PHONE)
        elif self.needs_contact and not self.email.data:
            raise ValidationError(lazy("Cho số điện thoại hoặc thư điện tử để chúng tôi trả lời bạn."))

    def validate_email(self, field: Any) -> None:
        """An e-mail address."""
        if field.data:
            _checked(contact.email, field.data, _WRONG_EMAIL)

    def words(self) -> NewCase:
        """What a sound form says; codes in their canonical form."""
        reference = self.reference.data or ""
        known = codes.parse(reference)
        return NewCase(
            kind=self.kind,
            topic=self["topic"].data,
            text=self.text.data or "",
            reference=known[1] if known else reference,
            contact_name=self.contact_name.data or "",
            contact_phone=contact.phone(self.phone.data) if self.phone.data else None,
            contact_email=contact.email(self.email.data) if self.email.data else None,
            language=language(),
        )


def _topic(label: Any, topics: dict[str, Any]) -> RadioField:
    allowed = AnyOf(list(topics), message=lazy("Hãy chọn một dòng."))
    choices = [SelectChoice(key, words) for key, words in topics.items()]
    return RadioField(label, [allowed], choices=choices, validate_choice=False)


class ComplaintForm(CaseForm):
    """A complaint about an order or the shop."""

    kind = CaseKind.COMPLAINT
    topic = _topic(lazy("Về việc gì"), case_words.COMPLAINT)


class SuspicionForm(CaseForm):
    """A report of goods or a stamp that look wrong; nobody has to say who they are."""

    kind = CaseKind.SUSPICION
    needs_contact = False
    topic = _topic(lazy("Bạn nghi điều gì"), case_words.SUSPICION)


class DataRequestForm(CaseForm):
    """A request about personal data (Luật 91/2025/QH15); what is wanted is said by the topic, so the text is short."""

    kind = CaseKind.PERSONAL_DATA
    topic = _topic(lazy("Bạn muốn gì"), case_words.PERSONAL_DATA)
    text = TextAreaField(
        lazy("Nói rõ hơn"),
        [Length(max=MOST_TEXT, message=lazy("Hãy viết không quá 4.000 ký tự."))],
        filters=[_text],
    )


class FollowForm(Form):
    """Number and contact of a case."""

    code = StringField(lazy("Số hồ sơ"), filters=[_line])
    contact = StringField(lazy("Số điện thoại hoặc thư điện tử đã cho"), filters=[_line])

    def validate_code(self, field: Any) -> None:
        """A sound number of a case."""
        if codes.canonical(field.data, codes.Kind.CASE) is None:
            raise ValidationError(lazy("Số hồ sơ có dạng HS-XXXX-XXXX; xem lại từng ký tự."))

    def validate_contact(self, field: Any) -> None:
        """A phone number or an e-mail address."""
        read = contact.email if "@" in field.data else contact.phone
        _checked(read, field.data, lazy("Gõ số điện thoại hoặc thư điện tử đã cho khi gửi hồ sơ."))

    def canonical(self) -> tuple[str, str]:
        """Number and contact in the form in which they are kept."""
        typed = self.contact.data or ""
        read = contact.email if "@" in typed else contact.phone
        return codes.canonical(self.code.data or "", codes.Kind.CASE) or "", read(typed)


class MoreForm(Form):
    """What a person adds to their case."""

    text = TextAreaField(
        lazy("Viết tiếp"),
        [
            DataRequired(lazy("Hãy viết điều bạn muốn nói thêm.")),
            Length(max=MOST_TEXT, message=lazy("Hãy viết không quá 4.000 ký tự.")),
        ],
        filters=[_text],
    )


def _checked(read: Any, typed: str, words: Any) -> None:
    try:
        read(typed)
    except contact.Invalid:
        raise ValidationError(words) from None
