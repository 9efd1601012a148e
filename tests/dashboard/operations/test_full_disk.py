"""A full disk: what is there is read, what cannot be written is said, and room heals it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from dash import Dash
from pydantic import SecretStr
from sqlalchemy import Engine, func, insert, select

from app import create_app
from dashboard.__main__ import main
from dashboard.database.engine import open_engine, reading, writing
from dashboard.database.faults import DiskFullError
from dashboard.database.tables import cases, snapshot_history, wall_snapshot
from dashboard.operations.backup import back_up
from dashboard.operations.errors import BackupError
from dashboard.operations.restore import restore
from dashboard.settings import Settings
from dashboard.snapshots.encode import board_from
from dashboard.snapshots.feed import Feed
from tests import worlds
from tests.conftest import NOW
from tests.dashboard.intake import files
from tests.dashboard.operations.small_disk import Capped, Mounted, SmallDisk, mounted
from tests.dashboard.snapshots.test_feed import EVERY_S, Clock, plain
from tests.signing import client


class World(NamedTuple):
    engine: Engine
    disk: SmallDisk


@pytest.fixture
def world(tmp_path, sqlite_blank) -> Iterator[World]:
    """A small county on a small disk."""
    with mounted(tmp_path / "disk") as allowed:
        file = tmp_path / "disk" / "county.db"
        file.write_bytes(sqlite_blank.read_bytes())
        engine = open_engine(f"sqlite:///{file}")
        with writing(engine) as connection:
            worlds.small_county(connection)
            worlds.a_history(connection)
        disk: SmallDisk = Mounted(file.parent) if allowed else Capped()
        disk.holds(engine)
        yield World(engine, disk)
        engine.dispose()


@pytest.fixture
def own_disk(world) -> World:
    """The same where it is a whole disk: every process sees that it is full."""
    if isinstance(world.disk, Capped):
        pytest.skip("mounting a small disk needs root")
    return world


def count(engine: Engine, table) -> int:
    with reading(engine) as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def test_a_write_without_room_is_named_and_leaves_nothing(world):
    world.disk.fill()
    with pytest.raises(DiskFullError, match="make room"), writing(world.engine) as connection:
        for hour in range(400):
            row = {"scope": "wall", "at": NOW + timedelta(hours=hour), "body": b"\1" * 40_000}
            connection.execute(insert(snapshot_history).values(row))
    assert (count(world.engine, snapshot_history), count(world.engine, cases)) == (0, 1)

    world.disk.free()
    with writing(world.engine) as connection:
        worlds.a_history(connection)
    assert count(world.engine, cases) == 2


def test_the_wall_goes_on_without_room_and_is_shared_again_with_it(world, caplog):
    clock = Clock()
    feed = Feed(world.engine, plain, clock, every_s=EVERY_S, scope="small")
    feed.latest()
    world.disk.holds(world.engine)
    world.disk.fill()
    for _ in range(3):
        clock.forward(EVERY_S)
        shown = feed.latest()
        assert (shown.board.as_of, shown.fault) == (clock.at, False)
    world.disk.free()
    clock.forward(EVERY_S)
    feed.latest()
    with reading(world.engine) as connection:
        assert board_from(connection.scalar(select(wall_snapshot.c.body))).as_of == clock.at
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]


def test_an_import_says_it_and_goes_on_from_there(own_disk, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = files.a_csv(tmp_path, *(files.line(number) for number in range(6_000)))
    arguments = ["import", str(file), "--mapping", str(files.a_mapping(tmp_path))]
    arguments += ["--database", str(own_disk.engine.url)]
    own_disk.disk.fill(leave_mb=8)
    full = CliRunner().invoke(main, arguments)
    assert full.exit_code == 1
    assert full.output.endswith("make room, then do it again\n")
    taken = count(own_disk.engine, cases) - 1
    assert taken in (2_000, 4_000)

    own_disk.disk.free()
    done = CliRunner().invoke(main, arguments)
    assert f"6,000 rows read: {6_000 - taken:,} new, 0 updated, {taken:,} unchanged" in done.output


def test_a_backup_and_a_restore_without_room_change_nothing(own_disk, tmp_path):
    engine, folder = own_disk.engine, tmp_path / "disk"
    kept = tmp_path / "kept"
    back_up(engine, kept, NOW, None)
    own_disk.disk.holds(engine)
    own_disk.disk.fill()
    with pytest.raises(BackupError, match="cannot write"):
        back_up(engine, folder / "kept", NOW, None)
    with pytest.raises(BackupError, match="nothing was put back"):
        restore(engine, kept, NOW, replace=True, key=None)
    assert count(engine, cases) == 1
    assert sorted(file.name for file in folder.iterdir() if "-" not in file.name) == [
        "county.db",
        "filler",
    ]
    own_disk.disk.free()
    assert restore(engine, kept, NOW, replace=True, key=None).replaced == 1


@pytest.fixture
def app(own_disk) -> Iterator[Dash]:
    app = create_app(Settings(database_url=SecretStr(str(own_disk.engine.url))), lambda: NOW)
    yield app
    app.server.extensions["engine"].dispose()


def test_who_writes_is_told_in_words_and_who_reads_reads_on(own_disk, app):
    reader, stranger = client(app, NOW), app.server.test_client()
    form = {"login": "zhang", "password": "wrong"}
    own_disk.disk.holds(app.server.extensions["engine"])
    own_disk.disk.fill()
    chinese, english = (
        stranger.post(f"/sign-in?lang={language}", data=form) for language in ("zh-CN", "en")
    )
    assert (chinese.status_code, english.status_code) == (507, 507)
    assert "磁盘已满" in chinese.text
    assert "The disk of the database is full" in english.text
    assert reader.get("/cases?view=closed").status_code == 200
    assert reader.get("/live/wall").status_code == 200

    own_disk.disk.free()
    assert stranger.post("/sign-in", data=form).status_code != 507
