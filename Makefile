# Every target prepares what it needs by itself; `make` alone lists them.

SHELL := /bin/sh
MAKEFLAGS += --no-builtin-rules --no-print-directory
.SUFFIXES:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PY := .venv/bin/python

# Silences the theme's banner about MkDocs 2.0, which is not used here.
export NO_MKDOCS_2_WARNING := 1
# Vietnamese text under any locale.
export PYTHONUTF8 := 1
# Somebody's own modules must not shadow the locked ones.
unexport PYTHONPATH PYTHONHOME
# Compiled code is kept: a command starts sooner, and tests are not read anew by each process.
unexport PYTHONDONTWRITEBYTECODE

# Tests of one file stay together: they share what is built for them. tests/order.py says which file comes first.
WORKERS ?= -n 2 --dist loadfile --no-loadscope-reorder
CODE := set -e; $(PY) -m ruff check; $(PY) -m ruff format --check -q; $(PY) -m mypy; \
	.venv/bin/oxlint docs/assets/scripts publish

# What the command gets in addition:  make test PYTEST_ARGS='-k search'
PYTEST_ARGS ?=
# Which edition site, serve, check and offline work on:  make site EDITION=xa-vi-du
export EDITION ?=
LOCK_ARGS ?=
CANARY_ARGS ?=
AUDIT_ARGS ?=
MUTATE_ARGS ?=
BENCH_ARGS ?=

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

.PHONY: serve
serve: venv-site ## show the site on this computer and follow every change (PORT=8001)
	@$(PY) -m scripts.serve

.PHONY: site
site: venv-site ## build the site into site/
	@$(PY) -m scripts.build

.PHONY: editions
editions: venv-site ## build the base and every edition into dist/editions/ (one alone: make site EDITION=…)
	@$(PY) -m scripts.editions

.PHONY: offline
offline: venv-site ## pack the site for a folder or stick into dist/: one zip, no network needed
	@$(PY) -m scripts.offline

# For example:  make release since=v2026-11-24  (tag or commit to compare with; without it the edition before)
.PHONY: release
release: venv-site ## all that is handed on of this edition, into dist/release-<date>/
	@$(PY) -m scripts.release --since "$${since:-}" --tag "$${tag:-}"

.PHONY: check
check: venv-site ## check the content only, in seconds (notes too: INFO=1)
	@$(PY) -m scripts.check

# As the page does, by the same modules, in a browser without a window; FORMAT=json for other programs.
.PHONY: soat
soat: venv-test ## show what the draft check sees in files: make soat FILE="a.docx b.txt"
	@sh scripts/ensure_tool.sh chromium
	@FILE="$${FILE:-}" FORMAT="$${FORMAT:-}" $(PY) -m scripts.soat

# The values reach the shell through the environment: a title may hold quotes.
.PHONY: new
new: venv-site ## start a record: make new kind=han-che title="…"
	@$(PY) -m scripts.new_record -- "$${kind:-}" "$${title:-}"

# What somebody sent without git; names are answered with strike="…; …" and keep="…; …".
.PHONY: inbox
inbox: venv-site ## take in what somebody sent: make inbox FILE=tin-zalo.txt (FILE=- to paste)
	@FILE="$${FILE:-}" strike="$${strike:-}" keep="$${keep:-}" $(PY) -m scripts.inbox

.PHONY: new-edition
new-edition: venv-site ## begin an edition: make new-edition slug=xa-a name="Sổ tay HĐND xã A"
	@$(PY) -m scripts.new_edition -- "$${slug:-}" "$${name:-}"

# What was read again:  make confirm ids="DM07 B4"
.PHONY: confirm
confirm: venv-site ## show what changed in the law that records rest on; note what was read again (ids="DM07 B4")
	@$(PY) -m scripts.confirm $${ids:-}

# For example:  make rename from=DM04/ten-du-y to=DM04/ten-du
.PHONY: rename
rename: venv-site ## give a published ID or page another name, all links with it (from=DM04/a to=DM04/b)
	@$(PY) -m scripts.rename "$${from:-}" "$${to:-}" "$${kind:-}"

.PHONY: withdraw
withdraw: venv-site ## take something published out, leaving word at its address (id=DM21 instead=DM01 why="…")
	@$(PY) -m scripts.withdraw "$${id:-}" "$${why:-}" "$${instead:-}" "$${kind:-}"

.PHONY: test
test: venv-test ## check everything: content, code, site, browser
	@sh scripts/ensure_tool.sh chromium
	@echo '== content'
	@$(PY) -m scripts.check
	@echo '== code'
	@$(CODE)
	@echo '== tests'
	@$(PY) -m pytest -rs $(WORKERS) $(PYTEST_ARGS)

