"""Which pages a list offers, however many it has."""

import pytest

from storefront.web.paging import Page


@pytest.mark.parametrize(
    ("number", "pages", "steps"),
    [
        (1, 1, [1]),
        (1, 2, [1, 2]),
        (2, 3, [1, 2, 3]),
        (1, 9, [1, 2, None, 9]),
        (3, 9, [1, 2, 3, 4, None, 9]),
        (5, 9, [1, None, 4, 5, 6, None, 9]),
        (9, 9, [1, None, 8, 9]),
        (2000, 4167, [1, None, 1999, 2000, 2001, None, 4167]),
    ],
)
def test_first_last_and_those_around_are_offered(number, pages, steps):
    assert Page(number=number, pages=pages, total=0).steps == steps
