"""axe finds nothing, no rule switched off, light and dark, on public pages and their awkward states."""

from pathlib import Path

import axe_playwright_python
import pytest

from tests.browser.conftest import open_context

AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
PAGES = [
    "/", "/san-pham", "/nhom/thuc-pham", "/nhom/do-uong", "/nhom/du-lich", "/tim?q=mat+ong", "/tim?q=xyzzy",
    "/san-pham/mat-ong-cuong-nga", "/san-pham/cam-khe-may-long-nham", "/san-pham/ruou-nep-cai-ha-mai", "/chu-the",
    "/so-dang-ky", "/so-dang-ky?q=xyzzy", "/soi", "/soi?ma=L222", "/t/L222", "/gio-hang", "/dang-nhap", "/dang-ky",
    "/quen-mat-khau", "/don-hang", "/khieu-nai", "/bao-dang-ngo", "/yeu-cau-du-lieu", "/ho-so", "/gioi-thieu",
    "/dieu-khoan", "/giao-hang", "/doi-tra", "/thanh-toan", "/thu-tu-hien-thi", "/quyen-rieng-tu", "/khong-co",
]  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_is_clean(live_shop, chromium, scheme):
    context = open_context(chromium, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    found = {}
    for path in PAGES:
        page.goto(live_shop.url + path)
        page.add_script_tag(path=AXE)
        broken = page.evaluate(
            "() => axe.run({resultTypes: ['violations']}).then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].target))"
        )
        wide = page.evaluate(
            "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        if broken or wide:
            found[path] = [*broken, *(["reaches past the edge"] if wide else [])]
    context.close()
    assert found == {}