# Which programs can open the files is asked apart: an office suite is a large thing to install.
.PHONY: test-full
test-full: test ## the same, then every page and case where it takes samples, and LibreOffice
	@sh scripts/ensure_tool.sh libreoffice
	@sh scripts/bootstrap.sh audit
	@echo '== every page and every case; office files'
	@$(PY) -m scripts.lint_pages --all
	@$(PY) -m pytest -rs $(WORKERS) -m 'full or office' $(PYTEST_ARGS)

.PHONY: mutate
mutate: venv-test ## put 300 small faults into a copy of the code, name those no test notices (fewer: MUTATE_ARGS='--number 40')
	@$(PY) -m scripts.mutate $(MUTATE_ARGS)

.PHONY: lint
lint: venv-test ## check the code and the built pages: ruff, mypy, oxlint, strict HTML
	@$(CODE)
	@$(PY) -m scripts.lint_pages

.PHONY: links
links: site ## build the site, then ask each address outside it whether it still answers
	@$(PY) -m scripts.check_links

# Nothing depends on it: differences are printed, and only a build that cannot be made is exit code 1.
.PHONY: canary
canary: venv-site ## build the site with Zensical too, print how it differs (to a file: CANARY_ARGS='--json FILE')
	@sh scripts/bootstrap.sh canary
	@$(PY) -m scripts.canary $(CANARY_ARGS)

.PHONY: audit
audit: venv-site ## ask whether a locked package has a known vulnerability: 0 none, 1 some, 2 nobody answers
	@sh scripts/bootstrap.sh audit
	@$(PY) -m scripts.audit $(AUDIT_ARGS)

.PHONY: schemas
schemas: venv-site ## renew what follows from the record types: schemas, editor settings, IDs for scripts
	@$(PY) -m scripts.schemas

.PHONY: ledger
ledger: venv-site ## write down what is newly published: addresses, anchors, downloads, IDs
	@$(PY) -m scripts.ledger

# For example:  make dates opening=2026-12-10 kind=thuong-le-cuoi-nam
.PHONY: dates
dates: venv-site ## print every deadline of a sitting (opening=2026-12-10 kind=thuong-le-cuoi-nam)
	@$(PY) -m scripts.dates "$${opening:-}" "$${kind:-}"

.PHONY: days-off
days-off: venv-test ## renew the table of days off, knowledge/days_off.yml
	@$(PY) -m scripts.days_off

.PHONY: fonts
fonts: venv-test ## renew the site's web fonts after a change of papers/fonts/
	@$(PY) -m scripts.web_fonts

.PHONY: pictures
pictures: venv-test ## draw the two pictures at the head of the README anew
	@sh scripts/ensure_tool.sh chromium
	@$(PY) -m scripts.pictures

.PHONY: bench
bench: venv-test ## measure building, papers and visits (visits only: BENCH_ARGS=--visits)
	@sh scripts/ensure_tool.sh chromium
	@$(PY) -m scripts.bench $(BENCH_ARGS)

# The site lock is resolved within the test lock: installing one after the other changes no version. So is the canary's,
# whose macros run with the same libraries; the audit's stands alone.
UV_COMPILE = .cache/uv-venv/bin/uv pip compile --universal --python-version 3.11.2 \
	--generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
	--custom-compile-command 'make lock' -q $(LOCK_ARGS)

.PHONY: lock
lock: ## resolve pyproject.toml into requirements/*.lock (newest versions: LOCK_ARGS=--upgrade)
	@sh scripts/bootstrap.sh uv
	@echo '[1/4] requirements/test.lock …'
	@$(UV_COMPILE) pyproject.toml --extra test -o requirements/test.lock
	@echo '[2/4] requirements/site.lock …'
	@$(UV_COMPILE) pyproject.toml -c requirements/test.lock -o requirements/site.lock
	@echo '[3/4] requirements/canary.lock …'
	@$(UV_COMPILE) requirements/canary.in -c requirements/test.lock -o requirements/canary.lock
	@echo '[4/4] requirements/audit.lock …'
	@$(UV_COMPILE) requirements/audit.in -o requirements/audit.lock

.PHONY: clean
clean: ## remove what was built and every cache, but not .venv
	@rm -rf site dist .cache docs/tai-ve .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . \( -path ./.venv -o -path ./.git \) -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +

.PHONY: distclean
distclean: clean ## the same, and .venv
	@rm -rf .venv

.PHONY: venv-site
venv-site:
	@sh scripts/bootstrap.sh site

.PHONY: venv-test
venv-test:
	@sh scripts/bootstrap.sh test
