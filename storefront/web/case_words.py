"""Words of cases that both doors need: what a case can be about; and whether its letters can leave."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import current_app

from storefront.cases.models import Case, CaseKind, CaseState
from storefront.web.i18n import lazy

COMPLAINT = {
    "damaged": lazy("Hàng hỏng, ôi, kém chất lượng"),
    "wrong": lazy("Thiếu, sai món, vỡ, mất niêm phong"),
    "delivery": lazy("Giao chậm, giao không tới, thái độ phục vụ"),
    "money": lazy("Tiền thu hoặc trả sai"),
    "other": lazy("Việc khác, góp ý"),
}
SUSPICION = {
    "fake_stamp": lazy("Tem hoặc mã đáng ngờ"),
    "fake_goods": lazy("Nghi hàng giả, hàng nhái"),
    "expired": lazy("Hết hạn mà vẫn bán"),
    "harm": lazy("Ăn, dùng vào thấy có hại"),
    "claims": lazy("Quảng cáo sai: sao, công dụng, nguồn gốc"),
    "other": lazy("Điều khác"),
}
PERSONAL_DATA = {
    "view": lazy("Xem hoặc nhận bản sao dữ liệu của tôi"),
    "correct": lazy("Sửa dữ liệu sai"),
    "delete": lazy("Xoá dữ liệu của tôi"),
    "restrict": lazy("Hạn chế xử lý"),
    "object": lazy("Phản đối xử lý"),
    "withdraw": lazy("Rút lại sự đồng ý"),
}
TOPICS = {
    CaseKind.COMPLAINT: COMPLAINT,
    CaseKind.SUSPICION: SUSPICION,
    CaseKind.PERSONAL_DATA: PERSONAL_DATA,
}
KINDS = {
    CaseKind.COMPLAINT: lazy("Khiếu nại"),
    CaseKind.SUSPICION: lazy("Báo đáng ngờ"),
    CaseKind.PERSONAL_DATA: lazy("Dữ liệu cá nhân"),
}
STATES = {
    CaseState.OPEN: lazy("chờ trả lời"),
    CaseState.ANSWERED: lazy("đã trả lời"),
    CaseState.CLOSED: lazy("đã đóng"),
}


def topic(case: Case) -> Any:
    """What the case is about, in words."""
    return TOPICS[CaseKind(case.kind)].get(case.topic, case.topic)


def mail_domain() -> str | None:
    """The domain of letters' ids; None where no letter can leave."""
    settings = current_app.config["SETTINGS"]
    return urlsplit(settings.public_url).hostname if settings.offers_mail else None
