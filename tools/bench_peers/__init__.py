"""The shop beside django-oscar, in one run on one machine: `python -m tools.bench_peers`."""
