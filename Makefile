# make demo      reads the example documents into demo-casebook/ and shows what was found
# make test      all checks: style, types, import contracts, generated pages, tests
# make docs      writes the generated pages anew
# make evaluate  measures the rules on the small gold of this repository
# make bench     speed, memory and cold start of the reader; a casebook of 100,000 statements
# make clean     removes everything that the targets above made
#
# Each target does its own set-up in .venv. Another interpreter: make demo PYTHON=/path/to/python3.12

VENV := .venv
BIN := $(VENV)/bin
CASEBOOK := demo-casebook
WORKERS ?= 2
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq

# The first interpreter that is new enough; each is run, because a name on the path may not work.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(firstword $(foreach p,python3 python3.14 python3.13 python3.12 python3.11 python,\
	$(shell $(p) -c '$(NEW_ENOUGH)' >/dev/null 2>&1 && echo $(p))))

.PHONY: demo test docs evaluate bench clean
.DEFAULT_GOAL := demo

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Ascribe needs Python 3.11 or newer, and none was found. Name one: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@$(PYTHON) -c '$(NEW_ENOUGH)' || { echo "Ascribe needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "$(PYTHON) cannot make a virtual environment (on Debian and Ubuntu: apt install python3-venv)" >&2; exit 1; }

# The stamps follow pyproject.toml; the package itself is installed in place, so that a change of the source counts.
$(VENV)/installed: $(BIN)/python pyproject.toml
	@echo "Installing Ascribe into $(VENV) (once) ..."
	@$(PIP) install --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	@echo "Installing the development tools into $(VENV) (once) ..."
	@$(PIP) install --editable '.[dev]'
	@touch $@

IDS := import json, sys; print(*(i["id"] for i in json.load(sys.stdin)))

demo: $(VENV)/installed
	@test -f $(CASEBOOK)/ascribe.toml || $(BIN)/ascribe init $(CASEBOOK)
	@$(BIN)/ascribe add examples/documents --project $(CASEBOOK)
	@echo
	@$(BIN)/ascribe show --project $(CASEBOOK) \
		$$($(BIN)/ascribe show incidents --format json --project $(CASEBOOK) | $(BIN)/python -c '$(IDS)')
	@$(BIN)/ascribe show incidents --project $(CASEBOOK)
	@echo
	@echo "Everything above is invented. The casebook is in $(CASEBOOK)/. Now try:"
	@echo "  $(BIN)/ascribe show documents --project $(CASEBOOK)"
	@echo "  $(BIN)/ascribe search \"bus station\" --project $(CASEBOOK)"
	@echo "  $(BIN)/ascribe export csv --output incidents.csv --project $(CASEBOOK)"
	@echo "  $(BIN)/ascribe read YOUR-OWN-REPORT.html"

docs: $(VENV)/installed
	@$(BIN)/ascribe schema --format markdown > docs/schema.md.new
	@mv docs/schema.md.new docs/schema.md
	@$(BIN)/python tools/refresh_readme.py

test: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/ascribe schema --format markdown | diff -u docs/schema.md - || { echo "docs/schema.md is out of date: run make docs" >&2; exit 1; }
	$(BIN)/python -m pytest -n $(WORKERS)

evaluate: $(VENV)/installed-dev
	$(BIN)/python -m evaluation.gold evaluation/gold_small --reader rules --jobs $(WORKERS)

bench: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks.reading
	$(BIN)/python -m benchmarks.casebook --statements 100000

clean:
	rm -rf $(VENV) $(CASEBOOK) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
