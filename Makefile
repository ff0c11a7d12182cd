# make refresh: raw/ -> warehouse/minsheng.duckdb      make test: the test suite
# Every target sets up what it needs: a .venv with exactly the versions of requirements.lock.

PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
LOCK   := requirements.lock

# What drives Chromium in the tests of the site: a large download that nothing else needs.
DRIVER      := playwright==1.65.2
DRIVER_LOCK := .ci/browser.lock

# Named after what they were made from: a changed lock sets up anew, a changed project file only
# installs the project again, and nothing else does either.
hash    = $(shell cksum < $(1) | cut -d' ' -f1)
PINNED := $(VENV)/pinned-$(call hash,$(LOCK))
STAMP  := $(PINNED)-$(call hash,pyproject.toml)
AUDIT  := .ci/audit.lock
AUDITOR = $(VENV)/audit/pinned-$(call hash,$(AUDIT))

# What the bench reads the same tables with: nothing of it runs, or comes with, the project.
PEERS     := .ci/peers.lock
PEER_TOOLS = $(VENV)/peers/pinned-$(call hash,$(PEERS))

export DO_NOT_TRACK := 1
export DAGSTER_DG_UPDATE_CHECK_ENABLED := 0
export GX_ANALYTICS_ENABLED := false
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# Where runs of the web UI, the schedule and the sensor are kept. Its dagster.yaml is the project's.
export DAGSTER_HOME := $(CURDIR)/.dagster

.DEFAULT_GOAL := help
.PHONY: help setup refresh status site test driver browser answers facts mutants lint format bench damage kill readers hostile ui nightly audit wheel lock clean

help: ## Show what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## Create .venv from the lock file

$(PINNED):
	@echo "Making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python .ci/install.py $(LOCK)
	@touch $@

$(STAMP): | $(PINNED)
	@echo "Installing the project itself: $(BIN)/minsheng"
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(DAGSTER_HOME)/dagster.yaml: pipelines/dagster.yaml
	@mkdir -p $(@D) && cp $< $@

refresh: $(STAMP) ## Read raw/, check, publish warehouse/minsheng.duckdb
	@$(BIN)/minsheng refresh $(ARGS)

status: $(STAMP) ## Say what is published, held back and queued
	@$(BIN)/minsheng status $(ARGS)

site: $(STAMP) ## Write what is published as plain pages to warehouse/site
	@$(BIN)/minsheng site $(ARGS)

test: $(STAMP) ## Run the tests
	$(BIN)/pytest $(ARGS)

driver: $(STAMP) ## Install what drives Chromium in the tests of the site
	$(BIN)/pip install --quiet --require-hashes --only-binary :all: --no-deps -r $(DRIVER_LOCK)

browser: driver ## Run the tests of the site in Chromium, which has to be installed
	$(BIN)/pytest -m browser $(ARGS) tests/pipelines/site

answers: $(STAMP) ## Record what the questions of sql/questions answer now
	$(BIN)/pytest -q tests/sql/test_questions.py --record-answers

facts: $(STAMP) ## Record the facts that are read of every document now, and their known faults
	$(BIN)/pytest -q tests/facts --record-facts

mutants: $(STAMP) ## Draw N changes to the code by SEED and tell which no test notices
	@$(BIN)/python -m tests.mutants --seed $(or $(SEED),1) --count $(or $(N),100)

lint: $(STAMP) ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(STAMP) ## Put imports and lay-out in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

$(PEER_TOOLS): | $(STAMP)
	@$(PYTHON) -m venv --clear $(VENV)/peers
	@$(VENV)/peers/bin/python .ci/install.py $(PEERS)
	@touch $@

# PyMuPDF takes part where somebody put it there: .venv/peers/bin/pip install pymupdf (AGPL).
bench: $(PEER_TOOLS) ## Measure speed, and tables beside other libraries, and print it
	$(BIN)/pytest -q -s tests/benchmarks $(ARGS)
	@$(BIN)/python -m tests.benchmarks.compare_tables $(VENV)/peers/bin/python

damage: $(STAMP) ## Read 3,000 damaged files and bombs and count what became of them
	$(BIN)/python -m tests.benchmarks.damage $(ARGS)

kill: $(STAMP) ## Kill 100 runs at every moment and look at what they left
	$(BIN)/python -m tests.benchmarks.kill $(ARGS)

readers: $(STAMP) ## Replace the file ten times under twenty readers
	$(BIN)/python -m tests.benchmarks.readers $(ARGS)

hostile: $(STAMP) ## Run a night with every hostile file there is; print its time and memory
	$(BIN)/python -m tests.benchmarks.night $(ARGS)

ui: $(STAMP) $(DAGSTER_HOME)/dagster.yaml ## Start the Dagster web UI on http://127.0.0.1:3000; nothing runs by itself
	VIRTUAL_ENV=$(CURDIR)/$(VENV) PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/dg dev --host 127.0.0.1 --port $(or $(PORT),3000)

nightly: export MINSHENG_AUTOMATION := on
nightly: ui ## The same, with the nightly schedule and the sensor on raw/ switched on

$(AUDITOR): | $(STAMP)
	@$(PYTHON) -m venv --clear $(VENV)/audit
	@$(VENV)/audit/bin/python .ci/install.py $(AUDIT)
	@touch $@

audit: $(AUDITOR) ## Ask for known vulnerabilities of the pinned packages (needs the network)
	@$(VENV)/audit/bin/python .ci/audit.py $(VENV)/audit/bin/pip-audit $(LOCK)

wheel: $(STAMP) ## Build dist/*.whl, which installs without this checkout
	@$(BIN)/python -m hatchling build -t wheel

lock: ## Pin the newest versions that pyproject.toml allows (needs uv)
	uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
		--no-strip-extras --generate-hashes --no-annotate --no-header --no-emit-index-url --only-binary :all: \
		--upgrade --output-file $(LOCK)
	uv pip compile .ci/audit.in --universal --python-version 3.11 --no-strip-extras \
		--generate-hashes --no-annotate --no-header --no-emit-index-url --only-binary :all: \
		--upgrade --output-file $(AUDIT)
	uv pip compile .ci/peers.in --constraint $(LOCK) --universal --python-version 3.11 --no-strip-extras \
		--generate-hashes --no-annotate --no-header --no-emit-index-url --only-binary :all: \
		--upgrade --output-file $(PEERS)
	echo $(DRIVER) | uv pip compile - --constraint $(LOCK) --universal --python-version 3.11 \
		--generate-hashes --no-annotate --no-header --no-emit-index-url --only-binary :all: \
		--output-file $(DRIVER_LOCK)

clean: ## Remove what was set up, not what was published
	rm -rf $(VENV) .dagster .pytest_cache .mypy_cache .ruff_cache .hypothesis
