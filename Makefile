# Two commands do all the set-up: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test check lint types imports slow bench browser clean help

help: ## what can be done here
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(STAMP): requirements-dev.txt pyproject.toml
	@echo "准备运行环境（只在第一次或依赖变化时）…"
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "需要 Python 3.11 或更新版本，当前是 " + sys.version.split()[0])'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

$(VENV)/.system: $(STAMP)
	@sh tools/system-packages.sh
	@touch $@

demo: $(VENV)/.system ## prepare everything, inspect the bundled demo bureau, print where the report lies
	@$(BIN)/xunjian demo --check; code=$$?; case $$code in 0|1|3) exit 0;; *) exit $$code;; esac

test: $(VENV)/.system ## every check and the fast tests (under ten minutes)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/xunjian lexicon check
	@$(BIN)/python -m pytest -n auto -m "not slow"

slow: $(VENV)/.system ## the bounded slow tests: browser, PostgreSQL, interrupted runs
	@$(BIN)/python -m pytest -m slow

bench: $(STAMP) ## quality and speed against peers, by hand
	@$(BIN)/python -m benchmarks.quality
	@$(BIN)/python -m benchmarks.bench_scan

browser: $(STAMP) ## only the browser and the fonts
	@XUNJIAN_WANT_BROWSER=1 sh tools/system-packages.sh

clean: ## remove what was generated (never a workspace)
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache var/demo
