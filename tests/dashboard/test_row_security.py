"""PostgreSQL's own wall: who is bound reads and writes the rows of their scope, whatever is asked.

Every statement here goes past the query layer and its tripwire, as a mistake of ours would.
"""

import random
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import func, insert, make_url, select
from sqlalchemy.exc import DBAPIError

from dashboard.cases.record import record
from dashboard.database import tables
from dashboard.database.engine import open_engine, reading, writing
from dashboard.database.row_policies import BOUND, LASTING, OPEN_TO_BOUND, SERVICE
from dashboard.database.row_rights import blind, lacking, unsecured
from dashboard.database.schema import migrate
from dashboard.database.tripwire import OWNED, for_itself
from dashboard.drilldown.behind import behind
from dashboard.figures.catalogue import FIGURES, by_id
from dashboard.figures.composition import Part
from dashboard.figures.filters import EVERY, Filters
from dashboard.figures.measure import measure
from dashboard.figures.parts import composition
from dashboard.figures.people import persons
from dashboard.figures.period import Period
from dashboard.figures.scope import EVERYTHING, Scope
from dashboard.figures.view import view_at
from dashboard.operations.backup import back_up
from dashboard.operations.doctor import of_rows
from dashboard.operations.doctor.finding import Status
from dashboard.operations.restore import restore
from dashboard.settings import Settings
from dashboard.site import SiteError, open_site
from dashboard.terms import Event
from tests import worlds
from tests.conftest import NOW
from tests.services import postgres

on_postgresql = pytest.mark.parametrize("new_database", ["postgresql"], indirect=True)

TOWNS = [worlds.XIPING, worlds.HUASHAN, worlds.BAISHUI]
SCOPES = [
    *(Scope(area=town[:9]) for town in TOWNS),
    Scope(area="530303001001"),
    Scope(area="530303"),
    Scope(area="53030"),
    Scope(departments=frozenset({"hrss"})),
    Scope(departments=frozenset({"hrss", "water"})),
    Scope(departments=frozenset()),
    Scope(departments=frozenset({"*"})),
    Scope(area=worlds.HUASHAN[:9], departments=frozenset({"hrss"})),
    Scope(area="%"),
]


@pytest.fixture(scope="module")
def template(postgres_url):
    """Rows of every owned table, in every township and village, of every department."""
    draw, name = random.Random(5), f"t{uuid4().hex}"
    postgres.run(postgres_url, f"CREATE DATABASE {name} TEMPLATE blank")
    engine = open_engine(f"{postgres_url}/{name}")
    with writing(engine) as connection:
        worlds.small_county(connection)
        for _ in range(12):
            worlds.a_history(
                connection, *worlds.TO_THE_END[: draw.randrange(2, 8)],
                area_code=draw.choice(sorted(worlds.VILLAGES)),
            )  # fmt: skip
        for number in range(40):
            area = draw.choice([*worlds.TOWNSHIPS, *worlds.VILLAGES])
            place = {"area_code": area, "township_code": worlds.VILLAGES.get(area, area)}
            unit = draw.choice([None, *worlds.DEPARTMENTS])
            rows_of(connection, number, place, unit)
    engine.dispose()
    yield name
    postgres.run(postgres_url, f"DROP DATABASE {name}")


@pytest.fixture
def filled(postgres_url, template):
    """A database of the test's own with all those rows."""
    name = f"t{uuid4().hex}"
    postgres.run(postgres_url, f"CREATE DATABASE {name} TEMPLATE {template}")
    engine = open_engine(f"{postgres_url}/{name}")
    yield engine
    engine.dispose()
    postgres.run(postgres_url, f"DROP DATABASE {name}")


