# Tillit. The first screen of README.md says what each target is for; `make` alone lists them.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
SHELL := /bin/sh
# The example is a demo, whose mail goes nowhere; EMPTY=1 is an installation of one's own beside it.
DEMO := $(if $(EMPTY),TILLIT_DATA="$${TILLIT_DATA:-$(CURDIR)/.data/own}",TILLIT_DEMO=1)
PO := $(wildcard tillit/locale/*/LC_MESSAGES/*.po)
MO := $(PO:.po=.mo)

.PHONY: help run test check check-faces fuzz test-postgres bench lock format clean

help: ## What can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /	/' | expand -t 16

# The interpreter: 3.11 by name where there is one by that name, else python3.
$(VENV)/bin/python:
	@python=$$(command -v $(PYTHON) || command -v python3) && "$$python" -m venv $(VENV) \
	  || { rm -rf $(VENV); echo "No virtual environment could be made: apt install python3-venv" >&2; exit 1; }
	@$@ -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { rm -rf $(VENV); echo "Tillit needs Python 3.11 or later." >&2; exit 1; }

$(VENV)/run.stamp: requirements/base.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

%.mo: %.po | $(VENV)/run.stamp
	$(BIN)/pybabel --quiet compile -D django -i $< -o $@

run: $(VENV)/run.stamp $(MO) ## Start a demo with the example of Skåne, or with EMPTY=1 an installation of your own (PORT=8000)
	@PORT=$(PORT) $(DEMO) $(BIN)/tillit setup $(if $(EMPTY),,--example examples/skane)
	@PORT=$(PORT) $(DEMO) exec $(BIN)/tillit serve

test: $(VENV)/dev.stamp $(MO) ## All tests; the last lines say what could not be tried on this machine
	$(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder

check: $(VENV)/dev.stamp $(MO) ## Format, lint, types, layers, migrations, messages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/tillit makemigrations --check --dry-run
	$(BIN)/tillit messages --check

check-faces: $(VENV)/dev.stamp $(MO) ## Every page × light and dark × widths × languages in a real browser, with axe
	TILLIT_FACES=all $(BIN)/python -m pytest tests/faces

fuzz: $(VENV)/dev.stamp $(MO) ## Every form filled in with whatever, twenty times as often as the tests do
	TILLIT_FUZZ=20 $(BIN)/python -m pytest tests/test_forms_fuzz.py

# What is seen in a browser is served on SQLite by either target, and is left out here.
test-postgres: $(VENV)/dev.stamp $(MO) ## All tests on PostgreSQL (DATABASE_URL, or the one on this machine)
	@if $(BIN)/python tools/postgres.py; then \
	  DATABASE_URL=$${DATABASE_URL:-postgres://postgres@127.0.0.1:5432/postgres} $(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder -m "not browser"; \
	elif [ -n "$$CI" ]; then exit 1; fi

bench: $(VENV)/dev.stamp $(MO) ## Timings beside their yardsticks, on both databases (PART=search for one part)
	$(BIN)/python -m bench $(PART)

lock: $(VENV)/dev.stamp ## Write the locked requirements anew (needs uv)
	uv pip compile --generate-hashes --no-header --no-annotate --quiet requirements/base.in -o requirements/base.txt
	uv pip compile --generate-hashes --no-header --no-annotate --quiet requirements/dev.in -o requirements/dev.txt -c requirements/base.txt

format: $(VENV)/dev.stamp ## Put the code in order
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean: ## Remove the environment and the demo's data
	rm -rf $(VENV) .data
