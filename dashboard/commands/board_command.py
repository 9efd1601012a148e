"""`wuqing board`: the wall's figures as text."""

from collections.abc import Iterator
from datetime import UTC, datetime

import click

from dashboard.calendar import WorkCalendar
from dashboard.commands.options import Session, with_session
from dashboard.database.engine import reading
from dashboard.database.schema import schema_version
from dashboard.snapshots.board import Board, LeagueRow, LeagueTable, Tally
from dashboard.snapshots.encode import board_bytes
from dashboard.snapshots.read import read_board
from dashboard.snapshots.read_place import read_profile


@click.command()
@click.option("--as-of", "as_of", help="Instant, e.g. 2026-03-18T14:20+08:00; default now.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole board as JSON.")
@with_session
def command(session: Session, *, as_of: str | None, as_json: bool) -> None:
    """Print the wall's figures, now or as of an instant."""
    settings = session.settings
    calendar = WorkCalendar.load(settings.zone, settings.calendar_file)
    instant = session.now() if as_of is None else _instant(as_of, session)
    if schema_version(session.engine) is None:
        raise click.ClickException("the database has no tables yet; `wuqing init` makes them")
    with reading(session.engine) as connection:
        board = read_board(
            connection,
            profile=read_profile(connection, settings),
            settings=settings,
            calendar=calendar,
            as_of=instant,
        )
    if as_json:
        click.echo(board_bytes(board))
    else:
        click.echo("\n".join(_lines(board)))


def _instant(text: str, session: Session) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is not an ISO instant", param_hint="--as-of") from None
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=session.settings.zone)
    return instant.astimezone(UTC)


def _lines(board: Board) -> Iterator[str]:
    tallies, on_time = board.tallies, board.tallies.on_time
    yield f"as of {board.as_of.isoformat()}  profile {board.profile}"
    if board.synthetic:
        yield "demonstration data"
    for name in ("accepted", "closed", "open", "overdue"):
        yield _tally(name, getattr(tallies, name))
    yield (
        f"{'on_time_rate':<24}{_share(on_time.rate):>8}"
        f"  {on_time.met} of {on_time.due} due, {on_time.pending} pending"
    )
    warnings, hazards = board.warnings, board.hazards
    yield f"{'red, yellow, blue':<24}{warnings.red:>8}{warnings.yellow:>8}{warnings.blue:>8}"
    yield f"{'hazards h, m, l':<24}{hazards.high:>8}{hazards.medium:>8}{hazards.low:>8}"
    yield f"{'supervised':<24}{board.supervised:>8}"
    yield f"{'hand_overs':<24}{board.moves.today:>8}"
    yield f"{'unclassified':<24}{board.unclassified:>8}"
    for one in board.situations:
        yield f"situation {one.code:<14}{one.cases:>8}  intelligence {one.intelligence}"
    for stage in board.stages:
        yield f"stage {stage.code:<18}{stage.count:>8}  overdue {stage.overdue}"
    for load in board.townships:
        yield f"township {load.code or '-':<15}{load.open:>8}  overdue {load.overdue}"
    for name in ("townships", "departments"):
        yield from _league(name, getattr(board.league, name))


def _tally(name: str, tally: Tally) -> str:
    delta = "—" if tally.delta is None else f"{tally.delta:+d}"
    return f"{name:<24}{tally.value:>8}{delta:>8}"


def _league(name: str, table: LeagueTable) -> Iterator[str]:
    p = "—" if table.p is None else f"{table.p:.3f}"
    order = f"{len(table.groups)} bands" if table.significant else "not ranked"
    yield f"league {name:<17}{_share(table.on_time.rate):>8}  p {p}, {order}"
    for group in table.groups:
        place = "" if group.band is None else f"band {group.band}, "
        yield from (_league_row(row, place) for row in group.rows)
    yield from (_league_row(row, "too few due, ") for row in table.few)


def _league_row(row: LeagueRow, place: str) -> str:
    counts = f"{row.on_time.met} of {row.on_time.due}"
    return f"league {row.unit:<17}{_share(row.on_time.rate):>8}  {place}{counts}"


def _share(rate: float | None) -> str:
    return "—" if rate is None else f"{rate * 100:.1f} %"
