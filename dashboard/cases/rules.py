"""What a centre's settings and profile say about the handling of its cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import Any

from dashboard.calendar import WorkCalendar
from dashboard.deadlines import DeadlineRules
from dashboard.profile import Profile
from dashboard.settings import DeadlineSetting, Settings
from dashboard.terms import STAGE_ORDER, Channel, Situation, Stage

OPTIONAL_STAGES = frozenset(
    {Stage.REGISTERED, Stage.FIRST_MEDIATION, Stage.ASSESSED, Stage.CLAIMED, Stage.EVALUATED}
)


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What the stage machine needs to know of a centre.

    `skipped` are the optional stages its profile does not name: a case may pass over them.
    """

    county: str
    calendar: WorkCalendar
    deadlines: DeadlineRules
    situations: dict[Channel, Situation]
    skipped: frozenset[Stage]
    follow_up_required: bool

    def stands_for(self, stage: Stage | None) -> tuple[Stage | None, ...]:
        """Return `stage` and the skipped stages that directly follow it."""
        return _stands_for(stage, self.skipped)


@lru_cache
def _stands_for(stage: Stage | None, skipped: frozenset[Stage]) -> tuple[Stage | None, ...]:
    following = STAGE_ORDER[STAGE_ORDER.index(stage) + 1 :] if stage in STAGE_ORDER else ()
    return (stage, *takewhile(skipped.__contains__, following))


def case_rules(
    settings: Settings,
    profile: Profile,
    calendar: WorkCalendar,
    site_rules: Iterable[dict[str, Any]] = (),
) -> Rules:
    """Gather the rules: time limits from the settings, else the site's own, else the profile's.

    `site_rules` is the value of the site fact "deadlines".
    """
    own = tuple(DeadlineSetting.model_validate(rule) for rule in site_rules)
    stated = tuple(rule for limit in profile.deadlines if (rule := limit.as_rule()) is not None)
    named = {label.code for label in profile.stages}
    return Rules(
        county=profile.area_code[:6],
        calendar=calendar,
        deadlines=DeadlineRules(
            rules=settings.deadlines or own or stated, calendar=calendar, colours=settings.colours
        ),
        situations={channel: profile.situation_of(channel) for channel in Channel},
        skipped=OPTIONAL_STAGES - named,
        follow_up_required=profile.follow_up_required,
    )
