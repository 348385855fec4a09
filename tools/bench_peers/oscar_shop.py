"""The other shop: its environment, its database with our generated products, its server, its requests."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import sqlalchemy as sa

import config
from storefront.catalogue.models import Listing
from storefront.certification.groups import SLUGS
from storefront.cli import serve
from storefront.database import session
from tools.bench import world
from tools.bench.load import Request
from tools.bench.say import say
from tools.bench.server import Shape, free_port, started
from tools.bench.world import World

HERE = Path(__file__).parent
PROJECT = HERE / "oscar"
REQUIREMENTS = HERE / "requirements.txt"
FOLDER = world.FOLDER / "peers"
PYTHON = FOLDER / "venv" / "bin" / "python"
DATABASE = f"{world.DATABASE}peer"


def install() -> None:
    """Make its environment where it is missing or of other requirements.

    :raises subprocess.CalledProcessError: when the packages cannot be had.
    """
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    marker = FOLDER / "venv" / "requirements"
    if marker.exists() and marker.read_text() == wanted:
        return
    say("Installing django-oscar into an environment of its own (once, a minute)…")
    FOLDER.mkdir(parents=True, exist_ok=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(FOLDER / "venv")], check=True)  # noqa: S603
    subprocess.run([*pip, "-r", str(REQUIREMENTS)], check=True, stderr=subprocess.DEVNULL)  # noqa: S603
    marker.write_text(wanted)


def products(ours: World) -> list[dict[str, Any]]:
    """Our listings as it takes them: one product each, at the price of the cheapest pack."""
    wanted = sa.select(
        Listing.id, Listing.name, Listing.slug, Listing.group, Listing.description, Listing.lowest_price_vnd
    )
    with ours.app():
        return [
            {
                "id": number,
                "name": name,
                "slug": slug,
                "group": SLUGS[group],
                "description": description,
                "price": int(price or 50_000),
                "left": 50,
            }
            for number, name, slug, group, description, price in session().execute(
                wanted.order_by(Listing.id)
            )
        ]


class OscarShop:
    """django-oscar on one engine with so many products."""

    def __init__(self, ours: World) -> None:
        self.folder = FOLDER / f"{ours.engine}-{ours.size}"
        self.engine = ours.engine
        self.ids: list[tuple[str, int]] = []

    def fill(self, rows: list[dict[str, Any]]) -> None:
        """A new database with these products, found by its search."""
        for left in self.folder.glob("peer.sqlite3*"):
            left.unlink()
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.engine == "postgresql":
            world.make_database(DATABASE, "template0")
        given, made = self.folder / "products.json", self.folder / "ids.json"
        given.write_text(json.dumps(rows), encoding="utf-8")
        self._prepare("load", str(given), str(made))
        self.ids = [(slug, number) for slug, number in json.loads(made.read_text(encoding="utf-8"))]

    def lists(self) -> list[Request]:
        """Pages of the whole catalogue."""
        return [Request("/catalogue/"), *(Request(f"/catalogue/?page={number}") for number in range(2, 22))]

    def products(self, slugs: list[str]) -> list[Request]:
        """These products' pages."""
        by_slug = dict(self.ids)
        return [Request(f"/catalogue/{slug}_{by_slug[slug]}/") for slug in slugs]

    def questions(self, asked: list[str]) -> list[Request]:
        """Searches; its search needs the marks."""
        return [Request(f"/search/?{urlencode({'q': words})}") for words in asked]

    def checkouts(self, count: int) -> list[Request]:
        """Guests on the last page of the checkout, each with the request of its button."""
        file = self.folder / "checkouts.json"
        self._prepare("checkouts", str(count), str(file))
        made = json.loads(file.read_text(encoding="utf-8"))
        return [Request(one["path"], one["body"], one["cookie"]) for one in made]

    def orders(self) -> int:
        """How many orders it has."""
        return int(self._prepare("count"))

    @contextlib.contextmanager
    def running(self, shape: Shape) -> Iterator[int]:
        """Serve it with the very flags our shop is served with."""
        port = free_port()
        place = serve.Place(host="127.0.0.1", port=port, workers=shape.workers)
        settings = config.load({"POOL_SIZE": str(shape.threads), "INSTANCE_DIR": str(self.folder)})
        command = [*serve.programs(settings, place)[0].command]
        command[0] = str(PYTHON)
        command[command.index("wsgi:app")] = "peer.wsgi:application"
        with started(command, self._env(), port):
            yield port

    def _env(self) -> dict[str, str]:
        more = {"PEER_FOLDER": str(self.folder), "PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1"}
        more["DJANGO_SETTINGS_MODULE"] = "peer.settings"
        if self.engine == "postgresql":
            parts = urlsplit(world.database_url(DATABASE))
            more |= {"PEER_POSTGRES": f"/{DATABASE}", "PEER_POSTGRES_HOST": parts.hostname or ""}
            more |= {
                "PEER_POSTGRES_PORT": str(parts.port or ""),
                "PEER_POSTGRES_USER": parts.username or "",
                "PEER_POSTGRES_PASSWORD": parts.password or "",
            }
        return {**os.environ, **more}

    def _prepare(self, *arguments: str) -> str:
        command = [str(PYTHON), "-W", "ignore", str(PROJECT / "prepare.py"), *arguments]
        return subprocess.run(  # noqa: S603
            command, check=True, env=self._env(), stdout=subprocess.PIPE, text=True
        ).stdout
