"""A centre's profile: what the published articles say of it; what they leave open stays unset."""

import tomllib
from importlib import resources
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from dashboard.settings import DeadlineSetting
from dashboard.terms import STAGE_ORDER, Channel, Level, Situation, Stage

PROFILES = (
    "xiaogan",
    "yunmeng",
    "jiangan",
    "zhijiang",
    "shishou",
    "echeng",
    "xianan",
    "hantai",
    "haifeng",
    "zhanyi",
)

DEFAULT_SITUATIONS = (
    Situation.PUBLIC_CONCERN,
    Situation.POLICE,
    Situation.PETITION,
    Situation.OPINION,
    Situation.LITIGATION,
)
"""Shown by a centre whose article names no five situations of its own (order: the 海丰 article)."""

DEFAULT_CHANNELS: dict[Channel, Situation] = {
    Channel.POLICE_110: Situation.POLICE,
    Channel.POLICE_NONPOLICE: Situation.POLICE,
    Channel.VIDEO: Situation.POLICE,
    Channel.PETITION: Situation.PETITION,
    Channel.LEADER_RECEPTION: Situation.PETITION,
    Channel.UPPER_TRANSFER: Situation.PETITION,
    Channel.COURT: Situation.LITIGATION,
    Channel.OPINION_MONITOR: Situation.OPINION,
}
"""From which channel a case belongs to which situation; every other channel is public concern.

Source: model 3.10, list 4; a profile overrides single channels.
"""


class ProfileError(Exception):
    """A profile cannot be used; the message names it and the fault."""


class Part(BaseModel):
    """Base of every table of a profile: unknown keys are errors, values are final."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SituationLabel(Part):
    """One of the centre's own situations and its printed name."""

    code: Situation
    zh: str


class StageLabel(Part):
    """A stage the centre names; cases in unnamed stages count under the nearest earlier one."""

    code: Stage
    zh: str


class LevelRoute(Part):
    """A level the centre tells apart, in its own words."""

    level: str
    zh: str
    route: str | None = None


class StatedDeadline(Part):
    """A time limit as the article states it; without `level` or `kind` it binds nothing."""

    level: Level | None = None
    kind: str | None = None
    zh: str
    amount: int
    unit: Literal["same_day", "hour", "day", "working_day", "month"]
    example: bool = False

    def as_rule(self) -> DeadlineSetting | None:
        """Return the rule, None when the article gives only an example."""
        if self.example or (self.level is None and self.kind is None):
            return None
        level = None if self.level is None else str(self.level)
        return DeadlineSetting(kind=self.kind, level=level, amount=self.amount, unit=self.unit)


class SheetSet(Part):
    """The centre's set of sheets; members the article does not name stay empty."""

    name: str
    members: tuple[str, ...] = ()


class Cycle(Part):
    """How often the centre meets or reports, in its own words.

    `paper` is what its briefing is called where `zh` tells what is done and is no name; "" leaves
    it to the catalogue's word.
    """

    code: str
    zh: str
    paper: str | None = None

    @property
    def named(self) -> str:
        """What its briefing is called, "" for the catalogue's word alone."""
        return self.zh if self.paper is None else self.paper


class WarningRule(Part):
    """The three colours as the article words them; no article gives a threshold."""

    colours: tuple[str, ...]
    quote: str
    scope: Literal["case", "area_and_category"]


class Awards(Part):
    """Names of the two awards; no article gives their rule."""

    good: str
    slow: str


class Profile(Part):
    """One centre. Absent facts are None or empty; their blocks hide or say not configured."""

    id: str
    name: str
    name_en: str
    place: str
    place_en: str
    level: Literal["prefecture", "county"]
    area_code: str
    motto: str | None = None
    motto_en: str | None = None
    situations_stated: tuple[SituationLabel, ...] = ()
    channels: dict[Channel, Situation] = {}
    pressure_weights: dict[Situation, float] = {}
    stages: tuple[StageLabel, ...] = ()
    supervision_label: str | None = None
    levels: tuple[LevelRoute, ...] = ()
    deadlines: tuple[StatedDeadline, ...] = ()
    warning: WarningRule | None = None
    awards: Awards | None = None
    sheets: SheetSet | None = None
    letters: tuple[str, ...] = ()
    cycle: tuple[Cycle, ...] = ()
    goals: tuple[str, ...] = ()
    panels: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    follow_up_required: bool = True

    @property
    def situations(self) -> tuple[Situation, ...]:
        """The five situations in the order the wall shows them."""
        stated = tuple(label.code for label in self.situations_stated)
        return stated or DEFAULT_SITUATIONS

    def situation_of(self, channel: Channel) -> Situation:
        """Return the situation a case from `channel` belongs to."""
        default = DEFAULT_CHANNELS.get(channel, Situation.PUBLIC_CONCERN)
        return self.channels.get(channel, default)

    @property
    def columns(self) -> tuple[tuple[StageLabel, frozenset[Stage]], ...]:
        """The labelled stages in the profile's order, each with the canonical stages it covers.

        Every canonical stage from `accepted` on is covered once: by its own label, else by the
        nearest canonically earlier label, else by the first (model 3.8). A label that covers only
        stages before acceptance is left out: its cases are not open yet. `closed` is always a
        column of its own; its label is the profile's or an empty text (the catalogue's is shown).
        """
        named = {label.code: label for label in self.stages if label.code in STAGE_ORDER}
        if not named:
            named = {stage: StageLabel(code=stage, zh="") for stage in DEFAULT_STAGES}
        named.setdefault(Stage.CLOSED, StageLabel(code=Stage.CLOSED, zh=""))
        covered: dict[Stage, set[Stage]] = {stage: set() for stage in named}
        current = next(iter(named))
        for stage in STAGE_ORDER:
            if stage in named:
                current = stage
            if stage not in BEFORE_ACCEPTANCE:
                covered[current].add(stage)
        covered = {stage: stages for stage, stages in covered.items() if stages}
        return tuple((named[stage], frozenset(stages)) for stage, stages in covered.items())


BEFORE_ACCEPTANCE = frozenset({Stage.REPORTED, Stage.REGISTERED})

DEFAULT_STAGES = (
    Stage.ACCEPTED,
    Stage.ASSESSED,
    Stage.DISPATCHED,
    Stage.IN_PROCESS,
    Stage.REPORTED_BACK,
    Stage.FOLLOW_UP,
    Stage.CLOSED,
)


def load_profile(name: str) -> Profile:
    """Read a shipped profile by name, or any profile by the path of its TOML file.

    Raises:
        ProfileError: no such profile, or a table that breaks the format.
    """
    if name in PROFILES:
        text = resources.files("dashboard.profiles").joinpath(f"{name}.toml").read_text("utf-8")
    elif name.endswith(".toml"):
        try:
            text = Path(name).read_text("utf-8")
        except OSError as error:
            raise ProfileError(f"cannot read profile {name}: {error.strerror}") from None
    else:
        known = ", ".join(PROFILES)
        raise ProfileError(
            f"unknown profile {name!r}; known are {known}, or a path to a .toml file"
        )
    try:
        return Profile.model_validate({"id": Path(name).stem, **tomllib.loads(text)})
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ProfileError(f"profile {name}: {error}") from None