def rows_of(connection, number, place, unit):
    """One row of each owned table that belong together."""
    case = worlds.a_case(connection, **place, lead_dept_id=unit)
    of_case = {"case_id": case}
    add(connection, "party", of_case, role="applicant", party_key=f"k{number % 7}")
    add(connection, "case_event", of_case, seq=1, at=NOW, recorded_at=NOW, type="report",
        actor_role="window", payload={}, before={}, after={}, source="app", hash="")  # fmt: skip
    add(connection, "case_hold", of_case, place, number=1, from_at=NOW, began="accept",
        lead_dept_id=unit)  # fmt: skip
    add(connection, "follow_up", of_case, attempt=1, at=NOW, reached=True)
    order = {"sheet_type": "x", "issued_at": NOW, "status": "new"}
    add(connection, "supervision_order", of_case, order, number=1)
    add(connection, "supervision_order", order, area_code=place["area_code"], topic="t")
    add(connection, "hazard_point", place, point_id=f"p{number}", name="p", risk_level="high",
        found_at=NOW, status="open", updated_at=NOW, lead_dept_id=unit)  # fmt: skip
    add(connection, "whistle", place, raised_by="centre", raised_at=NOW, lead_dept_id=unit)
    add(connection, "inspection_task", place, program="patrol", due_at=NOW, lead_dept_id=unit)
    add(connection, "intelligence_item", place, source_channel="x", source_no=str(number),
        received_at=NOW, situation="police", title="t", status="new")  # fmt: skip
    add(connection, "grid_worker", place, worker_id=f"w{number}", name="n")
    add(connection, "points_entry", of_case, worker_id=f"w{number}", at=NOW, rule_id="r", points=1)
    add(connection, "decision", place, decision_id=number, taken_on=NOW.date(), cycle="daily",
        title="t", ask="", beside=[], due_at=NOW, recorded_at=NOW, recorded_by="n",
        lead_dept_id=unit)  # fmt: skip
    add(connection, "decision_entry", decision_id=number, number=1, kind="signed", at=NOW, text="",
        recorded_by="n")  # fmt: skip
    add(connection, "warning", scope="area", key=place["area_code"], rule="r", colour="red",
        raised_at=NOW)  # fmt: skip


def add(connection, table, *shared, **values):
    for each in shared:
        values |= each
    known = tables.metadata.tables[table]
    connection.execute(insert(known).values({k: v for k, v in values.items() if k in known.c}))


def every_row(connection, table):
    return [dict(row._mapping) for row in connection.execute(select(tables.metadata.tables[table]))]


def within(scope, row):
    unit = row.get("lead_dept_id")
    inside = (row["area_code"] or "").startswith(scope.area)
    return inside and (scope.departments is None or unit in scope.departments)


def expected(all_rows, scope, table):
    """The rows of a scope by nothing but Python, from all rows there are."""
    cases = {row["id"] for row in all_rows["cases"] if within(scope, row)}
    workers = {row["worker_id"] for row in all_rows["grid_worker"] if within(scope, row)}
    rows = all_rows[table]
    if table == "warning":
        return []
    if table == "decision":
        return [row for row in rows if within(scope, row)]
    if table == "decision_entry":
        mine = {row["decision_id"] for row in expected(all_rows, scope, "decision")}
        return [row for row in rows if row["decision_id"] in mine]
    if table == "points_entry":
        return [row for row in rows if row["worker_id"] in workers]
    if table == "supervision_order":
        about = [r for r in rows if r["case_id"] is None and within(scope, r)]
        return about * (scope.departments is None) + [r for r in rows if r["case_id"] in cases]
    if table == "case_hold":
        return [row for row in rows if within(scope, row) or row["case_id"] in cases]
    if "township_code" not in tables.metadata.tables[table].c:
        return [row for row in rows if row["case_id"] in cases]
    return [row for row in rows if within(scope, row)]


def keys(table, rows):
    (key,) = tables.metadata.tables[table].primary_key.columns
    return sorted(row[key.name] for row in rows)


def seen(engine, scope, table):
    (key,) = tables.metadata.tables[table].primary_key.columns
    with reading(engine, scope) as connection:
        found = connection.exec_driver_sql(f"SELECT {key.name} FROM {table}")
        return sorted(found.scalars())


def test_every_owned_table_has_its_policy():
    assert set(OPEN_TO_BOUND) == OWNED


@pytest.mark.parametrize("table", LASTING)
def test_who_is_bound_reads_the_rows_of_their_scope(filled, table):
    with reading(filled) as connection:
        everything = {name: every_row(connection, name) for name in LASTING}
    whole = keys(table, everything[table])
    assert seen(filled, EVERYTHING, table) == whole
    for scope in SCOPES:
        wanted = keys(table, expected(everything, scope, table))
        assert seen(filled, scope, table) == wanted, scope
    if table != "warning":
        assert 0 < len(seen(filled, SCOPES[0], table)) < len(whole)


