"""One database under load: the limit and the yardstick first, then every page, kept and made anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from tools.bench import load, scenarios
from tools.bench.load import Measured, Request
from tools.bench.say import say
from tools.bench.scenarios import Scenario
from tools.bench.server import Shape, running
from tools.bench.world import World

BARE, HELLO = "bare WSGI answer", "Flask hello-world"
KEPT, ANEW = "kept", "made anew"
NOTHING_KEPT = {"PAGE_CACHE_MB": "0"}
WARM_SECONDS = 1
_ASKED_BEFORE = 6
"""By connections of their own, so that hardly a process has not been asked."""


@dataclass(frozen=True)
class Result:
    """One measured row."""

    engine: str
    size: int
    shape: str
    page: str
    mode: str
    """`kept`: by the shop as it runs, pages it may keep asked before; `made anew`: without the page cache."""
    per_second: float
    p50_ms: float
    p95_ms: float
    failed: int
    note: str = ""
    of_hello: float = 0.0
    of_bare: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def measure(world: World, shape: Shape, seconds: float) -> list[Result]:
    """All rows of one database and one shape of server."""
    say(f"\n{world.engine}, {world.size:,} listings, {shape.workers} × {shape.threads} (processes × threads)")
    asked: list[Scenario] = []
    with world.app() as app:
        asked = scenarios.of(app, seconds * 2)
    found = list(_yardsticks(world, shape, seconds))
    found += _pages(world, shape, seconds, KEPT, [one for one in asked if one.is_kept])
    found += _pages(world, shape, seconds, ANEW, asked)
    return with_ratios(found)


def with_ratios(rows: list[Result]) -> list[Result]:
    """Each row beside the two yardsticks of its own run."""
    by_page = {row.page: row.per_second for row in rows}
    return [
        Result(
            **{
                **row.as_json(),
                "of_hello": row.per_second / by_page[HELLO],
                "of_bare": row.per_second / by_page[BARE],
            }
        )
        for row in rows
    ]


def _yardsticks(world: World, shape: Shape, seconds: float) -> Iterator[Result]:
    for page, target in ((BARE, "tools.bench.apps:bare"), (HELLO, "tools.bench.apps:hello")):
        with running(world, target, shape) as port:
            load.run(port, [Request("/")], WARM_SECONDS)
            yield _told(world, shape, page, "", load.run(port, [Request("/")], seconds))


def _pages(world: World, shape: Shape, seconds: float, mode: str, asked: list[Scenario]) -> Iterator[Result]:
    # add-to-cart and place-order pass the page cache by
    with running(world, "wsgi:app", shape, **({} if mode == KEPT else NOTHING_KEPT)) as port:
        for one in asked:
            yield _page(world, shape, seconds, mode, one, port)


def _page(world: World, shape: Shape, seconds: float, mode: str, one: Scenario, port: int) -> Result:
    status, _ = load.ask(port, one.requests[-1])
    if status != one.status:
        raise RuntimeError(f"{one.name}: {one.requests[-1].path} answers {status} instead of {one.status}")
    if not one.is_new:
        for request in one.requests if mode == KEPT else ():
            for _ in range(_ASKED_BEFORE):
                load.ask(port, request)
    load.run(port, one.requests, WARM_SECONDS)
    before = scenarios.count_orders(world)
    got = load.run(port, one.requests, seconds, begin_at=len(one.requests) // 2 if one.is_new else 0)
    if one.name == "place order":
        placed = scenarios.count_orders(world) - before
        got = Measured(
            placed, got.seconds, got.p50_ms, got.p95_ms, got.failed + max(got.requests - placed, 0)
        )
    return _told(world, shape, one.name, mode if one.is_kept else "", got)


def _told(world: World, shape: Shape, page: str, mode: str, got: Measured) -> Result:
    failed = f", {got.failed} failed" if got.failed else ""
    say(
        f"  {page:30} {mode:10} {got.per_second:9,.0f}/s   p50 {got.p50_ms:7.2f} ms   p95 {got.p95_ms:7.2f} ms{failed}"
    )
    return Result(
        engine=world.engine,
        size=world.size,
        shape=str(shape),
        page=page,
        mode=mode,
        per_second=got.per_second,
        p50_ms=got.p50_ms,
        p95_ms=got.p95_ms,
        failed=got.failed,
    )
