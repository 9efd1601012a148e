"""Each of the twenty looks, where all is well and where it is not."""

from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner
from sqlalchemy import delete, insert, text

from dashboard.__main__ import main
from dashboard.database import tables
from dashboard.database.engine import writing
from dashboard.operations.backup import back_up
from dashboard.operations.doctor import of_database, of_program
from dashboard.operations.doctor.examine import LOOKS, examine
from dashboard.operations.doctor.finding import Status
from dashboard.operations.doctor.patient import admit
from tests import worlds
from tests.conftest import NOW

SETTINGS = """
profile = "zhanyi"
party_secret = "0123456789abcdef0123456789abcdef"
audit_secret = "fedcba9876543210fedcba9876543210"
"""


@pytest.fixture
def well(county, tmp_path):
    """A function that looks at a county that lacks nothing, but for what it is told."""
    with writing(county) as connection:
        worlds.a_history(connection)
        run = {"started_at": NOW, "ended_at": NOW, "as_of": NOW, "cases": 1, "events": 4}
        run |= {"figures": 9, "differences": {"found": 0}}
        connection.execute(insert(tables.check_run).values(run))
    back_up(county, tmp_path / "kept", NOW, None)
    if county.dialect.name == "sqlite":
        Path(county.url.database).chmod(0o600)
    patients = []

    def look(more="", at=NOW, **environment):
        file = tmp_path / "wuqing.toml"
        file.write_text(SETTINGS + more, "utf-8")
        file.chmod(0o600)
        url = county.url.render_as_string(hide_password=False)
        environment["WUQING_DATABASE_URL"] = url
        patients.append(admit(file, environment, lambda: at))
        return examine(patients[-1])

    yield look
    for patient in patients:
        if patient.engine is not None:
            patient.engine.dispose()


def bad(found):
    return {name: str(each.status) for name, each in found.items() if each.status != Status.OK}


def test_twenty_things_are_looked_at(well):
    assert list(well()) == [name for name, _, _ in LOOKS]
    assert len(LOOKS) == 20


def test_a_county_that_lacks_nothing_is_well(well, county):
    # the tests' PostgreSQL user owns the server, and nobody has announced the holidays of 2027
    expected = {"calendar": "warning"}
    if county.dialect.name == "postgresql":
        # their clock is that of the machine, which is not that of the tests
        expected |= {"engine": "fault", "clock": "fault"}
    assert bad(well()) == expected


@pytest.mark.parametrize(
    ("more", "look", "status", "told"),
    [
        ('party_secret = "short"', "settings", "fault", "not valid TOML"),
        ("[refresh]\nevry_s = 5", "settings", "fault", "unknown setting 'refresh.evry_s'"),
        ('[server]\nhost = "0.0.0.0"', "address", "warning", "a proxy with TLS"),
        ('[server]\nhost = "0.0.0.0"\npublic_url = "https://x.gov"', "address", "ok", "https://x"),
        ('[server]\nhost = "localhost"', "address", "ok", "this machine alone"),
        ('calendar_file = "none.toml"', "calendar", "fault", "cannot read holiday file"),
        ('boundaries_file = "none.json"', "boundaries", "fault", "correct the file"),
    ],
)
def test_what_the_settings_say_is_looked_at(well, more, look, status, told):
    found = well(more)[look]
    assert (str(found.status), told in found.text) == (status, True)


@pytest.mark.parametrize(
    ("name", "text_", "look", "told"),
    [
        ("WUQING_PARTY_SECRET", "short", "secrets", "party_secret has 5 bytes"),
        ("WUQING_AUDIT_SECRET", "秘密", "secrets", "audit_secret has 6 bytes"),
        ("WUQING_PROFILE", "atlantis", "profile", "unknown profile 'atlantis'"),
        ("FLASK_DEBUG", "1", "switches", "FLASK_DEBUG set: unset it"),
        ("WUQING_LIMITS__FREE_DISK_MB", "999999999", "disk", "make room"),
    ],
)
def test_what_the_environment_says_is_looked_at(well, county, name, text_, look, told):
    found = well(**{name: text_})[look]
    if look == "disk" and county.dialect.name == "postgresql":
        assert "looks after its own disk" in found.text
    else:
        assert (found.status, told in found.text) == (Status.FAULT, True)


def test_a_switch_that_is_off_is_off(well):
    assert well(DASH_DEBUG="false")["switches"].status is Status.OK