@pytest.mark.parametrize("table", sorted(set(LASTING) - {"warning", "case_hold"}))
def test_the_townships_add_up_to_the_whole(filled, table):
    parts = [key for scope in SCOPES[:3] for key in seen(filled, scope, table)]
    assert sorted(parts) == seen(filled, EVERYTHING, table)


def test_who_names_no_scope_sees_nothing(filled):
    for setting in ("", "SELECT set_config('wuqing.area', '', true);"):
        with reading(filled) as connection:
            connection.exec_driver_sql(f"{setting} SET LOCAL ROLE {BOUND}")
            for table in LASTING:
                assert connection.exec_driver_sql(f"SELECT * FROM {table}").all() == [], table


def test_a_scope_ends_with_its_transaction(filled):
    with reading(filled, SCOPES[0]):
        pass
    with reading(filled) as connection:
        everybody = connection.scalar(select(func.count()).select_from(tables.cases))
        assert everybody == len(seen(filled, EVERYTHING, "cases"))
        connection.exec_driver_sql(f"SET LOCAL ROLE {BOUND}")
        assert connection.scalar(select(func.count()).select_from(tables.cases)) == 0


def test_who_is_bound_reads_no_account_session_log_or_board(filled):
    open_to_all = {"area", "department", "responsibility_item", "source", "site", "sealed_league"}
    for table in set(tables.metadata.tables) - set(LASTING) - open_to_all:
        with (
            pytest.raises(DBAPIError, match="permission denied"),
            reading(filled, SCOPES[0]) as connection,
        ):
            connection.exec_driver_sql(f"SELECT 1 FROM {table}")


INTO = {
    "cases": "UPDATE cases SET area_code = '530303004000'",
    "case_hold": "UPDATE case_hold SET area_code = '530303004000', case_id = {foreign}",
    "case_event": "UPDATE case_event SET case_id = {foreign}, seq = 99",
    "party": "UPDATE party SET case_id = {foreign}",
    "follow_up": "UPDATE follow_up SET case_id = {foreign}, attempt = 9",
    "supervision_order": "UPDATE supervision_order SET case_id = {foreign}, number = 9",
    "points_entry": "UPDATE points_entry SET worker_id = '{worker}'",
    **{
        table: f"UPDATE {table} SET area_code = '530303004000'"
        for table in (
            "hazard_point", "whistle", "inspection_task", "intelligence_item", "grid_worker",
            "decision",
        )
    },
}  # fmt: skip


