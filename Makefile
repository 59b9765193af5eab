# Everything starts here. Needed: make and Python 3.11 or newer; the rest installs itself into .venv.
#
#   make demo        set up and serve the demo          make demo-reset  erase its data, begin anew
#   make test        checks and all tests               make check       checks and house tests only
#   make test-directus   the texts' adapter on a real Directus (installs one)
#   make serve       production settings                make bench       table of figures (ARGS=…)
#   make format      format and mend                    make strings     collect texts to translate
#   make pins        pin the newest packages that fit

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
MADE := $(VENV)/made
PORTAL_HOME ?= .portal
export PORTAL_HOME
export UV_NO_PROGRESS := 1
# What was downloaded is kept at home, where that can be written to, and here otherwise.
ifneq ($(shell mkdir -p "$$HOME/.cache" 2>/dev/null && test -w "$$HOME/.cache" && echo yes),yes)
export UV_CACHE_DIR ?= $(CURDIR)/build/cache/uv
export npm_config_cache ?= $(CURDIR)/build/cache/npm
endif
# A folder may have umlauts in its name, and the locale that is named C has none.
ifneq ($(filter C POSIX,$(LC_ALL)),)
export LC_ALL := C.UTF-8
endif
# Trust whom the machine trusts: company networks inspect traffic with a certificate of their own.
CERTIFICATES := $(firstword $(wildcard /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt))
ifneq ($(CERTIFICATES),)
export UV_SYSTEM_CERTS := 1
export NODE_EXTRA_CA_CERTS ?= $(CERTIFICATES)
endif

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)

# Node.js of the machine from 20 on, else the one from a wheel.
NODE_FITS := $(shell node -e 'process.exit(+process.versions.node.split(".")[0] < 20 ? 1 : 0)' 2>/dev/null \
	&& npm --version >/dev/null 2>&1 && echo yes)
NODE := $(if $(NODE_FITS),,$(MADE)/node)
NODE_BIN := $(if $(NODE_FITS),,$(CURDIR)/$(VENV)/node/bin:)

# A folder that once ran the tests keeps their packages when it runs the demo.
APP_SET := $(if $(wildcard $(MADE)/dev),dev,app)

WIDGET_SOURCES := $(wildcard widget/package.json widget/*.js widget/*.mjs) \
	$(shell test -d widget/src && find widget/src locales -type f 2>/dev/null)
WIDGET := $(if $(wildcard widget/package.json),$(MADE)/widget)

.PHONY: help demo demo-reset serve test test-directus check lint bench format strings pins browser app dev

help:
	@sed -n '3,7s/^# *//p' Makefile

demo: app
	@$(BIN)/carbot demo

demo-reset: app
	@$(BIN)/carbot demo --reset

serve: app
	@$(BIN)/carbot serve

bench: dev
	@$(BIN)/python -m tests.bench $(ARGS)

test: lint browser
	$(BIN)/python -m pytest

test-directus: dev
	$(BIN)/python tests/directus_server.py

check: lint
	$(if $(wildcard tests/test_house*.py),$(BIN)/python -m pytest $(wildcard tests/test_house*.py))

lint: dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: dev
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .

browser: dev
	@$(BIN)/python tests/browser_launch.py

strings: dev
	@mkdir -p build
	$(BIN)/pybabel -q extract --mapping=locales/babel.cfg --keywords=N_ --no-location --sort-output \
		--project=carbot --output=build/portal.pot portal
	$(BIN)/pybabel -q update --domain=portal --input-file=build/portal.pot \
		--output-dir=locales --width=100 --no-fuzzy-matching --ignore-obsolete

PIN := pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --custom-compile-command "make pins"

pins: $(MADE)/tools
	for set in tools node app dev; do \
		$(UV) $(PIN) requirements/$$set.in --output-file requirements/$$set.txt || exit 1; done

app: $(MADE)/$(APP_SET) $(WIDGET)

dev: $(MADE)/dev $(WIDGET)

# --- what the lines above stand on: each is made once, and again when its sources change

$(MADE)/tools: requirements/tools.txt
	@test -n "$(PYTHON)" || { echo "CarBot needs Python 3.11 or newer as python3. Found:" \
		"$$(python3 --version 2>&1 || true). Install it, or say: make $(MAKECMDGOALS)" \
		"PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "This Python cannot make virtual" \
		"environments. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Setting up $(VENV) …"
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		--requirement requirements/tools.txt
	@mkdir -p $(MADE)
	@touch $@

$(MADE)/app: $(MADE)/tools requirements/app.txt pyproject.toml
	@echo "Installing packages …"
	@$(UV) pip sync --quiet --python $(BIN)/python --require-hashes \
		requirements/tools.txt requirements/app.txt
	@$(INSTALL_PORTAL)
	@touch $@

$(MADE)/dev: $(MADE)/tools requirements/dev.txt pyproject.toml
	@echo "Installing packages, tools of the tests included …"
	@$(UV) pip sync --quiet --python $(BIN)/python --require-hashes \
		requirements/tools.txt requirements/dev.txt
	@$(INSTALL_PORTAL)
	@touch $@

# The checkout itself, without a download: its builder is pinned in tools.txt.
INSTALL_PORTAL = $(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation \
	--config-setting editable_mode=compat --editable .

# Apart from the portal's packages, so that bringing those up to date leaves it alone.
$(MADE)/node: $(MADE)/tools requirements/node.txt
	@echo "Installing Node.js …"
	@$(UV) venv --quiet --clear --python $(BIN)/python $(VENV)/node
	@$(UV) pip install --quiet --python $(VENV)/node --require-hashes \
		--requirement requirements/node.txt
	@touch $@

$(MADE)/node_modules: widget/package-lock.json $(NODE)
	@echo "Installing the widget's packages …"
	@cd widget && PATH="$(NODE_BIN)$$PATH" npm ci --loglevel=error --no-audit --no-fund
	@mkdir -p $(MADE)
	@touch $@

$(MADE)/widget: $(MADE)/node_modules $(WIDGET_SOURCES)
	@echo "Building the widget …"
	@cd widget && PATH="$(NODE_BIN)$$PATH" npm run --silent build
	@touch $@
