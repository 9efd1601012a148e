"""Which rows of a figure stand in which part, as conditions and as counts."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, case, false, func, literal, or_, select, true
from sqlalchemy.sql.expression import FromClause

from dashboard.figures.comparing import counting
from dashboard.figures.composition import OTHER, Composition, Part, PartCount
from dashboard.figures.figure import Figure
from dashboard.figures.lacking import lacks
from dashboard.figures.period import Period
from dashboard.figures.population import Reason
from dashboard.figures.view import View


def composition(view: View, figure: Figure, period: Period | None = None) -> Composition:
    """Count every part of a figure and its reasons in one statement."""
    rows = view.rows(figure.population.table)
    part = case(
        *((part_test(view, figure, each), literal(each.value)) for each in Part),
        else_=literal(""),
    )
    parts = (
        select(part.label("part"), _reason(view, figure, rows).label("reason"))
        .where(candidate_test(view, figure, period))
        .subquery()
    )
    counted = select(parts.c.part, parts.c.reason, func.count()).group_by(
        parts.c.part, parts.c.reason
    )
    with counting(view, [figure]):
        counts = {(row[0], row[1]): row[2] for row in view.connection.execute(counted)}
    found = tuple(_part_count(figure, each, counts) for each in Part)
    return Composition(sum(one.count for one in found), found)


def candidate_test(view: View, figure: Figure, period: Period | None) -> ColumnElement[bool]:
    """Tell which rows a figure's period is about, members of its population or not."""
    rows = view.rows(figure.population.table)
    return and_(
        figure.population.base(rows, view.as_of), view.candidates(figure.population, period)
    )


def part_test(view: View, figure: Figure, part: Part) -> ColumnElement[bool]:
    """Tell which candidates stand in a part; every candidate stands in exactly one."""
    rows, as_of = view.rows(figure.population.table), view.as_of
    excluded = or_(false(), *(reason.holds(rows, as_of) for reason in figure.population.exclusions))
    if part is Part.EXCLUDED:
        return excluded
    counted = true() if figure.numerator is None else figure.numerator(rows, as_of)
    if figure.amount is not None:
        counted = and_(counted, figure.amount(rows, as_of).is_not(None))
    base = counted if figure.denominator is None else figure.denominator(rows, as_of)
    test = {
        Part.COUNTED: counted,
        Part.REST: and_(base, lacks(counted)),
        Part.OUTSIDE: lacks(base),
    }[part]
    return and_(lacks(excluded), test)


def reasons_of(figure: Figure, part: Part) -> Sequence[Reason]:
    """Return the reasons that split a part, in order."""
    return {
        Part.COUNTED: figure.counted,
        Part.REST: figure.rest,
        Part.OUTSIDE: figure.outside,
        Part.EXCLUDED: figure.population.exclusions,
    }[part]


def _reason(view: View, figure: Figure, rows: FromClause) -> ColumnElement[str]:
    tests = [
        (and_(part_test(view, figure, part), reason.holds(rows, view.as_of)), literal(reason.id))
        for part in Part
        for reason in reasons_of(figure, part)
    ]
    return case(*tests, else_=literal(OTHER)) if tests else literal(OTHER)


def _part_count(figure: Figure, part: Part, counts: dict[tuple[str, str], int]) -> PartCount:
    known = [reason.id for reason in reasons_of(figure, part)]
    found = [(reason, counts.get((part.value, reason), 0)) for reason in (*known, OTHER)]
    split = tuple((reason, count) for reason, count in found if count) if known else ()
    return PartCount(part, sum(count for _, count in found), split)
