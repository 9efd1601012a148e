"""A statement about the past reads what it names, from an index where it can."""

from datetime import timedelta

import pytest
from sqlalchemy import case, func, select

from dashboard.database.engine import reading, writing
from dashboard.database.tables import cases
from dashboard.figures.narrow import narrowed
from dashboard.figures.past import past
from tests import worlds


@pytest.fixture
def before(county):
    """The cases of a county while one of them was still open."""
    with writing(county) as connection:
        worlds.a_history(connection)
    return county


def statements(rows):
    c = rows.c
    late = case((c.due_at < c.closed_at, 1))
    yield select(c.township_code, func.count(late)).group_by(c.township_code)
    yield select(c.id).where(c.accepted_at.is_not(None)).order_by(c.accepted_at.desc(), c.id)
    newest = select(c.id, c.due_at).order_by(c.due_at).limit(1).subquery()
    yield select(newest.c.id).union_all(select(c.id))
    yield select(func.count()).select_from(rows).where(c.stage.is_not(None))
    yield select(func.count()).select_from(rows)


def test_it_says_the_same(before):
    with reading(before) as connection:
        rows = past(connection, worlds.ACCEPTED + timedelta(hours=1)).cases
        assert rows is not cases
        for wide in statements(rows):
            slim = narrowed(wide, rows)
            assert connection.execute(slim).all() == connection.execute(wide).all()


def test_sqlite_walks_an_index_alone(before):
    if before.dialect.name != "sqlite":
        pytest.skip("PostgreSQL looks at what is asked for outside")
    with reading(before) as connection:
        rows = past(connection, worlds.ACCEPTED + timedelta(hours=1)).cases
        found = rows.c.accepted_at > worlds.ACCEPTED - timedelta(days=9)
        wide = select(rows.c.situation, func.count()).where(found).group_by(rows.c.situation)
        asked = narrowed(wide, rows).compile(before, compile_kwargs={"literal_binds": False})
        plan = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {asked}", tuple(asked.construct_params().values())
        )
        steps = " ".join(step[3] for step in plan)
    assert "SEARCH cases USING COVERING INDEX" in steps


def test_the_tables_themselves_are_left_alone():
    statement = select(cases.c.id)
    assert narrowed(statement, cases) is statement
