"""Letters as they travel: what a reader's program puts together again."""

import email
import email.policy
from datetime import UTC, datetime
from email.header import decode_header, make_header

import pytest

from storefront.outbox.models import Letter
from storefront.outbox.postman import message_of

LONG = "Đơn hàng của bạn đã được nhận, chúng tôi gói hàng trong hai ngày và báo khi hàng rời làng"


def letter(subject):
    return Letter(
        message_id="<one@shop.test>", to_address="khach@shop.test", subject=subject, body="Chào bạn,"
    )


@pytest.mark.parametrize(
    "subject",
    [
        "Đặt mật khẩu cho tài khoản Sản vật Hà Tĩnh",
        "Your order is received",
        "An order of ordinary letters only that is so long that it must be folded over several lines in the end",
        *(LONG[:length].strip() for length in range(20, len(LONG))),
    ],
)
def test_a_subject_reads_the_same_after_the_journey(subject):
    sent = message_of(letter(subject), "Sản vật Hà Tĩnh <shop@shop.test>", datetime(2026, 3, 2, tzinfo=UTC))
    raw = sent.as_bytes()
    assert raw.partition(b"\n\n")[0].isascii()
    assert all(len(line) <= 78 for line in raw.splitlines())
    assert email.message_from_bytes(raw, policy=email.policy.default)["Subject"] == subject
    assert (
        str(make_header(decode_header(email.message_from_bytes(raw)["Subject"].replace("\n", "")))) == subject
    )
