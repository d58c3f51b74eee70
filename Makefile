# What a machine does with this project. `make run` and `make test` need Python 3.11 and what Debian ships; they fetch the rest.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run sample test suite rooms files postgres walks check lint house bench docs lock clean

UV := .ci/uv
BIN := .venv/bin
PYTEST := $(BIN)/pytest

help: ## say what there is to do
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1|\2/' | column -t -s '|'

# --- what you do with it ---------------------------------------------------------------------------------------

run: .venv/.run-stamp ## open the workspace with the demo, at http://127.0.0.1:8000
	@.ci/workspace

sample: .venv/.run-stamp ## check a sample export and open the report
	@$(BIN)/earnest sample var/sample >/dev/null
	@mkdir -p var/report
	@$(BIN)/earnest check var/sample/*.csv --believed-cycle 4m --html var/report/index.html
	@.ci/show var/report/index.html

# --- what holds it together ------------------------------------------------------------------------------------

test: .venv/.dev-stamp ## every test: on SQLite, on PostgreSQL, in a browser
	@.ci/debian-packages
	@# Two at a time, each of which keeps one core busy; in this order both cores are done at about the same time.
	@$(MAKE) --no-print-directory --keep-going --jobs=2 --output-sync=target rooms postgres walks files

suite: .venv/.dev-stamp ## the tests on SQLite
	@echo "Tests on SQLite"
	@$(PYTEST) -m "not postgres and not browser"

rooms: .venv/.dev-stamp
	@echo "Tests on SQLite, without those of files and of the house"
	@$(PYTEST) -m "not postgres and not browser" --ignore=tests/intake --ignore=tests/house

files: .venv/.dev-stamp
	@echo "Tests of files and of the house"
	@$(PYTEST) tests/intake tests/house -m "not postgres and not browser"

postgres: .venv/.dev-stamp ## the database tests on PostgreSQL
	@echo "Database tests on PostgreSQL"
	@.ci/with-postgres $(PYTEST) -m "(database or postgres) and not browser"

walks: .venv/.dev-stamp ## the walks through a browser
	@echo "Walks through a browser"
	@.ci/with-browser $(PYTEST) -m browser

check: lint house ## the formatter, the linter, types, import contracts, house laws, docs up to date

lint: .venv/.dev-stamp
	@$(BIN)/ruff format --check --quiet . || { echo "Run .venv/bin/ruff format to bring these files into shape."; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/mypy --explicit-package-bases docs tests/house
	@$(BIN)/lint-imports

house: .venv/.dev-stamp
	@$(PYTEST) tests/house

bench: .venv/.dev-stamp ## every benchmark with its limit
	@.ci/with-postgres $(BIN)/python -m bench

docs: .venv/.dev-stamp ## write the reference pages from the code
	@$(BIN)/python docs/generate.py

lock: ## choose the newest fitting packages and write requirements/
	@$(UV) lock --quiet --upgrade
	@$(UV) export --quiet --no-header --no-emit-project --no-dev --all-extras --output-file requirements/run.txt
	@$(UV) export --quiet --no-header --no-emit-project --all-extras --output-file requirements/dev.txt
	@grep -oE 'hatchling>=[0-9.]+' pyproject.toml | $(UV) pip compile --quiet --no-header --generate-hashes --universal \
		--python-version 3.11 --output-file requirements/build.txt -
	@rm -f uv.lock

clean: ## remove everything that these commands made
	@rm -rf .venv .boot var dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# --- the environment -------------------------------------------------------------------------------------------
# A stamp is newer than what it was made from, so a second run starts at once.

.venv/.run-stamp: requirements/run.txt requirements/build.txt pyproject.toml
	@.ci/install requirements/run.txt
	@touch $@

.venv/.dev-stamp: requirements/dev.txt requirements/build.txt pyproject.toml
	@.ci/install requirements/dev.txt
	@touch $@ .venv/.run-stamp
