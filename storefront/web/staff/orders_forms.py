"""Forms of one order: move it on, correct its address, note something."""

from __future__ import annotations

from typing import Any

from wtforms import Form, HiddenField, RadioField, StringField, TextAreaField
from wtforms import validators as v
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the stubs are a version behind

from storefront import text
from storefront.accounts import contact
from storefront.fulfilment.models import CarrierKind
from storefront.fulfilment.service import HandOver
from storefront.orders.models import OrderGroup
from storefront.orders.states import Method, OrderState
from storefront.places import lookup
from storefront.web import filters
from storefront.web.i18n import lazy

CARRIER_WORDS: dict[CarrierKind, Any] = {
    CarrierKind.BUS: lazy("Xe khách"),
    CarrierKind.OWN: lazy("Cửa hàng tự giao"),
    CarrierKind.POST: lazy("Bưu điện"),
    CarrierKind.CARRIER: lazy("Hãng vận chuyển"),
}
NAMED = frozenset({CarrierKind.BUS, CarrierKind.CARRIER})
"""Carriers that must be named: which bus, which company."""
NEEDS_REASON = frozenset({OrderState.REJECTED, OrderState.FAILED, OrderState.RETURNED})
MAY_SAY_WHY = NEEDS_REASON | {OrderState.CANCELLED}
LONG = 20_000
"""Cleaning keeps this much, so that a length check sees what was typed."""


def _line(typed: str | None) -> str:
    return text.clean_line(typed or "", LONG)


def _text(typed: str | None) -> str:
    return text.clean_text(typed or "")


class ReasonForm(Form):
    """Why an order is refused, failed or came back."""

    ly_do = TextAreaField(
        lazy("Lý do"),
        [
            v.InputRequired(lazy("Ghi lý do, để ai xem lại cũng hiểu.")),
            v.Length(max=500, message=lazy("Lý do dài nhất 500 chữ.")),
        ],
        filters=[_text],
    )

    def validate_ly_do(self, field: TextAreaField) -> None:
        if not field.data:
            raise v.ValidationError(str(lazy("Ghi lý do, để ai xem lại cũng hiểu.")))


class OptionalReasonForm(Form):
    """Why the shopper takes the order back, if they said."""

    ly_do = TextAreaField(
        lazy("Lý do"),
        [v.Length(max=500, message=lazy("Lý do dài nhất 500 chữ."))],
        filters=[_text],
    )


class HandOverForm(Form):
    """Who carries the parcel."""

    hinh_thuc = RadioField(
        lazy("Ai chở"),
        choices=[SelectChoice(kind.value, words) for kind, words in CARRIER_WORDS.items()],
        validators=[v.InputRequired(lazy("Chọn ai chở."))],
        validate_choice=True,
    )
    ten = StringField(
        lazy("Tên nhà xe hoặc hãng"),
        [v.Length(max=100, message=lazy("Tên dài nhất 100 chữ."))],
        filters=[_line],
    )
    ma_van_don = StringField(
        lazy("Mã vận đơn hoặc biển số xe"),
        [v.Length(max=60, message=lazy("Mã dài nhất 60 chữ."))],
        filters=[_line],
    )

    def validate_ten(self, field: StringField) -> None:
        if not field.data and self.hinh_thuc.data in {kind.value for kind in NAMED}:
            raise v.ValidationError(str(lazy("Ghi tên nhà xe hoặc hãng, để khách biết hỏi ai.")))

    def handover(self) -> HandOver:
        """What was typed, once validated."""
        return HandOver(
            carrier_kind=CarrierKind(self.hinh_thuc.data),
            carrier_name=self.ten.data or "",
            tracking_code=self.ma_van_don.data or "",
        )


class NoteForm(Form):
    """A note among staff."""

    ghi_chu = TextAreaField(
        lazy("Thêm ghi chú"),
        [v.Length(max=2000, message=lazy("Ghi chú dài nhất 2.000 chữ."))],
        filters=[_text],
    )

    def validate_ghi_chu(self, field: TextAreaField) -> None:
        if not field.data:
            raise v.ValidationError(str(lazy("Ghi chú còn trống.")))


class AddressForm(Form):
    """Who receives an order and where."""

    ten = StringField(
        lazy("Người nhận"), [v.Length(max=100, message=lazy("Tên dài nhất 100 chữ."))], filters=[_line]
    )
    dien_thoai = StringField(lazy("Điện thoại"), filters=[_line])
    noi = StringField(lazy("Xã, phường"), filters=[_line])
    xa = HiddenField(filters=[_line])
    """The code of the place that `noi` names."""
    chon = HiddenField(filters=[_line])
    """The code of the place chosen from those offered, whatever `noi` says."""
    duong = StringField(
        lazy("Số nhà, đường, thôn"),
        [v.Length(max=200, message=lazy("Địa chỉ dài nhất 200 chữ."))],
        filters=[_line],
    )
    is_delivery = True
    offered: list[lookup.Match]
    """Places that fit what was typed, when it names no single one."""
    commune: lookup.Commune | None = None

    @classmethod
    def of(cls, group: OrderGroup, typed: Any = None) -> AddressForm:
        """The form filled with what the order says now, or with what was typed."""
        place = ", ".join(part for part in (group.commune_name, group.province_name) if part)
        form = cls(
            typed,
            data={
                "ten": group.contact_name,
                "dien_thoai": filters.phone(group.contact_phone),
                "noi": place,
                "xa": group.commune_code or "",
                "duong": group.street or "",
            },
        )
        form.is_delivery = group.method is Method.DELIVERY
        form.offered = []
        return form

    def validate_ten(self, field: StringField) -> None:
        if len(field.data or "") < 2:
            raise v.ValidationError(str(lazy("Ghi tên người nhận.")))

    def validate_dien_thoai(self, field: StringField) -> None:
        try:
            field.data = contact.phone(field.data or "")
        except contact.WrongPhone:
            raise v.ValidationError(str(lazy("Số này chưa gọi được, xem lại giúp."))) from None

    def validate_duong(self, field: StringField) -> None:
        if self.is_delivery and not field.data:
            raise v.ValidationError(str(lazy("Ghi số nhà, đường hoặc thôn.")))

    def validate_noi(self, field: StringField) -> None:
        if not self.is_delivery:
            return
        self.commune = _chosen(self.chon.data or "", "") or _chosen(self.xa.data or "", field.data or "-")
        if self.commune is None:
            self.offered = lookup.find((field.data or "")[:200], limit=8)
            self.commune = _only(self.offered)
        if self.commune is None:
            raise v.ValidationError(
                str(lazy("Chọn một nơi trong danh sách."))
                if self.offered
                else str(lazy("Chưa tìm thấy nơi này. Thử ghi tên xã và tỉnh."))
            )


def _chosen(code: str, typed: str) -> lookup.Commune | None:
    """The commune of the code, if the words beside it (when there are any) still name it: nobody typed over them."""
    try:
        commune = lookup.commune(code)
    except lookup.PlaceNotFound:
        return None
    if not typed:
        return commune
    known = _words(f"{commune.label} {commune.province.short_name}")
    words = _words(typed)
    return commune if _words(commune.name) <= words <= known else None


def _words(name: str) -> set[str]:
    return set(text.fold(name).replace(",", " ").split())


def _only(found: list[lookup.Match]) -> lookup.Commune | None:
    communes = {match.commune.code: match.commune for match in found}
    return next(iter(communes.values())) if len(communes) == 1 else None
