"""Random cases spread over a whole county tree, and the page of any subject in it."""

from hypothesis import strategies as st

from dashboard.centre import Centre
from dashboard.database.engine import reading
from dashboard.drilldown.against import Against
from dashboard.drilldown.question import Question
from dashboard.drilldown.read_overview import read_overview
from dashboard.drilldown.subject import area_subject, department_subject, situation_subject
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.figures.view import view_at
from dashboard.settings import Settings, Wall
from tests.conftest import NOW
from tests.dashboard.snapshots.random_worlds import cases
from tests.worlds import COUNTY, TOWNSHIPS, VILLAGES, load_profile, rules

SETTINGS = Settings(wall=Wall(target_on_time_rate=0.95, rank_from_due=5))
CENTRE = Centre(settings=SETTINGS, profile=load_profile("zhanyi"), calendar=rules().calendar)
STRAY = "530303999000"
"""A township the area table does not know."""

places = st.one_of(
    st.just({"area_code": COUNTY, "township_code": None, "village_code": None}),
    st.sampled_from([STRAY, *TOWNSHIPS]).map(
        lambda code: {"area_code": code, "township_code": code, "village_code": None}
    ),
    st.sampled_from(sorted(VILLAGES)).map(
        lambda code: {
            "area_code": code,
            "township_code": VILLAGES[code],
            "village_code": code,
        }
    ),
)
worlds = st.lists(
    st.builds(lambda case, place: {**case, **place}, cases(), places), max_size=25
)  # fmt: skip
days = st.sampled_from([NOW.date(), NOW.date().replace(month=2), NOW.date().replace(day=1)])
periods = st.builds(PeriodChoice.containing, st.sampled_from(list(PeriodKind)), days)
subjects = st.one_of(
    st.sampled_from([COUNTY, *TOWNSHIPS, *VILLAGES]).map(lambda code: ("area", code)),
    st.sampled_from(["hrss", "housing"]).map(lambda code: ("department", code)),
    st.sampled_from([str(one) for one in CENTRE.profile.situations]).map(
        lambda code: ("situation", code)
    ),
)


def subject_of(connection, kind, code):
    """Find what a page is about."""
    if kind == "area":
        return area_subject(connection, code)
    find = department_subject if kind == "department" else situation_subject
    return find(connection, CENTRE, code)


def page_of(engine, kind, code, period, against=Against.PREVIOUS):
    """Read the page of a subject over a period; returns it with its question and its filters."""
    question = Question(period=period)
    with reading(engine) as connection:
        view = view_at(connection, NOW, filters=question.filters)
        subject = subject_of(connection, kind, code)
        return read_overview(view, CENTRE, question, subject, against), question, subject.own
