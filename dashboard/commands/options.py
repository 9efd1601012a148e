"""What every command shares: its settings, its database, its clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import update_wrapper
from pathlib import Path
from typing import Any

import click
from pydantic import SecretStr
from sqlalchemy import Engine, make_url

from dashboard.database.engine import open_engine
from dashboard.database.faults import UnavailableError
from dashboard.settings import Settings, SettingsError, load_settings


@dataclass(frozen=True, slots=True)
class Session:
    """What a command works with; `now` is the only clock a command may ask."""

    settings: Settings
    engine: Engine
    now: Callable[[], datetime]


def utc_now() -> datetime:
    """Tell the time; only the command line and `app.py` know it."""
    return datetime.now(UTC)


def with_session(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--settings`, `--database`, `--profile`, and a Session as first argument."""

    @click.option("--settings", "file", type=click.Path(path_type=Path), help="The settings file.")
    @click.option("--database", help="Database URL; replaces the one in the settings.")
    @click.option("--profile", help="Profile name or .toml file; replaces the one in the settings.")
    def run(
        file: Path | None, database: str | None, profile: str | None, **others: object
    ) -> object:
        settings = _settings(file, database, profile)
        engine = open_engine(settings.database_url.get_secret_value())
        try:
            return command(Session(settings, engine, utc_now), **others)
        except UnavailableError as error:
            raise click.ClickException(str(error)) from None
        finally:
            engine.dispose()

    return update_wrapper(run, command)


def _settings(file: Path | None, database: str | None, profile: str | None) -> Settings:
    try:
        settings = load_settings(file)
    except SettingsError as error:
        raise click.ClickException(str(error)) from None
    if database is not None:
        settings = settings.model_copy(update={"database_url": SecretStr(database)})
    if profile is not None:
        settings = settings.model_copy(update={"profile": profile})
    url = make_url(settings.database_url.get_secret_value())
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    return settings
