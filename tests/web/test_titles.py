"""A title says which page it is: two pages of the shop never share one."""

import html
import re

from tests.factories import crowd


def test_no_two_pages_share_a_title(app):
    found = {}
    for browser, paths in crowd.browsers(app):
        for path in [*crowd.plain_pages(app), *paths]:
            answer = browser.get(path)
            if answer.status_code != 200 or "<html" not in answer.text[:200]:
                continue
            title = re.search(r"<title>(.*?)</title>", answer.text, re.DOTALL)
            assert title, path
            found.setdefault(html.unescape(title[1]).strip(), set()).add(path.partition("?")[0])
    assert len(found) > 40
    assert {title: paths for title, paths in found.items() if len(paths) > 1} == {}
