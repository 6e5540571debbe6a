# Needs Python 3.11 or newer (with venv) and make; everything else comes into .venv.
PYTHON ?= python3
# What `make shape` compares with: the last revision of 0.1.0.
AT ?= 9b0a1fc
export PORT KLEAN_STATE DATABASE_URL REDIS_URL

venv := .venv
python := $(venv)/bin/python
pip := $(python) -m pip install --quiet --disable-pip-version-check --require-hashes
sources := $(wildcard locale/*/LC_MESSAGES/django.po)
catalogues := $(sources:.po=.mo)
version := $(shell sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
templates := $(shell find templates */templates klean/*/templates -name '*.html' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help setup demo pictures test stop-tests check lint fix bench shape messages lock image release-dump

help: ## What there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' Makefile

setup: $(venv)/demo.stamp $(catalogues) ## .venv alone

demo: setup ## The whole of it on this machine: servers, demo marketplace, web, worker, beat; Ctrl-C stops it
	@exec $(python) -m klean.launch

pictures: $(venv)/demo.stamp ## The second match of pictures: local features, and room for a copy-detection model
	$(python) -m pip install --quiet --constraint requirements-dev.txt "onnxruntime" "opencv-python-headless"
	@echo "Crops and collages are looked for from now on. For more, name a copy-detection model as ONNX (SSCD, 224 x 224," ; \
		echo "uint8 in, one row a picture out) in KLEAN_EMBEDDING_MODEL; docs/screening.md says where to find one."

test: $(venv)/dev.stamp $(catalogues) ## Every test, or ARGS=tests/x/test_y.py, on embedded servers or on DATABASE_URL / REDIS_URL
	$(python) -m pytest -q -n $(if $(ARGS),0,2) $(ARGS)

stop-tests: ## Stop the PostgreSQL that is kept between test runs (else it stops after 45 idle minutes)
	@$(python) -m klean.launch.kept --stop

check: lint test ## What CI runs

lint: $(venv)/dev.stamp $(catalogues)
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m mypy .
	$(venv)/bin/lint-imports
	$(python) -m lints
	@echo djade, djlint; $(venv)/bin/djade --check --target-version 5.2 $(templates)
	@$(venv)/bin/djlint --lint --quiet $(templates)
	$(python) manage.py makemigrations --check --dry-run
	$(python) manage.py messages --check

fix: $(venv)/dev.stamp ## Repair what a machine can repair
	$(python) -m ruff check --fix --exit-zero .
	$(python) -m ruff format .
	@$(venv)/bin/djade --target-version 5.2 $(templates)

bench: $(venv)/dev.stamp $(catalogues) ## The measurements of bench/, beside their peers
	$(python) -m bench

release-dump: $(venv)/dev.stamp ## The demo's database as this release keeps it, for the test of the next one's migrations
	DJANGO_SETTINGS_MODULE=klean.settings.tests $(python) -c \
		'import django; django.setup(); from tests.releases.dump import write; print(write())'

image: ## The image of this version, tagged with it
	KLEAN_VERSION=$(version) docker compose build web

shape: $(venv)/dev.stamp ## Figures of the code, beside those of AT=<git revision>
	@$(python) -m lints.shape $(AT)

messages: $(venv)/dev.stamp ## Collect the texts to translate
	$(python) manage.py messages

lock: | $(python) ## Lock what pyproject.toml asks for
	@[ -x $(venv)/bin/uv ] || $(python) -m pip install --quiet uv
	$(call compile,requirements-dev.txt,--extra embedded --extra pictures --extra dev)
	$(call compile,requirements-demo.txt,--extra embedded --constraint requirements-dev.txt)
	$(call compile,requirements.txt,--constraint requirements-dev.txt)

define compile
	$(venv)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --no-header $(2) --output-file $(1) pyproject.toml
endef

%.mo: %.po | $(venv)/demo.stamp
	@$(venv)/bin/pybabel --quiet compile --input-file $< --output-file $@

$(python):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Klean needs Python 3.11 or newer; name one with PYTHON=, for example: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || \
		{ echo "This Python has no venv; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(venv)

$(venv)/demo.stamp: requirements-demo.txt | $(python)
	@echo "Installing what the demo needs into $(venv) (about a minute, once) ..."
	@$(pip) -r $<
	@touch $@

$(venv)/dev.stamp: requirements-dev.txt $(venv)/demo.stamp
	@echo "Installing what the tests need into $(venv) ..."
	@$(pip) -r $<
	@touch $@
