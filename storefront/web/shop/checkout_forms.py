"""The checkout form: seven typed fields and the consent, checked one by one in words that say what to do."""

from __future__ import annotations

import re
from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    Field,
    Form,
    HiddenField,
    RadioField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import StopValidation

from storefront import text
from storefront.accounts import contact
from storefront.orders.states import Method
from storefront.places import lookup
from storefront.places.units import Commune, Match
from storefront.web.i18n import _, counted, lazy

DELIVERY = Method.DELIVERY.value
_PICKUP = f"{Method.PICKUP.value}-"
MOST_NAME, MOST_PLACE, MOST_STREET, MOST_NOTE = 80, 150, 150, 500
CLEAR_LEAD = 100
"""So many points the best place must be ahead of the next to be taken without asking."""
_COUNT_WORDS = {
    1: lazy("một"),
    2: lazy("hai"),
    3: lazy("ba"),
    4: lazy("bốn"),
    5: lazy("năm"),
    6: lazy("sáu"),
    7: lazy("bảy"),
}


def phone_problem(typed: str) -> str:
    """What is wrong with a number that cannot be called, in words that say what to do."""
    plain = re.sub(r"[\s.\-()]", "", typed)
    if re.search(r"[^\d+]", plain):
        return _("Số điện thoại chỉ gồm chữ số.")
    if plain.startswith("+") and not plain.startswith("+84"):
        return _("Cửa hàng chỉ gọi được số điện thoại Việt Nam.")
    digits = re.sub(r"^(\+84|0084|84(?=\d{9}))", "0", plain)
    if not digits.startswith("0"):
        return _("Số điện thoại Việt Nam bắt đầu bằng số 0.")
    kind, right = (_("số máy bàn"), 11) if digits.startswith("02") else (_("số di động"), 10)
    if len(digits) == right:
        return _("Không có %(kind)s nào bắt đầu như vậy. Xem lại từng chữ số.", kind=kind)
    count = abs(right - len(digits))
    words = {"n": str(_COUNT_WORDS.get(count, count)), "kind": kind, "right": right}
    if len(digits) < right:
        return counted("Thiếu %(n)s chữ số: %(kind)s có %(right)s chữ số.", count, **words)
    return counted("Thừa %(n)s chữ số: %(kind)s có %(right)s chữ số.", count, **words)


def _line(value: str | None) -> str:
    # cut far above every limit, so that what is too long is told and not silently shortened
    return text.clean_line(value or "", 11_000)


def _paragraph(value: str | None) -> str:
    return text.clean_text((value or "")[:11_000])


def _needed(message: Any) -> Any:
    def check(form: Form, field: Field) -> None:
        if not field.data:
            raise StopValidation(str(message))

    return check


def _at_most(most: int) -> Any:
    def check(form: Form, field: Field) -> None:
        if len(field.data or "") > most:
            raise StopValidation(_("Dài quá: nhiều nhất %(n)s chữ cái.", n=most))

    return check


class _Pick(RadioField):
    """A radio whose own words replace the library's for a value that is not offered."""

    def pre_validate(self, form: Any) -> None:
        if self.data not in {value for value, *_rest in self.iter_choices()}:
            raise StopValidation(_("Hãy chọn một cách."))


