"""`wuqing demo` builds the demo county or plays it up to now; `wuqing demo live` goes on."""

import logging
import signal
from datetime import UTC, datetime
from threading import Event

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from dashboard.calendar import CalendarError
from dashboard.commands.options import Session, with_session
from dashboard.demo.build import Wanted, build
from dashboard.demo.founding import DemoError
from dashboard.demo.live import live
from dashboard.demo.player import Centre
from dashboard.profile import ProfileError

FAULTS = (DemoError, ProfileError, CalendarError)


@click.group("demo", invoke_without_command=True)
@click.option("--seed", default=7, show_default=True, help="Same seed and end, same database.")
@click.option("--years", default=2.0, show_default=True, type=click.FloatRange(0.02, 10))
@click.option("--until", help="Where the history ends, e.g. 2026-03-18T14:20+08:00; default now.")
@with_session
def command(session: Session, *, seed: int, years: float, until: str | None) -> None:
    """Build the synthetic demo county; bring one that stands up to now."""
    if click.get_current_context().invoked_subcommand is not None:
        return
    end = session.now() if until is None else _instant(until, session)
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    try:
        with Progress(*columns, console=console, transient=True) as bar:
            task = bar.add_task("demo county", total=None)

            def report(share: float, reached: datetime) -> None:
                day = reached.astimezone(session.settings.zone).date()
                bar.update(task, total=1.0, completed=share, description=f"demo county {day}")

            new = build(session.engine, session.settings, end, Wanted(seed, years), report)
    except FAULTS as error:
        raise click.ClickException(str(error)) from None
    click.echo("the demo county is built" if new else "the demo county is up to date", err=True)


@command.command("live")
@click.option("--speed", type=click.IntRange(1, 500), help="So many times as busy, from now on.")
@with_session
def live_command(session: Session, *, speed: int | None) -> None:
    """Keep the demo county going until interrupted."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    try:
        centre = Centre.of(session.settings)
        live(session.engine, centre, session.now, stop, pace=speed)
    except FAULTS as error:
        raise click.ClickException(str(error)) from None


def _instant(text: str, session: Session) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is no ISO instant", param_hint="--until") from None
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=session.settings.zone)
    return instant.astimezone(UTC)
