"""`wuqing import`: a file of cases or a duty roster into the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import orjson
from rich.console import Console
from rich.progress import Progress

from dashboard.access.guessable import refuse_guessable
from dashboard.calendar import CalendarError
from dashboard.commands.acting import acting
from dashboard.commands.options import Session, with_session
from dashboard.database.engine import reading
from dashboard.database.schema import misfit
from dashboard.intake.faults import IntakeError
from dashboard.intake.mapping import Mapping
from dashboard.intake.roster_mapping import RosterMapping, load_any_mapping
from dashboard.intake.roster_rows import prepare_roster
from dashboard.intake.run import import_file
from dashboard.intake.surroundings import look_around
from dashboard.intake.taking import Outcome, Prepared
from dashboard.profile import ProfileError, load_profile
from dashboard.settings import SettingsError


@click.command("import")
@click.argument("table", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--mapping",
    "mapping_file",
    type=click.Path(path_type=Path),
    required=True,
    help="What the file's columns mean: a TOML file, see docs/import.md.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the counts as JSON, nothing else.")
@with_session
def command(session: Session, table: Path, mapping_file: Path, *, as_json: bool) -> None:
    """Import cases or a duty roster from a CSV file, a ZIP with one CSV, or an XLSX workbook.

    Rows that cannot be used are kept in quarantine with their line and reason; importing a file
    again changes only what it says anew.
    """
    try:
        refuse_guessable(session.settings)  # keys of parties are made here
        mapping = load_any_mapping(mapping_file)
        prepared = _prepare(session, mapping)
        with _progress(table.name, shown=not as_json) as advance:
            outcome = import_file(
                session.engine, table, prepared, now=session.now(), advance=advance
            )
    except (IntakeError, ProfileError, CalendarError, SettingsError) as error:
        raise click.ClickException(str(error)) from None
    counts = ("rows", "new", "updated", "unchanged", "quarantined")
    detail = {name: getattr(outcome, name) for name in counts}
    with acting(session, "import", mapping.name, detail):
        pass  # the rows are in, each chunk in a transaction of its own
    click.echo(orjson.dumps(outcome).decode() if as_json else _sentences(outcome))


def _prepare(session: Session, mapping: Mapping | RosterMapping) -> Prepared:
    why = misfit(session.engine)
    if why is not None:
        raise IntakeError(f"the database {why}")
    profile = load_profile(session.settings.profile)
    with reading(session.engine) as connection:
        if isinstance(mapping, RosterMapping):
            return prepare_roster(connection, mapping, session.settings.zone)
        return look_around(connection, mapping, profile, session.settings)


@contextmanager
def _progress(name: str, *, shown: bool) -> Iterator[Callable[[float], None]]:
    """Draw a bar on the terminal's error stream; none where that is no terminal."""
    console = Console(stderr=True)
    with Progress(console=console, disable=not (shown and console.is_terminal)) as progress:
        bar = progress.add_task(name, total=1.0)
        yield lambda share: progress.update(bar, completed=share)


def _sentences(outcome: Outcome) -> str:
    lines = [
        f"{outcome.rows:,} rows read: {outcome.new:,} new, {outcome.updated:,} updated, "
        f"{outcome.unchanged:,} unchanged, {outcome.quarantined:,} quarantined"
    ]
    lines += [f"  {count:,} x {note}" for note, count in sorted(outcome.notes.items())]
    return "\n".join(lines)
