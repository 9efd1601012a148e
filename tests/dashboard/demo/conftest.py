"""What the demo's tests share: its county, its script, and half a year of it played in memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from dashboard.calendar import WorkCalendar
from dashboard.cases.happening import Happening
from dashboard.cases.lifecycle import apply
from dashboard.cases.state import State
from dashboard.database.engine import open_engine
from dashboard.demo.arrivals import CaseKey
from dashboard.demo.build import Wanted, build
from dashboard.demo.county import County, load_county
from dashboard.demo.grids import Grids
from dashboard.demo.player import Centre
from dashboard.demo.put import Put
from dashboard.demo.script import Act, Pace, Script
from dashboard.profile import load_profile
from dashboard.settings import Settings
from dashboard.terms import Event
from tests.services import postgres

SHANGHAI = ZoneInfo("Asia/Shanghai")
BEGINS = date(2025, 9, 1)
UNTIL = datetime(2026, 3, 18, 6, 20, 36, tzinfo=UTC)


@dataclass(frozen=True)
class Played:
    """A script played in memory: the states of its cases, and the rows of the smaller tables."""

    states: dict[CaseKey, State]
    steps: list[tuple[CaseKey, Happening]]
    puts: list[Put]


@pytest.fixture(scope="session")
def demo_county() -> County:
    return load_county()


@pytest.fixture(scope="session")
def demo_grids(demo_county: County) -> Grids:
    return Grids(demo_county)


@pytest.fixture(scope="session")
def centre() -> Centre:
    return Centre.of(Settings())


@pytest.fixture(scope="session")
def script(demo_county: County) -> Callable[..., Iterator[Act]]:
    """Play a script: its acts from `begins` up to `until`."""

    def play(
        *,
        seed: int = 7,
        begins: date = BEGINS,
        until: datetime = UNTIL,
        paces: tuple[Pace, ...] = (),
    ) -> Iterator[Act]:
        return Script(
            seed,
            begins,
            paces,
            county=demo_county,
            calendar=WorkCalendar.load(SHANGHAI),
            profile=load_profile("zhanyi"),
        ).play(until)

    return play


@pytest.fixture(scope="session")
def half_a_year(script: Callable[..., Iterator[Act]], centre: Centre) -> Played:
    """Every event goes through the stage machine, so that an illegal one fails here."""
    played = Played({}, [], [])
    for act in script():
        if isinstance(act.what, Put):
            played.puts.append(act.what)
        else:
            assert act.case is not None
            state = played.states.get(act.case)
            what = act.what
            if what.event is Event.MERGE:  # the script names the other case, the database its id
                assert what.facts["merged_into"] in played.states
                what = replace(what, facts={"merged_into": 1})
            played.states[act.case] = apply(state, what, centre.rules)
            played.steps.append((act.case, act.what))
    return played


FEW_DAYS = Wanted(seed=7, years=0.012)


@pytest.fixture(scope="session")
def masters() -> dict[tuple[str, datetime], str]:
    """Databases built so far, by kind and end: file names, or names on the PostgreSQL server."""
    return {}


@pytest.fixture(params=["sqlite", "postgresql"])
def demo_until(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    masters: dict[tuple[str, datetime], str],
) -> Iterator[Callable[[datetime], Engine]]:
    """A function that opens a copy of a few days' demo up to an instant, built once a run."""
    folder = tmp_path_factory.mktemp("demo")
    engines: list[Engine] = []
    names: list[str] = []

    def built(url: str, until: datetime) -> None:
        engine = open_engine(url)
        build(engine, Settings(), until, FEW_DAYS)
        if engine.dialect.name == "sqlite":
            with engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()

    def on_sqlite(until: datetime) -> str:
        if ("sqlite", until) not in masters:
            masters["sqlite", until] = str(folder / "master.db")
            built(f"sqlite:///{masters['sqlite', until]}", until)
        copy = folder / f"{uuid4().hex}.db"
        copy.write_bytes(Path(masters["sqlite", until]).read_bytes())
        return f"sqlite:///{copy}"

    def on_postgresql(until: datetime) -> str:
        url, name = request.getfixturevalue("postgres_url"), f"t{uuid4().hex}"
        if ("postgresql", until) not in masters:
            masters["postgresql", until] = f"m{uuid4().hex}"
            postgres.run(url, f"CREATE DATABASE {masters['postgresql', until]} TEMPLATE blank")
            built(f"{url}/{masters['postgresql', until]}", until)
        postgres.run(url, f"CREATE DATABASE {name} TEMPLATE {masters['postgresql', until]}")
        names.append(name)
        return f"{url}/{name}"

    def copy(until: datetime) -> Engine:
        url = on_sqlite(until) if request.param == "sqlite" else on_postgresql(until)
        engines.append(open_engine(url))
        return engines[-1]

    yield copy
    for engine in engines:
        engine.dispose()
    for name in names:
        postgres.run(request.getfixturevalue("postgres_url"), f"DROP DATABASE {name}")