class CheckoutForm(Form):
    """Who receives the goods, where, how, and how it is paid."""

    phone = TelField(
        lazy("Số điện thoại"), [_needed(lazy("Cần số điện thoại để người giao gọi."))], filters=[_line]
    )
    name = StringField(
        lazy("Họ và tên"), [_needed(lazy("Cần tên người nhận.")), _at_most(MOST_NAME)], filters=[_line]
    )
    how = _Pick(lazy("Cách nhận"), default=DELIVERY)
    place = StringField(lazy("Xã, phường"), [_at_most(MOST_PLACE)], filters=[_line])
    commune = HiddenField()
    place_pick = RadioField(lazy("Chọn đúng nơi nhận"), choices=[], validate_choice=False)
    place_seen = HiddenField(filters=[_line])
    street = StringField(lazy("Số nhà, đường, thôn"), [_at_most(MOST_STREET)], filters=[_line])
    email = EmailField(lazy("Thư điện tử"), filters=[_line])
    note = TextAreaField(lazy("Lời nhắn cho người giao"), [_at_most(MOST_NOTE)], filters=[_paragraph])
    pay = _Pick(lazy("Cách trả tiền"))
    consent = BooleanField(
        lazy("Đồng ý"),
        [_needed(lazy("Cần bạn đồng ý thì cửa hàng mới được dùng thông tin này để giao hàng."))],
    )

    chosen: Commune | None = None
    """The place that was understood; none for pick-up."""
    matches: list[Match]
    """The places to choose from where it is not clear."""

    def __init__(
        self, *args: Any, hows: list[tuple[str, str]], pays: list[tuple[str, str]], **values: Any
    ) -> None:
        super().__init__(*args, **values)
        self.how.choices = hows
        self.pay.choices = pays
        self.matches = []
        if len(pays) == 1 and not self.pay.data:
            self.pay.data = pays[0][0]

    def validate_phone(self, field: Field) -> None:
        """A number that can be called."""
        try:
            contact.phone(field.data)
        except contact.WrongPhone:
            raise StopValidation(phone_problem(field.data[:60])) from None

    def validate_email(self, field: Field) -> None:
        """Empty, or an address."""
        if not field.data:
            return
        try:
            contact.email(field.data[:400])
        except contact.WrongEmail:
            raise StopValidation(_("Địa chỉ thư chưa đúng, ví dụ đúng: ha@example.com.")) from None

    def validate_place(self, field: Field) -> None:
        """A commune of today, found by whatever was typed; only for delivery."""
        if not self.is_delivery:
            return
        if not field.data:
            raise StopValidation(_("Cần xã hoặc phường, tỉnh để tính phí giao."))
        self.chosen = self._place()
        if self.chosen is None:
            if self.matches:
                return
            raise StopValidation(
                _("Không thấy nơi này. Viết tên xã hoặc phường, rồi tên tỉnh, tên cũ cũng được.")
            )

    def validate_place_pick(self, _field: Field) -> None:
        """Needed where the words typed fit several places: what is missing is the choice, not the words."""
        if self.matches:
            raise StopValidation(_("Có vài nơi khớp. Chọn một nơi."))

    def validate_street(self, field: Field) -> None:
        """Needed for delivery."""
        if self.is_delivery and not field.data:
            raise StopValidation(_("Cần số nhà và đường, hoặc thôn xóm, để người giao tìm tới."))

    @property
    def is_delivery(self) -> bool:
        return bool(self.how.data == DELIVERY)

    @property
    def pickup_point_id(self) -> int | None:
        """The point chosen for pick-up (only after the form was validated)."""
        data = str(self.how.data or "")
        return int(data.removeprefix(_PICKUP)) if data.startswith(_PICKUP) else None

    def _place(self) -> Commune | None:
        """The commune meant; a code that does not belong to the words typed is left out."""
        typed = self.place.data or ""
        found = lookup.find(typed)
        by_code = {match.commune.code: match.commune for match in found}
        if self.place_pick.data and self.place_seen.data == typed and self.place_pick.data in by_code:
            return by_code[self.place_pick.data]
        if self.commune.data in by_code:
            return by_code[self.commune.data]
        same = [match.commune for match in found if text.fold(match.commune.label) == text.fold(typed)]
        if len(same) == 1:
            return same[0]
        if found and (len(found) == 1 or found[0].score - found[1].score >= CLEAR_LEAD):
            return found[0].commune
        self.matches = found
        return None


def pickup_value(point_id: int) -> str:
    """The value of the choice to fetch the goods at that point."""
    return f"{_PICKUP}{point_id}"
