"""The clocks of a list's cases are those of their pages, and cost one statement."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from dashboard.cases.record import record
from dashboard.database.engine import reading, writing
from dashboard.drilldown.read_case import read_case
from dashboard.drilldown.read_case_rows import read_case_rows
from dashboard.drilldown.read_clocks import read_clocks
from dashboard.figures.view import view_at
from dashboard.terms import Event
from tests import worlds
from tests.dashboard.cases.test_accounting import rules_of
from tests.dashboard.drilldown.test_read_case import a_centre

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
START = worlds.ACCEPTED
CENTRE, RULES = a_centre(), worlds.rules()


@pytest.fixture
def clocks(county, now):
    """Read the rows and the clocks of these cases."""

    def read(*case_ids, as_of=now, known_at=None, rules=RULES, asked=None):
        with reading(county) as connection:
            view = view_at(connection, as_of, rules=lambda: rules, known_at=known_at)
            rows = read_case_rows(view, view.cases.c.id.in_(case_ids), ())
            if asked is not None:
                event.listen(connection, "before_cursor_execute", lambda *it: asked.append(it[2]))
            return read_clocks(view, rows, rules)

    return read


@pytest.fixture
def a_case(county):
    def make(*later, **facts):
        """A case in process; `later` are (event, hours after its beginning, facts)."""
        with writing(county) as connection:
            case_id = worlds.a_history(connection, **facts)
            for what, hours, more in later:
                at = START + hours * HOUR
                happening = worlds.a_happening(what, at, **more)
                record(connection, happening, case_id=case_id, rules=RULES, now=at)
        return case_id

    return make


def test_a_clock_of_a_list_is_the_one_of_the_cases_page(county, now, clocks, a_case):
    pause = ((Event.PAUSE, 5, {}), (Event.RESUME, 29, {}))
    ids = [a_case(), a_case(*pause), a_case((Event.EXTEND, 6, {})), a_case(start=START + DAY)]
    found = clocks(*ids)
    assert sorted(found) == ids
    with reading(county) as connection:
        view = view_at(connection, now)
        rows = read_case_rows(view, view.cases.c.id.in_(ids), ())
        pages = {row.id: read_case(view, CENTRE, row.code).account for row in rows}
    assert found == pages


def test_one_statement_reads_them_all(clocks, a_case):
    asked = []
    assert len(clocks(*(a_case() for _ in range(5)), asked=asked)) == 5
    assert len(asked) == 1
    assert clocks() == {}


def test_what_happened_or_was_known_later_does_not_count(county, clocks, a_case):
    case_id = a_case((Event.PAUSE, 5, {}), (Event.RESUME, 29, {}))
    with writing(county) as connection:
        late = worlds.a_happening(Event.EXTEND, START + 30 * HOUR)
        record(connection, late, case_id=case_id, rules=RULES, now=START + 5 * DAY)
    then = START + 2 * DAY
    assert clocks(case_id, as_of=START + 4 * HOUR)[case_id].pauses == ()
    assert clocks(case_id, as_of=then)[case_id].extension is not None
    assert clocks(case_id, as_of=then, known_at=then)[case_id].extension is None


def test_a_deadline_nobody_can_account_for_has_no_clock(county, clocks, a_case):
    with writing(county) as connection:
        bare = worlds.a_case(connection)
    assert clocks(bare) == {}
    changed = rules_of(*(one.model_copy(update={"amount": 9}) for one in RULES.deadlines.rules))
    assert clocks(a_case(), rules=changed) == {}
