"""`wuqing init`: the database's tables and the area tree of the profile's county."""

from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress
from sqlalchemy import Connection, insert, select

from dashboard.calendar import CalendarError, WorkCalendar
from dashboard.cases.rebuild import bring_up
from dashboard.centre import Centre
from dashboard.commands.options import Session, with_session
from dashboard.database.engine import writing
from dashboard.database.schema import SchemaError, migrate
from dashboard.database.tables import site
from dashboard.intake.area_tree import (
    AreaRow,
    Properties,
    outline_areas,
    shipped_areas,
    table_areas,
    write_areas,
)
from dashboard.intake.faults import IntakeError
from dashboard.profile import Profile, ProfileError, load_profile
from geodata.adopt import Area, write_map
from geodata.boundaries import BoundaryError


@click.command("init")
@click.option(
    "--areas",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Areas below the county: a GeoJSON or CSV file. May be given more than once.",
)
@click.option("--area-code", default="code", help="GeoJSON property with the area's code.")
@click.option("--area-name", default="name", help="GeoJSON property with the area's name.")
@click.option("--area-name-en", help="GeoJSON property with the area's English name.")
@with_session
def command(
    session: Session,
    files: tuple[Path, ...],
    area_code: str,
    area_name: str,
    area_name_en: str | None,
) -> None:
    """Create or upgrade the database and write its area tree.

    Running it again changes nothing but what the files say anew. A GeoJSON file also becomes the
    wall's map: its outlines are written to the settings' boundaries_file.
    """
    properties = Properties(area_code, area_name, area_name_en)
    try:
        profile = load_profile(session.settings.profile)
        rows, outlines = _read(profile, files, properties)
        _write_map(session.settings.boundaries_file, files, rows, outlines)
        lacking = migrate(session.engine)
        with writing(session.engine) as connection:
            _claim(connection, profile)
            new = write_areas(connection, rows)
            _bring_up(connection, session, profile)
    except (IntakeError, ProfileError, BoundaryError, CalendarError, SchemaError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{profile.place_en}: {len(rows)} areas, {new} of them new")
    if lacking:
        click.echo(
            f"The rows are not secured yet: as a superuser run `{lacking}`, then this again.",
            err=True,
        )


def _bring_up(connection: Connection, session: Session, profile: Profile) -> None:
    """Fold the cases of an older database anew, so that they have what it did not write."""
    settings, console = session.settings, Console(stderr=True)
    calendar = WorkCalendar.load(settings.zone, settings.calendar_file)
    rules = Centre(settings=settings, profile=profile, calendar=calendar).rules_of(connection)
    with Progress(console=console, disable=not console.is_terminal) as progress:
        bar = progress.add_task("cases", total=1.0, visible=False)

        def report(share: float) -> None:
            progress.update(bar, completed=share, visible=True)

        if bring_up(connection, rules, report):
            click.echo("The cases of an older version have been rebuilt from their events.")


def _read(
    profile: Profile, files: Sequence[Path], properties: Properties
) -> tuple[list[AreaRow], dict[str, Area]]:
    """Return the area rows, later files over earlier ones, and the outlines by code."""
    rows = {row["area_code"]: row for row in shipped_areas(profile)}
    outlines: dict[str, Area] = {}
    for file in files:
        if file.suffix.lower() == ".csv":
            found = table_areas(file)
        else:
            found, areas = outline_areas(profile, file, properties)
            outlines |= {row["area_code"]: area for row, area in zip(found, areas, strict=True)}
        rows |= {row["area_code"]: row for row in found}
    return list(rows.values()), outlines


def _write_map(
    target: Path | None, files: Sequence[Path], rows: list[AreaRow], outlines: dict[str, Area]
) -> None:
    if not outlines:
        return
    if target is None:
        click.echo("The settings name no boundaries_file, so the outlines are not kept.", err=True)
        return
    if any(target.resolve() == file.resolve() for file in files):
        raise IntakeError(f"boundaries_file {target} would overwrite the file given as --areas")
    drawn = [
        (row["area_code"], row["name"], outlines[row["area_code"]].geometry)
        for row in rows
        if row["area_code"] in outlines
    ]
    write_map(target, drawn)


def _claim(connection: Connection, profile: Profile) -> None:
    """Note whose database this is.

    Raises:
        IntakeError: it belongs to another profile.
    """
    owner = connection.scalar(select(site.c.value).where(site.c.key == "profile"))
    if owner is None:
        connection.execute(insert(site).values(key="profile", value=profile.id))
    elif owner != profile.id:
        raise IntakeError(f"this database belongs to profile {owner!r}, not {profile.id!r}")
