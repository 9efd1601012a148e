"""A fortnight as it was lived and as it is read later: boards and flow are the same.

What no event says is left out of the comparison: when the feeds last brought something.
"""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from dashboard.cases.lifecycle import TransitionError
from dashboard.cases.record import record
from dashboard.database import tables
from dashboard.database.engine import reading, writing
from dashboard.figures.catalogue.flow import REOPENED, STOCK_IN, STOCK_OUT
from dashboard.figures.catalogue.league import (
    GIVEN,
    IN_FROM_DEPARTMENT,
    IN_FROM_TOWNSHIP,
    IN_HANDS,
    OUT_TO_DEPARTMENT,
    OUT_TO_TOWNSHIP,
)
from dashboard.figures.catalogue.stock import IN_HAND
from dashboard.figures.dimension import DEPARTMENT, TOWNSHIP
from dashboard.figures.measure import measure
from dashboard.figures.period import SECOND, Period
from dashboard.figures.view import view_at
from dashboard.settings import Settings
from dashboard.snapshots.encode import board_bytes
from dashboard.snapshots.read import read_board
from tests import worlds
from tests.dashboard.cases.strategies import stocks

RULES = worlds.rules()
PROFILE = worlds.load_profile("zhanyi")
DAYS = 14
SLOW = settings(
    max_examples=3,
    phases=[Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def in_recording_order(told):
    """(recorded at, case, happening): as they became known; a late one after those before it."""
    merged = []
    for number, log in enumerate(told):
        known = log[0].at
        for happening in log:
            known = max(known, happening.at)
            merged.append((known, number, happening))
    return sorted(merged, key=lambda one: one[:2])


def board_at(engine, at, known_at=None):
    """The board without the feeds: no event says when they last came."""
    with reading(engine) as connection:
        board = read_board(
            connection,
            profile=PROFILE,
            settings=Settings(),
            calendar=RULES.calendar,
            as_of=at,
            known_at=known_at,
        )
    return replace(board, sources=())


def live(engine, told, each):
    """Record a fortnight and call `each` after every day with its last second."""
    ids, pending = {}, in_recording_order(told)
    end = worlds.ACCEPTED
    with writing(engine) as connection:
        worlds.small_county(connection)
        limits = [rule.model_dump(mode="json") for rule in RULES.deadlines.rules]
        connection.execute(insert(tables.site).values(key="deadlines", value=limits))
    for _ in range(DAYS + 12):
        end += timedelta(days=1)
        with writing(engine) as connection:
            while pending and pending[0][0] < end:
                known, number, happening = pending.pop(0)
                try:
                    done = record(
                        connection, happening, case_id=ids.get(number), rules=RULES, now=known
                    )
                except TransitionError:
                    continue  # its case was merged in another order
                ids[number] = done.case_id
        each(end - SECOND)


@given(told=stocks(RULES, max_size=4))
@SLOW
def test_boards_lived_stored_and_read_later_are_the_same(new_database, told):
    engine = new_database()
    lived, stored = {}, {}

    def keep(at):
        lived[at] = board_at(engine, at)
        stored[at] = board_bytes(lived[at])

    live(engine, told, keep)
    for at, board in lived.items():
        later = board_at(engine, at, known_at=at)
        assert later == board
        assert board_bytes(later) == stored[at]


@given(told=stocks(RULES, max_size=6), span=st.integers(1, 12))
@SLOW
def test_opening_and_what_came_and_went_make_the_closing_stock(new_database, told, span):
    engine = new_database()
    ends = []
    live(engine, told, ends.append)
    with reading(engine) as connection:
        last = view_at(connection, ends[-1], rules=lambda: RULES)

        def view(at):
            """The stretches as they are known at last: a source may date one back."""
            return replace(last, as_of=at)

        def counts(at, figures, by, period=None):
            found = measure(view(at), figures, by, period)
            return {
                figure: {key: cell.numerator for key, cell in cells.items()}
                for figure, cells in found.items()
            }

        for start, end in zip(ends[:DAYS], ends[span:], strict=False):
            period = Period(start + SECOND, end + SECOND)
            ways = (
                ((), (STOCK_IN, REOPENED), (STOCK_OUT,)),
                ((TOWNSHIP,), (STOCK_IN, REOPENED, IN_FROM_TOWNSHIP), (STOCK_OUT, OUT_TO_TOWNSHIP)),
                (
                    (DEPARTMENT,),
                    (GIVEN, REOPENED, IN_FROM_DEPARTMENT),
                    (STOCK_OUT, OUT_TO_DEPARTMENT),
                ),
            )
            for by, ins, outs in ways:
                opening = counts(start, [IN_HANDS], by)[IN_HANDS]
                closing = counts(end, [IN_HANDS], by)[IN_HANDS]
                moved = counts(ends[-1], [*ins, *outs], by, period)
                for key in {*opening, *closing, *(one for cell in moved.values() for one in cell)}:
                    came = sum(moved[figure].get(key, 0) for figure in ins)
                    left = sum(moved[figure].get(key, 0) for figure in outs)
                    assert opening.get(key, 0) + came - left == closing.get(key, 0), (by, key)
        stock = measure(last, [IN_HAND, IN_HANDS], (DEPARTMENT,))
        assert stock[IN_HAND] == stock[IN_HANDS]
