"""`wuqing backup`: a file that was proved to hold what the database held."""

from pathlib import Path

import click
import orjson

from dashboard.commands.options import Session, with_session
from dashboard.operations.backup import Backup, back_up
from dashboard.operations.errors import BackupError


@click.command("backup")
@click.argument("kept", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON, nothing else.")
@with_session
def command(session: Session, kept: Path, *, as_json: bool) -> None:
    """Write a new backup FILE and verify it; the service may run meanwhile.

    It is put back into a scratch database, and the rows of every table and ten figures must be what
    they are in the original. Only then does the file get its name.
    """
    try:
        made = back_up(session.engine, kept, session.now(), session.settings.audit_secret)
    except BackupError as error:
        raise click.ClickException(str(error)) from None
    click.echo(orjson.dumps(_document(made)).decode() if as_json else _sentences(made))


def _document(made: Backup) -> dict[str, object]:
    return {
        "file": str(made.file),
        "at": made.at,
        "bytes": made.size,
        "rows": made.portrait.rows,
        "figures": made.portrait.figures,
        "log_holds": None if made.log is None else made.log.altered is None,
    }


def _sentences(made: Backup) -> str:
    rows, figures = made.portrait.rows, made.portrait.figures
    at = made.at.isoformat(timespec="seconds")
    lines = [
        f"{made.file}: {made.size / 1_000_000:.1f} MB as of {at}",
        f"verified: {sum(rows.values()):,} rows of {len(rows)} tables are equal in a copy put back",
    ]
    if figures:
        lines.append("and " + ", ".join(f"{name} {value}" for name, value in figures.items()))
    else:
        lines.append("figures not compared: the schema is not of this program's version")
    if made.log is not None and made.log.altered is not None:
        lines.append(f"warning: the log of what was done: row {made.log.altered}: {made.log.why}")
    return "\n".join(lines)
