import pytest

from storefront import languages
from storefront.web import links


@pytest.fixture(autouse=True)
def english_told(monkeypatch):
    """English as it is once its messages are there: pages link to it and name it to machines."""
    monkeypatch.setattr(links, "told", lambda: list(languages.PREFIXES))
