"""`check`: figures and rows against the events, in one read transaction."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter

from sqlalchemy import Connection, Engine, func, insert, select

from dashboard.cases.rebuild import verify_chain
from dashboard.cases.rules import Rules
from dashboard.check.difference import Difference
from dashboard.check.recompute import MOST, Progress, recompute
from dashboard.check.shown import Screens
from dashboard.check.tally import Key, Values
from dashboard.check.window import Window
from dashboard.database.engine import reading, writing
from dashboard.database.tables import case_event, cases, check_run
from dashboard.figures.catalogue import FIGURES

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


def check(
    connection: Connection,
    rules: Rules,
    window: Window,
    progress: Progress = lambda _: None,
    *,
    clock: Callable[[], float] = perf_counter,
) -> Result:
    """Compare everything; the caller's transaction must show one state (`engine.reading`)."""
    start = clock()
    found = recompute(connection, rules, window, progress=progress)
    screens = Screens.of(connection, window, rules)
    shown = dict(screens.cells())
    by_id = {figure.id: figure for figure in FIGURES}
    wanted = [
        key
        for key in shown.keys() | found.tally.cells.keys()
        if screens.asked(key, by_id[key.figure])
    ]
    made = found.tally.cells
    differing = [key for key in wanted if shown.get(key, (0, 0)) != made.get(key, (0, 0))]
    differing.sort(key=lambda key: (key.figure, key.span, key.kind != "whole", str(key)))
    faults = _log_faults(connection)
    figures = _explained(screens, rules, differing, shown, made)
    return Result(
        as_of=window.as_of,
        days=len(window.days),
        cases=found.cases,
        events=found.events,
        figures=_compared(screens, window),
        found=len(faults) + found.wrong + len(differing),
        differences=(*faults, *found.differences, *figures),
        seconds=clock() - start,
        peak_mb=_peak_mb(),
    )


def _compared(screens: Screens, window: Window) -> int:
    """Count the figures compared: those that come to nothing on both sides among them."""
    units = 1 + sum(len(units) for units in screens.units.values())
    flow = sum(figure.population.instant is not None for figure in FIGURES)
    return units * (flow * (len(window.days) + 1) + (len(FIGURES) - flow) * len(window.days))


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
                unit="whole" if key.kind == "whole" else f"{key.kind} {key.unit}",
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


def _log_faults(connection: Connection) -> list[Difference]:
    """Name the first event that was altered after it was written, and events of no case."""
    faults = []
    altered = verify_chain(connection)
    if altered is not None:
        codes = _codes(connection, [altered.case_id])
        what = f"{altered.seq}"
        faults.append(Difference(kind="log", what=what, recomputed=altered.fault, cases=codes))
    stray = select(func.count()).where(case_event.c.case_id.not_in(select(cases.c.id)))
    if count := connection.scalar(stray):
        faults.append(Difference(kind="log", what="events", recomputed=f"{count} of no case"))
    return faults


def _peak_mb() -> float | None:
    if sys.platform == "win32":
        return None
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def run_check(
    engine: Engine,
    rules_of: Callable[[Connection], Rules],
    window: Window,
    now: Callable[[], datetime],
    progress: Progress = lambda _: None,
) -> Result:
    """Check a database and write down that it was checked."""
    started = now()
    with reading(engine) as connection:
        result = check(connection, rules_of(connection), window, progress)
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
