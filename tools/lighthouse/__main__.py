"""`python -m tools.lighthouse`: serves the demo's data as a shop open to search engines, and audits page after page.

`python -m tools.lighthouse list list-en` audits these alone.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask

import config
from storefront import clock
from storefront.catalogue.models import Listing
from storefront.database import session
from storefront.stock.models import Lot
from tools.bench import load, world
from tools.bench.load import Request
from tools.bench.report import table
from tools.bench.say import say
from tools.bench.server import AS_MAKE_RUN, running

VERSION = "12.8.2"
"""Fetched by npx at run time; the last line that runs on Node 20."""
FOLDER = config.ROOT / "instance" / "lighthouse"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
DEMO_SIZE = 129
TRIES = 3
FLAGS = "--headless=new --disable-gpu --disable-background-networking --no-first-run"


def main() -> int:
    """Audit, save the reports, print the scores; 2 where nothing could be audited."""
    npx = shutil.which("npx")
    chromium = os.environ.get("CHROME_PATH") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if npx is None or chromium is None:
        say("Lighthouse needs Node (npx) and Chromium; install both and try again.")
        return 2
    wanted = frozenset(sys.argv[1:])
    copy = world.copy(world.kept("sqlite", DEMO_SIZE))
    FOLDER.mkdir(parents=True, exist_ok=True)
    rows: list[list[str]] = []
    try:
        with copy.app() as app:
            pages = {name: path for name, path in _pages(app).items() if not wanted or name in wanted}
        with running(copy, "wsgi:app", AS_MAKE_RUN, INDEXING="yes") as port:
            for name, path in pages.items():
                load.ask(port, Request(path))  # as for all but the first visitor after a change
                told = audit(npx, chromium, f"http://127.0.0.1:{port}{path}", FOLDER / name)
                got = {one: told["categories"][one]["score"] or 0.0 for one in CATEGORIES}
                rows.append([name, *(f"{100 * score:.0f}" for score in got.values()), _slowest(told)])
                say(f"{name}: {' '.join(rows[-1][1:5])}")
                for words in failings(told):
                    say(f"  {words}")
    except subprocess.CalledProcessError as error:
        said = (error.stderr or "").strip().splitlines()
        say(f"Lighthouse {VERSION} could not be run by npx (no network?): {said[-1] if said else error}")
        return 2
    finally:
        world.throw_away(copy)
    say("\n" + table(["page", *CATEGORIES, "largest paint"], rows))
    say(f"\nReports: {FOLDER.relative_to(config.ROOT)}/<page>.report.html")
    return 0


def audit(npx: str, chromium: str, url: str, path: Path) -> dict[str, Any]:
    """One page by Lighthouse's phone profile; the whole report.

    :raises subprocess.CalledProcessError: when it could not be run.
    """
    flags = f"{FLAGS} --no-sandbox" if os.geteuid() == 0 else FLAGS
    command = [
        *(npx, "--yes", f"lighthouse@{VERSION}", url, "--quiet", f"--chrome-flags={flags}"),
        *("--output=json", "--output=html", f"--output-path={path}"),
        f"--only-categories={','.join(CATEGORIES)}",
    ]
    env = {**os.environ, "CHROME_PATH": chromium}
    for left in reversed(range(TRIES)):
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=env)  # noqa: S603
        if done.returncode == 0:
            break
        if not left or "Runtime error" not in done.stderr:  # one that Chromium spoilt, on a busy machine
            done.check_returncode()
    told: dict[str, Any] = json.loads(path.with_name(f"{path.name}.report.json").read_text(encoding="utf-8"))
    return told


def failings(told: dict[str, Any]) -> list[str]:
    """What cost points, in Lighthouse's words."""
    found = []
    for name in CATEGORIES:
        for ref in told["categories"][name]["auditRefs"]:
            one = told["audits"][ref["id"]]
            if ref["weight"] and one["score"] is not None and one["score"] < 1:
                found.append(f"{name}: {one['title']} {one.get('displayValue', '')}".rstrip())
    return found


def _pages(app: Flask) -> dict[str, str]:
    slug = (
        session()
        .scalars(
            sa.select(Listing.slug)
            .where(Listing.is_published, Listing.is_alcohol.is_(False), Listing.valid_until >= clock.today())
            .order_by(Listing.id)
            .limit(1)
        )
        .one()
    )
    code = session().scalars(sa.select(Lot.code).order_by(Lot.id).limit(1)).one()
    plain = {"home": "/", "list": "/san-pham", "product": f"/san-pham/{slug}", "trace": f"/t/{code}"}
    english = {f"{name}-en": f"/en{path}" for name, path in plain.items()}
    return plain | english


def _slowest(told: dict[str, Any]) -> str:
    return str(told["audits"]["largest-contentful-paint"].get("displayValue", ""))


if __name__ == "__main__":
    sys.exit(main())
