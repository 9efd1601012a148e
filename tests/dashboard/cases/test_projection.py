"""A database of an older version: its cases are folded anew before anybody reads them."""

import pytest
from click.testing import CliRunner
from pydantic import SecretStr
from sqlalchemy import Table, inspect, select

from dashboard.__main__ import main
from dashboard.cases.rebuild import PROJECTION, bring_up, stale_projection
from dashboard.database import tables
from dashboard.database.engine import open_engine, reading, writing
from dashboard.database.schema import migrate
from dashboard.settings import Settings
from dashboard.site import SiteError, open_site
from dashboard.terms import Event
from tests import worlds

NEW_COLUMNS = {
    "closed_same_day", "follow_up_count", "reached_count", "first_closed_at", "first_reopened_at",
    "reopened_at", "response_working_minutes", "exclusion_reason",
}  # fmt: skip
COPIED = (tables.area, tables.department, tables.cases, tables.case_event, tables.follow_up,
          tables.supervision_order)  # fmt: skip


def contents(engine, *chosen: Table):
    with reading(engine) as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(
                    select(*(column for column in table.c if column.name != "hold_id")).order_by(
                        *table.c
                    )
                )
            ]
            for table in chosen
        }


@pytest.fixture
def older(county, tmp_path):
    """A database at revision 0001 with the cases of `county`, as that version wrote them."""
    with writing(county) as connection:
        worlds.a_history(connection, *worlds.TO_THE_END, Event.REOPEN)
        worlds.a_history(connection, *worlds.UP_TO_WORK, Event.SUPERVISE)
    engine = open_engine(f"sqlite:///{tmp_path / 'older.db'}")
    migrate(engine, "0001")
    with reading(county) as source, writing(engine) as target:
        for table in COPIED:
            known = {one["name"] for one in inspect(target).get_columns(table.name)}
            names = [column.name for column in table.c if column.name in known]
            assert known.isdisjoint(NEW_COLUMNS)
            rows = source.execute(select(*(table.c[name] for name in names))).all()
            marks = ", ".join("?" * len(names))
            for row in rows:
                bound = [
                    bind(value) if (bind := _bind(table.c[name], target)) else value
                    for name, value in zip(names, row, strict=True)
                ]
                target.exec_driver_sql(
                    f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})", tuple(bound)
                )
    yield engine
    engine.dispose()


def _bind(column, connection):
    return column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)


def test_an_upgraded_database_is_refused_until_its_cases_are_rebuilt(older, county):
    migrate(older)
    url = older.url.render_as_string(hide_password=False)
    with pytest.raises(SiteError, match="run `wuqing init`"):
        open_site(Settings(database_url=SecretStr(url)), lambda: worlds.ACCEPTED)

    with writing(older) as connection:
        assert stale_projection(connection)
        shares = []
        assert bring_up(connection, worlds.rules(), shares.append)
        assert shares[-1] == 1.0
        assert not stale_projection(connection)
        assert not bring_up(connection, worlds.rules())

    projection = (tables.cases, tables.case_hold, tables.follow_up, tables.supervision_order)
    assert contents(older, *projection) == contents(county, *projection)


def test_init_rebuilds_the_cases_and_says_so(older):
    url = older.url.render_as_string(hide_password=False)
    arguments = ["init", "--database", url, "--profile", "zhanyi"]
    first, second = (CliRunner().invoke(main, arguments) for _ in range(2))
    assert first.exit_code == second.exit_code == 0, first.output
    assert "have been rebuilt from their events" in first.output
    assert "rebuilt" not in second.output
    with reading(older) as connection:
        assert connection.scalar(select(tables.case_hold.c.began).limit(1)) == "accept"
        stated = select(tables.site.c.value).where(tables.site.c.key == "projection")
        assert connection.scalar(stated) == PROJECTION


def test_a_new_database_needs_nothing(blank):
    with reading(blank) as connection:
        assert not stale_projection(connection)


def test_an_empty_older_database_needs_nothing(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    migrate(engine, "0001")
    migrate(engine)
    with reading(engine) as connection:
        assert not stale_projection(connection)
    engine.dispose()
