from dashboard.calendar import WorkCalendar
from dashboard.cases.rules import Rules, case_rules
from dashboard.profile import load_profile
from dashboard.settings import DeadlineSetting, Settings
from dashboard.terms import Channel, Situation, Stage

SETTINGS = Settings()
CALENDAR = WorkCalendar.load(SETTINGS.zone)
OWN = {"level": "general", "amount": 7, "unit": "day"}


def limits(settings: Settings = SETTINGS, site: tuple[dict, ...] = ()) -> list[int]:
    found = case_rules(settings, load_profile("xiaogan"), CALENDAR, site)
    return [rule.amount for rule in found.deadlines.rules]


def rules(profile: str) -> Rules:
    return case_rules(SETTINGS, load_profile(profile), CALENDAR)


def test_time_limits_are_the_settings_else_the_sites_else_the_profiles():
    assert limits() == [3, 20]
    assert limits(site=(OWN,)) == [7]
    set_here = SETTINGS.model_copy(update={"deadlines": (DeadlineSetting(amount=1, unit="hour"),)})
    assert limits(set_here, (OWN,)) == [1]


def test_an_example_of_an_article_is_no_rule():
    assert rules("zhanyi").deadlines.rules == ()


def test_a_profile_says_which_situation_a_channel_feeds():
    assert rules("zhanyi").situations[Channel.COURT] is Situation.LITIGATION
    assert rules("shishou").situations[Channel.COURT] is Situation.STABILITY


def test_optional_stages_a_profile_does_not_name_may_be_passed_over():
    zhanyi = rules("zhanyi")
    assert zhanyi.stands_for(Stage.DISPATCHED) == (Stage.DISPATCHED, Stage.CLAIMED)
    assert zhanyi.stands_for(Stage.ACCEPTED) == (Stage.ACCEPTED, Stage.FIRST_MEDIATION)
    assert zhanyi.stands_for(None) == (None,)
    assert zhanyi.stands_for(Stage.WITHDRAWN) == (Stage.WITHDRAWN,)
    assert rules("xiaogan").stands_for(Stage.DISPATCHED) == (Stage.DISPATCHED,)
