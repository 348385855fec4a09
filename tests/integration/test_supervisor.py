"""Real, small processes are started, killed and stopped, as `make run` does it with the shop's own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import config

pytestmark = pytest.mark.processes

# The module alone, without the shop around it: it needs nothing else, and starts at once.
DRIVER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import supervisor
supervisor.QUICK_DEATH_SECONDS = float(sys.argv[2])
programs = [supervisor.Program("program", ("/bin/sh", "-c", text), Path.cwd()) for text in sys.argv[3:]]
supervisor.Supervisor(programs, grace_seconds=20, on_ready=lambda: supervisor.say("ready")).run()
print("stopped")
"""
NEVER_QUICK, ALWAYS_QUICK = "-1", "1000"
STEADY = "echo $$ >> pids; exec sleep 60"
STUBBORN = "trap '' TERM; echo $$ >> pids; sleep 60; sleep 60"
DEAF_AT_FIRST = "trap 'trap - TERM' TERM; echo $$ >> pids; while :; do sleep 0.1; done"
PARENT = "sleep 60 & echo $! >> grandchild; echo $$ >> pids; wait"


class Supervised:
    def __init__(self, folder: Path, quick: str, *scripts: str) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-c", DRIVER, str(config.ROOT / "storefront" / "cli"), quick, *scripts],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def pids(self, count: int, file: str = "pids") -> list[int]:
        """The pids written there, once there are that many."""
        wait_until(lambda: len(self._read(file)) >= count)
        return self._read(file)

    def stop(self, *signals: int) -> str:
        """Send the signals and give back all that was printed."""
        for number in signals:
            self.process.send_signal(number)
            time.sleep(0.1)
        return self.process.communicate(timeout=15)[0]

    def _read(self, file: str) -> list[int]:
        path = self.folder / file
        return [int(line) for line in path.read_text().split()] if path.exists() else []


@pytest.fixture
def supervise(tmp_path: Path) -> Iterator[Callable[..., Supervised]]:
    started: list[Supervised] = []

    def start(quick: str, *scripts: str) -> Supervised:
        started.append(Supervised(tmp_path, quick, *scripts))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.stop(signal.SIGTERM, signal.SIGTERM)


def wait_until(holds: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def is_gone(pid: int) -> bool:
    """The process has ended (one that nobody has yet asked about, a zombie, has)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout
    return state.strip()[:1] in ("", "Z")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything(supervise, number: int) -> None:
    shop = supervise(NEVER_QUICK, STEADY, STEADY)
    pids = shop.pids(2)
    assert shop.stop(number).endswith("stopped\n")
    assert shop.process.returncode == 0
    assert all(map(is_gone, pids))


def test_it_says_when_all_is_ready(supervise) -> None:
    shop = supervise(NEVER_QUICK, STEADY)
    assert shop.process.stdout.readline() == "ready\n"


def test_what_dies_is_started_again(supervise) -> None:
    shop = supervise(NEVER_QUICK, STEADY)
    (first,) = shop.pids(1)
    os.kill(first, signal.SIGKILL)
    second = shop.pids(2)[1]
    said = shop.stop(signal.SIGTERM)
    assert "program was ended by signal 9; starting it again\n" in said
    assert is_gone(second)


def test_what_the_dead_left_behind_is_ended(supervise) -> None:
    shop = supervise(NEVER_QUICK, PARENT)
    (grandchild,) = shop.pids(1, "grandchild")
    os.kill(shop.pids(1)[0], signal.SIGKILL)
    wait_until(lambda: is_gone(grandchild))
    left = shop.pids(2, "grandchild")
    shop.pids(2)
    shop.stop(signal.SIGTERM)
    assert all(map(is_gone, left))


def test_quick_deaths_are_followed_by_growing_pauses(supervise) -> None:
    shop = supervise(ALWAYS_QUICK, "echo $$ >> pids; exit 3")
    said = [line for line in (shop.process.stdout.readline() for _ in range(3)) if line != "ready\n"]
    assert said == [f"program ended with status 3; starting it again in {pause} s\n" for pause in (1, 2)]
    assert len(shop.pids(2)) == 2


def test_what_lost_the_first_signal_is_told_again(supervise) -> None:
    shop = supervise(NEVER_QUICK, DEAF_AT_FIRST)
    (pid,) = shop.pids(1)
    began = time.monotonic()
    shop.stop(signal.SIGTERM)
    assert time.monotonic() - began < 5
    assert is_gone(pid)


def test_the_second_signal_kills(supervise) -> None:
    shop = supervise(NEVER_QUICK, STUBBORN)
    (pid,) = shop.pids(1)
    began = time.monotonic()
    shop.stop(signal.SIGTERM, signal.SIGTERM)
    assert time.monotonic() - began < 5
    assert is_gone(pid)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent died")
def test_programs_end_when_the_supervisor_is_killed(supervise) -> None:
    shop = supervise(NEVER_QUICK, STEADY, STEADY)
    pids = shop.pids(2)
    shop.stop(signal.SIGKILL)
    wait_until(lambda: all(map(is_gone, pids)))
