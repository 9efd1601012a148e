"""The papers of the shipped profiles: every cycle has one, of nothing and of little."""

from pathlib import Path

import pytest

from dashboard.briefing.compose import compose
from dashboard.briefing.cycle import cycles, issue_of
from dashboard.briefing.issue import Cycle
from dashboard.centre import Centre
from dashboard.database.engine import reading
from dashboard.profile import PROFILES, load_profile
from dashboard.settings import Settings
from dashboard.terms import Event, Risk
from layouts.briefing.document import section_texts
from tests.dashboard.briefing.world import HOUR, MORNING, RULES, found, story, tell
from tests.layouts.briefing.documents import EN, ZH, document_of

GUIDE = Path("docs/briefing.md").read_text("utf-8")
NONE = {"zh-CN": "无。", "en": "None."}


def centre_of(profile):
    return Centre(settings=Settings(), profile=load_profile(profile), calendar=RULES.calendar)


def papers():
    """Each cycle with a profile that names it."""
    named = {}
    for profile in sorted(PROFILES):
        for cycle in cycles(centre_of(profile)):
            named.setdefault(cycle, profile)
    return named


def test_every_cycle_is_named_by_a_shipped_profile():
    assert set(papers()) == set(Cycle)


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_the_guide_says_what_each_profiles_papers_are_called(profile):
    centre = centre_of(profile)
    called = cycles(centre)
    cells = ["—" if cycle not in called else called[cycle] or "·" for cycle in Cycle]
    assert f"| {centre.profile.place} | {' | '.join(cells)} |" in GUIDE


def test_every_cycle_makes_a_paper_of_nothing_and_of_little(new_database):
    engine = new_database()
    found(engine)
    for cases in (0, 2):
        for number in range(cases):
            start = MORNING - (30 + number) * HOUR
            told = story(Event.ACCEPT, Event.DISPATCH, start=start, risk_level=Risk.HIGH)
            tell(engine, told)
        for cycle, profile in papers().items():
            centre = centre_of(profile)
            issue = issue_of(centre, cycle, MORNING.astimezone(centre.zone).date())
            with reading(engine) as connection:
                briefing = compose(connection, centre, issue, MORNING)
            for words in (ZH, EN):
                document = document_of(briefing, words)
                texts = [list(section_texts(one)) for one in document.sections]
                assert all(len(told) > 1 for told in texts), (cycle, texts)
                assert all(text for told in texts for text in told)
                if not cases:
                    key_cases = words.text("briefing.key_cases")
                    none = [told[1] for told in texts if told[0].endswith(key_cases)]
                    assert none == [NONE[words.language]]
                assert document.title
                if words is ZH and cycles(centre)[cycle]:
                    assert document.span.endswith(f"· {cycles(centre)[cycle]}")
