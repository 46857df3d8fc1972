# demo, test, lint, bench, prove, fuzz: each sets up what it needs on a machine with Python 3.11+, cargo and a C compiler.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
RUST := $(shell find crates -name '*.rs' -o -name 'Cargo.toml' -o -path 'crates/names/data/*' -type f) Cargo.toml Cargo.lock

.PHONY: help demo serve test test-stores lint bench bench-audit bench-service bench-quality prove fuzz valgrind format docs tables clean
.DEFAULT_GOAL := help

help:            ## say what each target does
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(VENV)/.tools: constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt maturin
	@touch $@

# The runtime and the package itself, the native core compiled with it.
$(VENV)/.package: $(VENV)/.tools pyproject.toml constraints.txt $(RUST)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.package pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt $$($(BIN)/python scripts/dev_group.py)
	@touch $@

demo: $(VENV)/.package      ## the order of 2 January 2015, enforced on embedded lists; no network
	@$(BIN)/interdict demo

serve: $(VENV)/.package     ## the service over the worked example, open to this machine: http://127.0.0.1:8000
	@test -f target/demo/VERSION || $(BIN)/interdict demo --home target/demo >/dev/null
	$(BIN)/interdict serve --open --home target/demo

test: $(VENV)/.dev          ## every test: Rust, then Python (real lists are used where ../shared/data is)
	cargo test --quiet --release --package names --package messages --package phrases
	$(BIN)/python -m pytest --numprocesses=auto --durations=15

test-stores: $(VENV)/.dev   ## what writes to a store, on a file and on a PostgreSQL of its own: routes, cases, faults, backups
	$(BIN)/python -m pytest --numprocesses=auto tests/store tests/faults tests/api tests/engine/test_casework.py \
		tests/engine/test_backup.py tests/engine/test_audit.py tests/engine/test_checkpoints.py tests/engine/test_writing.py

bench-audit: $(VENV)/.dev   ## the audit log written and verified, in a file and in PostgreSQL
	$(BIN)/python -m bench.audit

lint: $(VENV)/.dev          ## formatting, types, walls between rooms, stub against module
	cargo fmt --all --check
	cargo clippy --quiet --release --workspace --all-targets -- -D warnings
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m mypy.stubtest interdiction._core
	$(BIN)/python scripts/tables.py --check

# nomenklatura brings pyicu, which compiles where libicu's headers are; without the rivals the rest is measured.
$(VENV)/.bench: $(VENV)/.dev pyproject.toml constraints.txt
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt $$($(BIN)/python scripts/dev_group.py bench)
	@touch $@

bench: $(VENV)/.bench       ## the figures of the README and docs/benchmarks, measured here and now (a quarter of an hour)
	$(BIN)/python bench/ground_floor.py
	$(BIN)/python -m bench.lists
	$(BIN)/python -m bench.ownership
	$(BIN)/python -m bench

bench-service: $(VENV)/.dev  ## the service over the loopback, load by wrk from a second process (docs/benchmarks/service.md)
	which wrk >/dev/null || apt-get install -y wrk
	$(BIN)/python -m bench.service

bench-quality: $(VENV)/.bench  ## who is meant and who is not: every set beside its goal and logic-v2 (docs/benchmarks/quality)
	$(BIN)/python -m bench.quality
	-$(BIN)/python -m bench.quality.linear

PAIRS ?= 100000000
prove:           ## the engine against its definition on PAIRS (10^8) real pairs; the lists are in ../shared/data
	PROVE_PAIRS=$(PAIRS) cargo test --quiet --release --package names --test prove -- --ignored --nocapture --test-threads=1

SECONDS ?= 60
fuzz:            ## normalising, opening, queries, texts, phrases on invented input, SECONDS (60) each
	SECONDS_EACH=$(SECONDS) fuzz/run

valgrind:        ## the file's tests, mapped view and all, under memcheck (install valgrind first)
	scripts/valgrind.sh

format: $(VENV)/.dev        ## rewrite formatting
	cargo fmt --all
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(VENV)/.dev          ## write real output into the pages, the page of errors and that of probes
	$(BIN)/python scripts/docs_output.py
	$(BIN)/python scripts/errors_page.py
	$(BIN)/python scripts/probes_page.py

tables: $(VENV)/.dev        ## write the core's tables from the YAML truth
	$(BIN)/python scripts/tables.py

clean:           ## remove what was built
	rm -rf $(VENV) target fuzz/target
