"""Forms of a listing, for staff. No field of any of them can set stars or dates of a certificate."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    Form,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the stubs are a version behind
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, NumberRange
from wtforms.widgets import TextInput

from storefront import clock, text
from storefront.catalogue import claims, kinds
from storefront.catalogue.catalogue_file import ENGLISH_COLUMNS
from storefront.catalogue.models import Listing, NetUnit, Variant
from storefront.catalogue.service import ListingText, VariantText
from storefront.journeys.edit_listing import Delivery
from storefront.money import Vnd
from storefront.stock.models import Point
from storefront.web import filters
from storefront.web.context import GROUP_WORDS
from storefront.web.i18n import LazyPick, _, lazy

UNIT_WORDS = {NetUnit.GRAM: lazy("gam"), NetUnit.MILLILITRE: lazy("ml"), NetUnit.PIECE: lazy("cái")}
_MONTHS = [str(month) for month in range(1, 13)]
_GROUPED = re.compile(r"\d{1,3}(?:(?P<mark>[.,])\d{3})(?:(?P=mark)\d{3})*")
_CHOOSE = lazy("Hãy chọn một mục trong danh sách.")
_STALE = lazy("Biểu mẫu đã cũ: mở lại trang rồi gửi.")
_TOO_LONG = lazy("Dài quá %(max)d ký tự.")


class WholeField(IntegerField):
    """A whole number, shown as `185.000`; it may be typed with a dot for the thousands, or with the page's own mark, and a
    price as `185.000 ₫`. Anything else is one and the same error."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else filters.number(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = (
            valuelist[0].replace("\u00a0", " ").strip().rstrip("₫đ ").replace(" ", "") if valuelist else ""
        )
        grouped = _GROUPED.fullmatch(typed)
        if grouped and grouped["mark"] in (".", filters.number(1000)[1]):
            typed = typed.replace(grouped["mark"], "")
        self.data = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 12 else None


class DayField(DateField):
    """A day; what is none leaves it empty, and the form's own rule says what is wanted."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            self.data = date.fromisoformat(valuelist[0]) if valuelist else None
        except ValueError:
            self.data = None


def _line(typed: str | None) -> str:
    return text.clean_line(typed or "", 100_000)


def no_claims(_form: Form, field: Any) -> None:
    """Food carries no health claim without papers (NĐ 15/2018)."""
    found = claims.first_in(field.data or "")
    if found:
        raise ValidationError(
            _("Có chữ “%(word)s”: thực phẩm không được nói công dụng chữa bệnh.", word=found)
        )


def _whole(label: Any, low: int, high: int, needed: bool = True) -> WholeField:
    words = lazy("Hãy gõ số nguyên từ %(min)s đến %(max)s.")

    def check(_form: Form, field: Any) -> None:
        typed = bool(field.raw_data and field.raw_data[0].strip())
        if (typed or needed) and (field.data is None or not low <= field.data <= high):
            raise ValidationError(words % {"min": filters.number(low), "max": filters.number(high)})

    return WholeField(label, [check])


def _words(label: Any, most: int, needed: bool = False) -> TextAreaField:
    rules: list[Any] = [DataRequired(lazy("Hãy viết mục này."))] if needed else []
    return TextAreaField(label, [*rules, Length(max=most, message=_TOO_LONG), no_claims], filters=[_line])


def _select(label: Any, choices: list[SelectChoice]) -> SelectField:
    allowed = AnyOf([choice.value for choice in choices], message=_CHOOSE)
    return SelectField(label, [allowed], choices=choices, validate_choice=False)


def _kinds() -> list[SelectChoice]:
    return [
        SelectChoice(k.key, LazyPick(k.word, k.english), optgroup=GROUP_WORDS[k.group])
        for k in kinds.KINDS.values()
    ]


def _months(empty: Any) -> list[SelectChoice]:
    return [SelectChoice("", empty), *(SelectChoice(month, month) for month in _MONTHS)]


class WordsForm(Form):
    """The texts of a listing; `name` is the product's own, `seen` when the listing was last changed."""

    kind = _select(lazy("Loại (hình vẽ)"), _kinds())
    description = _words(lazy("Giới thiệu"), 2000, needed=True)
    how_made = _words(lazy("Cách làm"), 1000)
    ingredients = _words(lazy("Thành phần"), 500)
    usage = _words(lazy("Cách dùng"), 500)
    storage = _words(lazy("Bảo quản"), 300)
    shelf_life_days = _whole(lazy("Hạn dùng, số ngày"), 1, 10_000, needed=False)
    season_from = _select(lazy("Mùa từ tháng"), _months(lazy("quanh năm")))
    season_until = _select(lazy("đến tháng"), _months(lazy("quanh năm")))
    is_published = BooleanField(lazy("Hiện ở cửa hàng"))
    description_en = _words(lazy("Giới thiệu, tiếng Anh"), 2000)
    how_made_en = _words(lazy("Cách làm, tiếng Anh"), 1000)
    ingredients_en = _words(lazy("Thành phần, tiếng Anh"), 500)
    usage_en = _words(lazy("Cách dùng, tiếng Anh"), 500)
    storage_en = _words(lazy("Bảo quản, tiếng Anh"), 300)
    seen = HiddenField()
    name = ""

    def validate_kind(self, field: Any) -> None:
        """What is called rượu stays alcohol, with all that the law asks for it."""
        kind = kinds.KINDS.get(field.data)
        if kind and not kind.is_alcohol and "ruou" in text.fold(self.name).split():
            raise ValidationError(lazy("Tên là rượu thì loại phải là rượu."))

    def validate_season_until(self, field: Any) -> None:
        """Both months or none."""
        if bool(field.data) != bool(self.season_from.data):
            raise ValidationError(lazy("Chọn cả hai tháng, hoặc để quanh năm cả hai."))

    def words(self) -> ListingText:
        """What a sound form says."""
        return ListingText(
            kind=self.kind.data,
            description=self.description.data or "",
            ingredients=self.ingredients.data or "",
            storage=self.storage.data or "",
            usage=self.usage.data or "",
            how_made=self.how_made.data or "",
            shelf_life_days=self.shelf_life_days.data,
            season_from=int(self.season_from.data) if self.season_from.data else None,
            season_until=int(self.season_until.data) if self.season_until.data else None,
            english={name: self[name].data or "" for name in ENGLISH_COLUMNS},
        )

    @classmethod
    def of(cls, listing: Listing) -> WordsForm:
        """The form filled with what stands there."""
        names = [name for name in ListingText.__dataclass_fields__ if name != "english"]
        known = {name: getattr(listing, name) for name in (*names, *ENGLISH_COLUMNS)}
        for month in ("season_from", "season_until"):
            known[month] = str(known[month] or "")
        return cls(
            data={**known, "is_published": listing.is_published, "seen": listing.updated_at.isoformat()}
        )


