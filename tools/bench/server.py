"""Starts the web server just as `make run` does, with another application where asked, and ends it."""

from __future__ import annotations

import contextlib
import http.client
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import config
from storefront.cli import serve
from tools.bench import load
from tools.bench.world import World

START_SECONDS = 300
"""At 100,000 listings a process reads the catalogue into memory before its first list."""
WARM_UPS = 12
"""Enough that no process is left out."""


@dataclass(frozen=True)
class Shape:
    """So many processes with so many threads each."""

    workers: int
    threads: int

    def __str__(self) -> str:
        return f"{self.workers}×{self.threads}"


AS_MAKE_RUN = Shape(2, 4)
FOR_RATIOS = Shape(1, 2)


@contextlib.contextmanager
def running(world: World, target: str, shape: Shape, **settings: str) -> Iterator[int]:
    """Serve `target` (module:name) on a free port while the block runs.

    :raises RuntimeError: when it does not answer.
    """
    port = free_port()
    env = world.env(PUBLIC_URL=f"http://127.0.0.1:{port}", POOL_SIZE=str(shape.threads), **settings)
    place = serve.Place(host="127.0.0.1", port=port, workers=shape.workers)
    command = [*serve.programs(config.load(env), place)[0].command]
    command[command.index("wsgi:app")] = target
    with started(command, env, port):
        for number in range(WARM_UPS):
            load.ask(port, load.Request(f"/tim?q=bench+{number}"))
        yield port


@contextlib.contextmanager
def started(command: list[str], env: Mapping[str, str], port: int) -> Iterator[None]:
    """Run a server until the block ends; its first answer is waited for."""
    process = subprocess.Popen(command, cwd=config.ROOT, env=dict(env), stdin=subprocess.DEVNULL)  # noqa: S603
    try:
        _wait(process, port)
        yield
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    raise RuntimeError(f"the server did not answer in {START_SECONDS} s")
