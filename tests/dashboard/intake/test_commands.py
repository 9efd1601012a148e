import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from dashboard.__main__ import main
from dashboard.database.access_tables import audit_entry
from dashboard.database.engine import open_engine, reading
from dashboard.database.tables import area, cases, quarantined_row
from tests.dashboard.intake import files

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared" / "data" / "cases"
EXAMPLES = ROOT / "docs" / "examples"


@pytest.fixture
def wuqing(tmp_path, monkeypatch):
    """Runs the command line in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WUQING_SETTINGS", raising=False)

    def run(*arguments):
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return run


def count(folder, table, name="var/wuqing.db"):
    engine = open_engine(f"sqlite:///{folder / name}")
    with reading(engine) as connection:
        found = connection.scalar(select(func.count()).select_from(table))
    engine.dispose()
    return found


def test_init_and_import_are_all_it_takes(wuqing, tmp_path):
    assert wuqing("init").output == "Zhanyi District: 147 areas, 147 of them new\n"
    file = files.a_csv(tmp_path, files.line(1), files.line(2, opened="bad"))
    mapping = files.a_mapping(tmp_path)
    told = wuqing("import", file, "--mapping", mapping)
    assert told.output == "2 rows read: 1 new, 0 updated, 0 unchanged, 1 quarantined\n"
    again = wuqing("import", file, "--mapping", mapping, "--json")
    assert json.loads(again.output) == {
        "rows": 2, "new": 0, "updated": 0, "unchanged": 1, "quarantined": 1, "notes": {},
    }  # fmt: skip
    assert count(tmp_path, cases) == 1
    assert count(tmp_path, quarantined_row) == 2


def test_who_imported_how_much_stands_in_the_log(wuqing, tmp_path):
    wuqing("init")
    file = files.a_csv(tmp_path, files.line(1), files.line(2, opened="bad"))
    wuqing("import", file, "--mapping", files.a_mapping(tmp_path))
    engine = open_engine(f"sqlite:///{tmp_path / 'var/wuqing.db'}")
    with reading(engine) as connection:
        (line,) = connection.execute(
            select(audit_entry).where(audit_entry.c.action == "import")
        ).all()
    engine.dispose()
    assert line.actor.startswith("cli:")
    assert (line.detail["rows"], line.detail["quarantined"]) == (2, 1)


def test_init_again_changes_nothing(wuqing, tmp_path):
    wuqing("init")
    assert wuqing("init").output == "Zhanyi District: 147 areas, 0 of them new\n"
    assert count(tmp_path, area) == 147


def test_a_database_keeps_its_profile(wuqing):
    wuqing("init")
    told = wuqing("init", "--profile", "haifeng")
    assert told.exit_code == 1
    assert "belongs to profile 'zhanyi', not 'haifeng'" in told.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("import", "nowhere.csv", "--mapping", "mapping.toml"), "cannot read nowhere.csv"),
        (("import", "cases.csv", "--mapping", "nowhere.toml"), "cannot read mapping nowhere.toml"),
        (("import", "cases.csv"), "Missing option '--mapping'"),
        (("init", "--profile", "atlantis"), "unknown profile 'atlantis'"),
        (("init", "--areas", "nowhere.geojson"), "cannot read nowhere.geojson"),
        (("init", "--areas", "nowhere.csv"), "cannot read nowhere.csv"),
    ],
)
def test_a_mistake_is_answered_with_a_sentence(wuqing, tmp_path, arguments, told):
    wuqing("init")
    files.a_csv(tmp_path, files.line(1))
    files.a_mapping(tmp_path)
    result = wuqing(*arguments)
    assert result.exit_code != 0
    assert told in result.output
    assert "Traceback" not in result.output


def test_an_import_without_init_asks_for_it(wuqing, tmp_path):
    file, mapping = files.a_csv(tmp_path, files.line(1)), files.a_mapping(tmp_path)
    told = wuqing("import", file, "--mapping", mapping).output
    assert "no tables yet: run `wuqing init`" in told


def test_an_import_makes_no_keys_that_can_be_guessed(wuqing, tmp_path, monkeypatch):
    wuqing("init")
    monkeypatch.setenv("WUQING_PARTY_SECRET", "short")
    file, mapping = files.a_csv(tmp_path, files.line(1)), files.a_mapping(tmp_path)
    told = wuqing("import", file, "--mapping", mapping)
    assert (told.exit_code, count(tmp_path, cases)) == (1, 0)
    assert "party_secret has 5 bytes" in told.output


def _example(name, folder, *data):
    for file in data:
        if not (SHARED / file).exists():
            pytest.skip(f"needs the shared data: {SHARED / file}")
    for file in (EXAMPLES / name).iterdir():
        (folder / file.name).write_bytes(file.read_bytes())


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_all_of_boston_is_imported(wuqing, tmp_path):
    table, districts = "boston_311_service_requests_2011.zip", "boston_police_districts.geojson"
    _example("boston", tmp_path, table, districts)
    given = ("--area-code", "DISTRICT_2", "--area-name", "ID")
    init = wuqing("init", "--areas", SHARED / districts, *given, "--areas", "areas.csv")
    assert init.output == "Boston: 13 areas, 13 of them new\n"
    told = wuqing("import", SHARED / table, "--mapping", "mapping.toml", "--json")
    assert json.loads(told.output) == {
        "rows": 58251, "new": 58251, "updated": 0, "unchanged": 0, "quarantined": 0,
        "notes": {"point_blank": 4775, "due_before_opening": 3},
    }  # fmt: skip
    board = json.loads(wuqing("board", "--as-of", "2011-12-15T14:20-05:00", "--json").output)
    # counted from the file itself
    assert board["tallies"]["accepted"]["value"] == 178
    assert board["tallies"]["open"]["value"] == 10030
    assert board["tallies"]["overdue"]["value"] == 4398
    assert sum(stage["count"] for stage in board["stages"][:-1]) == 10030
    assert sum(one["open"] for one in board["townships"]) == 10030
    assert board["townships"][-1]["code"] is None


@pytest.mark.slow
def test_new_york_finds_its_boroughs_by_point(wuqing, tmp_path):
    boroughs = "nyc_boroughs.geojson"
    _example("nyc", tmp_path, "nyc311_sample_2026-06-27.csv", boroughs)
    given = ("--area-code", "boro_code", "--area-name", "boro_name")
    assert wuqing("init", "--areas", SHARED / boroughs, *given).exit_code == 0
    table = SHARED / "nyc311_sample_2026-06-27.csv"
    told = wuqing("import", table, "--mapping", "mapping.toml", "--json")
    found = json.loads(told.output)
    assert (found["rows"], found["new"], found["quarantined"]) == (10000, 10000, 0)
    assert count(tmp_path, cases, "nyc.db") == 10000


@pytest.mark.slow
def test_a_dirty_file_is_counted_to_its_last_row(wuqing, tmp_path):
    boroughs, table = "nyc_boroughs.geojson", "nyc_publicstuff_20190522.csv"
    _example("nyc", tmp_path, table, boroughs)
    given = ("--area-code", "boro_code", "--area-name", "boro_name")
    wuqing("init", "--areas", SHARED / boroughs, *given)
    mapping = EXAMPLES / "nyc_publicstuff" / "mapping.toml"
    told = wuqing("import", SHARED / table, "--mapping", mapping, "--json")
    assert json.loads(told.output) == {
        "rows": 8739, "new": 8015, "updated": 0, "unchanged": 426, "quarantined": 298,
        "notes": {"point_outside": 4},
    }  # fmt: skip
