# Set-up and the project's commands. `make run` opens the window; `make test` runs the suite.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
CORES := $(shell getconf _NPROCESSORS_ONLN)
# Of a test of the engine more than half is waiting for a process, of one of the window little: one worker more than there
# are cores. A file is one worker's, from its first test to its last: they share a window or an engine, and what stands in
# it would depend on where another worker takes over.
# They come as tests/conftest.py orders them; xdist would begin those of few tests last, however long these take.
# A worker that dies ends the run, with the name of its test: xdist's scheduler loses count where another takes its files over.
WORKERS ?= $(shell echo $$(($(CORES) + 1)))
# Each worker, and each process that a test starts, would compile every module anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test lint bench tour setup clean

$(STAMP): pyproject.toml setup/install.sh
	PYTHON="$(PYTHON)" VENV="$(VENV)" sh setup/install.sh
	touch $(STAMP)

setup: $(STAMP)

run: $(STAMP)
	sh setup/run.sh $(BIN)

test: $(STAMP)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --max-worker-restart 0

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[bench]"
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m visualizer.bench

tour: $(STAMP)
	QT_QPA_PLATFORM=offscreen $(BIN)/visualizer tour tour

clean:
	rm -rf $(VENV) build dist tour *.egg-info