class AddressForm(Form):
    """The last part of a listing's address."""

    slug = StringField(
        lazy("Địa chỉ"), [Length(3, 120, lazy("Hãy gõ từ %(min)d đến %(max)d ký tự."))], filters=[_line]
    )

    def validate_slug(self, field: Any) -> None:
        """Small letters, digits and single hyphens."""
        if text.slugify(field.data) != field.data:
            raise ValidationError(
                _(
                    "Chỉ dùng chữ thường không dấu, số và gạch nối, như %(slug)s.",
                    slug=text.slugify(field.data)[:60],
                )
            )


class VariantForm(Form):
    """One pack."""

    label = StringField(
        lazy("Tên gói"),
        [Length(1, 60, lazy("Hãy gõ từ %(min)d đến %(max)d ký tự.")), no_claims],
        filters=[_line],
    )
    net_quantity = _whole(lazy("Lượng tịnh"), 1, 1_000_000)
    net_unit = _select(
        lazy("Đơn vị"), [SelectChoice(unit.value, words) for unit, words in UNIT_WORDS.items()]
    )
    shipping_weight_g = _whole(lazy("Nặng khi gửi, gam"), 1, 100_000)
    price_vnd = _whole(lazy("Giá, đồng"), 1_000, 1_000_000_000)
    is_on_sale = BooleanField(lazy("Đang bán"))

    def words(self) -> VariantText:
        """What a sound form says."""
        return VariantText(
            label=self.label.data or "",
            net_quantity=self.net_quantity.data or 0,
            net_unit=NetUnit(self.net_unit.data),
            shipping_weight_g=self.shipping_weight_g.data or 0,
            price_vnd=Vnd(self.price_vnd.data or 0),
            is_on_sale=bool(self.is_on_sale.data),
        )


class CountForm(Form):
    """What was counted, and what stood there when counting began."""

    on_hand = _whole(lazy("Đếm được"), 0, 1_000_000)
    seen = WholeField(lazy("Biểu mẫu"), [InputRequired(_STALE), NumberRange(0, message=_STALE)])


class ReceiveForm(Form):
    """Goods that came in."""

    variant = SelectField(lazy("Gói"), validate_choice=False)
    point = SelectField(lazy("Về điểm"), validate_choice=False)
    produced_on = DayField(lazy("Ngày sản xuất"))
    expires_on = DayField(lazy("Hạn dùng đến"))
    shelf = StringField(lazy("Kệ"), [Length(max=20, message=_TOO_LONG)], filters=[_line])
    quantity = _whole(lazy("Số lượng"), 1, 100_000)
    seen = WholeField(lazy("Biểu mẫu"), [InputRequired(_STALE), NumberRange(0, message=_STALE)])

    def offer(self, variants: list[Variant], points: list[Point]) -> ReceiveForm:
        """The packs and points to choose from."""
        self.variant.choices = [SelectChoice(str(one.id), one.label) for one in variants]
        self.point.choices = [SelectChoice(str(one.id), one.name) for one in points]
        return self

    def validate_variant(self, field: Any) -> None:
        """One of the offered packs."""
        _among(field)

    def validate_point(self, field: Any) -> None:
        """One of the open points."""
        _among(field)

    def validate_produced_on(self, field: Any) -> None:
        """A day up to today."""
        if field.data is None or not date(2000, 1, 1) <= field.data <= clock.today():
            raise ValidationError(lazy("Hãy chọn ngày sản xuất, không sau hôm nay."))

    def validate_expires_on(self, field: Any) -> None:
        """A day from today on, when it is given."""
        typed = bool(field.raw_data and field.raw_data[0])
        if (typed and field.data is None) or (field.data and field.data < clock.today()):
            raise ValidationError(lazy("Hạn dùng phải từ hôm nay trở đi."))

    def came(self) -> Delivery:
        """What a sound form says."""
        assert self.produced_on.data is not None
        return Delivery(
            variant_id=int(self.variant.data),
            point_id=int(self.point.data),
            produced_on=self.produced_on.data,
            expires_on=self.expires_on.data,
            shelf=self.shelf.data or "",
            quantity=self.quantity.data or 0,
            seen=self.seen.data or 0,
        )


def _among(field: Any) -> None:
    if field.data not in {choice.value for choice in field.choices}:
        raise ValidationError(_CHOOSE)
