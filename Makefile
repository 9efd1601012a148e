# make run   the live wall of the demo county, from an empty machine
# make test  everything the tests need, then all of them

VENV := .venv
BIN := $(VENV)/bin

# what is compiled once need not be compiled again by each of the many processes of the suite
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test lint types languages clean

run: $(VENV)/run.stamp
	@$(BIN)/wuqing demo
	@exec $(BIN)/python app.py --demo-live

test: $(VENV)/test.stamp
	@.ci/system-packages
	# in the order of the tree: a file of few but long tests must not be the last one running
	$(BIN)/python -m pytest -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/test.stamp
	$(BIN)/mypy

languages: $(VENV)/test.stamp
	$(BIN)/python -m pytest -q tests/layouts/test_words.py

clean:
	rm -rf $(VENV) var

$(VENV)/run.stamp: requirements.lock pyproject.toml
	@.ci/environment $(VENV) requirements.lock
	@touch $@

$(VENV)/test.stamp: requirements-dev.lock pyproject.toml
	@.ci/environment $(VENV) requirements-dev.lock
	@touch $@ $(VENV)/run.stamp
