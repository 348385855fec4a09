"""The bench's tables: rows of one run beside its own yardsticks, and documents changed between their marks alone."""

import pytest

from tools.bench import document, measure, report
from tools.bench.measure import Result


def row(page, per_second, mode="", size=1000, **values):
    return Result(
        **{
            "engine": "sqlite",
            "size": size,
            "shape": "1×2",
            "page": page,
            "mode": mode,
            "per_second": per_second,
            "p50_ms": 1.0,
            "p95_ms": 2.0,
            "failed": 0,
            **values,
        }
    )


@pytest.fixture
def rows():
    asked = [
        row(measure.BARE, 10_000),
        row(measure.HELLO, 4_000),
        row("home", 8_000, measure.KEPT),
        row("home", 400, measure.ANEW),
    ]
    return measure.with_ratios(asked)


def test_each_row_stands_beside_both_yardsticks(rows):
    kept = rows[2]
    assert (kept.of_hello, kept.of_bare) == (2.0, 0.8)
    lines = report.pages(rows).splitlines()
    assert lines[0] == "| page | 1,000: req/s | p50 ms | p95 ms | × hello | × bare |"
    assert lines[4] == "| home, kept | 8,000 | 1.0 | 2.0 | 2.00 | 0.80 |"
    assert lines[5] == "| home, made anew | 400 | 1.0 | 2.0 | 0.10 | 0.040 |"


def test_a_page_measured_at_one_size_only_leaves_a_gap(rows):
    more = measure.with_ratios([row(measure.BARE, 10, size=100_000), row(measure.HELLO, 5, size=100_000)])
    line = report.pages([*rows, *more]).splitlines()[5]
    assert line == "| home, made anew | 400 | 1.0 | 2.0 | 0.10 | 0.040 | – | – | – | – | – |"


def test_failed_requests_are_told(rows):
    assert "400 (3 failed)" in report.pages([*rows[:2], row("home", 400, measure.ANEW, failed=3)])


def test_a_document_changes_between_the_marks_alone(tmp_path):
    file = tmp_path / "a.md"
    file.write_text(f"above\n{report.BEGIN}\nold\n{report.END}\nbelow\n", encoding="utf-8")
    report.put_between(file, "new")
    assert file.read_text(encoding="utf-8") == f"above\n{report.BEGIN}\nnew\n{report.END}\nbelow\n"
    with pytest.raises(ValueError, match="no place"):
        report.put_between(file, "new", "<!-- other -->")


def test_the_documents_have_a_place_for_the_tables():
    for file in (document.README, document.PERFORMANCE):
        text = file.read_text(encoding="utf-8")
        assert text.index(report.BEGIN) < text.index(report.END)


def test_a_whole_run_is_told_in_words(rows):
    content = {
        "begun": "2026-11-23T10:00:00",
        "machine": report.machine(),
        "client": "wrk",
        "seconds": 1,
        "rows": [one.as_json() for one in rows],
        "in_process": [
            {"engine": "sqlite", "size": 1000, "what": "question set, p95", "value": 3.21, "unit": "ms"}
        ],
    }
    told = document.whole(content)
    assert "**SQLite, 1×2 (processes × threads)**" in told
    assert "| question set, p95 | SQLite | 1,000 | 3.2 ms |" in told
    assert "| home, kept | 8,000 | 2.00 |" in document.short(content)
