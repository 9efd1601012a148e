"""`wuqing audit`: the log of what was done, and whether it is what was written."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import click
import orjson
from sqlalchemy import Connection, select

from dashboard.access.audit import COVERED, AuditError, Head, head, verify
from dashboard.commands.acting import require_tables
from dashboard.commands.options import Session, with_session
from dashboard.database.access_tables import audit_entry
from dashboard.database.engine import reading

HEAD = re.compile(r"([0-9]{1,15}):([0-9a-f]{64}|)")
LISTED = (*COVERED, "hash")
SHOWN = ("actor", "role", "address", "action", "subject", "result")

KEYLESS = (
    "audit_secret is not set: whoever can write the database could write a whole new log, "
    "which only a head kept elsewhere shows"
)


class HeadType(click.ParamType[Head]):
    """The end of a log as `wuqing audit head` prints it."""

    name = "N:HASH"

    def convert(
        self, value: str | Head, param: click.Parameter | None, ctx: click.Context | None
    ) -> Head:
        """Read one."""
        if isinstance(value, Head):
            return value
        found = HEAD.fullmatch(value.strip().lower())
        if found is None:
            self.fail(f"{value!r} is no head: `wuqing audit head` prints one", param, ctx)
        return Head(int(found[1]), found[2])


@click.group("audit")
def command() -> None:
    """The log of what was done."""


@command.command("verify")
@click.option("--head", "known", type=HeadType(), help="A head printed earlier, kept elsewhere.")
@with_session
def verify_log(session: Session, *, known: Head | None) -> None:
    """Follow the log from its first row to its last; exit 1 and name the first that was altered."""
    require_tables(session)
    key = session.settings.audit_secret
    if key is None and known is None:
        click.echo(KEYLESS, err=True)
    try:
        with reading(session.engine) as connection:
            found = verify(connection, key, known)
    except AuditError as error:
        raise click.ClickException(str(error)) from None
    if found.altered is None:
        click.echo(f"{found.rows:,} rows, all as they were written")
        return
    click.echo(f"row {found.altered}: {found.why}")
    click.get_current_context().exit(1)


@command.command("head")
@with_session
def print_head(session: Session) -> None:
    """Print the end of the log as N:HASH, to be kept where the database's owner cannot write."""
    require_tables(session)
    try:
        with reading(session.engine) as connection:
            last = head(connection)
    except AuditError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{last.entry_id}:{last.hash}")


@command.command("list")
@click.option("--since", help="Day or instant, e.g. 2026-03-18 or 2026-03-18T14:20+08:00.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, nothing else.")
@with_session
def list_rows(session: Session, *, since: str | None, as_json: bool) -> None:
    """List what was done, oldest first."""
    require_tables(session)
    first = None if since is None else _instant(since, session)
    try:
        with reading(session.engine) as connection:
            rows = _rows(connection, first)
            if as_json:
                document = {"entries": list(rows)}
                click.echo(orjson.dumps(document, option=orjson.OPT_INDENT_2).decode())
            else:
                for row in rows:
                    click.echo(_line(row, session))
    except (ValueError, TypeError, OverflowError):
        raise click.ClickException("a row cannot be read: see `wuqing audit verify`") from None


def _rows(connection: Connection, first: datetime | None) -> Iterator[dict[str, Any]]:
    chosen = select(*(audit_entry.c[name] for name in LISTED)).order_by(audit_entry.c.entry_id)
    if first is not None:
        chosen = chosen.where(audit_entry.c.at >= first)
    with connection.execute(chosen.execution_options(yield_per=1000)) as found:
        for row in found:
            yield dict(zip(LISTED, row, strict=True))


def _line(row: dict[str, Any], session: Session) -> str:
    at = row["at"].astimezone(session.settings.zone).isoformat()
    said = "" if row["detail"] is None else orjson.dumps(row["detail"]).decode()
    shown = "  ".join(row[name] or "-" for name in SHOWN)
    return f"{row['entry_id']:>6}  {at}  {shown}  {said}".rstrip()


def _instant(text: str, session: Session) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(
            f"{text!r} is no ISO date or instant", param_hint="--since"
        ) from None
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=session.settings.zone)
    return instant.astimezone(UTC)
