"""`wuqing doctor`: is everything well, and what to do where it is not."""

import os
from pathlib import Path

import click
import orjson

from dashboard.commands.options import utc_now
from dashboard.operations.doctor.examine import examine
from dashboard.operations.doctor.finding import Finding, Status
from dashboard.operations.doctor.patient import admit

CONNECT_S = "5"
"""How long a PostgreSQL server that does not answer at all is waited for."""


@click.command("doctor")
@click.option("--settings", "file", type=click.Path(path_type=Path), help="The settings file.")
@click.option("--database", help="Database URL; replaces the one in the settings.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, nothing else.")
def command(file: Path | None, database: str | None, *, as_json: bool) -> None:
    """Look at twenty things, one line each; exit 1 when one of them is a fault.

    It changes nothing, and it also runs where the settings or the database are broken.
    """
    os.environ.setdefault("PGCONNECT_TIMEOUT", CONNECT_S)
    patient = admit(file, dict(os.environ), utc_now, database)
    try:
        found = examine(patient)
    finally:
        if patient.engine is not None:
            patient.engine.dispose()
    click.echo(orjson.dumps(_document(found)).decode() if as_json else _lines(found))
    if any(each.status is Status.FAULT for each in found.values()):
        click.get_current_context().exit(1)


def _document(found: dict[str, Finding]) -> list[dict[str, str]]:
    return [
        {"look": name, "status": str(each.status), "text": each.text}
        for name, each in found.items()
    ]


def _lines(found: dict[str, Finding]) -> str:
    return "\n".join(f"{each.status:<8} {name:<12} {each.text}" for name, each in found.items())
