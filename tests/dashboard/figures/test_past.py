"""What was, read from what is: with every event, and with only those that had happened."""

from datetime import timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from dashboard.cases.ledger import BOOKKEEPING
from dashboard.cases.record import record_many
from dashboard.database import tables
from dashboard.database.engine import reading, writing
from dashboard.figures.past import past
from dashboard.settings import Settings
from dashboard.snapshots.read import read_board
from tests import worlds
from tests.dashboard.cases.strategies import histories

RULES = worlds.rules()
SLOW = settings(
    max_examples=15,
    phases=[Phase.reuse, Phase.generate],  # to shrink a history takes minutes
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def some(logs):
    """A few of these, in the order they begin, so that both databases number them alike."""
    several = st.lists(
        logs, min_size=1, max_size=4, unique_by=lambda log: log[0].facts["source_no"]
    )
    return several.map(lambda told: sorted(told, key=lambda log: min(one.at for one in log)))


hours = st.integers(0, 40 * 24).map(lambda n: worlds.ACCEPTED + timedelta(hours=n))


def filled(engine, told):
    """Put the county and these histories into a database."""
    with writing(engine) as connection:
        worlds.small_county(connection)
        limits = [
            limit.model_dump(mode="json", exclude_none=True) for limit in RULES.deadlines.rules
        ]
        connection.execute(tables.site.insert().values(key="deadlines", value=limits))
        record_many(
            connection, [(None, one) for one in told if one], rules=RULES, now=worlds.ACCEPTED
        )
    return engine


def rows_at(engine, as_of, rules=None):
    with reading(engine) as connection:
        rows = past(connection, as_of, rules=rules).cases
        names = [column for column in rows.c if column.name not in BOOKKEEPING]
        return connection.execute(select(rows.c.id, *names).order_by(rows.c.id)).all()


def board_at(engine, as_of):
    with reading(engine) as connection:
        return read_board(
            connection,
            profile=worlds.load_profile("zhanyi"),
            settings=Settings(),
            calendar=RULES.calendar,
            as_of=as_of,
        )


@given(told=some(histories(RULES)), as_of=hours)
@SLOW
def test_the_past_is_what_was_there_before_the_later_events(new_database, told, as_of):
    then = filled(new_database(), [[one for one in log if one.at <= as_of] for log in told])
    now = filled(new_database(), told)
    assert rows_at(now, as_of, lambda: RULES) == rows_at(then, as_of)
    assert board_at(now, as_of) == board_at(then, as_of)


@given(told=some(histories(RULES, late=False)), as_of=hours)
@SLOW
def test_events_recorded_in_turn_are_undone_without_the_rules(new_database, told, as_of):
    then = filled(new_database(), [[one for one in log if one.at <= as_of] for log in told])
    now = filled(new_database(), told)
    assert rows_at(now, as_of) == rows_at(then, as_of)


def test_the_present_is_the_table_itself(county, now):
    with reading(county) as connection:
        assert past(connection, now).cases is tables.cases


def test_one_connection_reads_one_past_after_another(county, now):
    with writing(county) as connection:
        case = worlds.a_case(connection, stage="closed", closed_at=now)
        for seq, (back, before) in enumerate(((9, {}), (2, {"stage": "dispatched"}),
                                              (1, {"stage": "in_process"})), start=1):  # fmt: skip
            connection.execute(
                tables.case_event.insert().values(
                    case_id=case, seq=seq, at=now - timedelta(days=back), recorded_at=now,
                    type="progress", actor_role="dept", payload={}, before=before, after={},
                    source="app", hash="",
                )
            )  # fmt: skip

    def stages(days):
        rows = past(connection, now - timedelta(days=days)).cases
        return connection.execute(select(rows.c.stage)).scalars().all()

    with reading(county) as connection:
        for _ in range(2):
            assert stages(1.5) == ["in_process"]
            assert stages(2.5) == ["dispatched"]
            assert stages(9.5) == []
            assert stages(0) == ["closed"]
