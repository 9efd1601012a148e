"""Filters as conditions on rows; applied in one place, `View.candidates`."""

import re
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true
from sqlalchemy.sql.expression import FromClause

from dashboard.cases.area import level_of, significant
from dashboard.figures import conditions
from dashboard.figures.filters import EVERY, NONE, Choice, Filters
from dashboard.terms import AreaLevel

_WHOLE_CODE = re.compile(r"\d{6}-\d{8}-[A-Z]\d{5}-[0-9A-Z]")
_CODE_TAIL = re.compile(r"(\d{6}-)?[A-Z]\d{5}")

COLUMNS = {
    "departments": "lead_dept_id",
    "situations": "situation",
    "categories": "category_code",
    "kinds": "case_kind",
    "levels": "level",
    "risks": "risk_level",
    "stages": "stage",
    "channels": "source_channel",
}
"""The choices that name values of one column each."""


def filtered(
    filters: Filters, rows: FromClause, cases: FromClause, as_of: datetime
) -> ColumnElement[bool]:
    """Tell which of `rows` are meant.

    Rows that belong to a case follow it where they lack a column; others without the column are
    not meant.
    """
    if filters == EVERY:
        return true()
    tests = []
    if filters.area is not None:
        area = filters.area
        tests.append(_test(rows, cases, "area_code", lambda of: within(of, area)))
    for name, column in COLUMNS.items():
        if chosen := getattr(filters, name):
            tests.append(_test(rows, cases, column, _among(column, chosen)))
    if filters.colours:
        tests.append(_test(rows, cases, "left_at", _coloured(filters.colours, as_of)))
    if filters.state:
        test = conditions.is_open if filters.state == "open" else _closed
        tests.append(_test(rows, cases, "left_at", lambda of: test(of, as_of)))
    if filters.text.strip():
        tests.append(_test(rows, cases, "case_code", lambda of: matches(of, filters.text)))
    return and_(true(), *tests)


def _test(
    rows: FromClause,
    cases: FromClause,
    column: str,
    test: Callable[[FromClause], ColumnElement[bool]],
) -> ColumnElement[bool]:
    if "case_id" not in rows.c:
        return test(rows) if column in rows.c else false()
    of_case = rows.c.case_id.in_(select(cases.c.id).where(test(cases)))
    if column not in rows.c:
        return of_case
    if column == "area_code" and "township_code" not in rows.c:
        # an order lies in its area, or it is about a case and lies where that does
        return or_(test(rows), and_(rows.c[column].is_(None), of_case))
    return test(rows)


def _coloured(colours: Choice, as_of: datetime) -> Callable[[FromClause], ColumnElement[bool]]:
    return lambda of: and_(
        conditions.is_open(of, as_of), conditions.colour(of, as_of).in_(sorted(colours))
    )


def within(rows: FromClause, code: str) -> ColumnElement[bool]:
    """Tell which rows lie in the area `code` or below it, by an index where there is one."""
    level = level_of(code)
    named = {AreaLevel.TOWNSHIP: "township_code", AreaLevel.VILLAGE: "village_code"}.get(level)
    if named is not None and named in rows.c:
        found: ColumnElement[bool] = rows.c[named] == code
        return found
    if level is AreaLevel.GRID:
        return rows.c.area_code == code
    return rows.c.area_code.startswith(significant(code), autoescape=True)


def matches(rows: FromClause, text: str) -> ColumnElement[bool]:
    """Tell which cases a search means: one code, codes with one end, or titles with all words."""
    wanted = text.strip()
    if _WHOLE_CODE.fullmatch(wanted.upper()):
        found: ColumnElement[bool] = rows.c.case_code == wanted.upper()
        return found
    if _CODE_TAIL.fullmatch(wanted.upper()):
        day, _, tail = wanted.upper().rpartition("-")
        return rows.c.case_code.like(f"%{day}-{tail}-_")
    titles = (rows.c.title, func.coalesce(rows.c.title_en, ""))
    return and_(
        *(
            or_(*(title.icontains(word, autoescape=True) for title in titles))
            for word in wanted.split()
        )
    )


def _among(column: str, chosen: Choice) -> Callable[[FromClause], ColumnElement[bool]]:
    def test(rows: FromClause) -> ColumnElement[bool]:
        value = rows.c[column]
        named = sorted(chosen - {NONE})
        groups = [code for code in named if column == "category_code" and len(code) == 2]
        single = [code for code in named if code not in groups]
        tests: list[ColumnElement[bool]] = [value.in_(single)]
        tests += [value.startswith(group, autoescape=True) for group in groups]
        if NONE in chosen:
            tests.append(value.is_(None))
        return or_(*tests)

    return test


def _closed(rows: FromClause, _as_of: datetime) -> ColumnElement[bool]:
    return rows.c.closed_at.is_not(None)
