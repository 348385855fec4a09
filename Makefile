# make run         the shop with its demo, at http://127.0.0.1:8000 (PORT=8001 make run for another port)
# make test        every test; ARGS='tests/unit -x' for some, REQUIRE_SERVICES=1 where nothing may be skipped
# make check       formatting, lint, types, who imports whom, templates
# make demo-reset  the demo's database anew
# make bench       how fast it answers (minutes; ARGS=--quick: one minute); docs/performance.md
# make lighthouse  Lighthouse on a phone, where Node and Chromium are found; reports under instance/lighthouse
# make words       after a change of words: new ones into the English texts, gone ones out of them
# make lock        after a change of requirements*.in (UPGRADE=1: newer versions of everything)
# make install     only what the shop itself needs, into .venv (docs/operations.md)
# make audit       known holes in what is locked (needs the network)

VENV := .venv
PYTHON := $(VENV)/bin/python
PYTHONS := $(PYTHON3) python3 python3.14 python3.13 python3.12 python3.11

.DEFAULT_GOAL := run
.PHONY: run test check demo-reset bench lighthouse words lock audit install venv format lint types imports templates

run demo-reset: export SHOP_ENV ?= demo

run: $(VENV)/installed-run
	@exec $(PYTHON) -m storefront.cli.serve

demo-reset: $(VENV)/installed-run
	@exec $(PYTHON) -m storefront.cli.serve reset

test: $(VENV)/installed-dev
	@exec $(PYTHON) -m pytest -n 2 $(ARGS)

bench: $(VENV)/installed-run
	@exec $(PYTHON) -m tools.bench $(ARGS)

lighthouse: $(VENV)/installed-run
	@exec $(PYTHON) -m tools.lighthouse $(ARGS)

words: $(VENV)/installed-dev
	@exec $(PYTHON) -m tools.words

# All five are tried, so that one run shows everything that is wrong.
check: $(VENV)/installed-dev
	@$(MAKE) --no-print-directory --keep-going format lint types imports templates

format:
	@$(PYTHON) -m ruff format --check --quiet . || { echo "Put right by: $(PYTHON) -m ruff format ." >&2; exit 1; }

lint:
	@$(PYTHON) -m ruff check --quiet .

types:
	@$(PYTHON) -m mypy --no-error-summary

imports:
	@$(PYTHON) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()' --no-logo

templates:
	@$(PYTHON) -m djlint templates --lint --quiet

LOCK = $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade)

lock: $(VENV)/installed-dev
	@$(LOCK) requirements.in -o requirements.txt
	@$(LOCK) -c requirements.txt requirements-dev.in -o requirements-dev.txt

audit: $(VENV)/installed-dev
	@$(PYTHON) -m uv tool run pip-audit --disable-pip --require-hashes -r requirements.txt

# The libraries, exactly those of the lock and nothing else, from any mirror of the index; nothing is compiled. The lock
# is complete, so nothing is resolved again: older pips take the newest of what is named with an extra, lock or not.
INSTALL = $(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --only-binary=:all:

install: $(VENV)/installed-run

venv: $(VENV)/installed-dev

$(VENV)/installed-run: requirements.txt $(PYTHON)
	@echo "Installing the libraries into $(VENV) (once, under a minute)..."
	@$(PYTHON) -c 'import pip' 2>/dev/null || $(PYTHON) -m ensurepip  # when making it was broken off
	@$(INSTALL) -r requirements.txt
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt requirements.txt $(PYTHON)
	@echo "Installing the libraries and tools into $(VENV) (once, about a minute)..."
	@$(PYTHON) -c 'import pip' 2>/dev/null || $(PYTHON) -m ensurepip
	@$(INSTALL) -r requirements-dev.txt
	@touch $@ $(VENV)/installed-run

# Made again also when the Python it was made with is gone: the link then leads nowhere.
$(PYTHON):
	@for python in $(PYTHONS); do \
		$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
		python=; \
	done; \
	if [ -z "$$python" ]; then \
		echo "Python 3.11 or newer is needed and was not found; install it, or name it: make PYTHON3=/path/to/python3." >&2; \
		exit 1; \
	fi; \
	if ! $$python -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "Python's venv module is missing; install it (Debian, Ubuntu: sudo apt install python3-venv) and try again." >&2; \
		exit 1; \
	fi; \
	rm -rf $(VENV) && $$python -m venv $(VENV) || { rm -rf $(VENV); exit 1; }
