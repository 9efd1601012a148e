"""How the townships and the departments do: counts, rates with their dots, bands and awards."""

from collections.abc import Sequence, Set
from functools import partial

from dashboard.briefing.briefing import Briefing
from dashboard.briefing.unit_line import UnitLine
from dashboard.export.table import Kind
from dashboard.figures.choice import PeriodChoice
from dashboard.figures.composition import Part
from layouts import format as fmt
from layouts.briefing.document import Cell, Row, Scale, Section, Table
from layouts.briefing.headline import days_of
from layouts.briefing.overall import orders
from layouts.briefing.reference import Counted, of
from layouts.briefing.said import (
    column,
    count_cell,
    department_name,
    share_text,
    township_name,
)
from layouts.briefing.standings import bands_of, standings
from layouts.names import band_name, joined
from layouts.words import Words

STEP = 0.05
"""The line of the dots begins at a round share below the lowest."""


def units(briefing: Briefing, words: Words) -> Section:
    """List the townships and the departments, then what nobody has answered."""
    tables = tuple(
        _table(which, lines, briefing, words)
        for which, lines in (
            ("townships", briefing.townships), ("departments", briefing.departments)
        )
        if lines
    )  # fmt: skip
    return Section(
        title=words.text("briefing.units"),
        lines=tuple(standings(briefing, words)),
        tables=tables,
        after=(orders(briefing, words),),
    )


def _table(which: str, lines: Sequence[UnitLine], briefing: Briefing, words: Words) -> Table:
    columns = (
        column(which, 4, words), column("accepted", 1, words, Kind.COUNT),
        column("open", 1, words, Kind.COUNT), column("overdue_count", 1, words, Kind.COUNT),
        column("due_count", 1, words, Kind.COUNT), column("rate", 1.3, words, Kind.SHARE),
        column("band", 1.7, words),
    )  # fmt: skip
    target = briefing.overall.target
    bands = bands_of(lines)
    rows = tuple(_row(which, one, bands, briefing, words) for one in lines)
    return Table(
        name=words.text(f"briefing.list.{which}"), columns=columns, rows=rows, shown=len(rows),
        scale=_scale([row.dot for row in rows], target, words),
    )  # fmt: skip


def _row(which: str, one: UnitLine, bands: Set[int], briefing: Briefing, words: Words) -> Row:
    named = township_name if which == "townships" else department_name
    target, rate = briefing.overall.target, one.on_time.value
    below = target is not None and rate is not None and rate < target
    band = None
    if one.band is not None and one.band in bands:
        band = words.text("briefing.band", band=band_name(one.band, words))
    award = words.text(f"briefing.award.{one.award}") if one.award else None
    days, of_unit = days_of(briefing, words), partial(unit_cases, which, one.code)
    opens = of_unit("on_time_rate", days.month) if rate is not None else None
    return Row(
        cells=(
            Cell(named(one.code, briefing.directory, words)),
            count_cell(one.accepted, of_unit("accepted", days.own)),
            count_cell(one.in_hand, of_unit("open")),
            count_cell(one.overdue, of_unit("overdue")),
            count_cell(one.on_time.of or 0, of_unit("due", days.month)),
            Cell(share_text(one.on_time), rate, below, opens),
            Cell(joined(band, award) or fmt.DASH),
        ),
        dot=rate if one.on_time.of else None,
    )  # fmt: skip


def unit_cases(
    which: str,
    code: str | None,
    figure: str,
    period: PeriodChoice | None = None,
    part: Part | None = None,
) -> Counted | None:
    """Refer to a figure of a township or a department.

    None where nobody has the cases: those of a unit without a name are among them, and no
    question tells them apart.
    """
    if code is None:
        return None
    if which == "departments":
        return of(figure, period, part, departments=frozenset({code}))
    return of(figure, period, part, area=code)


def _scale(dots: Sequence[float | None], target: float | None, words: Words) -> Scale | None:
    known = [dot for dot in (*dots, target) if dot is not None]
    if len(known) <= 1:
        return None
    low = max(0.0, min(int(min(known) / STEP - 0.001) * STEP, 1 - STEP))
    said = "" if target is None else words.text("briefing.target", t=fmt.share(target))
    return Scale(low=low, target=target, low_text=fmt.share(low), target_text=said)
