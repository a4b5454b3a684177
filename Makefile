# Every target sets up what it needs by itself. See docs/running.md.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin

.PHONY: help demo reset test bench fuzz lock messages sbom schema release-check

help:
	@echo "make demo    a society's whole site on this machine, at http://127.0.0.1:$(PORT)/ (PORT=… for another)"
	@echo "make reset   forget the demo, so that the next one starts over"
	@echo "make test    linters, types, floors, and the suite on each database and browser that is here"
	@echo "make bench   every benchmark in bench/, in turn"
	@echo "make fuzz    every program in fuzz/, in turn: foreign files as nobody would write them"
	@echo "make release-check  what a release still lacks: messages that are not translated"
	@echo "make sbom    the packages of a release with their hashes, as CycloneDX: var/sbom.cdx.json"
	@echo "make lock    write requirements/*.txt anew from requirements/*.in"
	@echo "make schema  after a change of models: migrations, their dump for the demo, and the schemas of packs"
	@echo "make messages  bring the catalogues of languages to what the code says to readers"

demo: python
	@$(PYTHON) tools/setup.py base --port $(PORT)
	@exec $(BIN)/collegium demo --port $(PORT)

reset: python
	@$(PYTHON) tools/reset.py

test: python
	@$(PYTHON) tools/setup.py dev
	@exec $(BIN)/python tools/test.py

bench: python
	@$(PYTHON) tools/setup.py dev
	@exec $(BIN)/python tools/bench.py

messages: python
	@$(PYTHON) tools/setup.py dev
	@exec $(BIN)/python tools/messages.py

release-check: python
	@$(PYTHON) tools/setup.py dev
	@exec $(BIN)/python tools/messages.py --check

fuzz: python
	@$(PYTHON) tools/setup.py dev
	@exec $(BIN)/python tools/fuzz.py

schema: python
	@$(PYTHON) tools/setup.py dev
	@exec $(BIN)/python tools/schema.py

sbom: python
	@$(PYTHON) tools/sbom.py

lock: python
	@$(PYTHON) tools/lock.py

.PHONY: python
python:
	@command -v $(PYTHON) >/dev/null || { \
		echo "There is no $(PYTHON) here. Collegium needs Python 3.11 or newer: apt-get install python3 python3-venv" >&2; \
		exit 1; }
