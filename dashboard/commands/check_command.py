"""`wuqing check`: every row and every figure against the events."""

import os
from datetime import UTC, datetime

import click
import orjson
from rich.console import Console
from rich.progress import Progress

from dashboard.calendar import CalendarError, WorkCalendar
from dashboard.cases.rebuild import stale_projection
from dashboard.centre import Centre
from dashboard.check.difference import Difference
from dashboard.check.run import Result, run_check
from dashboard.check.window import Window
from dashboard.commands.options import Session, with_session
from dashboard.database.engine import reading
from dashboard.database.schema import misfit
from dashboard.profile import ProfileError
from dashboard.snapshots.read_place import read_profile


@click.command("check")
@click.option("--days", default=35, show_default=True, type=click.IntRange(1, 400))
@click.option("--as-of", "as_of", help="Instant, e.g. 2026-03-18T14:20+08:00; default now.")
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    help="How many fold cases at once; default as many as there are processors, at most 4.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, nothing else.")
@with_session
def command(
    session: Session, *, days: int, as_of: str | None, processes: int | None, as_json: bool
) -> None:
    """Recompute every case and figure from the events; exit 1 when something differs."""
    why = misfit(session.engine)
    if why is not None:
        raise click.ClickException(f"the database {why}")
    instant = session.now() if as_of is None else _instant(as_of, session)
    settings = session.settings
    try:
        with reading(session.engine) as connection:
            if stale_projection(connection):
                raise click.ClickException("the case rows are of an older version: `wuqing init`")
            centre = Centre(
                settings=settings,
                profile=read_profile(connection, settings),
                calendar=WorkCalendar.load(settings.zone, settings.calendar_file),
            )
    except (ProfileError, CalendarError) as error:
        raise click.ClickException(str(error)) from None
    console = Console(stderr=True)
    with Progress(console=console, disable=as_json or not console.is_terminal) as bar:
        task = bar.add_task("cases", total=None)
        result = run_check(
            session.engine,
            centre.rules_of,
            Window.until(instant, days, settings.zone),
            session.now,
            lambda done: bar.update(task, completed=done, description=f"{done:,} cases"),
            processes=processes or min(os.cpu_count() or 1, 4),
        )
    click.echo(orjson.dumps(result).decode() if as_json else _sentences(result))
    if result.found:
        click.get_current_context().exit(1)


def _instant(text: str, session: Session) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is not an ISO instant", param_hint="--as-of") from None
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=session.settings.zone)
    return instant.astimezone(UTC)


def _sentences(result: Result) -> str:
    lines = [_line(one) for one in result.differences]
    unnamed = result.found - len(result.differences)
    if unnamed:
        lines.append(f"and {unnamed:,} more")
    peak = "" if result.peak_mb is None else f", peak {result.peak_mb:.0f} MB"
    lines.append(
        f"{result.cases:,} cases, {result.events:,} events, {result.figures:,} figures over "
        f"{result.days} days and the running month: {result.found or 'no'} differences; "
        f"{result.seconds:.1f} s{peak}"
    )
    return "\n".join(lines)


def _line(one: Difference) -> str:
    where = " ".join(part for part in (one.unit, one.day) if part)
    named = f"  {', '.join(one.cases)}" if one.cases else ""
    found = f"shown {one.shown}, recomputed {one.recomputed}" if one.shown else one.recomputed
    return f"{one.kind} {one.what}{f' of {where}' if where else ''}: {found}{named}"
