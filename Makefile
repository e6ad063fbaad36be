# The two commands of the README are `make site` and `make test`. Both make their own virtual environment.
.DEFAULT_GOAL := help
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEV_READY := $(VENV)/.ready-dev
JOBS := 2

.PHONY: help
help: ## Say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /	/' | expand -t 16

.PHONY: site
site: $(READY) compiled ## Build the sample publication into public/
	@$(BIN)/alertgen build

.PHONY: compiled
compiled: $(READY)
	@$(BIN)/python -m compileall -q src  # else each start does it, where Python is told to write no bytecode

.PHONY: test
test: $(DEV_READY) ## Run all tests
	@sh scripts/test_tools.sh
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal

.PHONY: exhaustive
exhaustive: $(DEV_READY) ## Run the tests that take many minutes: every fault at every system call
	@$(BIN)/python -m pytest -n $(JOBS) -m exhaustive

.PHONY: lint
lint: $(DEV_READY) ## Check style, types and layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

.PHONY: docs
docs: $(DEV_READY) ## Write the generated parts of the documentation anew
	@$(BIN)/python scripts/make_docs.py

.PHONY: screenshots
screenshots: $(DEV_READY) ## Take pictures of every page type into build/screenshots/
	@$(BIN)/python scripts/screenshots.py

.PHONY: bench
bench: $(DEV_READY) compiled ## Measure builds beside Hugo and Pelican (SIZES=500,2000,10000 ROUNDS=3)
	@$(BIN)/python benchmarks/bench.py --sizes $(or $(SIZES),500,2000,10000) --rounds $(or $(ROUNDS),3)

.PHONY: lighthouse
lighthouse: $(DEV_READY) ## Ask Lighthouse for its marks of every page type, on an idle machine
	@sh scripts/test_tools.sh
	@$(BIN)/python benchmarks/lighthouse_marks.py

.PHONY: lock
lock: ## Take up the newest versions of all packages, and write them into constraints.txt
	@rm -rf build/lock && python3 -m venv build/lock
	@build/lock/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@grep '^#' constraints.txt > build/constraints.txt
	@build/lock/bin/python -m pip freeze --exclude-editable >> build/constraints.txt
	@mv build/constraints.txt constraints.txt
	@rm -rf build/lock

.PHONY: clean
clean: ## Delete everything that can be made again
	@rm -rf public .alertgen .venv dist build node_modules

$(READY): pyproject.toml constraints.txt scripts/venv.sh
	@sh scripts/venv.sh $(VENV)
	@touch $@

$(DEV_READY): pyproject.toml constraints.txt scripts/venv.sh
	@sh scripts/venv.sh $(VENV) dev
	@touch $(READY) $@
