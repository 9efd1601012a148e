"""What a page may take of the database, and what commands may."""

import pytest
from sqlalchemy import text

from dashboard.database.engine import open_engine, reading, writing
from dashboard.database.faults import BusyError, TooSlowError
from dashboard.database.limits import Limits
from dashboard.figures.scope import EVERYTHING

SHORT = Limits(statement_s=0.05, connection_s=0.05)
ENDLESS = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) "
    "SELECT count(*) FROM n"
)
LONG = text(str(ENDLESS).replace("1000000000", "1000000"))
"""Takes longer than the limit, but not long."""


@pytest.fixture
def limited(blank):
    engine = open_engine(blank.url.render_as_string(hide_password=False), SHORT)
    yield engine
    engine.dispose()


def test_a_statement_of_a_page_that_takes_too_long_is_ended(limited):
    with pytest.raises(TooSlowError), reading(limited, EVERYTHING) as connection:
        connection.execute(ENDLESS).all()


def test_the_connection_is_good_for_the_next_who_is_not_limited(limited):
    with pytest.raises(TooSlowError), reading(limited, EVERYTHING) as connection:
        connection.execute(ENDLESS).all()
    for transaction in (reading, writing):
        with transaction(limited) as connection:
            assert connection.execute(LONG).scalar() == 1_000_000


def test_each_statement_has_its_time_anew(limited):
    with reading(limited, EVERYTHING) as connection:
        for _ in range(300):
            assert connection.execute(text("SELECT 1")).scalar() == 1


def test_commands_take_their_time(blank):
    with reading(blank, EVERYTHING) as connection:
        assert connection.execute(LONG).scalar() == 1_000_000


def test_who_finds_no_connection_is_told_so_in_time(blank):
    engine = open_engine(blank.url.render_as_string(hide_password=False), SHORT)
    held = [engine.connect() for _ in range(15)]
    with pytest.raises(BusyError, match="try again"), reading(engine, EVERYTHING):
        pass
    for connection in held:
        connection.close()
    engine.dispose()
