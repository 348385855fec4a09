"""Prints how often the first three products were right, at the end of every run that asked the question set."""

from __future__ import annotations

import pytest

PROPERTY = "hit_rate"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    lines = sorted(
        {
            str(value)
            for reports in terminalreporter.stats.values()
            for report in reports
            for name, value in getattr(report, "user_properties", ())
            if name == PROPERTY
        }
    )
    if lines:
        terminalreporter.section("question set: right among the first three")
        for line in lines:
            terminalreporter.write_line(line)