@pytest.mark.parametrize("table", LASTING)
def test_who_is_bound_writes_nothing(filled, table):
    with (
        pytest.raises(DBAPIError, match="permission denied"),
        reading(filled, SCOPES[0]) as connection,
    ):
        connection.exec_driver_sql(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", sorted(INTO))
def test_who_might_write_could_not_write_beyond_their_scope(filled, table):
    """Rights to write are given here alone; policies hold beside them."""
    mine, column = SCOPES[0], tables.metadata.tables[table].primary_key.columns.keys()[0]
    with writing(filled) as connection:
        connection.exec_driver_sql(f"GRANT INSERT, UPDATE, DELETE ON {table} TO {BOUND}")
        theirs = every_row(connection, table)
        foreign = connection.exec_driver_sql(
            "SELECT min(id) FROM cases WHERE area_code LIKE '530303004%%'"
        ).scalar_one()
        worker = connection.exec_driver_sql(
            "SELECT min(worker_id) FROM grid_worker WHERE area_code LIKE '530303004%%'"
        ).scalar_one()
    own = seen(filled, mine, table)
    out = next(row for row in theirs if row[column] not in own)
    key = "new" if isinstance(out[column], str) else 10**6
    again = {**out, column: key, "case_code": "new", "source_no": "new", "seq": 77, "number": 77,
             "attempt": 77}  # fmt: skip
    again = {name: again[name] for name in out}

    with pytest.raises(DBAPIError, match="row-level security"), reading(filled, mine) as connection:
        connection.execute(insert(tables.metadata.tables[table]).values(again))
    move = INTO[table].format(foreign=foreign, worker=worker)
    with pytest.raises(DBAPIError, match="row-level security"), reading(filled, mine) as connection:
        connection.exec_driver_sql(f"{move} WHERE {column} = {own[0]!r}")
    with reading(filled, mine) as connection:  # what is not seen is neither changed nor deleted
        of_other = f"WHERE {column} = {out[column]!r}"
        done = connection.exec_driver_sql(f"UPDATE {table} SET {column} = {column} {of_other}")
        assert done.rowcount == 0
        assert connection.exec_driver_sql(f"DELETE FROM {table} {of_other}").rowcount == 0
        mine_again = f"WHERE {column} = {own[0]!r}"
        done = connection.exec_driver_sql(f"UPDATE {table} SET {column} = {column} {mine_again}")
        assert done.rowcount == 1


@on_postgresql
def test_the_past_is_bound_as_it_was(county):
    """A case that has moved on since is read by whom it lay with then, and by nobody else."""
    with writing(county) as connection:
        gone = worlds.a_history(connection, *worlds.UP_TO_WORK, area_code="530303001001")
        worlds.a_history(connection, *worlds.UP_TO_WORK, area_code="530303103001")
    at = worlds.ACCEPTED + timedelta(days=2)
    with writing(county) as connection:
        moved = worlds.a_happening(Event.CORRECT, at, area_code="530303004001")
        record(connection, moved, case_id=gone, rules=worlds.rules(), now=at)
    xiping, huashan = SCOPES[0], SCOPES[1]

    for moment, holder, other in ((at - timedelta(hours=1), xiping, huashan),
                                  (at + timedelta(hours=1), huashan, xiping)):  # fmt: skip
        for scope, there in ((holder, True), (other, False)):
            with reading(county, scope) as connection:
                view = view_at(connection, moment, scope, rules=worlds.rules)
                cases = connection.execute(select(view.cases.c.id)).scalars().all()
                assert cases == [gone] * there
                events = connection.exec_driver_sql("SELECT DISTINCT case_id FROM case_event")
                # who has it now may read its events, whatever moment the page is of
                assert events.scalars().all() == [gone] * (there or scope is huashan)


@on_postgresql
def test_a_number_is_the_same_behind_the_second_wall(county):
    """Also where a case is compared with those of others, and where it has moved on since."""
    draw = random.Random(8)
    with writing(county) as connection:
        for number in range(60):
            at = worlds.ACCEPTED + timedelta(hours=number)
            closed = at + timedelta(hours=2) if draw.random() < 0.5 else None
            area = draw.choice([*worlds.VILLAGES])
            case = worlds.a_case(
                connection, area_code=area, township_code=worlds.VILLAGES[area], accepted_at=at,
                lead_dept_id=draw.choice(["hrss", "water"]), closed_at=closed, left_at=closed,
                first_closed_at=closed, source_channel=draw.choice(["police_110", "window"]),
                case_kind=draw.choice(["petition", "dispute"]), location_text="x",
                situation=draw.choice(["police", "public_concern"]),
            )  # fmt: skip
            add(connection, "party", case_id=case, role="applicant", party_key=f"k{number % 5}")
            held = draw.choice([*worlds.VILLAGES])
            add(connection, "case_hold", case_id=case, number=1, from_at=at, began="accept",
                until_at=closed, area_code=held, township_code=worlds.VILLAGES[held],
                lead_dept_id=draw.choice(["hrss", "water"]))  # fmt: skip
    period = Period(worlds.ACCEPTED - timedelta(days=1), NOW)
    chosen = [EVERY, Filters(situations=frozenset({"police"}))]
    for scope in (SCOPES[0], SCOPES[6]):
        for filters in chosen:
            with reading(county, scope) as both, reading(county) as one:
                views = [view_at(each, NOW, scope, filters=filters) for each in (both, one)]
                walled, plain = (measure(view, FIGURES, (), period) for view in views)
                assert walled == plain
                for figure in FIGURES:
                    held = figure.population.table is tables.case_hold
                    if not (figure.compares or held):
                        continue
                    parts, same = (composition(view, figure, period) for view in views)
                    assert parts == same
                    lists = [behind(view, figure, Part.COUNTED, period) for view in views]
                    assert lists[0] == lists[1]
                    assert lists[0].total + lists[0].gone == parts.count(Part.COUNTED)
                    assert held or lists[0].gone == 0
                    assert held or filters != EVERY or lists[0].total > 0, figure.id
                    if figure.compares:
                        told = [persons(view, figure, period) for view in views]
                        assert told[0] == told[1]
                held_times = behind(views[0], by_id("held_time"), Part.COUNTED, period)
                assert held_times.total > 0 < held_times.gone


def test_what_the_service_does_for_itself_in_between_is_not_bound(filled):
    count = select(func.count()).select_from(tables.cases)
    with reading(filled, SCOPES[0]) as connection:
        bound = connection.scalar(count)
        with for_itself(connection):
            with for_itself(connection):
                everything = connection.scalar(count)
            assert connection.scalar(count) == everything > bound
        assert connection.scalar(count) == bound
        with pytest.raises(KeyError), for_itself(connection):
            raise KeyError
        assert connection.scalar(count) == bound
        with pytest.raises(DBAPIError, match="division by zero"), for_itself(connection):
            connection.exec_driver_sql("SELECT 1 / 0")


@pytest.fixture
def deployment(postgres_url):
    """A database, its owner, who may make no roles, and a user to serve as."""
    tag = uuid4().hex[:8]
    owner, server, name = f"owner_{tag}", f"server_{tag}", f"d{tag}"
    for user in (owner, server):
        postgres.run(postgres_url, f"CREATE ROLE {user} LOGIN")
    postgres.run(postgres_url, f"CREATE DATABASE {name} OWNER {owner}")
    engines = {
        user: open_engine(f"{make_url(postgres_url).set(username=user).render_as_string()}/{name}")
        for user in (owner, server)
    }
    yield engines[owner], engines[server], f"{postgres_url}/{name}"
    for engine in engines.values():
        engine.dispose()
    postgres.run(postgres_url, f"DROP DATABASE {name}")
    for user in (owner, server):
        postgres.run(postgres_url, f"REVOKE {SERVICE} FROM {user}")
        postgres.run(postgres_url, f"DROP ROLE {user}")


def as_superuser(url, *statements):
    address = make_url(url).set(drivername="postgresql").render_as_string()
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


@on_postgresql
def test_an_owner_and_another_who_serves(deployment, blank, tmp_path, now):
    """What a deployment goes through: init, the superuser's lines, init, GRANT, serve, restore."""
    owner, server, url = deployment
    wanted = migrate(owner)
    assert wanted == f"GRANT {SERVICE} TO {owner.url.username}"  # the roles are the server's
    with reading(owner) as connection:
        assert unsecured(connection) == LASTING
        found = of_rows.policies(connection)
        assert (found.status, wanted in found.text) == (Status.FAULT, True)
    as_superuser(url, *wanted.split("; "))
    assert migrate(owner) is None
    assert migrate(owner) is None
    with writing(owner) as connection:
        worlds.small_county(connection)
        worlds.a_history(connection, *worlds.TO_THE_END)
        worlds.a_history(connection, area_code="530303103001")
        assert (unsecured(connection), lacking(connection)) == ([], "")
        assert of_rows.policies(connection).status is Status.OK
        assert of_rows.user(connection).status is Status.WARNING

    as_superuser(url, f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {server.url.username}")
    with reading(server) as connection:
        assert blind(connection)
    with pytest.raises(SiteError, match=f"GRANT {SERVICE}"):
        open_site(Settings(database_url=server.url.render_as_string()), lambda: NOW)
    as_superuser(url, f"GRANT {SERVICE} TO {server.url.username}")
    with writing(server) as connection:
        worlds.a_history(connection, area_code="530303103001")
        assert of_rows.user(connection).status is Status.OK
    assert len(seen(server, EVERYTHING, "cases")) == 3
    assert len(seen(server, SCOPES[2], "cases")) == 2
    for statement in ("UPDATE audit_entry SET actor = ''", "DELETE FROM alembic_version",
                      "ALTER TABLE cases DISABLE ROW LEVEL SECURITY"):  # fmt: skip
        with (
            pytest.raises(DBAPIError, match=r"permission denied|must be owner"),
            writing(server) as connection,
        ):
            connection.exec_driver_sql(statement)

    as_superuser(url, f"ALTER ROLE {owner.url.username} CREATEDB")
    made = back_up(owner, tmp_path / "kept", now, None)
    assert made.portrait.cases == 3
    restore(owner, tmp_path / "kept", now, replace=True, key=None)
    with reading(owner) as connection:
        assert unsecured(connection) == []
    assert len(seen(server, SCOPES[2], "cases")) == 2
