"""What is measured inside one process, without a server: processor time of questions to the catalogue."""

from __future__ import annotations

from typing import Any

from tools.bench.world import World


def measure(kept: World) -> list[dict[str, Any]]:
    """Each measure as engine, size, what, value, unit."""
    return []
