"""All settings of one deployment, from a TOML file and the environment; a wrong one stops."""

import os
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    PositiveInt,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)

from dashboard.briefing.briefing_settings import BriefingSettings
from dashboard.figures.sensitive import BUILT_IN
from dashboard.sign_in_settings import SignInSettings, written_secrets

FILE_NAME = "wuqing.toml"
ENV_PREFIX = "WUQING_"
ENV_FILE = "WUQING_SETTINGS"

SECRET_IN_NAME = ("secret", "database_url", "redis_url")
"""What names settings whose value is never said."""


class SettingsError(Exception):
    """The settings cannot be used; the message names the key and what to do."""


class Section(BaseModel):
    """Base of every settings table: unknown keys are errors, values are final."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Server(Section):
    """Where the web server listens, how many requests it answers at once, and how others reach it.

    More than one of `workers` are processes under gunicorn, each with so many `threads`.
    Codes that are printed or scanned carry `public_url`; without it, they carry no address. With
    https in it, cookies are sent over TLS alone. Only a proxy named in `trusted_proxies` is
    believed when it says whose request it passes on.
    """

    host: str = "127.0.0.1"
    port: int = Field(default=8050, ge=0, le=65535)
    threads: PositiveInt = 16
    workers: PositiveInt = 1
    public_url: str | None = Field(default=None, pattern=r"^https?://[^\s/]+(/[^\s]*)?$")
    trusted_proxies: tuple[str, ...] = ()


class Refresh(Section):
    """How often the wall is computed and fetched, and when it says it is stale, in seconds."""

    every_s: PositiveInt = 5
    stale_after_s: PositiveInt = 15


class Cache(Section):
    """Where pages of leaders are kept while they are the newest: a Redis that processes share.

    Unset, each process keeps its own.
    """

    redis_url: SecretStr | None = None


class Feeds(Section):
    """What silence of a feed is unusual.

    A feed is called silent when a working one would fall silent for so long, by chance, with less
    than the probability `silence_p` within a week. Nobody has said which; unset, none is.
    """

    silence_p: float | None = Field(default=None, gt=0, lt=1)


class Wall(Section):
    """What the wall shows beside what its profile says; `None` is shown as not configured."""

    language: Literal["zh-CN", "en"] = "zh-CN"
    target_on_time_rate: float | None = Field(default=None, ge=0, le=1)
    rank_from_due: PositiveInt = 10
    at: AwareDatetime | None = None
    night_from: str = Field(default="22:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    night_until: str = Field(default="06:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")


class Colours(Section):
    """From which share of its time limit an open case turns blue and yellow (metrics 4.6).

    `red_from` turns it red before it is overdue; unset, red is overdue. `one_higher` shows a case
    of high risk or of the level major one colour higher than its time says.
    """

    blue_from: float = Field(default=0.5, gt=0, lt=1)
    yellow_from: float = Field(default=0.8, gt=0, lt=1)
    red_from: float | None = Field(default=None, gt=0, lt=1)
    one_higher: bool = False


class LimitSettings(Section):
    """What the service waits for and when it says it is not well.

    Seconds for one statement of a page and for a free connection, megabytes of free disk, and
    hours since the last backup.
    """

    statement_s: float = Field(default=5, gt=0)
    connection_s: float = Field(default=3, gt=0)
    free_disk_mb: PositiveInt = 512
    backup_h: PositiveInt = 26


class Privacy(Section):
    """Which case categories beside those built in are sensitive: codes, or groups of two digits."""

    sensitive_categories: frozenset[str] = frozenset()

    @property
    def sensitive(self) -> frozenset[str]:
        """All of them."""
        return BUILT_IN | self.sensitive_categories


class Metrics(Section):
    """Who may ask for `/metrics`; unset, nobody: there is no such page.

    Whoever sends the token in `token_file`, or with `loopback` any program on this machine.
    """

    token_file: Path | None = None
    loopback: bool = False


class DeadlineSetting(Section):
    """One time limit; the first whose conditions all hold is used. No condition: every case.

    It binds cases accepted from the day `valid_from` to the day `valid_until`, both included.
    """

    kind: str | None = None
    level: str | None = None
    risk: str | None = None
    amount: int = Field(ge=0)
    unit: Literal["same_day", "hour", "day", "working_day", "month"]
    roll_forward: bool = False
    start: Literal["accepted_at", "dispatched_at"] = "accepted_at"
    valid_from: date | None = None
    valid_until: date | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "DeadlineSetting":
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("valid_until is before valid_from")
        return self

    def in_force(self, day: date) -> bool:
        """Tell whether it binds a case accepted on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


class AwardWeights(Section):
    """How much each share counts in a unit's score; `returns` is the share not given back."""

    on_time: float = Field(ge=0)
    resolution: float = Field(ge=0)
    satisfaction: float = Field(ge=0)
    response: float = Field(ge=0)
    returns: float = Field(ge=0)
    follow_up: float = Field(ge=0)


class AwardPenalties(Section):
    """Points taken away: for each order, each overdue case per ten due, each without a reason."""

    yellow_order: float = Field(ge=0)
    red_order: float = Field(ge=0)
    overdue_per_ten_due: float = Field(ge=0)
    overdue_unexplained: float = Field(ge=0)


