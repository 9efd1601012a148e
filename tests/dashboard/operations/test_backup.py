"""A backup is what the database was, or it is none; a restore is all of it or nothing."""

import stat
from threading import Event, Thread

import pytest
from sqlalchemy import delete, func, inspect, select, text

from dashboard.access.audit import Deed, verify, write_down
from dashboard.access.role import Role
from dashboard.database.access_tables import sign_in_session
from dashboard.database.engine import open_engine, reading, writing
from dashboard.database.tables import cases, site
from dashboard.operations.backup import FACT, FORMS, back_up
from dashboard.operations.errors import BackupError
from dashboard.operations.portrait import FIGURES, differences, portray
from dashboard.operations.postgres_programs import program
from dashboard.operations.restore import restore
from tests import worlds
from tests.signing import session


@pytest.fixture
def filled(county, now):
    """A county with five cases, one closed, and a row in the log of what was done."""
    with writing(county) as connection:
        for _ in range(4):
            worlds.a_history(connection)
        worlds.a_history(connection, *worlds.TO_THE_END)
        write_down(connection, Deed(actor="zhang", action="sign_in"), now, None)
    return county


def portrait(engine, now):
    with reading(engine) as connection:
        return portray(connection, now)


def fact(engine):
    with reading(engine) as connection:
        return connection.scalar(select(site.c.value).where(site.c.key == FACT))


def empty(engine):
    with writing(engine) as connection:
        connection.execute(delete(cases))


def test_a_backup_put_back_is_the_database_it_was_made_of(filled, tmp_path, now):
    before = portrait(filled, now)
    made = back_up(filled, tmp_path / "kept", now, None)
    assert made.portrait == before
    assert set(before.figures) == set(FIGURES)
    assert (before.figures["open"], before.figures["closed"]) == ("4", "1")

    with writing(filled) as connection:
        worlds.a_history(connection)
    done = restore(filled, tmp_path / "kept", now, replace=True, key=None)
    assert (done.replaced, done.portrait, done.remarks) == (6, before, ())
    with reading(filled) as connection:
        assert verify(connection, None).altered is None
    with writing(filled) as connection:  # new ids go on from where the backup ends
        worlds.a_history(connection)
    assert portrait(filled, now).cases == 6


def test_a_verified_backup_is_a_fact_of_the_database(filled, tmp_path, now):
    assert fact(filled) is None
    made = back_up(filled, tmp_path / "kept", now, None)
    size = (tmp_path / "kept").stat().st_size
    assert fact(filled) == {"at": "2026-03-18T06:20:36+00:00", "bytes": size, "file": "kept"}
    assert made.size == size


def test_a_backup_is_for_nobody_else_to_read_and_leaves_nothing_beside_it(filled, tmp_path, now):
    folder = tmp_path / "backups"
    folder.mkdir()
    back_up(filled, folder / "kept", now, None)
    assert [file.name for file in folder.iterdir()] == ["kept"]
    assert stat.S_IMODE((folder / "kept").stat().st_mode) == 0o600
    if filled.dialect.name == "postgresql":
        assert scratch_databases(filled) == 0


def scratch_databases(engine) -> int:
    named = text("SELECT count(*) FROM pg_database WHERE datname LIKE 'wuqing_scratch%'")
    with reading(engine) as connection:
        return connection.scalar(named)


def test_a_backup_overwrites_nothing(filled, tmp_path, now):
    file = tmp_path / "kept"
    file.write_text("mine")
    with pytest.raises(BackupError, match="never overwrites"):
        back_up(filled, file, now, None)
    assert file.read_text() == "mine"


def test_a_folder_that_is_not_there_is_named(filled, tmp_path, now):
    with pytest.raises(BackupError, match="No such file or directory"):
        back_up(filled, tmp_path / "none" / "kept", now, None)


def test_a_copy_that_differs_is_no_backup(filled, tmp_path, now, monkeypatch):
    form = FORMS[filled.dialect.name]
    write = form.write

    def lossy(engine, part, as_of, *, alone):
        original = write(engine, part, as_of, alone=alone)
        rows = {**original.rows, "cases": original.rows["cases"] + 1}
        return type(original)(version=original.version, rows=rows, figures=original.figures)

    monkeypatch.setattr(form, "write", lossy)
    with pytest.raises(BackupError, match="cases 6 / 5"):
        back_up(filled, tmp_path / "kept", now, None)
    assert list(tmp_path.glob("kept*")) == []
    assert fact(filled) is None


def test_a_backup_holds_while_others_write(filled, tmp_path, now):
    """Each of many is one moment of the database: as many cases as first events."""
    stop = Event()

    def write():
        while not stop.is_set():
            with writing(filled) as connection:
                worlds.a_history(connection)

    writer = Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            made = back_up(filled, tmp_path / f"kept{number}", now, None)
            assert made.portrait.rows["case_event"] % 4 == 3  # 7 of the closed one, 4 of each
    finally:
        stop.set()
        writer.join()


