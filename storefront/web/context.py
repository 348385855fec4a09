"""What every template knows: the owner, the demo line, the groups, words for states."""

from __future__ import annotations

from flask import Flask, has_request_context

import config
from storefront import clock, languages
from storefront.certification import groups
from storefront.certification.validity import CertificateState
from storefront.orders.states import OrderState
from storefront.web import filters, links
from storefront.web.i18n import _, lazy

GROUP_WORDS = {
    groups.ProductGroup.FOOD: lazy("Thực phẩm"),
    groups.ProductGroup.DRINK: lazy("Đồ uống"),
    groups.ProductGroup.HERBAL: lazy("Dược liệu"),
    groups.ProductGroup.CRAFT: lazy("Thủ công mỹ nghệ"),
    groups.ProductGroup.GARDEN: lazy("Sinh vật cảnh"),
    groups.ProductGroup.TRAVEL: lazy("Du lịch cộng đồng"),
}
CERTIFICATE_WORDS = {
    CertificateState.VALID: lazy("còn hạn"),
    CertificateState.EXPIRING: lazy("còn hạn, sắp hết"),
    CertificateState.EXPIRED: lazy("đã hết hạn"),
    CertificateState.REVOKED: lazy("đã bị thu hồi"),
    CertificateState.WITHDRAWN: lazy("đã rút"),
    CertificateState.UNCLEAR: lazy("chưa rõ hạn"),
}
ORDER_WORDS = {
    OrderState.NEW: lazy("Chờ xác nhận"),
    OrderState.CONFIRMED: lazy("Đã xác nhận"),
    OrderState.PACKING: lazy("Đang gói"),
    OrderState.HANDED_OVER: lazy("Đang giao"),
    OrderState.DELIVERED: lazy("Đã giao"),
    OrderState.READY: lazy("Chờ khách đến lấy"),
    OrderState.COLLECTED: lazy("Khách đã lấy"),
    OrderState.COMPLETED: lazy("Hoàn tất"),
    OrderState.REJECTED: lazy("Không nhận đơn"),
    OrderState.CANCELLED: lazy("Đã huỷ"),
    OrderState.FAILED: lazy("Giao không thành"),
    OrderState.RETURNED: lazy("Đã trả về"),
}


def register(app: Flask, settings: config.Settings) -> None:
    """Give every template these names."""

    @app.context_processor
    def _known() -> dict[str, object]:
        return {
            "owner": settings.owner_in(languages.current()),
            "offers_mail": settings.offers_mail,
            "demo_line": demo_line(settings),
            "public_url": settings.public_url,
            **_of_request(),
            "group_words": GROUP_WORDS,
            "group_slugs": groups.SLUGS,
            "certificate_words": CERTIFICATE_WORDS,
            "order_words": ORDER_WORDS,
            "today": clock.today(),
        }


def _of_request() -> dict[str, object]:
    """The language of the page, its one address, and where it stands in the other language; a letter has none."""
    spoken: dict[str, object] = {"lang": languages.current(), "canonical": None, "other_language": None}
    if has_request_context():
        spoken |= {"canonical": links.canonical(), "other_language": links.other_language()}
    return {**spoken, "twins": links.twins}


def demo_line(settings: config.Settings) -> str:
    """The quiet line every page of the demo carries; empty outside it."""
    if not settings.is_demo:
        return ""
    day = settings.demo_today
    words = _("Dữ liệu minh hoạ: tên, sao và năm lấy từ nguồn công khai; giá, kho, lô và lời tả là ví dụ.")
    return words + (" " + _("Ngày của bản minh hoạ: %(day)s.", day=filters.day(day)) if day else "")
