"""Keeps programs running: starts them, starts again what dies, and leaves nothing behind when it stops.

For the demo and for trying things out; a real server has systemd for this (docs/operations.md). It knows nothing of
the shop and uses the standard library alone.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

QUICK_DEATH_SECONDS = 5.0
LONGEST_PAUSE_SECONDS = 30.0
REMINDER_SECONDS = 1.0
_PR_SET_PDEATHSIG = 1


@dataclass
class Program:
    """One program to keep running.

    It gets a process group of its own, so that Ctrl-C reaches it through the supervisor only and what it leaves
    behind can be found and ended.
    """

    name: str
    command: Sequence[str]
    folder: Path
    env: Mapping[str, str] | None = None
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    next_start: float = field(default=0.0, init=False)
    _started: float = field(default=0.0, init=False)
    _pause: float = field(default=0.0, init=False)

    def start(self) -> None:
        """Start it; it is told to end (SIGTERM) should the supervisor vanish, where the system can do that."""
        self._started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            cwd=self.folder,
            env=self.env,
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=end_with_parent(),
        )

    def bury(self) -> str | None:
        """Say how it died and when it is started again, if it has died; what it left behind is ended."""
        if self.process is None or self.process.poll() is None:
            return None
        code = self.process.returncode
        self.kill()
        self.process = None
        self._pause = self._next_pause()
        self.next_start = time.monotonic() + self._pause
        how = f"was ended by signal {-code}" if code < 0 else f"ended with status {code}"
        return f"{self.name} {how}; starting it again" + (f" in {self._pause:g} s" if self._pause else "")

    def tell(self, number: int) -> None:
        """Send a signal to the program itself, not to what it has started (it ends those in good order)."""
        if self.process is not None:
            self.process.send_signal(number)

    def tell_all(self, number: int) -> None:
        """Send a signal to whatever lives of its process group."""
        if self.process is not None:
            with contextlib.suppress(
                ProcessLookupError, PermissionError
            ):  # nobody left; macOS says the latter
                os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """End at once whatever of its process group still lives."""
        if self.process is not None:
            self.tell_all(signal.SIGKILL)
            self.process.wait()

    def _next_pause(self) -> float:
        """None after a fair run; doubling after quick deaths, so that a broken program does not burn the machine."""
        if time.monotonic() - self._started > QUICK_DEATH_SECONDS:
            return 0.0
        return min(max(1.0, 2 * self._pause), LONGEST_PAUSE_SECONDS)


class Supervisor:
    """Keeps the programs running until SIGINT, SIGTERM or SIGHUP arrives; a second one ends them at once."""

    def __init__(
        self,
        programs: Sequence[Program],
        *,
        grace_seconds: float = 35.0,
        is_ready: Callable[[], bool] = lambda: True,
        on_ready: Callable[[], None] = lambda: None,
    ) -> None:
        self._programs = programs
        self._grace_seconds = grace_seconds
        self._is_ready = is_ready
        self._on_ready = on_ready
        self._waiting = True
        self._signals = 0
        self._wake, wake_end = os.pipe()
        os.set_blocking(self._wake, False)
        os.set_blocking(wake_end, False)
        signal.set_wakeup_fd(wake_end, warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)  # only to be woken when a program dies

    def run(self) -> None:
        """Return once everything has been stopped."""
        try:
            while not self._signals:
                self._start_due()
                self._sleep(self._seconds_to_next_start())
                self._bury_dead()
                self._look_whether_ready()
            self._stop()
        finally:
            for program in self._programs:
                program.kill()

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        self._signals += 1

    def _start_due(self) -> None:
        for program in self._programs:
            if program.process is None and time.monotonic() >= program.next_start:
                program.start()

    def _seconds_to_next_start(self) -> float | None:
        """How long nothing has to be done but wait; None: until a signal comes."""
        due = [program.next_start - time.monotonic() for program in self._programs if program.process is None]
        if self._waiting:
            due.append(0.1)
        return max(0.0, min(due)) if due else None

    def _sleep(self, seconds: float | None) -> None:
        select.select([self._wake], [], [], seconds)
        with contextlib.suppress(BlockingIOError):  # time ran out: nothing to read
            os.read(self._wake, 4096)

    def _bury_dead(self) -> None:
        for program in self._programs:
            news = None if self._signals else program.bury()
            if news:
                say(news)

    def _look_whether_ready(self) -> None:
        if self._waiting and not self._signals and self._is_ready():
            self._waiting = False
            self._on_ready()

    def _stop(self) -> None:
        """Tell each program; while one lives, tell all it has started too, every second.

        A process that is just starting loses a signal that comes before its handler stands (granian's do).
        """
        for program in self._programs:
            program.tell(signal.SIGTERM)
        deadline = time.monotonic() + self._grace_seconds
        told = time.monotonic()
        while self._signals < 2 and time.monotonic() < deadline and self._any_alive():
            self._sleep(0.5)
            if time.monotonic() - told > REMINDER_SECONDS:
                told = time.monotonic()
                for program in self._programs:
                    program.tell_all(signal.SIGTERM)

    def _any_alive(self) -> bool:
        return any(
            program.process is not None and program.process.poll() is None for program in self._programs
        )


def end_with_parent() -> Callable[[], None] | None:
    """What a new process runs before its program so that it gets SIGTERM when its parent dies; None without Linux."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def ask() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before it could be asked about
            os._exit(1)

    return ask


def say(text: str) -> None:
    """Print a line at once, also into a pipe or a log file."""
    print(text, flush=True)
