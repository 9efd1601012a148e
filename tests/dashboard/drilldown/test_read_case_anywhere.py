"""Whatever happened to a case and whenever it is asked about, its page holds together."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from dashboard.cases.record import record_many
from dashboard.database import tables
from dashboard.database.engine import reading, writing
from dashboard.drilldown.case import StageMark
from dashboard.drilldown.read_case import read_case
from dashboard.figures.view import view_at
from dashboard.terms import TERMINAL_STAGES, Event
from tests.dashboard.cases.contents import emptied, state_of
from tests.dashboard.cases.strategies import stocks
from tests.dashboard.cases.test_record import NOW, RULES, at_once
from tests.dashboard.drilldown.test_read_case import a_centre

CENTRE = a_centre()


def cleared(engine):
    with writing(emptied(engine)) as connection:
        connection.execute(delete(tables.case_hold))
    return engine


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(stock=stocks(RULES, max_size=2), back=st.integers(0, 60 * 24 * 60))
def test_a_page_holds_together_at_any_moment(blank, stock, back):
    """Its clock gives the stored deadline of that moment; times in hands and stages add up."""
    with writing(cleared(blank)) as connection:
        ids = record_many(connection, at_once(stock), rules=RULES, now=NOW)
    last = max(happening.at for told in stock for happening in told)
    as_of = (last - timedelta(minutes=back)).replace(microsecond=0)
    with reading(blank) as connection:
        for case_id in ids:
            view = view_at(connection, as_of, rules=lambda: RULES)
            check(read_case(view, CENTRE, state_of(connection, case_id)["case_code"]), as_of)


def check(page, as_of):
    if page is None:
        return
    assert page.account is not None
    assert page.agrees
    assert page.account.due_at == page.row.due_at
    assert page.entries
    assert all(entry.at <= as_of for entry in page.entries)
    assert sum(one.seconds for one in page.held) == page.held_total_s
    ends = page.row.left_at or as_of
    plain = Event.ADOPT not in {entry.event for entry in page.entries}
    if page.row.accepted_at is not None and plain and not page.facts.reopened:
        assert page.held_total_s == int((ends - page.row.accepted_at).total_seconds())
    marks = [step.mark for step in page.stages]
    order = [StageMark.PASSED, StageMark.CURRENT, StageMark.AHEAD]
    assert marks == sorted(marks, key=order.index)
    open_ = page.row.accepted_at is not None and page.row.stage not in TERMINAL_STAGES
    assert marks.count(StageMark.CURRENT) == open_
