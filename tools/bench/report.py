"""Results as a file and as tables for people."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import granian

from tools.bench.measure import Result

BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"


def machine() -> dict[str, str]:
    """What the numbers were measured on."""
    model = "unknown processor"
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        model = names[0].partition(":")[2].strip() if names else model
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": f"{os.cpu_count()} cores of {model}",
        "memory": f"{memory:.0f} GB",
        "system": platform.platform(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "server": f"granian {granian.__version__}",
    }


def save(folder: Path, content: dict[str, Any], at: datetime) -> Path:
    """Keep one run as JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{at:%Y%m%d-%H%M%S}.json"
    file.write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")
    return file


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; the first column is words, the rest numbers."""
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def pages(rows: Sequence[Result]) -> str:
    """Requests per second of each page, the sizes side by side, with ratios to both yardsticks."""
    sizes = sorted({row.size for row in rows})
    head = ["page"]
    for size in sizes:
        head += [f"{size:,}: req/s", "p50 ms", "p95 ms", "× hello", "× bare"]
    found = {(row.page, row.mode, row.size): row for row in rows}
    names = list(dict.fromkeys((row.page, row.mode) for row in rows))
    return table(head, [[_name(*name), *_cells(found, name, sizes)] for name in names])


def _name(page: str, mode: str) -> str:
    return f"{page}, {mode}" if mode else page


def _cells(
    found: dict[tuple[str, str, int], Result], name: tuple[str, str], sizes: Sequence[int]
) -> list[str]:
    cells: list[str] = []
    for size in sizes:
        row = found.get((*name, size))
        if row is None:
            cells += ["–"] * 5
            continue
        failed = f" ({row.failed} failed)" if row.failed else ""
        cells += [f"{row.per_second:,.0f}{failed}", f"{row.p50_ms:.1f}", f"{row.p95_ms:.1f}"]
        cells += [ratio(row.of_hello), ratio(row.of_bare)]
    return cells


def ratio(value: float) -> str:
    """Two figures that mean something."""
    return f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def put_between(file: Path, words: str, begin_mark: str = BEGIN, end_mark: str = END) -> None:
    """Replace what stands between the two marks of a document.

    :raises ValueError: when it has no marks.
    """
    before, begin, rest = file.read_text(encoding="utf-8").partition(begin_mark)
    _, end, after = rest.partition(end_mark)
    if not begin or not end:
        raise ValueError(f"{file.name} has no place for the table ({begin_mark} … {end_mark})")
    file.write_text(f"{before}{begin_mark}\n{words.strip()}\n{end_mark}{after}", encoding="utf-8")
