"""Load on a server: by wrk where it is found, else by a small threaded client of our own, which is slower."""

from __future__ import annotations

import http.client
import json
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 16
SCRIPT = Path(__file__).with_name("wrk.lua")
HEADERS = {"Accept-Encoding": "br, gzip", "Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Request:
    """One request of a scenario; a body makes it a POST."""

    path: str
    body: str = ""
    cookie: str = ""

    @property
    def method(self) -> str:
        return "POST" if self.body else "GET"

    @property
    def headers(self) -> dict[str, str]:
        own = {"Cookie": self.cookie} if self.cookie else {}
        return HEADERS | own | ({"Content-Type": "application/x-www-form-urlencoded"} if self.body else {})


@dataclass(frozen=True)
class Measured:
    """What came of some seconds of load."""

    requests: int
    seconds: float
    p50_ms: float
    p95_ms: float
    failed: int
    """Connections that broke or timed out, and answers of 400 and above."""

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds


def client_name() -> str:
    """What makes the load."""
    if not shutil.which("wrk"):
        return f"own client, {CONNECTIONS} threads (its limit is the bare answer's row)"
    return f"wrk, 1 thread, {CONNECTIONS} connections"


def run(port: int, requests: Sequence[Request], seconds: float, begin_at: int = 0) -> Measured:
    """Send the requests in a circle for so many seconds."""
    if shutil.which("wrk"):
        return _wrk(port, requests, seconds, begin_at)
    return _own(port, requests, seconds, begin_at)


def ask(port: int, request: Request) -> tuple[int, bytes]:
    """Send one request; status and body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    try:
        connection.request(request.method, request.path, request.body or None, request.headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def _wrk(port: int, requests: Sequence[Request], seconds: float, begin_at: int) -> Measured:
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as file:
        file.writelines(f"{one.method} {one.path}\t{one.cookie}\t{one.body}\n" for one in requests)
        file.flush()
        command = [
            *(
                "wrk",
                "-t",
                "1",
                "-c",
                str(CONNECTIONS),
                "-d",
                f"{max(round(seconds), 1)}s",
                "--timeout",
                "30s",
            ),
            *("-s", str(SCRIPT), f"http://127.0.0.1:{port}/", "--", file.name, str(begin_at)),
        ]
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    line = next(line for line in done.stdout.splitlines() if line.startswith("RESULT "))
    told = json.loads(line.removeprefix("RESULT "))
    return Measured(
        requests=told["requests"],
        seconds=told["microseconds"] / 1e6,
        p50_ms=told["p50"] / 1000,
        p95_ms=told["p95"] / 1000,
        failed=told["failed"] + told["bad_status"],
    )


def _own(port: int, requests: Sequence[Request], seconds: float, begin_at: int) -> Measured:
    taken = iter(range(begin_at, begin_at + 10**9))
    lock = threading.Lock()
    times: list[float] = []
    failures: list[int] = []
    end = time.perf_counter() + seconds

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while (begun := time.perf_counter()) < end:
            with lock:
                one = requests[next(taken) % len(requests)]
            try:
                connection.request(one.method, one.path, one.body or None, one.headers)
                answer = connection.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException):
                failures.append(0)
                connection.close()
                continue
            times.append(time.perf_counter() - begun)
            if answer.status >= 400:
                failures.append(answer.status)
        connection.close()

    begun = time.perf_counter()
    threads = [threading.Thread(target=work) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - begun
    cuts = statistics.quantiles(times, n=20) if len(times) > 1 else [0.0] * 19
    return Measured(len(times), took, cuts[9] * 1000, cuts[18] * 1000, len(failures))
