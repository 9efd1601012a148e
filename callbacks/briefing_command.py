"""`wuqing briefing`: a briefing's files, without a browser.

It stands here because it draws; the core's commands know no screen.
"""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

import click

from dashboard.briefing.briefing import Briefing
from dashboard.briefing.cycle import cycles, issue_of
from dashboard.briefing.issue import Cycle, Issue
from dashboard.briefing.seal import draft
from dashboard.briefing.sealed import read_sealed
from dashboard.briefing.uncomposed import Step, UncomposedError, uncomposed
from dashboard.calendar import WorkCalendar, local_day
from dashboard.centre import Centre
from dashboard.commands.acting import require_tables
from dashboard.commands.options import Session, with_session
from dashboard.database.engine import reading
from dashboard.snapshots.read_place import read_profile
from geodata.boundaries import BoundaryError, load_boundaries
from geodata.sketch import sketch
from layouts.briefing.files import KINDS, File, file_of
from layouts.briefing.map_drawing import drawing
from layouts.briefing.write import Maker, document
from layouts.unsealed import cause, failed
from layouts.words import LANGUAGES, Language, Words

MAP_PX = 440
YEARS = range(1900, 3000)
"""Of days that spans can be counted from; what a slip of the hand names is told as one."""


@click.command()
@click.option("--date", "day", help="The day of the meeting, e.g. 2026-03-18; default today.")
@click.option("--cycle", type=click.Choice([one.value for one in Cycle]), default=None,
              help="daily, weekly ...; default the first of the centre's own.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path(),
              help="The folder for the files; default the working directory.")  # fmt: skip
@click.option("--lang", type=click.Choice(LANGUAGES), default=LANGUAGES[0], help="The language.")
@with_session
def command(
    session: Session, *, day: str | None, cycle: str | None, out: Path, lang: Language
) -> None:
    """Write a briefing as PDF, Word, workbook and text, marked as a draft unless it is sealed."""
    require_tables(session)
    centre = _centre(session)
    issue = _issue(session, centre, cycle, day)
    found, seal, made_at = _found(session, centre, issue)
    words = Words(lang, centre.zone)
    name = centre.profile.name_en if lang == "en" else centre.profile.name
    svg = _map(found, centre, words)
    try:
        paper = document(found, Maker(centre=name, made_at=made_at, seal=seal), words)
        files = [file_of(kind, paper, words, svg) for kind in KINDS]
        write_files(files, out)
    except OSError as error:
        needed = f"room and rights in {out} and {gettempdir()}"
        raise click.ClickException(
            f"no file is written: {error.strerror}; needs {needed}"
        ) from None
    except Exception as error:
        raise _cannot(UncomposedError(issue, Step.DRAWN, error), centre) from None
    overall = found.overall
    if not any(one.value for one in (overall.accepted, overall.closed, overall.in_hand)):
        click.echo(f"note: no case is known of the time until {issue.end:%Y-%m-%d}", err=True)


def _issue(session: Session, centre: Centre, cycle: str | None, day: str | None) -> Issue:
    """Return the issue that is asked for, which the centre has and whose span has begun."""
    own, now = cycles(centre), session.now()
    asked = next(iter(own)) if cycle is None else Cycle(cycle)
    if asked not in own:
        named = ", ".join(one.value for one in own)
        raise click.BadParameter(f"the centre meets {named}", param_hint="--cycle")
    meeting = local_day(now, centre.zone) if day is None else _day(day)
    issue = issue_of(centre, asked, meeting)
    if issue is None:
        raise click.ClickException(f"{meeting} is a day off, on which the centre has no briefing")
    if issue.start > now:
        raise click.ClickException(f"the time that the briefing of {meeting} tells of is to come")
    return issue


def write_files(files: Sequence[File], out: Path) -> None:
    """Write all files or none: they stand beside first, so that no half of one is taken for one."""
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".briefing-", dir=out) as beside:
        for file in files:
            (Path(beside) / file.name).write_bytes(file.content)
        for file in files:
            (Path(beside) / file.name).replace(out / file.name)
            click.echo(f"{out / file.name}  {len(file.content):,} bytes")


def _found(session: Session, centre: Centre, issue: Issue) -> tuple[Briefing, str | None, datetime]:
    """Return the sealed issue with its seal and date, else the draft as it stands now."""
    now = session.now()
    try:
        with uncomposed(issue, Step.COMPOSED), reading(session.engine) as connection:
            sealed = read_sealed(connection, issue.cycle, issue.day)
            if sealed is None:
                return draft(connection, centre, issue, now).briefing, None, now
    except UncomposedError as error:
        raise _cannot(error, centre) from None
    if not sealed.intact:
        raise click.ClickException("the sealed issue was changed: its seal does not fit its text")
    return sealed.briefing, sealed.seal.sha256, sealed.seal.sealed_at


def _cannot(error: UncomposedError, centre: Centre) -> click.ClickException:
    """Say the sentence of the briefing's own page, in the language of the commands."""
    words = Words("en", centre.zone)
    return click.ClickException(f"{failed(error, words)}: {cause(error.why, error.kind, words)}")


def _map(briefing: Briefing, centre: Centre, words: Words) -> str:
    """Draw the map; a place nobody has drawn has none, a file that is wrong stops the command."""
    file = centre.settings.boundaries_file
    try:
        shapes = load_boundaries(centre.profile.area_code, file)
    except BoundaryError as error:
        if file is None:
            return ""
        raise click.ClickException(str(error)) from None
    return drawing(sketch(shapes, MAP_PX), briefing, words)


def _centre(session: Session) -> Centre:
    settings = session.settings
    with reading(session.engine) as connection:
        profile = read_profile(connection, settings)
    calendar = WorkCalendar.load(settings.zone, settings.calendar_file)
    return Centre(settings=settings, profile=profile, calendar=calendar)


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.year not in YEARS:
        raise click.BadParameter(f"{text!r} is no day", param_hint="--date")
    return found
