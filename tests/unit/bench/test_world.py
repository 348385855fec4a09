"""Two benches never run at once, whichever checkout they are of."""

import fcntl
import tempfile

import pytest

from tools.bench import world


def test_a_bench_keeps_others_out_until_it_ends(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with world.alone(), (tmp_path / "shop-bench.lock").open("w") as other, pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with (tmp_path / "shop-bench.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