def test_a_database_with_cases_is_not_replaced_unasked(filled, tmp_path, now):
    back_up(filled, tmp_path / "kept", now, None)
    before = portrait(filled, now)
    with pytest.raises(BackupError, match="holds 5 cases: say --replace"):
        restore(filled, tmp_path / "kept", now, replace=False, key=None)
    assert portrait(filled, now) == before


def test_a_new_database_takes_a_backup_without_asking(filled, new_database, tmp_path, now):
    back_up(filled, tmp_path / "kept", now, None)
    other = new_database()
    done = restore(other, tmp_path / "kept", now, replace=False, key=None)
    assert done.replaced == 0
    assert done.portrait.cases == portrait(other, now).cases == 5


def test_sessions_of_the_past_do_not_live_again(filled, tmp_path, now):
    session(filled, Role.LEADER, at=now)
    back_up(filled, tmp_path / "kept", now, None)
    restore(filled, tmp_path / "kept", now, replace=True, key=None)
    standing = select(func.count()).where(sign_in_session.c.ended_at.is_(None))
    with reading(filled) as connection:
        assert connection.scalar(standing) == 0


def test_a_file_that_is_cut_off_is_refused_and_nothing_is_lost(filled, tmp_path, now):
    back_up(filled, tmp_path / "kept", now, None)
    cut = tmp_path / "cut"
    cut.write_bytes((tmp_path / "kept").read_bytes()[:-9_000])
    before = portrait(filled, now)
    with pytest.raises(BackupError):
        restore(filled, cut, now, replace=True, key=None)
    assert portrait(filled, now) == before


@pytest.mark.parametrize("content", [b"", b"case_code,title\n", b"SQLite forma"])
def test_a_file_that_is_no_backup_is_refused(filled, tmp_path, now, content):
    (tmp_path / "kept").write_bytes(content)
    with pytest.raises(BackupError, match="is no backup"):
        restore(filled, tmp_path / "kept", now, replace=True, key=None)


def test_a_backup_of_the_other_kind_of_database_is_refused(filled, tmp_path, now):
    other = "postgresql" if filled.dialect.name == "sqlite" else "sqlite"
    (tmp_path / "kept").write_bytes(FORMS[other].MAGIC)
    with pytest.raises(BackupError, match=f"is of a {other} database"):
        restore(filled, tmp_path / "kept", now, replace=True, key=None)


def test_a_backup_of_an_unknown_version_is_refused(filled, tmp_path, now):
    with writing(filled) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    made = back_up(filled, tmp_path / "kept", now, None)
    assert made.portrait.figures == {}
    with pytest.raises(BackupError, match="version 9999"):
        restore(filled, tmp_path / "kept", now, replace=True, key=None)


def test_tables_a_backup_does_not_have_do_not_stay(filled, tmp_path, now):
    back_up(filled, tmp_path / "kept", now, None)
    with writing(filled) as connection:
        connection.exec_driver_sql("CREATE TABLE later (n INTEGER)")
    restore(filled, tmp_path / "kept", now, replace=True, key=None)
    assert not inspect(filled).has_table("later")


def test_a_damaged_database_is_moved_aside(sqlite_blank, tmp_path, now):
    sound, file = tmp_path / "sound.db", tmp_path / "county.db"
    sound.write_bytes(sqlite_blank.read_bytes())  # a backup writes into what it saves
    whole = open_engine(f"sqlite:///{sound}")
    back_up(whole, tmp_path / "kept", now, None)
    file.write_bytes(b"\0garbage" * 10_000)
    damaged = open_engine(f"sqlite:///{file}")
    with pytest.raises(BackupError, match="cannot be read: say --replace"):
        restore(damaged, tmp_path / "kept", now, replace=False, key=None)
    done = restore(damaged, tmp_path / "kept", now, replace=True, key=None)
    assert done.replaced is None
    assert "county.db.damaged-1" in done.remarks[0]
    assert portrait(damaged, now).version == done.portrait.version
    for engine in (whole, damaged):
        engine.dispose()


def test_portraits_that_differ_say_where(filled, now):
    before = portrait(filled, now)
    with writing(filled) as connection:
        worlds.a_history(connection)
    found = differences(before, portrait(filled, now))
    assert {"cases 5 / 6", "case_event 23 / 27", "open 4 / 5", "accepted 5 / 6"} <= set(found)


def test_programs_are_found_where_the_system_puts_them(tmp_path):
    for version in ("9.6", "15", "16"):
        folder = tmp_path / version / "bin"
        folder.mkdir(parents=True)
        (folder / "pg_dump").touch()
    assert program("pg_dump", path="", installed=tmp_path).endswith("/16/bin/pg_dump")
    with pytest.raises(BackupError, match="apt-get install postgresql-client"):
        program("pg_dump", path="", installed=tmp_path / "none")
