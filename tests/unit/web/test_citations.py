"""The legal citations are sound data, and every page names only documents that the data holds."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from storefront.web.shop import citations

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
INFO = sorted((TEMPLATES / "shop" / "info").glob("*.html"))
USED = re.compile(r"law\[['\"]([^'\"]+)['\"]\]")
SHOPS_DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with citations.FILE.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, strict=True))


def test_every_row_is_whole(rows):
    for row in rows:
        assert None not in row, row
        assert None not in row.values(), row
        for column in (
            "key",
            "document",
            "number",
            "subject",
            "url_or_source",
            "checked_on",
            "confidence",
        ):
            assert row[column].strip() == row[column] != "", (row["key"], column)


def test_keys_and_numbers_are_unique(rows):
    for column in ("key", "number"):
        values = [row[column] for row in rows]
        assert len(values) == len(set(values))


def test_dates_are_iso_and_in_order(rows):
    for row in rows:
        for column in ("issued_on", "in_force_from", "checked_on"):
            if row[column]:
                assert date.fromisoformat(row[column]).isoformat() == row[column], (
                    row["key"],
                    column,
                )
        if row["issued_on"] and row["in_force_from"]:
            assert row["issued_on"] <= row["in_force_from"], row["key"]


def test_nothing_cited_comes_into_force_after_the_shops_day():
    for citation in citations.all_citations().values():
        assert citation.in_force_from is None or citation.in_force_from <= SHOPS_DAY, citation.key


def test_no_replaced_document_is_cited():
    ended = {
        "52/2013/NĐ-CP",
        "85/2021/NĐ-CP",
        "13/2023/NĐ-CP",
        "123/2020/NĐ-CP",
        "70/2025/NĐ-CP",
        "59/2010/QH12",
    }
    assert not ended & {citation.number for citation in citations.all_citations().values()}


def test_only_what_was_read_needs_no_original():
    by_key = citations.all_citations()
    assert not by_key["luat-ntd"].needs_original
    assert by_key["nd-tmdt"].needs_original


@pytest.mark.parametrize("template", INFO, ids=lambda path: path.stem)
def test_a_page_names_only_what_stands_at_its_end(template):
    """An inline mention links to the list at the page's end, so the document must be in that list."""
    used = set(USED.findall(template.read_text(encoding="utf-8")))
    assert used <= {citation.key for citation in citations.citations_for(template.stem)}


def test_every_page_has_a_template_and_every_template_a_basis():
    assert set(citations.KEYS_OF_PAGE) == {template.stem for template in INFO}


def test_every_citation_is_used_by_a_page():
    used = {key for keys in citations.KEYS_OF_PAGE.values() for key in keys}
    assert used == set(citations.all_citations())


def test_an_unknown_page_is_refused():
    with pytest.raises(KeyError):
        citations.citations_for("khong_co")
