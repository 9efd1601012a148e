"""昨日以来 against the boards: what each morning showed is kept, and compared by hand."""

from datetime import timedelta

from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import select

from dashboard.briefing.case_line import Turn
from dashboard.database.engine import reading
from dashboard.database.tables import case_event, cases
from dashboard.figures.period import SECOND
from tests.dashboard.briefing.world import RULES, a_centre, brief
from tests.dashboard.cases.strategies import stocks
from tests.dashboard.snapshots.test_fortnight import board_at, live

SLOW = settings(
    max_examples=2,
    phases=[Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
ONE_BY_ONE = a_centre(statistics_at="09:00")
"""A centre whose statistics days end when those of `live` do."""


def stock_of(engine, at):
    """The open cases as they stand in the table now, coloured by hand: {id: (colour, unsigned)}."""
    with reading(engine) as connection:
        rows = connection.execute(select(cases)).all()
    found = {}
    for row in rows:
        if row.accepted_at is None or row.left_at is not None:
            continue
        marks = (("red", row.red_at or row.due_at), ("yellow", row.yellow_at))
        colour = next((name for name, mark in marks if mark is not None and mark <= at), "")
        found[row.id] = (colour, row.stage == "dispatched", row.accepted_at)
    return found


def denied_in(engine, start, end):
    """The cases whose party said in a span, after their first closing: it is not solved."""
    with reading(engine) as connection:
        first = {row.id: row.first_closed_at for row in connection.execute(select(cases))}
        asked = connection.execute(select(case_event).where(case_event.c.type == "follow_up")).all()
    return {
        row.case_id
        for row in asked
        if start < row.at <= end
        and first[row.case_id] is not None
        and first[row.case_id] <= row.at
        and row.payload["reached"]
        and (row.payload["confirmed_resolved"] is False
             or row.payload["satisfaction"] == "dissatisfied")
    }  # fmt: skip


def expected(before, now, denied, start):
    """What became of each case, told from two stocks."""
    found = dict.fromkeys(denied, Turn.REJECTED)
    for one, (colour, unsigned, accepted_at) in now.items():
        was = before.get(one)
        if one in found:
            continue
        if was is None and accepted_at <= start:
            found[one] = Turn.REOPENED
        elif colour == "red" and (was is None or was[0] != "red"):
            found[one] = Turn.RED
        elif colour == "yellow" and (was is None or was[0] == ""):
            found[one] = Turn.YELLOW
        elif unsigned and (was is None or not was[1]):
            found[one] = Turn.UNSIGNED
        elif was is None:
            found[one] = Turn.NEW
    return found


@given(told=stocks(RULES, max_size=6, late=False))
@SLOW
def test_since_yesterday_is_the_difference_of_the_two_mornings(new_database, told):
    engine = new_database()
    kept = [({}, 0)]

    def morning(at):
        (before, shown), now = kept[-1], stock_of(engine, at)
        board = board_at(engine, at)
        assert board.tallies.open.value == len(now)
        start = at - timedelta(days=1)
        denied = denied_in(engine, start, at)
        found = brief(engine, at + SECOND, centre=ONE_BY_ONE).since
        assert {one.case.id: one.turn for one in found} == expected(before, now, denied, start)
        assert len(found) == len({one.case.id for one in found})
        kept.append((now, board.tallies.open.value))
        came = sum(one.case.id in now and one.case.id not in before for one in found)
        assert shown + came - len(before.keys() - now.keys()) == board.tallies.open.value

    live(engine, told, morning)
