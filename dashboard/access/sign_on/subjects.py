"""Which account somebody at a provider has here: an administrator says so, and nobody else."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import IntegrityError

from dashboard.access.accounts import AccountError, id_of, sign_out_everywhere
from dashboard.access.sign_on.provider import UnprovenError, identity
from dashboard.database.access_tables import account, account_subject

KINDS = ("oidc", "oauth2", "cas")


def link_subject(
    connection: Connection, login: str, provider: str, subject: str, at: datetime
) -> None:
    """Let who is `subject` at a provider sign in as `login`.

    Raises:
        AccountError: there is no such account, the subject can be none or is linked already.
    """
    try:
        known = identity(subject, None).subject
    except UnprovenError:
        raise AccountError("a subject has 1 to 255 characters, without spaces around it") from None
    row = {"provider": provider, "subject": known, "account_id": id_of(connection, login)}
    try:
        with connection.begin_nested():
            connection.execute(insert(account_subject).values(**row, linked_at=at))
    except IntegrityError:
        raise AccountError(f"{subject} of {provider} has an account already") from None


def unlink_subjects(connection: Connection, login: str, provider: str, at: datetime) -> None:
    """Let nobody of a provider sign in as `login`; whoever is signed in by it is signed out.

    Raises:
        AccountError: there is no such account, or nobody of the provider has it.
    """
    account_id, own = id_of(connection, login), account_subject.c
    mine = delete(account_subject).where(own.account_id == account_id, own.provider == provider)
    if not connection.execute(mine).rowcount:
        raise AccountError(f"nobody of {provider} has the account {login}")
    sign_out_everywhere(connection, account_id, at)


def account_of(connection: Connection, provider: str, subject: str) -> Any:  # noqa: ANN401 -- a row of `account`
    """Find the account of a subject and hold it as it is; None when nobody gave it one."""
    own = account_subject.c
    linked = select(own.account_id).where(own.provider == provider, own.subject == subject)
    mine = select(account).where(account.c.account_id.in_(linked))
    return connection.execute(mine.with_for_update()).first()


def links(connection: Connection) -> Sequence[Any]:
    """Return all (login, provider, subject) there are."""
    own = account_subject.c
    chosen = select(account.c.login, own.provider, own.subject).join_from(account, account_subject)
    return connection.execute(chosen.order_by(account.c.login, own.provider, own.subject)).all()
