"""What is looked at: a deployment of which nothing may be taken for granted."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from dashboard.database.engine import open_engine, reading
from dashboard.profile import Profile, load_profile
from dashboard.settings import ENV_FILE, FILE_NAME, Settings, SettingsError, load_settings
from dashboard.snapshots.read_place import read_profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """A deployment: `settings` None means that they cannot be read, and `complaint` says why.

    `engine` is None without settings, and where a SQLite file is not there: opening would make it.
    """

    file: Path
    environment: Mapping[str, str]
    now: Callable[[], datetime]
    settings: Settings | None
    complaint: str
    engine: Engine | None

    @property
    def known(self) -> Settings:
        """The settings; only for what is asked when there are any."""
        if self.settings is None:
            raise RuntimeError("asked for settings that could not be read")
        return self.settings

    @property
    def database(self) -> Engine:
        """The engine; only for what is asked when there is one."""
        if self.engine is None:
            raise RuntimeError("asked for a database that is not there")
        return self.engine

    @property
    def database_file(self) -> Path | None:
        """The file of a SQLite database."""
        if self.engine is None or self.engine.dialect.name != "sqlite":
            return None
        return Path(self.engine.url.database or "")

    def profile(self) -> Profile:
        """Load the profile the settings name, else the one the database was made for.

        Raises:
            ProfileError: it cannot be used.
        """
        if self.engine is not None and "profile" not in self.known.model_fields_set:
            with suppress(SQLAlchemyError), reading(self.engine) as connection:
                return read_profile(connection, self.known)
        return load_profile(self.known.profile)


def admit(
    file: Path | None,
    environment: Mapping[str, str],
    now: Callable[[], datetime],
    database: str | None = None,
) -> Patient:
    """Read the settings and open the database, as far as that goes."""
    path = file or Path(environment.get(ENV_FILE, FILE_NAME))
    settings, complaint = None, ""
    try:
        settings = load_settings(file, environment)
    except SettingsError as error:
        complaint = str(error)
    url = database or (settings and settings.database_url.get_secret_value())
    return Patient(
        file=path,
        environment=environment,
        now=now,
        settings=settings,
        complaint=complaint,
        engine=_opened(url) if url else None,
    )


def _opened(url: str) -> Engine | None:
    engine = open_engine(url)
    name = engine.url.database
    if engine.dialect.name == "sqlite" and name and not Path(name).exists():
        return None
    return engine
