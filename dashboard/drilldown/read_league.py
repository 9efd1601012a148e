"""Read a league: flows, the due cohort and its ranking, and the columns asked for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import chain

from dashboard.drilldown.league import (
    RATES,
    STATES,
    Columns,
    League,
    Line,
    Misses,
    Times,
    UnitLine,
)
from dashboard.drilldown.league_units import ALL, Asked, by_unit, measured, share_of
from dashboard.figures.catalogue import by_id
from dashboard.figures.catalogue.due import ON_TIME_RATE, PENDING
from dashboard.figures.catalogue.flow import CLEARED
from dashboard.figures.catalogue.league import HELD_TIME, UNCLAIMED_TIME
from dashboard.figures.cell import Cell
from dashboard.figures.past import LateRules
from dashboard.figures.period import SECOND, Period
from dashboard.figures.view import View, view_at
from dashboard.league.balance import Code, Flow, total
from dashboard.league.flow import (
    held_seconds,
    read_flows,
    until_now,
)
from dashboard.league.ranking import NEVER_BELOW, Ranking, Standing, Unit, ranking
from dashboard.league.rules import rule_version
from dashboard.league.settling import settling
from dashboard.league.spells import read_spells
from dashboard.league.survival import Spell


def read_league(view: View, asked: Asked, rules: LateRules | None = None) -> League:
    """Read the table.

    How cases stood at the end of a past period is read from a view of that moment, which takes the
    place of `view` in its connection: nothing may be read through `view` afterwards.
    """
    lines = _lines(view, asked)
    lines = _with_columns(view, asked, rules, lines)
    nobody = lines.get(None)
    found = ranking(
        _units(view, asked, lines), target=asked.target, rank_from_due=asked.rank_from_due
    )
    listed = [UnitLine(line=lines[row.code], row=row) for row in found.rows]
    ranked = [row.share for row in found.rows if row.standing is Standing.RANKED]
    rates = [share.k / share.n for share in ranked]
    return League(
        kind=asked.kind,
        start=asked.period.start,
        end=asked.period.end,
        as_of=view.as_of,
        running=view.as_of < asked.period.end - SECOND,
        target=asked.target,
        rank_from_due=max(asked.rank_from_due, NEVER_BELOW),
        never_below=NEVER_BELOW,
        rule_version=rule_version(target=asked.target, rank_from_due=asked.rank_from_due),
        significant=found.significant,
        p=found.p,
        bands=found.bands,
        compared=len(ranked),
        gap=max(rates) - min(rates) if rates else None,
        most_missed=_most_missed(found),
        lines=tuple(sorted(listed, key=_place)),
        nobody=nobody,
        total=lines[ALL],
    )


FIRST_OF = (Standing.RANKED, Standing.BANDED, Standing.TOO_FEW, Standing.NOTHING_DUE)


def _place(one: UnitLine) -> tuple[int, int]:
    """Sort by band, the unbanded last; within it by nothing but the order of units."""
    if one.row.band is not None:
        return (0, one.row.band)
    return (1, 0 if one.row.standing is Standing.RANKED else FIRST_OF.index(one.row.standing))


def _units(view: View, asked: Asked, lines: Mapping[Code, Line]) -> list[Unit]:
    before: Mapping[Code, Cell] = {}
    if asked.before is not None:
        before = measured(view, asked, (ON_TIME_RATE,), asked.before)[ON_TIME_RATE]
    return [
        Unit(code, *lines[code].on_time, share_of(before[code]) if code in before else None)
        for code in asked.units
    ]


def _most_missed(found: Ranking) -> Misses | None:
    missed = {row.code: row.share.n - row.share.k for row in found.rows}
    whole = sum(missed.values())
    if not whole:
        return None
    code = max(missed, key=missed.__getitem__)
    return Misses(unit=code, missed=missed[code], of_all=whole)


def _lines(view: View, asked: Asked) -> dict[Code, Line]:
    """Read what every table shows: a line for each unit, one for all, nobody's if there is any."""
    flows = by_unit(asked, read_flows(view, asked.hands, asked.period), total)
    cells = measured(view, asked, (ON_TIME_RATE, PENDING, CLEARED), asked.period)
    codes: list[Code] = [*asked.units, ALL]
    if None in flows or any(None in found for found in cells.values()):
        codes.append(None)
    return {
        code: Line(
            code=code or None,
            flow=flows.get(code, Flow()),
            on_time=share_of(cells[ON_TIME_RATE].get(code, Cell())),
            pending=cells[PENDING].get(code, Cell()).numerator,
            cleared=cells[CLEARED].get(code, Cell()).numerator,
        )
        for code in codes
    }


def _with_columns(
    view: View, asked: Asked, rules: LateRules | None, lines: Mapping[Code, Line]
) -> dict[Code, Line]:
    """Add the columns asked for to every line."""
    if Columns.RATES in asked.columns:
        rates = [by_id(name) for name in RATES]
        cells = measured(view, asked, rates, asked.period)
        lines = {
            code: replace(
                line, rates=tuple(share_of(cells[rate].get(code, Cell())) for rate in rates)
            )
            for code, line in lines.items()
        }
    if Columns.TIMES in asked.columns:
        times = _times(view, asked)
        lines = {code: replace(line, times=times(code)) for code, line in lines.items()}
    if Columns.STATES in asked.columns:
        states = [by_id(name) for name in STATES]
        cells = measured(_at_the_end(view, asked.period, rules), asked, states)
        lines = {
            code: replace(
                line, states=tuple(cells[one].get(code, Cell()).numerator for one in states)
            )
            for code, line in lines.items()
        }
    return dict(lines)


def _times(view: View, asked: Asked) -> Callable[[Code], Times]:
    unit, span = asked.hands.unit, until_now(asked.period, view.as_of)
    spells = by_unit(asked, read_spells(view, unit, asked.period), _chained)
    held = by_unit(asked, held_seconds(view, unit, span), sum)
    cells = measured(view, asked, (HELD_TIME, UNCLAIMED_TIME), asked.period)

    def times(code: Code) -> Times:
        waited = cells[UNCLAIMED_TIME].get(code, Cell(0, 0))
        return Times(
            settling=settling(spells.get(code, [])),
            held_s=held.get(code, 0),
            held_mean_s=cells[HELD_TIME].get(code, Cell(0, 0)).ratio,
            unclaimed_mean_s=waited.ratio,
            dispatched=waited.denominator or 0,
        )

    return times


def _chained(listed: Iterable[list[Spell]]) -> list[Spell]:
    return list(chain.from_iterable(listed))


def _at_the_end(view: View, period: Period, rules: LateRules | None) -> View:
    """Look at the last second of the period, or through the same view while it runs."""
    last = period.end - SECOND
    if last >= view.as_of:
        return view
    return view_at(
        view.connection,
        last,
        view.scope,
        rules=rules,
        filters=view.filters,
        known_at=view.known_at,
    )
