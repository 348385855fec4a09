"""`python -m tools.bench [--quick]`: see `--help`."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from typing import Any

import config
from storefront import clock
from tools.bench import document, inside, load, measure, report, world
from tools.bench.measure import Result
from tools.bench.say import say
from tools.bench.server import AS_MAKE_RUN, FOR_RATIOS, Shape

RESULTS = world.FOLDER / "results"


@dataclass(frozen=True)
class Plan:
    """What is measured."""

    engines: list[str]
    sizes: list[int]
    shapes: list[Shape]
    seconds: float


@world.alone()
def main(arguments: list[str]) -> int:
    """Measure, print, save; returns the exit status."""
    options = _options().parse_args(arguments)
    plan = _plan(options)
    clock.pretend(None)
    begun = clock.now()
    say(f"Load: {load.client_name()}, {plan.seconds:g} s a row.")
    rows: list[Result] = []
    in_process: list[dict[str, Any]] = []
    for engine in plan.engines:
        for size in plan.sizes:
            kept = world.kept(engine, size)
            for shape in plan.shapes:
                copy = world.copy(kept)
                try:
                    rows += measure.measure(copy, shape, plan.seconds)
                finally:
                    world.throw_away(copy)
            in_process += inside.measure(kept)
    content = {
        "begun": begun.isoformat(),
        "machine": report.machine(),
        "client": load.client_name(),
        "seconds": plan.seconds,
        "rows": [row.as_json() for row in rows],
        "in_process": in_process,
    }
    file = report.save(RESULTS, content, begun)
    say("\n" + document.whole(content))
    say(f"\nSaved as {file.relative_to(config.ROOT)}")
    if options.write_docs:
        document.write(content)
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description="How fast the shop answers.")
    parser.add_argument("--quick", action="store_true", help="1,000 listings, 1 s a row")
    parser.add_argument("--seconds", type=float, help="seconds a row")
    parser.add_argument("--sizes", help="numbers of listings, 1000,100000")
    parser.add_argument("--shapes", help="processes x threads of the server: 1x2,2x4")
    parser.add_argument("--engines", help="sqlite,postgresql")
    parser.add_argument("--write-docs", action="store_true", help="put the tables into README and docs/")
    return parser


def _plan(options: argparse.Namespace) -> Plan:
    engines = options.engines.split(",") if options.engines else list(world.ENGINES)
    if "postgresql" in engines and world.find_postgres() is None:
        say("No PostgreSQL found (set BENCH_POSTGRES_URL); only SQLite is measured.")
        engines.remove("postgresql")
    sizes = options.sizes or ("1000" if options.quick else "1000,100000")
    return Plan(
        engines=engines,
        sizes=[int(size) for size in sizes.split(",")],
        shapes=_shapes(options),
        seconds=options.seconds or (1 if options.quick else 4),
    )


def _shapes(options: argparse.Namespace) -> list[Shape]:
    if options.shapes:
        pairs = [shape.split("x") for shape in options.shapes.split(",")]
        return [Shape(int(workers), int(threads)) for workers, threads in pairs]
    return [FOR_RATIOS] if options.quick else [FOR_RATIOS, AS_MAKE_RUN]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
