"""Read what the figures rest on."""

import re
from typing import Any

from sqlalchemy import func, select

from dashboard.calendar import local_day
from dashboard.centre import Centre
from dashboard.database import tables
from dashboard.drilldown.data_page import DataPage, Feed, ImportRun, LastCheck
from dashboard.figures.view import View
from dashboard.snapshots.read_sources import read_sources

RUNS, REASONS, NAMED = 8, 12, 8

_CONTENT = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”|\d{5,}")
"""What a reason quotes of a row; it may be about a person and is not repeated."""


def read_data_page(view: View, centre: Centre) -> DataPage:
    """Read feeds, the last imports, the last check and the calendar."""
    event = tables.case_event
    last = select(func.max(event.c.recorded_at)).where(event.c.recorded_at <= view.as_of)
    return DataPage(
        as_of=view.as_of,
        last_event_at=view.connection.scalar(last),
        feeds=_feeds(view),
        runs=_runs(view),
        check=_check(view),
        years=tuple(sorted(centre.calendar.years)),
        year_known=centre.calendar.knows(local_day(view.as_of, centre.zone).year),
    )


def _feeds(view: View) -> tuple[Feed, ...]:
    source = tables.source
    asked = select(source.c.channel, source.c.rows_ok, source.c.rows_rejected)
    counts = {row.channel: row for row in view.connection.execute(asked)}
    found = []
    for state in read_sources(view):
        last, row = state.last_received_at, counts[state.channel]
        silent = None if last is None else max(0, int((view.as_of - last).total_seconds()))
        found.append(
            Feed(
                state=state,
                lamp=state.lamp,
                silent_s=silent,
                rows_ok=row.rows_ok,
                rows_rejected=row.rows_rejected,
            )
        )
    return tuple(found)


def _runs(view: View) -> tuple[ImportRun, ...]:
    run = tables.import_run
    asked = select(run).where(run.c.started_at <= view.as_of)
    rows = view.connection.execute(
        asked.order_by(run.c.started_at.desc(), run.c.run_id.desc()).limit(RUNS)
    ).all()
    return tuple(
        ImportRun(
            id=row.run_id,
            channel=row.source_channel,
            file=row.file_name,
            started_at=row.started_at,
            ended_at=row.ended_at,
            read=row.rows_read,
            new=row.rows_new,
            updated=row.rows_updated,
            unchanged=row.rows_unchanged,
            quarantined=row.rows_quarantined,
            reasons=_reasons(view, row.run_id) if row.rows_quarantined else (),
        )
        for row in rows
    )


def _reasons(view: View, run_id: int) -> tuple[tuple[str | None, str, int], ...]:
    row = tables.quarantined_row
    asked = select(row.c.field, row.c.reason, func.count()).where(row.c.run_id == run_id)
    counts: dict[tuple[str | None, str], int] = {}
    for field, reason, count in view.connection.execute(asked.group_by(row.c.field, row.c.reason)):
        key = (field, _CONTENT.sub("…", reason))
        counts[key] = counts.get(key, 0) + count
    most = sorted(counts.items(), key=lambda one: (-one[1], one[0][0] or "", one[0][1]))
    return tuple((*key, count) for key, count in most[:REASONS])


def _check(view: View) -> LastCheck | None:
    run = tables.check_run
    asked = select(run).where(run.c.ended_at <= view.as_of).order_by(run.c.run_id.desc()).limit(1)
    row = view.connection.execute(asked).first()
    if row is None:
        return None
    result: dict[str, Any] = row.differences
    return LastCheck(
        ended_at=row.ended_at,
        as_of=row.as_of,
        cases=row.cases,
        events=row.events,
        figures=row.figures,
        found=result["found"],
        seconds=result["seconds"],
        named=tuple(_named(one) for one in result["named"][:NAMED]),
    )


def _named(one: dict[str, Any]) -> tuple[str, str, str, str]:
    where = " · ".join(part for part in (one["unit"], one["day"], *one["cases"]) if part)
    return f"{one['kind']} {one['what']}", where, one["shown"], one["recomputed"]
