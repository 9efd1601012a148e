import orjson
from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.database.engine import writing
from dashboard.operations.portrait import FIGURES
from tests import worlds


def run(engine, *arguments):
    url = engine.url.render_as_string(hide_password=False)
    return CliRunner().invoke(main, [*arguments, "--database", url])


def test_a_backup_names_what_was_compared_and_a_restore_what_it_did(county, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with writing(county) as connection:
        worlds.a_history(connection)
    made = run(county, "backup", "kept")
    assert made.exit_code == 0
    assert "tables are equal in a copy put back" in made.output
    assert [name for name in FIGURES if f"{name} " not in made.output] == []

    refused = run(county, "restore", "kept")
    assert (refused.exit_code, refused.output) == (
        1,
        "Error: the database holds 1 cases: say --replace to replace all of it\n",
    )
    done = run(county, "restore", "kept", "--replace")
    assert "1 cases replaced by 1 cases of kept" in done.output
    assert "everybody has to sign in again" in done.output


def test_a_program_can_read_what_a_backup_holds(county, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = orjson.loads(run(county, "backup", "kept", "--json").output)
    assert told["bytes"] == (tmp_path / "kept").stat().st_size
    assert told["rows"]["area"] == 8
    assert told["figures"]["open"] == "0"
    assert told["log_holds"] is True


def test_a_database_without_tables_is_not_kept(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(
        main, ["backup", "kept", "--database", f"sqlite:///{tmp_path}/n.db"]
    )
    assert "nothing to keep" in result.output
    assert not (tmp_path / "kept").exists()
