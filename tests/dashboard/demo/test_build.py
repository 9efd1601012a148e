"""Building, catching up and living on: the same script, however it is cut into pieces."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from threading import Event

import pytest
from sqlalchemy import Connection, Engine, delete, func, select, update

from dashboard.calendar import hour_start
from dashboard.database import tables
from dashboard.database.engine import reading, writing
from dashboard.demo.build import Wanted, build
from dashboard.demo.founding import DemoError
from dashboard.demo.live import live, set_pace, tick
from dashboard.demo.player import Centre, Player
from dashboard.demo.progress import read_progress
from dashboard.settings import Settings
from dashboard.snapshots.board import Board
from dashboard.snapshots.history import boards_at
from dashboard.snapshots.read import read_board
from dashboard.terms import Stage
from tests import worlds
from tests.dashboard.demo.conftest import FEW_DAYS

NOON = datetime(2026, 3, 18, 4, 0, 5, tzinfo=UTC)
EVENING = NOON + timedelta(hours=7)

DemoUntil = Callable[[datetime], Engine]


@pytest.fixture
def noon(demo_until: DemoUntil) -> Engine:
    """A demo of some days that ends at noon of a Wednesday."""
    return demo_until(NOON)


def fingerprint(engine: Engine) -> str:
    """Hash every row of every table."""
    digest = sha256()
    with reading(engine) as connection:
        for table in tables.metadata.sorted_tables:
            for row in connection.execute(select(table).order_by(*table.primary_key)):
                digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


def histories(engine: Engine) -> list[tuple[object, ...]]:
    """Return what is known of every case, without the numbers that depend on who came first."""
    columns = [column for column in tables.cases.c if column.name not in ("last_event_id",)]
    with reading(engine) as connection:
        return sorted(map(tuple, connection.execute(select(*columns))), key=repr)


def rows(engine: Engine, table: str) -> int:
    with reading(engine) as connection:
        return connection.scalar(select(func.count()).select_from(tables.metadata.tables[table]))


def board(connection: Connection, as_of: datetime) -> Board:
    centre = Centre.of(Settings())
    return read_board(
        connection,
        profile=centre.profile,
        settings=centre.settings,
        calendar=centre.rules.calendar,
        as_of=as_of,
    )


def test_the_same_seed_and_end_build_the_same_database(new_database: Callable[[], Engine]):
    one, other = new_database(), new_database()
    for engine in (one, other):
        assert build(engine, Settings(), NOON, Wanted(seed=7, years=0.002))
    assert fingerprint(one) == fingerprint(other)


def test_the_county_stands_with_its_places_departments_items_and_feeds(noon: Engine):
    with reading(noon) as connection:
        levels = select(tables.area.c.level, func.count()).group_by(tables.area.c.level)
        site = dict(connection.execute(select(tables.site.c.key, tables.site.c.value)).all())
        assert dict(connection.execute(levels).all()) == {
            "county": 1,
            "township": 11,
            "village": 135,
            "grid": 519,
        }
    assert rows(noon, "responsibility_item") == 456
    assert rows(noon, "department") >= 14
    assert rows(noon, "source") >= 12
    assert site["synthetic"] is True
    assert site["profile"] == "zhanyi"
    assert len(site["deadlines"]) == 5


def test_a_gap_is_caught_up_as_if_it_had_never_been(noon: Engine, demo_until: DemoUntil):
    assert not build(noon, Settings(), EVENING)
    straight = demo_until(EVENING)
    assert histories(noon) == histories(straight)


def test_a_day_lived_in_steps_is_the_day_that_is_built(noon: Engine, demo_until: DemoUntil):
    centre, clock = Centre.of(Settings()), NOON
    player = Player(centre)
    while clock < EVENING:
        clock = min(clock + timedelta(minutes=7), EVENING)
        tick(noon, player, centre, clock)
    straight = demo_until(EVENING)
    assert histories(noon) == histories(straight)
    assert rows(noon, "intelligence_item") == rows(straight, "intelligence_item")


def test_two_who_play_at_once_write_everything_once(noon: Engine, demo_until: DemoUntil):
    centre, clock = Centre.of(Settings()), NOON
    players = Player(centre), Player(centre)
    while clock < EVENING:
        clock = min(clock + timedelta(minutes=20), EVENING)
        for player in players:
            tick(noon, player, centre, clock)
    straight = demo_until(EVENING)
    assert histories(noon) == histories(straight)


def test_nothing_is_written_while_nothing_is_due(noon: Engine):
    centre = Centre.of(Settings())
    player = Player(centre)
    tick(noon, player, centre, NOON)
    due = player.next_at()
    assert due is not None
    assert due > NOON
    before = fingerprint(noon)
    assert tick(noon, player, centre, due - timedelta(seconds=1)) == 0
    assert fingerprint(noon) == before
    assert tick(noon, player, centre, due) >= 1


def test_the_figures_of_a_lived_day_agree_with_each_other(noon: Engine):
    centre = Centre.of(Settings())
    tick(noon, Player(centre), centre, EVENING)
    with reading(noon) as connection:
        shown = board(connection, EVENING)
    tallies = shown.tallies
    assert tallies.accepted.value > 0
    assert sum(one.cases for one in shown.situations) + shown.unclassified == tallies.accepted.value
    stages = [stage for stage in shown.stages if stage.code is not Stage.CLOSED]
    assert sum(stage.count for stage in stages) == tallies.open.value
    assert sum(stage.overdue for stage in stages) == tallies.overdue.value
    assert sum(town.open for town in shown.townships) == tallies.open.value
    assert shown.warnings.red == tallies.overdue.value
    assert shown.synthetic
    assert shown.duty is not None
    assert not any(source.late for source in shown.sources if source.channel == "grid_app")


def test_boards_of_the_past_are_kept_as_they_would_be_read(noon: Engine):
    hour = hour_start(NOON)
    with reading(noon) as connection:
        wanted = tuple(hour - timedelta(hours=back) for back in range(25))
        kept = boards_at(connection, wanted)
        shown = board(connection, NOON)
        again = board(connection, hour - timedelta(hours=3))
    assert sorted(kept) == sorted(wanted)
    assert kept[hour - timedelta(hours=3)].tallies == again.tallies
    assert shown.tallies.open.delta is not None


def test_a_busier_pace_holds_for_the_database_until_it_is_changed(noon: Engine):
    set_pace(noon, 20)
    set_pace(noon, 20)
    with writing(noon) as connection:
        progress = read_progress(connection)
    assert progress is not None
    assert [pace.times for pace in progress.paces] == [20]
    before, centre = rows(noon, "cases"), Centre.of(Settings())
    tick(noon, Player(centre), centre, NOON + timedelta(hours=1))
    assert rows(noon, "cases") - before > 20


def test_living_ends_when_it_is_told_to(noon: Engine):
    stop = Event()

    def now() -> datetime:
        stop.set()
        return EVENING

    live(noon, Centre.of(Settings()), now, stop)
    with writing(noon) as connection:
        progress = read_progress(connection)
    assert progress is not None
    assert progress.played == EVENING


def test_living_without_a_demo_is_refused(county: Engine):
    with pytest.raises(DemoError, match="wuqing demo"):
        live(county, Centre.of(Settings()), lambda: NOON, Event())


def test_a_demo_of_an_earlier_version_is_built_anew(noon: Engine, demo_until: DemoUntil):
    with writing(noon) as connection:
        of = tables.site.c
        value = dict(connection.scalar(select(of.value).where(of.key == "demo")))
        del value["script"]
        connection.execute(update(tables.site).where(of.key == "demo").values(value=value))
        connection.execute(delete(tables.points_entry))
        worlds.a_case(connection, title="旧")
    centre = Centre.of(Settings())
    with pytest.raises(DemoError, match="earlier version"):
        tick(noon, Player(centre), centre, EVENING)
    assert build(noon, Settings(), EVENING)
    straight = demo_until(EVENING)
    for table in ("cases", "case_event", "case_hold", "party", "points_entry", "area"):
        assert rows(noon, table) == rows(straight, table) > 0
    assert not build(noon, Settings(), EVENING)


def test_a_database_of_real_cases_is_left_alone(county: Engine):
    with writing(county) as connection:
        worlds.a_case(connection)
    before = fingerprint(county)
    with pytest.raises(DemoError, match="1 cases that are not synthetic"):
        build(county, Settings(), NOON, FEW_DAYS)
    assert fingerprint(county) == before


def test_a_profile_of_another_place_is_refused(blank: Engine):
    with pytest.raises(DemoError, match="Zhanyi"):
        build(blank, Settings(profile="shishou"), NOON, FEW_DAYS)


def test_the_day_a_history_begins_follows_the_years_wanted(noon: Engine):
    with reading(noon) as connection:
        first = connection.scalar(select(func.min(tables.cases.c.reported_at)))
    assert first.date() in {date(2026, 3, 13), date(2026, 3, 14)}
