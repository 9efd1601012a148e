"""What the demo's tests share: its county, its script, and half a year of it played in memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from dashboard.calendar import WorkCalendar
from dashboard.cases.happening import Happening
from dashboard.cases.lifecycle import apply
from dashboard.cases.state import State
from dashboard.demo.arrivals import CaseKey
from dashboard.demo.county import County, load_county
from dashboard.demo.player import Centre
from dashboard.demo.put import Put
from dashboard.demo.script import Act, Pace, Script
from dashboard.profile import load_profile
from dashboard.settings import Settings
from dashboard.terms import Event

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
