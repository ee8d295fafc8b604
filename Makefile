# Two commands do everything from a clean machine with Python and make: make app, make test.

PYTHON ?= python3
VENV ?= .venv
PORT ?= 8501
STUDY ?= kuzbass
OUT ?= out
ARGS ?=

BIN := $(VENV)/bin
PY := $(BIN)/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet
READY := $(VENV)/.installed
PACKAGES := survey mcda scenarios app

.DEFAULT_GOAL := help
.PHONY: help app test check run report bench bench-load docs locale lock clean \
	lint format types imports catalogue-check docs-check test-all wheel-check setup

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

app: $(READY) ## open the Kuzbass study in the browser (PORT=8501, ARGS=--no-browser)
	$(BIN)/konsilium app $(STUDY) --port $(PORT) $(ARGS)

test: $(READY) ## fast tests, no browser needed
	$(PY) -m pytest -n 2 --dist loadfile -q $(ARGS)

check: lint types imports catalogue-check docs-check test-all wheel-check ## all that must hold before a change lands

run: $(READY) ## compute a study (STUDY=kuzbass) and write its findings and reports into OUT=out
	$(BIN)/konsilium run $(STUDY) --out $(OUT) $(ARGS)

report: run ## the same: the reports are written by run

bench: $(READY) ## speed beside the best-known libraries
	$(PY) benchmarks/run.py $(ARGS)

bench-load: $(READY) ## load on the respondents' pages, beside plain Streamlit and SQLite; half an hour
	PYTHONPATH=. $(PY) benchmarks/collecting/run.py --docs docs/reliability.md $(ARGS)

docs: $(READY) ## write docs/methods.md anew from the registry of methods
	$(PY) -m app.docs_methods docs/methods.md

locale: $(READY) ## collect the texts, update and compile the Russian catalogue
	mkdir -p build
	$(BIN)/pybabel -q extract -F babel.cfg --no-default-keywords --no-location --sort-output \
		-k say:1 -k say_many:1,2 -k message:1 \
		-k SurveyError:2 -k ProblemError:2 -k ScenarioError:2 -k UserError:1 \
		-k remark:2 --project Konsilium -o build/konsilium.pot $(PACKAGES)
	$(BIN)/pybabel -q update -N --ignore-obsolete --ignore-pot-creation-date --init-missing \
		-D konsilium -l ru -i build/konsilium.pot -d app/locale
	$(PY) hatch_build.py

lock: ## choose the versions of all dependencies anew
	@command -v uv >/dev/null || { echo "uv is not found; install it: pip install uv" >&2; exit 1; }
	uv pip compile --universal --python-version 3.11 --extra dev --generate-hashes \
		--no-emit-index-url --no-header -q pyproject.toml -o requirements.lock $(ARGS)

clean: ## remove what was built
	rm -rf build dist out .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find $(PACKAGES) tests benchmarks -name __pycache__ -prune -exec rm -rf {} +

# --- the steps of check ---------------------------------------------------------------------------

lint: $(READY) ## code style
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(READY) ## types of the three core packages
	$(BIN)/mypy

imports: $(READY) ## imports run one way
	$(BIN)/lint-imports

catalogue-check: $(READY) ## every text has its Russian
	$(PY) -m pytest -q tests/app/test_catalogue.py

docs-check: $(READY) ## generated documents are current
	$(PY) -m pytest -q tests/app/test_docs_methods.py

test-all: $(READY) ## all tests, with browser and slow ones
	$(PY) -m pytest -n 2 --dist loadfile -q -m "" $(ARGS)

wheel-check: $(READY) ## a wheel in a clean environment elsewhere runs the study
	.ci/check-wheel $(PY)

# --- setting up -----------------------------------------------------------------------------------

setup: $(READY) ## only set up the environment

$(READY): requirements.lock pyproject.toml hatch_build.py
	@command -v $(PYTHON) >/dev/null || { \
		echo "$(PYTHON) is not found. Install Python 3.11 or newer (Debian, Ubuntu: apt install python3 python3-venv), or name yours: make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$$($(PYTHON) --version) is too old: Konsilium needs Python 3.11 or newer. Name a newer one: make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "This Python cannot make environments: its module venv is missing. Debian, Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "Setting up $(VENV): this is done once and takes a minute or two."
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@