class GoodAward(Section):
    """Who earns the red flag."""

    rank_within: PositiveInt
    score_from: float
    no_overdue_major: bool


class SlowAward(Section):
    """Who is called slow."""

    last: PositiveInt
    score_below: float
    overdue_from: PositiveInt
    consecutive_red_orders: bool


class AwardRule(Section):
    """The centre's rule for its two awards; no article gives one, so nothing has a default."""

    period: Literal["month", "half_month"]
    eligible_from_due: PositiveInt
    weights: AwardWeights
    penalties: AwardPenalties
    good: GoodAward
    slow: SlowAward


class PointsRule(Section):
    """What one accepted report or task earns a grid worker, and what it is paid."""

    id: str = Field(pattern=r"^[a-z0-9_]{1,40}$")
    points: float
    price_yuan: float | None = Field(default=None, ge=0)


class PointsSettings(Section):
    """The centre's table of points; without rules nobody earns any."""

    daily_cap: float | None = Field(default=None, gt=0)
    repeat_days: PositiveInt | None = None
    rules: tuple[PointsRule, ...] = ()


class Settings(Section):
    """Every key of `wuqing.toml`."""

    profile: str = "zhanyi"
    database_url: SecretStr = SecretStr("sqlite:///var/wuqing.db")
    timezone: str = "Asia/Shanghai"
    calendar_file: Path | None = None
    boundaries_file: Path | None = None
    server: Server = Server()
    refresh: Refresh = Refresh()
    cache: Cache = Cache()
    feeds: Feeds = Feeds()
    wall: Wall = Wall()
    colours: Colours = Colours()
    limits: LimitSettings = LimitSettings()
    metrics: Metrics = Metrics()
    privacy: Privacy = Privacy()
    sign_in: SignInSettings = SignInSettings()
    party_secret: SecretStr | None = None
    audit_secret: SecretStr | None = None
    awards: AwardRule | None = None
    briefing: BriefingSettings = BriefingSettings()
    points: PointsSettings = PointsSettings()
    deadlines: tuple[DeadlineSetting, ...] = ()

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"no time zone is called {value!r}") from error
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which days, shifts and months are counted."""
        return ZoneInfo(self.timezone)


def load_settings(
    file: Path | None = None, environment: Mapping[str, str] | None = None
) -> Settings:
    """Read the TOML file (if there is one), then the environment over it.

    `WUQING_REFRESH__EVERY_S=10` sets `refresh.every_s`. Without `file`, the file named by
    WUQING_SETTINGS is read, else `wuqing.toml` in the working directory. Relative paths, those of
    the SQLite file and of a profile's file too, are taken from the settings file's folder.

    Raises:
        SettingsError: a file that is not there or not TOML, an unknown key, a value out of range.
    """
    env = os.environ if environment is None else environment
    chosen = file or (Path(env[ENV_FILE]) if ENV_FILE in env else None)
    path = chosen or Path(FILE_NAME)
    values = _read_toml(path) if chosen is not None or path.exists() else {}
    if (written := written_secrets(values)) is not None:
        raise SettingsError(f"{written} stands in {path}: put it in a file of its own and name it")
    for name, text in sorted(env.items()):
        if name.startswith(ENV_PREFIX) and name != ENV_FILE:
            _put(values, name.removeprefix(ENV_PREFIX).lower().split("__"), text)
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsError(_sentence(error, path)) from None
    return _anchored(settings, path.resolve().parent)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise SettingsError(f"no settings file {path}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}") from None


def _put(values: dict[str, Any], keys: list[str], text: str) -> None:
    for key in keys[:-1]:
        values = values.setdefault(key, {})
    values[keys[-1]] = text


def _sentence(error: ValidationError, path: Path) -> str:
    lines = []
    for fault in error.errors(include_url=False):
        key = ".".join(str(part) for part in fault["loc"])
        if fault["type"] == "extra_forbidden":
            lines.append(f"unknown setting {key!r} in {path} or the environment")
        else:
            lines.append(f"setting {key!r}: {fault['msg']}{_got(key, fault['input'])}")
    return "; ".join(lines)


def _got(key: str, value: object) -> str:
    """Say what was given; a whole table may hold a secret, and some texts are one."""
    hidden = isinstance(value, dict | BaseModel) or any(each in key for each in SECRET_IN_NAME)
    return "" if hidden else f" (got {value!r})"


def _anchored(settings: Settings, folder: Path) -> Settings:
    changes: dict[str, Any] = {}
    url = settings.database_url.get_secret_value()
    prefix = "sqlite:///"
    if url.startswith(prefix) and url != prefix and not url.startswith(prefix + "/"):
        changes["database_url"] = SecretStr(f"{prefix}{folder / url.removeprefix(prefix)}")
    for name in ("calendar_file", "boundaries_file"):
        value: Path | None = getattr(settings, name)
        if value is not None and not value.is_absolute():
            changes[name] = folder / value
    token_file = settings.metrics.token_file
    if token_file is not None:
        changes["metrics"] = settings.metrics.model_copy(update={"token_file": folder / token_file})
    changes["sign_in"] = settings.sign_in.anchored(folder)
    if settings.profile.endswith(".toml"):
        changes["profile"] = str(folder / settings.profile)
    return settings.model_copy(update=changes)
