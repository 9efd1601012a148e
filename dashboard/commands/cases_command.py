"""`wuqing cases`: the cases of a list, as the pages show them."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import click
import orjson

from dashboard.calendar import WorkCalendar, local_day
from dashboard.centre import Centre
from dashboard.commands.options import Session, with_session
from dashboard.database.engine import reading
from dashboard.database.schema import schema_version
from dashboard.drilldown.behind import SORTS
from dashboard.drilldown.case_list import ListView, WholeList
from dashboard.drilldown.case_row import CaseRow
from dashboard.drilldown.listing import Page
from dashboard.drilldown.look import look
from dashboard.drilldown.question import Question
from dashboard.drilldown.read_case_list import read_whole_list
from dashboard.export.comma_separated import comma_separated
from dashboard.export.table import MOST_ROWS, Column, Kind, Table, Value
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.figures.filters import Filters, State
from dashboard.snapshots.read_place import read_profile
from dashboard.terms import CaseKind, Channel, Colour, Level, Risk, Situation, Stage

CHOICES: dict[str, tuple[str, type[StrEnum] | None]] = {
    "department": ("departments", None),
    "situation": ("situations", Situation),
    "category": ("categories", None),
    "kind": ("kinds", CaseKind),
    "level": ("levels", Level),
    "risk": ("risks", Risk),
    "colour": ("colours", Colour),
    "stage": ("stages", Stage),
    "channel": ("channels", Channel),
}
"""Options that may be repeated, the fields of Filters they fill, and what they may be."""

WHOLE_KINDS = [str(kind) for kind in PeriodKind if kind is not PeriodKind.CUSTOM]
SHOWN = ("code", "colour", "left_s", "stage", "township", "department", "title")


def filtering(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the filters of the pages; "" among their values means without one."""
    for name, (_, terms) in reversed(list(CHOICES.items())):
        values = None if terms is None else click.Choice(["", *map(str, terms)])
        command = click.option(f"--{name}", type=values, multiple=True)(command)
    return command


@click.command()
@click.option(
    "--view",
    type=click.Choice(list(map(str, ListView))),
    default="open",
    show_default=True,
    help="Which list.",
)
@click.option("--area", help="Code of an area: its whole subtree.")
@filtering
@click.option("--state", type=click.Choice(["open", "closed"]))
@click.option("--text", default="", help="Words of the title, all of them; or a code or its end.")
@click.option(
    "--period",
    type=click.Choice(WHOLE_KINDS),
    default="month",
    show_default=True,
    help="For the views accepted and closed.",
)
@click.option("--on", "day", help="A day of that period; default today.")
@click.option("--as-of", "as_of", help="Instant, e.g. 2026-03-18T14:20+08:00; default now.")
@click.option("--known-then", is_flag=True, help="Leave out what was recorded after --as-of.")
@click.option("--sort", type=click.Choice(list(SORTS)), default="left", show_default=True)
@click.option("--limit", type=click.IntRange(1, MOST_ROWS), default=MOST_ROWS, show_default=True)
@click.option("--json", "shape", flag_value="json", help="Print JSON, codes as they are stored.")
@click.option("--csv", "shape", flag_value="csv", help="Print CSV, made harmless to spreadsheets.")
@with_session
def command(session: Session, *, shape: str | None, **asked: Any) -> None:  # noqa: ANN401 -- options
    """List cases: the same lists, filters and orders as the page /cases."""
    if schema_version(session.engine) is None:
        raise click.ClickException("the database has no tables yet; `wuqing init` makes them")
    found = _read(session, asked)
    if shape == "json":
        click.echo(orjson.dumps(_json(found), option=orjson.OPT_INDENT_2).decode())
    elif shape == "csv":
        table = _table(found, session.now())
        click.echo(comma_separated(table, session.settings.zone), nl=False)
    else:
        click.echo("\n".join(_lines(found)))


def _read(session: Session, asked: dict[str, Any]) -> WholeList:
    settings = session.settings
    question = _question(session, asked)
    with reading(session.engine) as connection:
        centre = Centre(
            settings=settings,
            profile=read_profile(connection, settings),
            calendar=WorkCalendar.load(settings.zone, settings.calendar_file),
        )
        view = look(connection, question, session.now(), centre)
        page = Page(sort=asked["sort"], limit=asked["limit"])
        return read_whole_list(view, centre, question, ListView(asked["view"]), page)


def _question(session: Session, asked: dict[str, Any]) -> Question:
    zone = session.settings.zone
    as_of = _parsed(asked["as_of"], datetime.fromisoformat, "--as-of")
    if as_of is not None:
        as_of = (as_of if as_of.tzinfo else as_of.replace(tzinfo=zone)).astimezone(UTC)
    elif asked["known_then"]:
        raise click.BadParameter("needs --as-of", param_hint="--known-then")
    day = _parsed(asked["day"], date.fromisoformat, "--on")
    day = day or local_day(as_of or session.now(), zone)
    chosen: dict[str, Any] = {field: frozenset(asked[name]) for name, (field, _) in CHOICES.items()}
    state: State = asked["state"] if asked["state"] else ""
    filters = Filters(area=asked["area"], state=state, text=asked["text"], **chosen)
    return Question(
        period=PeriodChoice.containing(PeriodKind(asked["period"]), day),
        filters=filters,
        as_of=as_of,
        known="then" if asked["known_then"] else "now",
    )


def _parsed(text: str | None, read: Callable[[str], Any], option: str) -> Any:  # noqa: ANN401 -- a day or an instant
    if text is None:
        return None
    try:
        return read(text)
    except ValueError:
        raise click.BadParameter(
            f"{text!r} is not an ISO date or instant", param_hint=option
        ) from None


def _json(found: WholeList) -> dict[str, Any]:
    return {
        "as_of": found.as_of,
        "known_at": found.known_at,
        "view": found.view,
        "figure": found.figure,
        "synthetic": found.synthetic,
        "total": found.total,
        "cases": [_fields(row) for row in found.rows],
    }


def _fields(row: CaseRow) -> dict[str, Any]:
    fields = asdict(row)
    del fields["id"], fields["event_at"]
    return fields


def _table(found: WholeList, made_at: datetime) -> Table:
    """Make a table of codes, for programs; its heads are the names of the JSON fields."""
    rows = [_fields(row) for row in found.rows]
    names = list(rows[0]) if rows else list(SHOWN)
    about = (
        ("view", str(found.view)),
        ("as_of", found.as_of.isoformat()),
        ("rows", str(len(rows))),
        ("total", str(found.total)),
        ("synthetic", str(found.synthetic)),
    )
    values: list[list[Value]] = [
        [str(value) if isinstance(value, bool) else value for value in row.values()] for row in rows
    ]
    return Table(
        name="cases",
        about_name="about",
        about=about,
        columns=tuple(Column(name, Kind.TEXT) for name in names),
        rows=values,
        made_at=made_at,
    )


def _lines(found: WholeList) -> Iterator[str]:
    yield f"as of {found.as_of.isoformat()}  {found.view}: {found.total} cases"
    if found.synthetic:
        yield "demonstration data"
    for row in found.rows:
        left = "—" if row.left_s is None else f"{row.left_s / 3600:+.1f} h"
        where = f"{row.township or '-':<15}{row.department or '-':<12}"
        yield f"{row.code:<27}{row.colour:<8}{left:>10}  {row.stage:<16}{where}{row.title}"
    if len(found.rows) < found.total:
        yield f"… {found.total - len(found.rows)} more"
