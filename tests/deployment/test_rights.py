"""PostgreSQL as the guide sets it up: the service's user does its work, and owns nothing."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import ProgrammingError

from dashboard.access.accounts import make_account
from dashboard.access.audit import Deed, verify, write_down
from dashboard.access.role import Role
from dashboard.database.engine import open_engine, reading, writing
from dashboard.database.schema import migrate
from dashboard.operations.backup import back_up
from tests.conftest import NOW
from tests.deployment.test_examples import GUIDE, SERVER
from tests.services import postgres


@pytest.fixture
def service(postgres_url) -> Iterator[Engine]:
    """The service's engine, after postgresql.sql, `wuqing init` and the grant of the guide."""
    name = f"w{uuid4().hex}"
    script = (SERVER / "postgresql.sql").read_text("utf-8")
    script = re.sub(r"--.*", "", script).replace("wuqing", name)
    for statement in filter(str.strip, script.split(";")):
        postgres.run(postgres_url, statement)
    owner = open_engine(f"{postgres_url}/{name}")
    migrate(owner)
    owner.dispose()
    granted = re.search(r'psql -c "(GRANT \w+ TO )wuqing"', GUIDE)
    assert granted is not None
    postgres.run(postgres_url, granted[1] + name)
    engine = open_engine(f"{postgres_url.replace(f'//{postgres.USER}@', f'//{name}@')}/{name}")
    yield engine
    engine.dispose()
    postgres.run(postgres_url, f"DROP DATABASE {name}")
    postgres.run(postgres_url, f"DROP ROLE {name}")


def test_the_services_user_does_its_work_and_owns_nothing(service, tmp_path):
    with writing(service) as connection:
        make_account(connection, login="zhang", name="张", role=Role.LEADER, at=datetime.now(UTC))
        write_down(connection, Deed(actor="cli:root", action="add_account"), NOW, None)
    made = back_up(service, tmp_path / "a.backup", NOW, None)

    assert made.log is not None
    assert made.log.rows == 1
    for statement in (
        "UPDATE audit_entry SET actor = 'x'",
        "DELETE FROM audit_entry",
        "DROP TABLE cases",
        "ALTER TABLE cases DISABLE ROW LEVEL SECURITY",
        "CREATE TABLE mine (a int)",
    ):
        with pytest.raises(ProgrammingError) as refused, writing(service) as connection:
            connection.exec_driver_sql(statement)
        assert isinstance(refused.value.orig, psycopg.errors.InsufficientPrivilege), statement
    with reading(service) as connection:
        assert verify(connection, None).altered is None
