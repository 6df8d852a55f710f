# Everything starts here: `make help`. A bare machine needs python3 (3.11 or newer), pip and make; uv is used where it is.
.DEFAULT_GOAL := help
.PHONY: help run test bench chaos fuzz mutation lint audit sbom format browser lock clean
# Without the byte code cache every start costs seconds.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
UV := $(shell command -v uv 2>/dev/null)
ARGS ?=

# An environment is made once per content of its lock, whatever a checkout does to the file's date.
RUN := $(VENV)/.run-$(shell cksum < requirements.txt | tr ' ' -)
DEV := $(VENV)/.dev-$(shell cksum < requirements-dev.txt | tr ' ' -)
CHROMIUM := $(VENV)/chromium
BROWSER := $(CHROMIUM)/.from-$(shell cat tests/chromium/*.* | cksum | tr ' ' -)

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(RUN)  ## start the hotline here, with a simulated carrier, and print the addresses to open
	@mkdir -p var
	@$(PY) -m alembic upgrade head
	@$(PY) -m flask --app app serve

test: $(DEV)  ## run every test (ARGS="-k word" for some)
	-@$(MAKE) --no-print-directory browser
	@$(PY) -m pytest -n 2 $(ARGS)

bench: $(DEV)  ## measure against a bare view on this machine (ARGS="--only texts calls --rounds 5"; --help lists what)
	@$(PY) -m tests.bench $(ARGS)

chaos: $(DEV)  ## kill processes while people report (ARGS="--database postgresql --contacts 10000 --kills 1000 --seed 1")
	@$(PY) -m tests.chaos $(ARGS)

fuzz: $(DEV)  ## feed what people could send or write by chance (ARGS="--seconds 60 reading"; --help lists what)
	@$(PY) -m tests.fuzz $(ARGS)

mutation: $(DEV)  ## put faults into the code and count which a test notices (ARGS="--sample 200 --seed 1")
	@$(PY) -m tests.mutation $(ARGS)

lint: $(DEV)  ## look for faults without running the program
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check --quiet . || { $(PY) -m ruff format --diff --quiet . | head -40; echo "run: make format"; exit 1; }
	@$(PY) -m mypy
	@$(VENV)/bin/lint-imports
	@$(PY) -m bandit --quiet --configfile pyproject.toml --recursive app.py hotline migrations
	@$(PY) -m tests.supply.secrets
	@if [ -d hotline/web/templates ]; then $(PY) -m djlint --quiet --lint hotline/web/templates; fi

audit: $(DEV)  ## ask PyPI for known holes in all that the locks name (needs the network, and says so)
	@$(PY) -m pip_audit --strict --disable-pip --require-hashes --requirement requirements-dev.txt $(ARGS) || \
	{ echo "make audit: NOT CLEAN: a hole, or something that could not be asked about, see above"; exit 1; }

sbom: $(DEV)  ## write what the program is made of to build/sbom.json (CycloneDX)
	@mkdir -p build
	@$(PY) -W ignore::UserWarning -m cyclonedx_py requirements requirements.txt --pyproject pyproject.toml \
	--mc-type application --output-reproducible --output-format JSON --output-file build/sbom.json
	@echo "build/sbom.json"

format: $(DEV)  ## lay the code out and mend what can be mended by rule
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

browser: $(DEV) $(BROWSER)  ## fetch the browser that tests use (unless the machine has one)
	@:

lock:  ## choose the newest versions of what pyproject.toml asks for, and write both locks
	@command -v uv >/dev/null || { echo "make lock needs uv: pip install uv"; exit 1; }
	uv pip compile --upgrade $(LOCK) pyproject.toml --output-file requirements.txt
	uv pip compile --upgrade $(LOCK) pyproject.toml --group dev --constraints requirements.txt --output-file requirements-dev.txt

LOCK := --quiet --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make lock"

clean:  ## remove the environment and every cache, but never var/ (it may hold reports)
	rm -rf $(VENV) .venv-tool build dist .coverage .coverage.* htmlcov .hypothesis .*_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The machine's own python3 may lack ensurepip, or the venv module altogether (Debian splits them off).
$(PY):
	@command -v $(PYTHON) >/dev/null || { echo "python3 (3.11 or newer) is missing"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "python3 is older than 3.11: make PYTHON=..."; exit 1; }
	@echo "Making the environment in $(VENV)"
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || \
	{ rm -rf $(VENV); $(PYTHON) -m venv --without-pip $(VENV) 2>/dev/null; } || \
	{ rm -rf $(VENV); $(PYTHON) -m pip install --quiet --target .venv-tool virtualenv && \
	  PYTHONPATH=.venv-tool $(PYTHON) -m virtualenv --quiet $(VENV) && rm -rf .venv-tool; } || \
	{ rm -rf $(VENV); echo "No environment could be made: install pip (Debian: apt-get install python3-pip)"; exit 1; }

# $(call install,LOCK): by uv, else by the environment's own pip, else by the machine's pip.
define install
	@echo "Installing $(1)"
	@{ [ -n "$(UV)" ] && $(UV) pip install --quiet --python $(PY) --require-hashes --requirement $(1); } || \
	if $(PY) -m pip --version >/dev/null 2>&1; \
	then $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $(1); \
	else $(PYTHON) -m pip --python $(PY) install --quiet --disable-pip-version-check --require-hashes --requirement $(1); fi
endef

$(RUN): | $(PY)
	$(call install,requirements.txt)
	@rm -f $(VENV)/.run-* && touch $@

# The development lock holds everything of the other one, at the same versions.
$(DEV): | $(PY)
	$(call install,requirements-dev.txt)
	@rm -f $(VENV)/.run-* $(VENV)/.dev-* && touch $@ $(RUN)

$(BROWSER): | $(DEV)
	@$(PY) -m tests.chromium.fetch $(CHROMIUM)
	@rm -f $(CHROMIUM)/.from-* && touch $@
