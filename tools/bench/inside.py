"""What is measured inside one process, without a server: questions put to the catalogue's index, and the index itself.

Each database is measured in a process of its own, so that memory is that of the index: `python -m tools.bench.inside
sqlite 1000` prints JSON.
"""

from __future__ import annotations

import csv
import gc
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import config
from storefront import clock
from storefront.catalogue.cards import Sort
from storefront.catalogue.search import engine, live, suggest
from storefront.catalogue.search.engine import Asked
from storefront.catalogue.search.facets import Chosen, Facet
from storefront.catalogue.search.index import Index
from tools.bench import world
from tools.bench.say import say
from tools.bench.world import World

QUESTIONS = config.ROOT / "tests" / "questions"
MANY = 300
T = TypeVar("T")


def measure(kept: World) -> list[dict[str, Any]]:
    """Each measure as engine, size, what, value, unit."""
    command = [sys.executable, "-m", "tools.bench.inside", kept.engine, str(kept.size)]
    done = subprocess.run(command, check=True, cwd=config.ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603
    found: list[dict[str, Any]] = json.loads(done.stdout)
    for one in found:
        say(f"  {one['what']:58} {one['value']:9,.1f} {one['unit']}")
    return found


def main(engine_name: str, size: int) -> None:
    """Measure here and print."""
    kept = world.kept(engine_name, size)
    with kept.app() as app, app.test_request_context():
        rows = [
            {"engine": engine_name, "size": size, "what": what, "value": value, "unit": unit}
            for what, value, unit in _all()
        ]
    print(json.dumps(rows))


def _all() -> Iterable[tuple[str, float, str]]:
    day = clock.today()
    before, begun = _memory(), time.perf_counter()
    with live.current() as index:
        yield "index: building it at the first question", (time.perf_counter() - begun) * 1000, "ms"
        gc.collect()
        yield "index: memory of a process", (_memory() - before) / 2**20, "MB"
        asked = _questions()
        yield from _times(
            "question set",
            [Asked(question=words) for words in asked],
            lambda one: engine.ask(index, one, day),
        )
        yield from _times(
            "never-seen filtered list with all facet counts",
            _filtered(index, random.Random(3)),  # noqa: S311 - which filters are asked
            lambda one: engine.ask(index, one, day),
        )
        yield from _times(
            "suggestions while typing",
            [words[:length] for words in asked for length in (2, 4, 7)],
            lambda typed: suggest.suggest(index, typed, day, with_alcohol=False),
        )


def _times(what: str, asked: Sequence[T], answer: Callable[[T], object]) -> Iterable[tuple[str, float, str]]:
    took = []
    for one in asked:
        begun = time.perf_counter()
        answer(one)
        took.append((time.perf_counter() - begun) * 1000)
    cuts = statistics.quantiles(took, n=100)
    yield f"{what}, median of {len(asked)}", cuts[49], "ms"
    yield f"{what}, p95", cuts[94], "ms"
    yield f"{what}, p99", cuts[98], "ms"


def _questions() -> list[str]:
    found: list[str] = []
    for file in sorted(QUESTIONS.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as handle:
            found += [row["question"] for row in csv.DictReader(handle)]
    return found


def _filtered(index: Index, dice: random.Random) -> list[Asked]:
    """Combinations of two to four facets, each combination once."""
    found: dict[str, Asked] = {}
    while len(found) < MANY:
        facets = dice.sample([facet for facet in Facet if index.values[facet]], dice.randint(2, 4))
        values = {facet: (dice.choice(sorted(index.values[facet])),) for facet in facets}
        sort = dice.choice(list(Sort))
        found[str((sorted(values.items()), sort))] = Asked(chosen=Chosen(values=values), sort=sort)
    return list(found.values())


def _memory() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
