# Socialcoin. Needs python3 (3.11, 3.12 or 3.13) with its venv module, and make; nothing else. The scripts are in .ci/.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help install demo run test soak check audit bench format lock messages words port

PORT ?= 8000
# The first Python that is new enough and not too new; `make PY=/path/to/python3.12 …` chooses another.
PY ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null \
	&& echo $$python && break; done)
PYTHON := .venv/bin/python

help: ## this list
	@sed -nE 's/^([a-z]+):.*## (.*)/\1|\2/p' Makefile | awk -F '|' '{printf "make %-9s %s\n", $$1, $$2}'

install: .venv/.dev words ## everything that development needs, in .venv

demo: port .venv/.base words ## a site with demo data on http://localhost:8000 (PORT=… for another port)
	@sh .ci/demo $(PORT)

run: port .venv/.dev words ## the development server: reloads when a file changes
	@mkdir -p var
	@$(PYTHON) manage.py migrate -v0
	@DEBUG=true DEMO=true $(PYTHON) manage.py runserver localhost:$(PORT)

test: .venv/.test words ## all tests, on SQLite and on PostgreSQL, and the walks through a browser
	@$(PYTHON) -m tests.run

soak: .venv/.test words ## 100,000 random steps in the ledger on both databases: some half an hour (SOAK_STEPS=… for another number)
	@$(PYTHON) -m tests.soak

check: .venv/.dev words ## form, lint, types, import contracts, migrations, translations
	@$(PYTHON) -m tests.check

audit: .venv/.dev ## known weaknesses in what we depend on (needs the network)
	@sh .ci/audit

bench: .venv/.bench words ## measure, for docs/performance.md: a quarter of an hour (QUICK=1: two minutes, to try it out)
	@$(PYTHON) -m tests.bench.run $(if $(QUICK),--quick)

format: .venv/.dev ## bring the code into shape
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

lock: .venv/.dev ## choose the versions of all dependencies anew (needs the network)
	@sh .ci/lock

messages: .venv/.dev ## gather the sentences to translate (needs gettext)
	@$(PYTHON) -m tests.translations

# --- What these stand on --------------------------------------------------------------------------------------

.venv/.%: requirements/%.txt
	@sh .ci/install "$(PY)" $*

words:
	@sh .ci/words

port:
	@sh .ci/port "$(PY)" $(PORT)
