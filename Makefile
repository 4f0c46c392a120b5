# Two commands: `make run` serves the chat, `make test` runs every test. Both install into .venv first.
PYTHON ?= python3
# The folder that was served last: a plain `make run` must not throw an agency's plans out of the index
PLANS ?= $(shell cat .venv/plans 2>/dev/null || echo ingest/plans)
BIN := .venv/bin

.PHONY: run test lint evals bench bench-check bundle clean

run: .venv/run.stamp
	@echo "$(PLANS)" > .venv/plans
	@$(BIN)/python -m ingest --only "$(PLANS)" || test $$? -eq 1
	@XHHT_PLANS_DIR="$(PLANS)" $(BIN)/python app.py

test: .venv/test.stamp lint
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --reruns 1 --only-rerun 'TimeoutError: (Page|Frame|Locator)'

lint: .venv/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

evals: .venv/test.stamp
	$(BIN)/python -m evals run --name make
	$(BIN)/python -m evals gate make --baseline evals/baseline/sample.json

bench: .venv/test.stamp
	$(BIN)/python -m evals.bench

bench-check: .venv/test.stamp
	$(BIN)/python -m evals.bench.check

bundle:
	PYTHON=$(PYTHON) deploy/bundle

clean:
	rm -rf .venv evals/runs
	find index -mindepth 1 -not -name README.md -delete

.venv/run.stamp: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	@echo "Installing into .venv: some minutes, once."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@$(BIN)/python -m ingest.encoder || test $$? -eq 1
	@touch $@

.venv/test.stamp: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	@echo "Installing into .venv, with what the tests need: some minutes, once."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev]"
	@$(BIN)/python -m ingest.encoder || test $$? -eq 1
	@touch $@ .venv/run.stamp
