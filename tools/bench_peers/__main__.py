"""`python -m tools.bench_peers [--engine sqlite] [--size 1000] [--seconds 10] [--write-docs]`."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable

import config
from storefront import clock
from storefront.catalogue import kinds
from tools.bench import load, measure, report, scenarios, world
from tools.bench.load import Measured, Request
from tools.bench.say import say
from tools.bench.server import AS_MAKE_RUN, running
from tools.bench.world import World
from tools.bench_peers import oscar_shop
from tools.bench_peers.oscar_shop import OscarShop

PAGES = ("list", "product", "search", "place order")
QUESTIONS = [kind.word for kind in kinds.KINDS.values()][:24]
DOCUMENT = config.ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- peers: begin -->", "<!-- peers: end -->"


@world.alone()
def main(arguments: list[str]) -> int:
    """Measure both shops one after the other; 2 when the other cannot be installed."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench_peers", description=__doc__)
    parser.add_argument("--engine", choices=world.ENGINES, default="sqlite")
    parser.add_argument("--size", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--write-docs", action="store_true")
    options = parser.parse_args(arguments)
    try:
        oscar_shop.install()
    except subprocess.CalledProcessError:
        say("django-oscar could not be installed (no network?); nothing was measured.")
        return 2
    kept = world.kept(options.engine, options.size)
    theirs = OscarShop(kept)
    theirs.fill(oscar_shop.products(kept))
    copy = world.copy(kept)
    try:
        found = _all(copy, theirs, options.seconds)
    finally:
        world.throw_away(copy)
    told = _document(found, options.engine, options.size, options.seconds)
    at = clock.now()
    content = {"begun": at.isoformat(), "machine": report.machine(), "table": told}
    report.save(oscar_shop.FOLDER / "results", content, at)
    say("\n" + told)
    if options.write_docs:
        report.put_between(DOCUMENT, told, BEGIN, END)
    return 0


def _all(copy: World, theirs: OscarShop, seconds: float) -> dict[str, dict[str, Measured]]:
    with copy.app() as app:
        by_name = {one.name: one for one in scenarios.of(app, seconds + 1)}
        clock.pretend(None)
    ours = {name: by_name[name].requests for name in ("list", "product", "place order")}
    ours["search"] = [scenarios.question(words) for words in QUESTIONS]
    slugs = [one.path.rpartition("/")[2] for one in ours["product"]]
    orders = len(ours["place order"]) // 8
    other = {
        "list": theirs.lists(),
        "product": theirs.products(slugs),
        "search": theirs.questions(QUESTIONS),
        "place order": theirs.checkouts(orders),
    }
    found: dict[str, dict[str, Measured]] = {}
    kept_pages = {name: asked for name, asked in ours.items() if name != "place order"}
    with running(copy, "wsgi:app", AS_MAKE_RUN) as port:
        found["ours"] = _measure("ours, as it runs", port, kept_pages, seconds, None)
    with running(copy, "wsgi:app", AS_MAKE_RUN, **measure.NOTHING_KEPT) as port:
        count = lambda: scenarios.count_orders(copy)  # noqa: E731
        found["anew"] = _measure("ours, every page made anew", port, ours, seconds, count)
    with theirs.running(AS_MAKE_RUN) as port:
        found["oscar"] = _measure("django-oscar", port, other, seconds, theirs.orders)
    return found


def _measure(
    name: str,
    port: int,
    asked: dict[str, list[Request]],
    seconds: float,
    count_orders: Callable[[], int] | None,
) -> dict[str, Measured]:
    say(f"\n{name}")
    found: dict[str, Measured] = {}
    for page, requests in asked.items():
        is_order = page == "place order"
        for one in requests[:1] if is_order else requests[:50]:
            load.ask(port, one)
        if not is_order:
            load.run(port, requests, 1)
        before = count_orders() if is_order and count_orders else 0
        got = load.run(port, requests, seconds, begin_at=1)
        if is_order and count_orders:
            placed = count_orders() - before
            got = Measured(placed, got.seconds, got.p50_ms, got.p95_ms, max(got.requests - placed, 0))
        found[page] = got
        say(f"  {page:12} {got.per_second:8,.0f}/s   p50 {got.p50_ms:8.2f} ms   p95 {got.p95_ms:8.2f} ms")
    return found


def _document(found: dict[str, dict[str, Measured]], engine: str, size: int, seconds: float) -> str:
    rows = []
    for page in PAGES:
        oscar = found["oscar"][page].per_second
        cells = [page]
        for side in ("oscar", "anew", "ours"):
            got = found[side].get(page)
            cells += [f"{got.per_second:,.0f}", f"{got.p95_ms:.1f}"] if got else ["–", "–"]
        cells.append(f"{found['anew'][page].per_second / oscar:.1f}" if oscar else "–")
        rows.append(cells)
    head = ["page", "django-oscar req/s", "p95 ms", "ours, made anew req/s", "p95 ms"]
    head += ["ours, as it runs req/s", "p95 ms", "made anew ÷ oscar"]
    where = report.machine()
    return (
        f"{report.table(head, rows)}\n\n{size:,} products on {engine}, {AS_MAKE_RUN} (processes × threads) of "
        f"{where['server']} for both; {where['processor']}; load by {load.client_name()}, {seconds:g} s a row."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
