# What a newcomer needs: Python 3.11 or newer with venv, Node 20 or newer, make. Everything else is installed here, from lock files.
#
#   make run     set up what is missing, then serve the demo on http://127.0.0.1:6543
#   make test    every test but the browser's and the benchmarks
#   make check   what CI demands: tests with coverage, formatting, lint, types, package levels, scripts, known weaknesses
#
# `make test-postgresql` leaves out tests that touch no database (tests/once.py); PORTAL_TEST_ALL=1 before any of them leaves
# out nothing and takes no samples.

PYTHON ?= python3
NODE ?= node
INI ?= development.ini
LISTEN ?= 127.0.0.1:6543
TEST_PROCESSES ?= 2
COVERAGE_BAR ?= 85
PORTAL_TEST_DATABASE ?= postgresql+psycopg://root@127.0.0.1:5432/test
PORTAL_CHROMIUM ?= $(firstword $(shell command -v chromium chromium-browser google-chrome 2>/dev/null))

BIN := .venv/bin
INSTALLED := .venv/.installed
NODE_MODULES := node_modules/.installed
ASSETS := themes/base/static/build/manifest.json
DATABASE := var/portal.sqlite
ACCOUNTS := var/demo-accounts.txt
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard portal/locale/*/LC_MESSAGES/portal.po))
ASSET_SOURCES := $(shell find themes -type f -not -path '*/static/build/*' -not -path '*/templates/*' 2>/dev/null)
MIGRATIONS := $(wildcard portal/db/migrations/versions/*.py)
PYTEST := $(BIN)/pytest -n $(TEST_PROCESSES) -m "not browser" --ignore=tests/benchmarks

export PIP_DISABLE_PIP_VERSION_CHECK = 1
unexport PYTHONDONTWRITEBYTECODE # compiled once, the program starts in half the time

.PHONY: help setup run assets i18n messages test test-postgresql test-browser bench fuzz check check-static audit-dependencies lock clean FORCE

help:
	@sed -n 's/^#   //p' Makefile

# --- set up -------------------------------------------------------------------------------------------------------------------

setup: $(INSTALLED) $(ASSETS) $(CATALOGUES)

$(INSTALLED): requirements.lock setup.py pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version 2>&1). Try: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) lacks the venv module. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(NODE_MODULES): package.json package-lock.json
	@$(NODE) -e 'process.exit(+(process.versions.node.split(".")[0] < 20))' 2>/dev/null || { \
	  echo "Node 20 or newer is needed; found: $$($(NODE) --version 2>/dev/null || echo none)." >&2; exit 1; }
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

assets: $(ASSETS)

$(ASSETS): $(NODE_MODULES) $(ASSET_SOURCES)
	npm run --silent build
	@touch $@

%.mo: %.po $(INSTALLED)
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --locale $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $<)))

# --- run ----------------------------------------------------------------------------------------------------------------------

# The demo's database, brought up to date when a migration arrives. The passwords of the demo's accounts are made with it,
# for this machine only, and kept beside it; a database that has other content is left alone.
# (A database must never be a target itself: make deletes targets when it is interrupted.)
var/.ready: $(INSTALLED) $(ASSETS) $(CATALOGUES) $(MIGRATIONS) $(if $(wildcard $(DATABASE)),,FORCE)
	@mkdir -p var && chmod 700 var
	@test -e $(DATABASE) || rm -f $(ACCOUNTS)
	$(BIN)/portal -c $(INI) migrate
	@umask 077; $(BIN)/portal -c $(INI) demo load --if-empty > $(ACCOUNTS).new
	@test -e $(ACCOUNTS) || cp -p $(ACCOUNTS).new $(ACCOUNTS)
	@rm -f $(ACCOUNTS).new; touch $@

FORCE:

run: var/.ready
	@cat $(ACCOUNTS)
	@exec $(BIN)/portal -c $(INI) serve --listen $(LISTEN)

# --- texts --------------------------------------------------------------------------------------------------------------------

# Locations without line numbers: a catalogue changes only where a text does.
messages: $(INSTALLED)
	@mkdir -p build
	$(BIN)/pybabel --quiet extract --mapping-file pyproject.toml --add-location=file --sort-output --omit-header \
	  --project portal --output-file build/portal.pot portal themes
	$(BIN)/pybabel --quiet update --input-file build/portal.pot --output-dir portal/locale --domain portal \
	  --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 120 --locale en

i18n: messages
	$(MAKE) $(CATALOGUES)

# --- check --------------------------------------------------------------------------------------------------------------------

test: setup
	$(BIN)/coverage erase
	$(PYTEST) --cov --cov-report=

test-postgresql: setup
	@$(BIN)/python -c 'import sys, psycopg; psycopg.connect(sys.argv[1].replace("+psycopg", ""), connect_timeout=5).close()' \
	  "$(PORTAL_TEST_DATABASE)" || { echo "No PostgreSQL answers at $(PORTAL_TEST_DATABASE). Set PORTAL_TEST_DATABASE." >&2; exit 1; }
	PORTAL_TEST_DATABASE="$(PORTAL_TEST_DATABASE)" $(PYTEST)

test-browser: setup
	@test -x "$(PORTAL_CHROMIUM)" || { echo "No Chromium found. Install one, or set PORTAL_CHROMIUM to its path." >&2; exit 1; }
	PORTAL_CHROMIUM="$(PORTAL_CHROMIUM)" $(BIN)/pytest -m browser

bench: setup
	$(BIN)/pytest tests/benchmarks --capture=no

# Damaged files thrown at every reader of papers, for FUZZ_SECONDS (600).
fuzz: setup
	PORTAL_FUZZ_SECONDS=$(or $(FUZZ_SECONDS),600) $(BIN)/pytest tests/papers/test_fuzz.py -s

check: test check-static

# Everything but the tests. The coverage bar reads what `make test` measured.
check-static: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(if $(wildcard tests/js/*.test.*js),$(NODE) --test $(wildcard tests/js/*.test.*js),@echo "tests/js: no scripts to test")
	$(BIN)/coverage report --fail-under=$(COVERAGE_BAR)
	$(MAKE) --no-print-directory audit-dependencies

# Known weaknesses in what the lock file pins. Where nobody can be asked (no network, or a mirror without that register) this says
# so and is no error.
audit-dependencies: $(INSTALLED)
	@mkdir -p build
	@status=0; $(BIN)/pip-audit --require-hashes --disable-pip --progress-spinner off --timeout 20 -r requirements.lock \
	  > build/audit.txt 2>&1 || status=$$?; \
	unknown=$$(grep -c 'could not be audited' build/audit.txt); pinned=$$(grep -c '^[a-z0-9.-]*==' requirements.lock); \
	if [ $$((2 * unknown)) -gt $$pinned ] || { [ $$status -ne 0 ] && grep -qE 'ConnectionError|ServiceError|HTTPError|Max retries|Timeout' build/audit.txt; }; \
	then echo "pip-audit: SKIPPED, the register of known weaknesses cannot be asked from here ($$unknown of $$pinned packages unknown)"; \
	elif [ $$status -ne 0 ]; then cat build/audit.txt; exit 1; \
	else head -n 1 build/audit.txt; fi

# --- maintain -----------------------------------------------------------------------------------------------------------------

# The lock is for every Python from 3.11 on and every platform; it holds hashes and no addresses.
lock:
	test -x build/lock/bin/uv || { $(PYTHON) -m venv build/lock && build/lock/bin/python -m pip install --quiet uv; }
	build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --extra dev --extra postgresql setup.py --output-file requirements.lock $(LOCK_OPTIONS)

# Everything that can be made again. `var/` holds the instance's data and stays.
clean:
	rm -rf .venv node_modules build dist *.egg-info .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	rm -rf themes/*/static/build portal/locale/*/LC_MESSAGES/*.mo
	find portal tests -name __pycache__ -type d -prune -exec rm -rf {} +
