"""A small county that lives on day by day, and the briefings of its mornings."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import insert

from dashboard.briefing.briefing_settings import BriefingSettings
from dashboard.briefing.compose import compose
from dashboard.briefing.cycle import issue_of
from dashboard.briefing.issue import Cycle
from dashboard.cases.record import record
from dashboard.centre import Centre
from dashboard.database import tables
from dashboard.database.engine import reading, writing
from dashboard.settings import Settings
from dashboard.terms import Event
from tests import worlds

RULES = worlds.rules()
MORNING = datetime(2026, 3, 11, 0, 20, tzinfo=UTC)  # 08:20 in Shanghai
DAY = date(2026, 3, 11)
HOUR = timedelta(hours=1)


def a_centre(**rule):
    settings = Settings(briefing=BriefingSettings(**rule))
    return Centre(settings=settings, profile=worlds.load_profile("zhanyi"), calendar=RULES.calendar)


CENTRE = a_centre()


def found(engine):
    """Make the county and its time limits."""
    with writing(engine) as connection:
        worlds.small_county(connection)
        limits = [rule.model_dump(mode="json") for rule in RULES.deadlines.rules]
        connection.execute(insert(tables.site).values(key="deadlines", value=limits))


def tell(engine, happenings, case_id=None, late=timedelta()):
    """Record happenings of one case, each `late` after it happened; return its id."""
    with writing(engine) as connection:
        for happening in happenings:
            done = record(
                connection, happening, case_id=case_id, rules=RULES, now=happening.at + late
            )
            case_id = done.case_id
    return case_id


def story(*events, start, step=timedelta(minutes=10), **first):
    """The events of a new case, ten minutes apart."""
    told = [worlds.a_beginning(Event.REPORT, start, **first)]
    told += [
        worlds.a_happening(event, start + step * place) for place, event in enumerate(events, 1)
    ]
    return told


def brief(engine, as_of=MORNING, cycle=Cycle.DAILY, centre=CENTRE):
    """Compose the briefing of a morning."""
    issue = issue_of(centre, cycle, as_of.astimezone(centre.zone).date())
    with reading(engine) as connection:
        return compose(connection, centre, issue, as_of)
