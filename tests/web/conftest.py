"""What tests of pages share."""

from datetime import timedelta

import pytest

from storefront import clock, limits


@pytest.fixture(autouse=True)
def windows_begin_with_the_test(monkeypatch):
    """No window of a limit ends while a test counts its tries, as one does at every full hour."""
    start = clock.now().replace(microsecond=0)

    def begun(now, seconds):
        return start + (now - start) // timedelta(seconds=seconds) * timedelta(seconds=seconds)

    monkeypatch.setattr(limits, "_begun", begun)
