"""`wuqing seal-month`: close the league tables of a month."""

from datetime import date, timedelta

import click

from dashboard.calendar import WorkCalendar, local_day
from dashboard.centre import Centre
from dashboard.commands.acting import acting
from dashboard.commands.options import Session, with_session
from dashboard.database.schema import schema_version
from dashboard.drilldown.sealed import SealError, seal_month
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.snapshots.read_place import read_profile


@click.command()
@click.option("--month", help="The month to close, e.g. 2026-03; default the last that is over.")
@with_session
def command(session: Session, *, month: str | None) -> None:
    """Close the league tables of a month; one that is closed stays as it is."""
    settings, now = session.settings, session.now()
    if schema_version(session.engine) is None:
        raise click.ClickException("the database has no tables yet; `wuqing init` makes them")
    first = local_day(now, settings.zone).replace(day=1) - timedelta(days=1)
    chosen = PeriodChoice.containing(PeriodKind.MONTH, first if month is None else _first(month))
    with acting(session, "seal_month", f"{chosen.first:%Y-%m}") as (connection, now):
        centre = Centre(
            settings=settings,
            profile=read_profile(connection, settings),
            calendar=WorkCalendar.load(settings.zone, settings.calendar_file),
        )
        try:
            closed = seal_month(connection, chosen, centre, now)
        except SealError as error:
            raise click.ClickException(str(error)) from None
    state = f"closed {', '.join(closed)}" if closed else "was closed before"
    click.echo(f"{chosen.first:%Y-%m} {state}")


def _first(month: str) -> date:
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError:
        raise click.BadParameter(f"{month!r} is no month", param_hint="--month") from None
