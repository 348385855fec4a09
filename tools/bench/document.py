"""The tables in docs/performance.md and README.md."""

from __future__ import annotations

from typing import Any

import config
from tools.bench import report
from tools.bench.measure import Result

PERFORMANCE = config.ROOT / "docs" / "performance.md"
README = config.ROOT / "README.md"
ENGINE_WORDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
SHORT = (
    "home",
    "list",
    "filtered list",
    "search, never-seen questions",
    "suggestions",
    "product",
    "trace page",
)
WORK = ("add to cart", "place order")


def whole(content: dict[str, Any]) -> str:
    """Everything one run found."""
    rows = [Result(**row) for row in content["rows"]]
    parts = [_machine(content)]
    for engine, shape in dict.fromkeys((row.engine, row.shape) for row in rows):
        chosen = [row for row in rows if (row.engine, row.shape) == (engine, shape)]
        parts += [f"**{ENGINE_WORDS[engine]}, {shape} (processes × threads)**", report.pages(chosen)]
    if content["in_process"]:
        told = [
            [
                one["what"],
                ENGINE_WORDS[one["engine"]],
                f"{one['size']:,}",
                f"{one['value']:,.1f} {one['unit']}",
            ]
            for one in content["in_process"]
        ]
        parts += [
            "**Inside one process**",
            report.table(["what", "engine", "listings", "value"], told),
        ]
    return "\n\n".join(parts)


def short(content: dict[str, Any]) -> str:
    """The README's few rows: the largest catalogue, one process, ratios to Flask's hello-world."""
    rows = [Result(**row) for row in content["rows"]]
    size, shape = max(row.size for row in rows), rows[0].shape
    rows = [row for row in rows if row.size == size and row.shape == shape]
    engines = list(dict.fromkeys(row.engine for row in rows))
    names = list(dict.fromkeys((row.page, row.mode) for row in rows if row.page in (*SHORT, *WORK)))
    by_key = {(row.page, row.mode, row.engine): row for row in rows}
    told = []
    for page, mode in names:
        cells = [f"{page}, {mode}" if mode else page]
        for engine in engines:
            row = by_key.get((page, mode, engine))
            cells += [f"{row.per_second:,.0f}", report.ratio(row.of_hello)] if row else ["–", "–"]
        told.append(cells)
    head = [f"{size:,} listings, {shape}"]
    for engine in engines:
        head += [f"{ENGINE_WORDS[engine]} req/s", "× hello"]
    return f"{report.table(head, told)}\n\n{_machine(content)}"


def write(content: dict[str, Any]) -> None:
    """Put the tables where they stand in the documents."""
    report.put_between(PERFORMANCE, whole(content))
    report.put_between(README, short(content))


def _machine(content: dict[str, Any]) -> str:
    where = content["machine"]
    return (
        f"Measured on {content['begun'][:10]}: {where['processor']}, {where['memory']}, {where['system']}; Python "
        f"{where['python']}, SQLite {where['sqlite']}, {where['server']}. Load by {content['client']} on the same "
        f"machine, {content['seconds']:g} s a row."
    )
