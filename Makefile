# Every target below that has a sentence behind ## is listed by `make` alone.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
PORT ?= 8000
DIR ?= var/demo
T ?=
N ?= 2

.DEFAULT_GOAL := help
.PHONY: help demo test suite lint coverage mutants bench drill venv lock messages clean
.DELETE_ON_ERROR:

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sort | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(VENV)/runtime.stamp ## migrate, seed a demonstration, serve it; PORT=8000 DIR=var/demo
	$(BIN)/remanu demo --dir "$(DIR)" --port "$(PORT)"

test: $(VENV)/full.stamp ## everything that must hold; T=tests/parts/test_hold.py runs one file quickly
ifeq ($(T),)
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=line lint suite
	@$(BIN)/python tools/chromium.py
else
	$(BIN)/python -m pytest -x -q $(T)
endif

# Beside `lint`, whose one thread takes what the tests leave idle.
suite: $(VENV)/full.stamp
	$(BIN)/python -m pytest -q -n $(N) --dist loadfile --no-loadscope-reorder -m "not drill"

lint: $(VENV)/full.stamp ## style, types and import contracts
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

coverage: $(VENV)/full.stamp ## branches of the rules and of the record that no test of theirs takes
	$(BIN)/python tools/coverage.py

mutants: $(VENV)/full.stamp ## rules changed one spot at a time; names what no test notices (11 to 16 minutes on two busy cores)
	$(BIN)/python tools/mutants.py

bench: $(VENV)/full.stamp ## measure; B=scan chooses one
	$(BIN)/remanu bench $(or $(B),all) --json

drill: $(VENV)/full.stamp ## crash, power-cut and load drills: minutes to an hour
	$(BIN)/python -m pytest -q -m drill

venv: $(VENV)/full.stamp ## the environment with everything that demo, test and bench need

lock: $(VENV)/full.stamp ## make the lock files again; U=--upgrade takes newer versions
	$(BIN)/python tools/lock.py $(U)

messages: $(VENV)/full.stamp ## collect new sentences into the three catalogues
	$(BIN)/python tools/messages.py

clean: ## remove the environment and what tools cached
	find . -name __pycache__ -not -path "./$(VENV)/*" -prune -exec rm -rf {} +
	rm -rf "$(VENV)" .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# A folder that an interrupted run left half made has no pip; it is made again.
$(VENV)/python.stamp:
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear "$(VENV)"
	@touch $@

$(VENV)/runtime.stamp: $(VENV)/python.stamp requirements.lock pyproject.toml
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/full.stamp: $(VENV)/python.stamp requirements-dev.lock pyproject.toml
	$(PIP) --require-hashes -r requirements-dev.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $(VENV)/runtime.stamp $@
