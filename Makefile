# Needs python3 (3.11 or newer, with venv) and make; everything else goes into .venv, pinned by hash.
# `make` alone lists the verbs.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --quiet --disable-pip-version-check
HASHED := $(PIP) install --require-hashes --no-deps
LOCK   := $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
          --no-emit-index-url --custom-compile-command "make lock"

.PHONY: help demo test lint format bench bench-incremental bench-ledger bench-monitoring bench-rtec bench-stores soak-drafts soak-ledger soak-stores soak-language soak-proof docs lock clean
.DEFAULT_GOAL := help

help:
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-17s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.core ## set up .venv with what Aval needs, and show the Paris board
	@$(BIN)/aval demo

test: lint ## set up everything, run every check and every test
	@$(BIN)/python -m pytest

lint: $(VENV)/.dev ## style, types and the direction of imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: $(VENV)/.dev ## mend style and layout where a machine can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/.core ## measure the speed that the docs promise
	@$(BIN)/python benchmarks/run.py

bench-ledger: $(VENV)/.core ## measure a case of a million statements; takes some minutes
	@$(BIN)/python benchmarks/ledger.py

bench-stores: $(VENV)/.dev ## measure how quickly both backends record, beside bare SQLite on the same disk
	@$(BIN)/python -m benchmarks.stores

bench-rtec: $(VENV)/.core ## compare with RTEC's examples; AVAL_RTEC=FOLDER runs RTEC itself beside it
	@$(BIN)/python -m benchmarks.rtec

bench-monitoring: $(VENV)/.core ## derive a monitoring case of up to ten million events, on one core
	@$(BIN)/python -m benchmarks.monitoring

bench-incremental: $(VENV)/.core ## measure how soon a new statement is answered among a million; takes some minutes
	@$(BIN)/python -m benchmarks.incremental

soak-ledger: $(VENV)/.dev ## kill a recording command 2,000 times, and look what is left
	@AVAL_KILLS=2000 $(BIN)/python -m pytest -q -s tests/ledger/test_durable.py -k killed

soak-stores: $(VENV)/.dev ## kill clients, servers, moves and upgrades on PostgreSQL, thousands of times
	@AVAL_KILLS=5000 $(BIN)/python -m pytest -q -s tests/stores/test_lasting.py tests/stores/test_keeping.py -k "killed or crashes"

soak-drafts: $(VENV)/.dev ## ask 5,000 states with and without another party's drafts; takes ten minutes
	@AVAL_STATES=5000 $(BIN)/python -m pytest -q -s tests/drafts -k changes_no_byte

soak-language: $(VENV)/.dev ## fuzz the language: ten minutes with hypothesis, ten led by coverage
	@AVAL_FUZZ_SECONDS=600 $(BIN)/python -m pytest -q -s tests/language/test_fuzz.py -k breaks

soak-proof: $(VENV)/.dev ## change 5,000 bundles, fork 10,000 ledgers, kill a witness 2,000 times; takes some minutes
	@AVAL_MUTATIONS=5000 AVAL_FORKS=10000 AVAL_KILLS=2000 $(BIN)/python -m pytest -q -s tests/proof -k "changed_byte or forks or killed"

docs: $(VENV)/.core ## write the generated pages anew
	@$(BIN)/python tools/docs.py

lock: $(VENV)/.made ## pin the newest versions, with hashes and without addresses
	@$(PIP) install uv
	@$(LOCK) --group build -o requirements/build.txt
	@$(LOCK) pyproject.toml -c requirements/build.txt -o requirements/core.txt
	@$(LOCK) pyproject.toml --extra dev -c requirements/build.txt -c requirements/core.txt -o requirements/dev.txt

clean: ## remove .venv, caches and builds
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Aval needs Python 3.11 or newer. If you have one under another name: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "This Python has no venv. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/.core: $(VENV)/.made requirements/build.txt requirements/core.txt pyproject.toml
	@echo "Setting up $(VENV) ..." >&2
	@$(HASHED) -r requirements/build.txt -r requirements/core.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.core requirements/dev.txt
	@echo "Adding what the checks need ..." >&2
	@$(HASHED) -r requirements/dev.txt
	@touch $@
