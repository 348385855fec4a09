"""Words of a list: what a value of a facet is called, and what was read out of a question."""

from __future__ import annotations

from collections.abc import Callable

from storefront import text
from storefront.catalogue.cards import Sort
from storefront.catalogue.search.engine import Answer
from storefront.catalogue.search.facets import BANDS, Facet
from storefront.catalogue.search.prices import MOST_VND
from storefront.catalogue.search.wishes import Wishes
from storefront.certification.groups import ProductGroup
from storefront.places import lookup
from storefront.producers.models import ProducerKind
from storefront.web import context, filters, names
from storefront.web.i18n import _, lazy
from storefront.web.shop.list_address import ListAddress

SORT_WORDS = {
    Sort.RELEVANCE: lazy("Phù hợp nhất"),
    Sort.NEWEST: lazy("Mới chứng nhận"),
    Sort.STARS: lazy("Nhiều sao trước"),
    Sort.CHEAPEST: lazy("Giá thấp trước"),
    Sort.DEAREST: lazy("Giá cao trước"),
    Sort.UNIT_PRICE: lazy("Giá theo kg, lít"),
    Sort.NAME: lazy("Tên A–Y"),
}
FACET_WORDS = {
    Facet.GROUP: lazy("Nhóm"),
    Facet.STARS: lazy("Số sao còn hạn"),
    Facet.DISTRICT: lazy("Vùng quen gọi"),
    Facet.COMMUNE: lazy("Xã, phường"),
    Facet.PRICE: lazy("Giá từ"),
    Facet.PRODUCER_KIND: lazy("Người làm"),
    Facet.IN_STOCK: lazy("Còn hàng"),
    Facet.IN_SEASON: lazy("Đang mùa"),
}
KIND_WORDS = {
    ProducerKind.COOPERATIVE: lazy("Hợp tác xã"),
    ProducerKind.COOPERATIVE_GROUP: lazy("Tổ hợp tác"),
    ProducerKind.COMPANY: lazy("Công ty"),
    ProducerKind.BUSINESS_HOUSEHOLD: lazy("Hộ kinh doanh"),
    ProducerKind.PRODUCTION_HOUSEHOLD: lazy("Hộ sản xuất"),
    ProducerKind.WORKSHOP: lazy("Cơ sở sản xuất"),
    ProducerKind.UNKNOWN: lazy("Chủ thể OCOP"),
}


def sort_words(*, is_asked: bool) -> dict[Sort, str]:
    """The orders to choose from; nearness is one where something was asked, else the usual order is that of stars."""
    words = {sort: str(word) for sort, word in SORT_WORDS.items()}
    if not is_asked:
        words[Sort.RELEVANCE] = words.pop(Sort.STARS)
        return {Sort.RELEVANCE: words.pop(Sort.RELEVANCE), **words}
    return words


def value_word(facet: Facet, value: str) -> str:
    """What one value of a facet is called."""
    return _WORDS[facet](value)


def chip_word(facet: Facet, value: str) -> str:
    """The same where it stands alone: a district, which is no place of today, says so."""
    word = value_word(facet, value)
    return _("%(place)s trước đây", place=word) if facet is Facet.DISTRICT else word


def sort_key(facet: Facet, value: str) -> str:
    """Where a place stands among others: "xã Sơn Giang" under S."""
    name = lookup.home_districts().get(value, value) if facet is Facet.DISTRICT else _commune_name(value)
    return text.sort_key(name.partition(" ")[2])


def price_word(lowest: int | None, highest: int | None) -> str:
    """A range of prices, open at either end."""
    if not lowest:
        return _("đến %(vnd)s", vnd=filters.vnd(highest or 0))
    if highest is None or highest >= MOST_VND:
        return _("từ %(vnd)s", vnd=filters.vnd(lowest))
    return filters.vnd_range(lowest, highest)


def wish_words(wishes: Wishes) -> list[str]:
    """What was read out of a question beside words."""
    found = []
    if wishes.group:
        found.append(_("nhóm %(group)s", group=context.GROUP_WORDS[wishes.group]))
    if wishes.has_price:
        found.append(_("giá %(range)s", range=price_word(wishes.lowest_vnd, wishes.highest_vnd)))
    found.extend(_("%(n)s sao", n=stars) for stars in sorted(wishes.stars))
    flags = (
        (wishes.in_stock, _("còn hàng")),
        (wishes.in_season, _("đang mùa")),
        (wishes.still_valid, _("còn hạn chứng nhận")),
    )
    return found + [word for wished, word in flags if wished]


def understood_words(answer: Answer) -> list[str]:
    """What a question was taken for beside the words looked for."""
    found = wish_words(answer.wishes)
    is_all = answer.match.is_everything and not found
    return [_("tất cả sản phẩm OCOP Hà Tĩnh")] if is_all else found


def not_heeded(address: ListAddress) -> list[str]:
    """What was asked of facets and order and is not done, a sentence each."""
    said = []
    if address.unknown:
        values = ", ".join(f"“{FACET_WORDS[facet]}: {one}”" for facet, one in address.unknown)
        said.append(_("Không có lựa chọn %(values)s, nên danh sách không lọc theo đó.", values=values))
    if address.group and address.other_groups:
        values = ", ".join(f"“{context.GROUP_WORDS[one]}”" for one in address.other_groups)
        group = context.GROUP_WORDS[address.group]
        said.append(
            _(
                "Trang này chỉ có nhóm “%(group)s”, nên không lọc theo nhóm %(values)s.",
                group=group,
                values=values,
            )
        )
    if address.unknown_sort:
        order = sort_words(is_asked=bool(address.question))[address.sort]
        said.append(
            _(
                "Không có cách xếp “%(value)s”, nên danh sách xếp theo “%(order)s”.",
                value=address.unknown_sort,
                order=order,
            )
        )
    return said


def _kind_word(kind: ProducerKind) -> str:
    """Every maker is a "chủ thể OCOP", so among the kinds that would say nothing."""
    return _("Chưa rõ loại hình") if kind is ProducerKind.UNKNOWN else str(KIND_WORDS[kind])


def _band(key: str) -> str:
    lowest, highest = BANDS[key]
    if not lowest:
        return _("Dưới %(vnd)s", vnd=filters.vnd(highest + 1))
    if highest > MOST_VND:
        return _("Từ %(vnd)s", vnd=filters.vnd(lowest))
    return filters.vnd_range(lowest, highest + 1)


def _commune_name(code: str) -> str:
    try:
        return lookup.commune(code).full_name
    except lookup.PlaceNotFound:
        return code


_WORDS: dict[Facet, Callable[[str], str]] = {
    Facet.GROUP: lambda value: str(context.GROUP_WORDS[ProductGroup(value)]),
    Facet.STARS: lambda value: _("%(n)s sao", n=value),
    Facet.DISTRICT: lambda value: names.place(lookup.home_districts().get(value, value)),
    Facet.COMMUNE: lambda value: names.place(_commune_name(value)),
    Facet.PRICE: _band,
    Facet.PRODUCER_KIND: lambda value: _kind_word(ProducerKind(value)),
    Facet.IN_STOCK: lambda _value: _("Còn hàng"),
    Facet.IN_SEASON: lambda _value: _("Đang mùa"),
}
