"""`wuqing restore`: a backup put back."""

from pathlib import Path

import click

from dashboard.commands.options import Session, with_session
from dashboard.operations.errors import BackupError
from dashboard.operations.restore import Restored, restore


@click.command("restore")
@click.argument("kept", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Replace a database that holds cases.")
@with_session
def command(session: Session, kept: Path, *, replace: bool) -> None:
    """Put a backup FILE back into the database, all of it or nothing."""
    secret = session.settings.audit_secret
    try:
        done = restore(session.engine, kept, session.now(), replace=replace, key=secret)
    except BackupError as error:
        raise click.ClickException(str(error)) from None
    click.echo(_sentences(session.engine.url.render_as_string(), done))


def _sentences(database: str, done: Restored) -> str:
    if done.replaced is None:
        before = "what could not be read"
    else:
        before = f"{done.replaced:,} cases" if done.replaced else "no cases"
    rows, figures = done.portrait.rows, done.portrait.figures
    lines = [
        f"{database}: {before} replaced by {done.portrait.cases:,} cases of {done.file.name}",
        f"{sum(rows.values()):,} rows of {len(rows)} tables were put back",
    ]
    if figures:
        lines.append(", ".join(f"{name} {value}" for name, value in figures.items()))
        lines.append("everybody has to sign in again")
    return "\n".join((*lines, *done.remarks))