CHANGES = [
    ("UPDATE alembic_version SET version_num = '0001'", "schema", "fault", "`wuqing init`"),
    ("INSERT INTO site (key, value) VALUES ('projection', '1')", "projection", "fault", "init`"),
    ("DELETE FROM area", "areas", "fault", "no areas"),
    ("UPDATE department SET active = false", "areas", "warning", "no departments"),
    ("DELETE FROM site WHERE key = 'backup'", "backup", "warning", "every night"),
    ("DELETE FROM check_run", "check", "warning", "never checked"),
    ("UPDATE check_run SET differences = '{\"found\":3}'", "check", "fault", "3 differences"),
    (
        "INSERT INTO source (channel, expected_every_s, last_received_at) "
        "VALUES ('hotline_12345', 600, 1773800000)",
        "sources", "warning", "late: hotline_12345 4 h ago",
    ),
    (
        "INSERT INTO source (channel, expected_every_s, last_received_at) "
        "VALUES ('hotline_12345', 600, 1773814800)",
        "sources", "ok", "hotline_12345 1 min ago",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "look", "status", "told"), CHANGES)
def test_what_the_database_says_is_looked_at(well, county, statement, look, status, told):
    with writing(county) as connection:
        connection.execute(text(statement.replace(":", "\\:")))
    found = well()[look]
    assert (str(found.status), told in found.text) == (status, True), found


def test_a_clock_behind_the_last_event_is_a_fault(well):
    found = well(at=worlds.ACCEPTED)["clock"]
    assert found.status is Status.FAULT
    assert "behind the last event" in found.text


def test_clocks_two_seconds_apart_still_agree():
    for seconds, status in ((2, Status.OK), (-2, Status.OK), (3, Status.FAULT)):
        assert of_database._together(NOW, NOW + timedelta(seconds=seconds)).status is status


def test_a_backup_of_last_night_is_young_and_one_of_the_night_before_is_not(well):
    assert well(at=NOW + timedelta(hours=26))["backup"].status is Status.OK
    found = well(at=NOW + timedelta(hours=27))["backup"]
    assert (found.status, "27 h old" in found.text) == (Status.WARNING, True)


def test_files_others_can_read_or_change_are_named(well, county, tmp_path):
    assert well()["permissions"].status is Status.OK
    file = tmp_path / "wuqing.toml"
    if county.dialect.name == "sqlite":
        file = Path(county.url.database)
        for mode, status in ((0o644, Status.WARNING), (0o666, Status.FAULT)):
            file.chmod(mode)
            found = well()["permissions"]
            assert (found.status, f"chmod 600 {file}" in found.text) == (status, True)


def test_an_old_sqlite_is_a_fault(well, county):
    if county.dialect.name == "sqlite":
        patient = admit(None, {"WUQING_DATABASE_URL": str(county.url)}, lambda: NOW)
        assert of_database.engine(patient, (3, 40, 1)).status is Status.FAULT
        patient.engine.dispose()


def test_an_old_python_is_a_fault(well):
    assert of_program.python(None, (3, 10, 9)).status is Status.FAULT


def test_files_of_the_pages_that_are_missing_are_named(tmp_path):
    (tmp_path / "a.css").write_text('@font-face { src: url("fonts/core.woff2"); }')
    found = of_program.assets(None, tmp_path)
    assert (found.status, "core.woff2" in found.text) == (Status.FAULT, True)
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "core.woff2").write_bytes(b"font")
    assert of_program.assets(None, tmp_path).status is Status.OK
    assert of_program.assets(None).status is Status.OK


def test_a_broken_database_is_one_fault_and_the_rest_is_not_guessed(tmp_path):
    environment = {"WUQING_DATABASE_URL": "postgresql://wall:secret@127.0.0.1:1/none"}
    found = examine(admit(None, environment, lambda: NOW))
    assert found["database"].status is Status.FAULT
    assert "secret" not in found["database"].text
    assert found["schema"].text == "not looked at: the database does not answer"


def test_looking_makes_no_database(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["doctor", "--database", f"sqlite:///{tmp_path}/none.db"])
    assert result.exit_code == 1
    assert "there is no database: run `wuqing init`" in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_tables_is_told_so(sqlite_blank, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.db").touch()
    result = CliRunner().invoke(main, ["doctor", "--database", f"sqlite:///{tmp_path}/empty.db"])
    assert "the database has no tables" in result.output


def test_a_program_reads_the_looks_and_the_exit_code(county, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    url = county.url.render_as_string(hide_password=False)
    result = CliRunner().invoke(main, ["doctor", "--json", "--database", url])
    looks = orjson.loads(result.output)
    assert [each["look"] for each in looks] == [name for name, _, _ in LOOKS]
    assert result.exit_code == any(each["status"] == "fault" for each in looks)

    with writing(county) as connection:
        connection.execute(delete(tables.area))
    lines = CliRunner().invoke(main, ["doctor", "--database", url])
    assert lines.exit_code == 1
    assert len(lines.output.splitlines()) == 20
