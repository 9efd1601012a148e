"""`check`: figures and rows against the events, in one read transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from typing import TypeVar

from sqlalchemy import Connection, Engine, func, insert, select

from dashboard.cases.rules import Rules
from dashboard.check.difference import Difference, text_of
from dashboard.check.peak import peak_mb
from dashboard.check.recompute import MOST, Progress, recompute
from dashboard.check.shown import Screens
from dashboard.check.tally import Key, Middle, Values
from dashboard.check.window import Window
from dashboard.database.engine import reading, writing
from dashboard.database.tables import case_event, cases, check_run
from dashboard.figures.catalogue import FIGURES

Some = TypeVar("Some")

EXAMPLES, EXPLAINED = 5, 40
"""Cases named for a difference, and figures whose first difference is traced to cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a check found and cost; `found` counts all differences, `differences` names some."""

    as_of: datetime
    days: int
    cases: int
    events: int
    figures: int
    found: int
    differences: tuple[Difference, ...]
    seconds: float
    peak_mb: float | None


def check(  # noqa: PLR0913 -- what, and how
    connection: Connection,
    rules: Rules,
    window: Window,
    progress: Progress = lambda _: None,
    *,
    processes: int = 1,
    clock: Callable[[], float] = perf_counter,
) -> Result:
    """Compare everything; the caller's transaction must show one state (`engine.reading`)."""
    start = clock()
    found = recompute(connection, rules, window, progress=progress, processes=processes)
    screens = Screens.of(connection, window, rules)
    shown = screens.read()
    differing = _differing(screens, shown.cells, found.tally.cells, (0, 0))
    faults = _strays(connection)
    figures = _explained(screens, rules, differing, shown.cells, found.tally.cells)
    middles = _middles(screens, shown.middles, found.tally.middles())
    return Result(
        as_of=window.as_of,
        days=len(window.days),
        cases=found.cases,
        events=found.events,
        figures=screens.number(),
        found=len(faults) + found.wrong + len(differing) + len(middles),
        differences=(*faults, *found.differences, *figures, *middles[:MOST]),
        seconds=clock() - start,
        peak_mb=peak_mb(processes),
    )


def _differing(
    screens: Screens, shown: Mapping[Key, Some], made: Mapping[Key, Some], nothing: Some
) -> list[Key]:
    by_id = {figure.id: figure for figure in FIGURES}
    keys = [
        key
        for key in shown.keys() | made.keys()
        if shown.get(key, nothing) != made.get(key, nothing)
        and screens.asked(key, by_id[key.figure])
    ]
    return sorted(keys, key=lambda key: (key.figure, key.span, key.kind != "whole", str(key)))


def _middles(
    screens: Screens, shown: Mapping[Key, Middle], made: Mapping[Key, Middle]
) -> list[Difference]:
    """Name medians and percentiles that differ; the cases stand at the sum, if that does too."""
    nothing = (None, None)
    return [
        Difference(
            kind="figure",
            what=f"{key.figure}.{name}",
            unit=_unit(key),
            day=screens.window.name(key.span),
            shown=text_of(name, was),
            recomputed=text_of(name, now),
        )
        for key in _differing(screens, shown, made, nothing)
        for name, was, now in zip(
            ("median", "p90"), shown.get(key, nothing), made.get(key, nothing), strict=True
        )
        if was != now
    ]


def _unit(key: Key) -> str:
    return "whole" if key.kind == "whole" else f"{key.kind} {key.unit}"


def _explained(
    screens: Screens,
    rules: Rules,
    differing: list[Key],
    shown: dict[Key, Values],
    made: dict[Key, Values],
) -> list[Difference]:
    """Name differing figures, the first difference of each with cases that make it."""
    firsts = {key.figure: key for key in reversed(differing)}
    watched = list(firsts.values())[-EXPLAINED:]
    by_id = {figure.id: figure for figure in FIGURES}
    seen = {}
    if watched:
        again = recompute(screens.connection, rules, screens.window, frozenset(watched))
        seen = again.tally.seen
    named = []
    for key in differing[:MOST]:
        codes: tuple[str, ...] = ()
        if key in watched:
            apart = screens.counted_cases(key, by_id[key.figure]) ^ seen.get(key, set())
            codes = _codes(screens.connection, sorted(apart)[:EXAMPLES])
        named.append(
            Difference(
                kind="figure",
                what=key.figure,
                unit=_unit(key),
                day=screens.window.name(key.span),
                shown=_text(shown.get(key, (0, 0))),
                recomputed=_text(made.get(key, (0, 0))),
                cases=codes,
            )
        )
    return named


def _text(values: Values) -> str:
    return f"{values[0]}/{values[1]}"


def _codes(connection: Connection, ids: list[int]) -> tuple[str, ...]:
    found = select(cases.c.case_code).where(cases.c.id.in_(ids)).order_by(cases.c.id)
    return tuple(connection.scalars(found))


def _strays(connection: Connection) -> list[Difference]:
    """Tell of events that are no case's."""
    stray = select(func.count()).where(case_event.c.case_id.not_in(select(cases.c.id)))
    if count := connection.scalar(stray):
        return [Difference(kind="log", what="events", recomputed=f"{count} of no case")]
    return []


def run_check(  # noqa: PLR0913 -- what, and how
    engine: Engine,
    rules_of: Callable[[Connection], Rules],
    window: Window,
    now: Callable[[], datetime],
    progress: Progress = lambda _: None,
    *,
    processes: int = 1,
) -> Result:
    """Check a database and write down that it was checked."""
    started = now()
    with reading(engine) as connection:
        result = check(connection, rules_of(connection), window, progress, processes=processes)
    with writing(engine) as connection:
        connection.execute(
            insert(check_run).values(
                started_at=started,
                ended_at=now(),
                as_of=result.as_of,
                cases=result.cases,
                events=result.events,
                figures=result.figures,
                differences={
                    "found": result.found,
                    "seconds": round(result.seconds, 1),
                    "named": [one.document() for one in result.differences],
                },
            )
        )
    return result
