"""Random rows of `cases`, the same for every database they are put into."""

from datetime import timedelta
from itertools import count

from hypothesis import strategies as st
from sqlalchemy import delete

from dashboard.database import tables
from dashboard.database.engine import writing
from dashboard.terms import Channel, Outcome, Situation, Stage
from tests.conftest import NOW
from tests.worlds import DEPARTMENTS, TOWNSHIPS, a_case

OPEN_STAGES = tuple(Stage)[2:11]
OUTCOMES = {
    Outcome.RESOLVED: Stage.CLOSED,
    Outcome.DIVERTED: Stage.CLOSED,
    Outcome.UNRESOLVED_CLOSED: Stage.CLOSED,
    Outcome.WITHDRAWN: Stage.WITHDRAWN,
    Outcome.MERGED: Stage.MERGED,
    Outcome.NOT_ACCEPTED: Stage.NOT_ACCEPTED,
}
seconds = st.integers(0, 40 * 86_400) | st.sampled_from([0, 1, 86_400, 86_399, 6 * 3600 + 1236])


@st.composite
def cases(draw):
    """Draw one case: reported, open or gone, with or without a deadline, township, department."""
    accepted = NOW - timedelta(seconds=draw(seconds))
    gone = draw(st.none() | st.sampled_from(list(OUTCOMES)))
    left = accepted + (NOW - accepted) * draw(st.sampled_from([0, 0.25, 0.5, 1]))
    limit = draw(st.none() | seconds.map(lambda s: timedelta(seconds=s)))
    stage = OUTCOMES[gone] if gone else draw(st.sampled_from(OPEN_STAGES))
    row = {
        "accepted_at": accepted,
        "stage": stage,
        "stage_since": left if gone else accepted,
        "left_at": left if gone else None,
        "closed_at": left if stage is Stage.CLOSED else None,
        "close_outcome": gone,
        "due_at": None if limit is None else accepted + limit,
        "yellow_at": None if limit is None else accepted + 0.8 * limit,
        "blue_at": None if limit is None else accepted + 0.5 * limit,
        "open_supervisions": draw(st.sampled_from([0, 0, 1, 2])),
        "township_code": draw(st.sampled_from([None, "999999999999", *TOWNSHIPS])),
        "lead_dept_id": draw(st.sampled_from([None, "nobody", *DEPARTMENTS])),
        "situation": draw(st.sampled_from([None, *Situation])),
        "source_channel": draw(st.sampled_from(list(Channel))),
        "category_code": draw(st.sampled_from([None, "0101", "0402"])),
    }
    if stage is not Stage.CLOSED and draw(st.booleans()) and draw(st.booleans()):
        row |= {"accepted_at": None, "reported_at": accepted}
    return row


worlds = st.lists(cases(), max_size=25)


def fill(engine, rows):
    """Put these cases in the place of those there; equal rows give equal tables."""
    numbers = count(1)
    with writing(engine) as connection:
        connection.execute(delete(tables.cases))
        for row in rows:
            number = next(numbers)
            names = {"id": number, "case_code": f"530303-20260310-D{number:05d}-0"}
            a_case(connection, **row, **names, source_no=str(number))
