# make run   the live wall of the demo county, from an empty machine
# make test  everything the tests need, then all of them

VENV := .venv
BIN := $(VENV)/bin
WORKERS := $(shell cores=$$(getconf _NPROCESSORS_ONLN); echo $$((cores < 4 ? cores + 1 : 5)))

# what is compiled once need not be compiled again by each of the many processes of the suite
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test lint types languages clean

run: $(VENV)/run.stamp
	@$(BIN)/wuqing demo
	@exec $(BIN)/python app.py --demo-live

test: $(VENV)/test.stamp
	@.ci/system-packages
	# a worker more than cores: those with a browser mostly wait (tests/conftest.py spreads them).
	# What fails there is run once more, alone: what fails only beside others is named, not red.
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder \
	  || { [ $$? = 1 ] && $(BIN)/python -m pytest --last-failed --last-failed-no-failures none; }

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
