"""`wuqing account`: who may look. The first administrator is made here; there is no default."""

import sys
from collections.abc import Callable
from typing import Any

import click
import orjson
from sqlalchemy import select

from dashboard.access.account_change import Change, change_account
from dashboard.access.accounts import AccountError, make_account, set_active, set_password
from dashboard.access.role import Role
from dashboard.access.sign_on.provider import LONGEST_SUBJECT
from dashboard.access.sign_on.subjects import KINDS, link_subject, links, unlink_subjects
from dashboard.commands.acting import acting, require_tables
from dashboard.commands.options import Session, with_session
from dashboard.database.access_tables import account
from dashboard.database.engine import reading

ROLES = [str(role) for role in Role if role is not Role.SCREEN]
LISTED = ("login", "name", "role", "area_code", "departments", "language", "active", "made_at")


@click.group("account")
def command() -> None:
    """Accounts: make, list, close, open again; each change is written into the log."""


def asking(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--password-stdin`; a password is never an argument, for others see those."""
    return click.option(
        "--password-stdin",
        "from_stdin",
        is_flag=True,
        help="Read the password from the first line of standard input instead of asking twice.",
    )(function)


@command.command("add")
@click.argument("login")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", required=True, type=click.Choice(ROLES))
@click.option("--area", "area_code", help="Code of the area whose subtree is all that is seen.")
@click.option(
    "--department",
    "departments",
    multiple=True,
    help="Id of a department whose cases are all that is seen; may be repeated.",
)
@asking
@with_session
def add(  # noqa: PLR0913 -- all an account is
    session: Session,
    *,
    login: str,
    name: str,
    role: str,
    area_code: str | None,
    departments: tuple[str, ...],
    from_stdin: bool,
) -> None:
    """Make the account LOGIN."""
    require_tables(session)
    password = _password(from_stdin=from_stdin)
    detail = {"role": role, "area": area_code, "departments": sorted(set(departments))}
    with acting(session, "add_account", login, detail) as (connection, at):
        make_account(
            connection, login=login, name=name, role=Role(role), at=at, password=password,
            area_code=area_code, departments=departments,
        )  # fmt: skip
    click.echo(f"{login} may sign in as {role}")


@command.command("password")
@click.argument("login")
@asking
@with_session
def password(session: Session, *, login: str, from_stdin: bool) -> None:
    """Give LOGIN another password; whoever is signed in by it is signed out."""
    require_tables(session)
    chosen = _password(from_stdin=from_stdin)
    with acting(session, "set_password", login) as (connection, at):
        set_password(connection, login, chosen, at)
    click.echo(f"{login} has another password")


@command.command("close")
@click.argument("login")
@with_session
def close(session: Session, *, login: str) -> None:
    """Close the account LOGIN; whoever is signed in by it is signed out."""
    require_tables(session)
    with acting(session, "close_account", login) as (connection, at):
        set_active(connection, login, at, active=False)
    click.echo(f"{login} is closed")


@command.command("open")
@click.argument("login")
@with_session
def open_again(session: Session, *, login: str) -> None:
    """Open the account LOGIN again, with its old password."""
    require_tables(session)
    with acting(session, "open_account", login) as (connection, at):
        set_active(connection, login, at, active=True)
    click.echo(f"{login} is open")


@command.command("link")
@click.argument("login")
@click.option("--provider", required=True, type=click.Choice(KINDS))
@click.option("--subject", required=True, help="Who it is there: the page after signing on says.")
@with_session
def link(session: Session, *, login: str, provider: str, subject: str) -> None:
    """Let SUBJECT of a provider sign in as LOGIN."""
    require_tables(session)
    detail = {"provider": provider, "subject": subject[:LONGEST_SUBJECT]}
    with acting(session, "link_account", login, detail) as (connection, at):
        link_subject(connection, login, provider, subject, at)
    click.echo(f"{subject} of {provider} may sign in as {login}")


@command.command("unlink")
@click.argument("login")
@click.option("--provider", required=True, type=click.Choice(KINDS))
@with_session
def unlink(session: Session, *, login: str, provider: str) -> None:
    """Let nobody of a provider sign in as LOGIN; whoever is signed in by it is signed out."""
    require_tables(session)
    with acting(session, "unlink_account", login, {"provider": provider}) as (connection, at):
        unlink_subjects(connection, login, provider, at)
    click.echo(f"nobody of {provider} may sign in as {login}")


@command.command("change")
@click.argument("login")
@click.option("--name", help="Another name.")
@click.option("--role", type=click.Choice(ROLES))
@click.option("--area", "area_code", help="Code of the area that is seen; '' for every area.")
@click.option(
    "--department",
    "departments",
    multiple=True,
    help="Id of a department that is seen, in place of those before; '' for every department.",
)
@click.option("--language", type=click.Choice(["zh-CN", "en", ""]), help="'' for the wall's own.")
@click.option("--open/--closed", "active", default=None, help="Closing signs out who is signed in.")
@with_session
def change(  # noqa: PLR0913 -- all an account is
    session: Session,
    *,
    login: str,
    name: str | None,
    role: str | None,
    area_code: str | None,
    departments: tuple[str, ...],
    language: str | None,
    active: bool | None,
) -> None:
    """Change what is given of LOGIN, and leave the rest."""
    require_tables(session)
    wanted = Change(
        name=name, role=None if role is None else Role(role), area_code=area_code,
        departments=tuple(filter(None, departments)) if departments else None,
        language=language, active=active,
    )  # fmt: skip
    done: dict[str, Any] = {}
    with acting(session, "change_account", login, done) as (connection, at):
        done |= change_account(connection, login, wanted, at)
        if not done:
            raise AccountError(f"{login} is so already: nothing was changed")
    click.echo(f"{login}: {', '.join(sorted(done))} changed")


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, nothing else.")
@with_session
def list_all(session: Session, *, as_json: bool) -> None:
    """List all accounts."""
    require_tables(session)
    chosen = select(*(account.c[name] for name in LISTED)).order_by(account.c.login)
    with reading(session.engine) as connection:
        rows = [dict(zip(LISTED, row, strict=True)) for row in connection.execute(chosen)]
        linked = links(connection)
    for row in rows:
        row["subjects"] = [
            {"provider": each.provider, "subject": each.subject}
            for each in linked
            if each.login == row["login"]
        ]
    if as_json:
        click.echo(orjson.dumps({"accounts": rows}, option=orjson.OPT_INDENT_2).decode())
    else:
        for row in rows:
            click.echo(_line(row))


def _line(row: dict[str, Any]) -> str:
    places = [row["area_code"] or "", *(row["departments"] or ())]
    seen = ",".join(filter(None, places)) or "everything"
    state = "open" if row["active"] else "closed"
    known = "".join(f"  {each['provider']}:{each['subject']}" for each in row["subjects"])
    return f"{row['login']:<20} {row['role']:<14} {state:<7} {seen:<24} {row['name']}{known}"


def _password(*, from_stdin: bool) -> str:
    if not from_stdin:
        asked = "Password"
        return str(click.prompt(asked, hide_input=True, confirmation_prompt=f"{asked} again"))
    try:
        return sys.stdin.buffer.readline().decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise click.ClickException("the password on standard input is no text in UTF-8") from None
