"""axe finds nothing, no rule switched off, light and dark, on public pages as a stranger finds them."""

import pytest

from tests.browser.conftest import open_context
from tests.browser.looking import Eye

PAGES = [
    "/", "/san-pham", "/nhom/thuc-pham", "/nhom/do-uong", "/nhom/du-lich", "/tim?q=mat+ong", "/tim?q=xyzzy",
    "/san-pham/mat-ong-cuong-nga", "/san-pham/cam-khe-may-long-nham", "/san-pham/ruou-nep-cai-ha-mai", "/chu-the",
    "/so-dang-ky", "/so-dang-ky?q=xyzzy", "/soi", "/gio-hang", "/dang-nhap", "/dang-ky",
    "/quen-mat-khau", "/don-hang", "/khieu-nai", "/bao-dang-ngo", "/yeu-cau-du-lieu", "/ho-so", "/gioi-thieu",
    "/dieu-khoan", "/giao-hang", "/doi-tra", "/thanh-toan", "/thu-tu-hien-thi", "/quyen-rieng-tu",
]  # fmt: skip
FAULTS = {"/soi?ma=L222": 422, "/t/L222": 404, "/khong-co": 404}


@pytest.mark.browser
def test_axe_is_clean(live_shop, chromium):
    context = open_context(chromium, bypass_csp=True)
    eye = Eye(context, live_shop)
    for path in PAGES:
        eye.open(path)
    for path, status in FAULTS.items():
        eye.open(path, status)
    context.close()
    assert eye.found == {}
