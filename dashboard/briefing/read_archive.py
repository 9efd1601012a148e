"""Read the archive: which issues are sealed, and whether each body is what was sealed."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, select, true

from dashboard.briefing.archive import Archive, Filed, Which
from dashboard.briefing.cycle import cycles
from dashboard.briefing.encode import digest, moment_of
from dashboard.briefing.issue import Cycle
from dashboard.briefing.issued import Seal
from dashboard.briefing.read_later import count_later
from dashboard.briefing.sealed import seal_of
from dashboard.centre import Centre
from dashboard.database.briefing_tables import sealed_briefing
from dashboard.drilldown.listing import Page

ALL, FIRST = Which(), Page()


def read_archive(connection: Connection, centre: Centre, which: Which, page: Page) -> Archive:
    """Read a page of sealed issues without opening them; each body is held to its fingerprint."""
    c = sealed_briefing.c
    known = Which(by=which.by)
    kept = set(connection.scalars(select(c.cycle).where(_test(known)).distinct()))
    years = connection.scalars(select(c.year).where(_test(known)).distinct())
    total = connection.scalar(select(func.count()).select_from(sealed_briefing).where(_test(which)))
    return Archive(
        rows=list_sealed(connection, which, page),
        total=total or 0,
        page=page,
        which=which,
        cycles=tuple(one for one in Cycle if one in kept),
        years=tuple(sorted(years, reverse=True)),
        stated=tuple(cycles(centre)),
    )


def list_sealed(
    connection: Connection, which: Which = ALL, page: Page = FIRST
) -> tuple[Filed, ...]:
    """List sealed issues, newest first, without opening them, and count what each did not know."""
    c = sealed_briefing.c
    rows = connection.execute(
        select(sealed_briefing)
        .where(_test(which))
        .order_by(c.day.desc(), c.sealed_at.desc(), c.cycle)
        .offset(page.offset)
        .limit(page.limit)
    ).all()
    later = {} if which.by is not None else _later(connection, rows)
    return tuple(
        Filed(seal := seal_of(row), digest(row.body) == row.sha256, later.get(seal)) for row in rows
    )


def _later(connection: Connection, rows: Sequence[Row[Any]]) -> Mapping[Seal, int]:
    told = [(seal_of(row), moment) for row in rows if (moment := moment_of(row.body)) is not None]
    counts = count_later(connection, told)
    return {seal: n for (seal, _), n in zip(told, counts, strict=True)}


def _test(which: Which) -> ColumnElement[bool]:
    c = sealed_briefing.c
    tests: list[ColumnElement[bool]] = [true()]
    if which.cycle is not None:
        tests.append(c.cycle == which.cycle.value)
    if which.year is not None:
        tests.append(c.year == which.year)
    if which.by is not None:
        tests.append(c.sealed_at <= which.by)
    return and_(*tests)
