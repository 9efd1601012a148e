import os
import pwd
import subprocess
import sys
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner
from pydantic import SecretStr
from sqlalchemy import select

from dashboard.__main__ import main
from dashboard.access.audit import verify
from dashboard.access.door import Door, Refused
from dashboard.access.sessions import begin_session, find_viewer
from dashboard.database.access_tables import account, audit_entry
from dashboard.database.engine import open_engine, reading, writing
from tests.worlds import XIPING, small_county

ROOT = Path(__file__).parents[3]
PASSWORD = "correct horse battery"
ANOTHER = "another horse battery"
ZHANG = ("add", "zhang", "--name", "张三")
ACTOR = f"cli:{pwd.getpwuid(os.getuid()).pw_name}"


@pytest.fixture
def engine(sqlite_blank, tmp_path, monkeypatch):
    """A small county without an account; no settings file in the working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WUQING_AUDIT_SECRET", "s")
    file = tmp_path / "county.db"
    file.write_bytes(sqlite_blank.read_bytes())
    engine = open_engine(f"sqlite:///{file}")
    with writing(engine) as connection:
        small_county(connection)
    yield engine
    engine.dispose()


def run(engine, *arguments, typed=None):
    """Run a command; what is typed goes to the prompts, or to standard input where it is read."""
    asked = ["account", *arguments, "--database", str(engine.url)]
    return CliRunner().invoke(main, asked, input=typed)


def add(engine, *arguments, password=PASSWORD):
    return run(engine, *arguments, "--password-stdin", typed=f"{password}\n")


def log(engine):
    with reading(engine) as connection:
        assert verify(connection, SecretStr("s")).altered is None
        return connection.execute(select(audit_entry).order_by(audit_entry.c.entry_id)).all()


def sign_in(engine, now, password=PASSWORD):
    return Door(engine, lambda: now, SecretStr("s")).sign_in("zhang", password, "10.0.0.1")


def test_the_first_administrator_is_made_with_a_password_asked_for_twice(engine, now):
    result = run(engine, *ZHANG, "--role", "administrator", typed=f"{PASSWORD}\n{PASSWORD}\n")

    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output
    assert isinstance(sign_in(engine, now), str)
    row = log(engine)[0]
    assert (row.actor, row.action, row.subject, row.result) == (ACTOR, "add_account", "zhang", "ok")
    assert row.detail == {"role": "administrator", "area": None, "departments": []}


def test_two_passwords_that_differ_are_asked_for_again(engine, now):
    typed = f"{PASSWORD}\nsomething else here\n{ANOTHER}\n{ANOTHER}\n"

    assert run(engine, *ZHANG, "--role", "leader", typed=typed).exit_code == 0
    assert isinstance(sign_in(engine, now, ANOTHER), str)


def test_without_a_password_there_is_no_account(engine):
    assert run(engine, *ZHANG, "--role", "leader", typed="").exit_code == 1
    assert add(engine, *ZHANG, "--role", "leader", password="").exit_code == 1
    assert log(engine) == []


def test_a_password_is_no_argument(engine):
    for option in ("--password", "-p"):
        assert run(engine, *ZHANG, "--role", "leader", option, PASSWORD).exit_code == 2


def test_a_password_that_is_no_text_is_refused(engine):
    asked = ["account", *ZHANG, "--role", "leader", "--password-stdin"]
    result = CliRunner().invoke(
        main, [*asked, "--database", str(engine.url)], input="密码密码密码密码".encode("gbk")
    )

    assert result.exit_code == 1
    assert "UTF-8" in result.output


@pytest.mark.parametrize(
    "arguments, fault",
    [
        (("--role", "township"), "needs an area"),
        (("--role", "township", "--area", "530303999000"), "no area 530303999000"),
        (("--role", "dept", "--department", "fire"), "no department fire"),
        (("--role", "king"), "'king' is not one of"),
    ],
)
def test_an_account_that_cannot_be_is_explained_and_not_written_down(engine, arguments, fault):
    result = add(engine, *ZHANG, *arguments)

    assert result.exit_code != 0
    assert fault in result.output
    assert log(engine) == []


def test_a_login_is_given_once(engine):
    assert add(engine, *ZHANG, "--role", "leader").exit_code == 0
    result = add(engine, *ZHANG, "--role", "leader")

    assert (result.exit_code, "taken" in result.output) == (1, True)
    assert len(log(engine)) == 1


def test_closing_opening_and_another_password_take_effect_and_are_written_down(engine, now):
    add(engine, *ZHANG, "--role", "leader")
    with writing(engine) as connection:
        secret = begin_session(connection, connection.scalar(select(account.c.account_id)), now)

    assert run(engine, "close", "zhang").exit_code == 0
    assert sign_in(engine, now) == Refused(4)
    assert run(engine, "open", "zhang").exit_code == 0
    assert isinstance(sign_in(engine, now), str)
    assert add(engine, "password", "zhang", password=ANOTHER).exit_code == 0
    assert sign_in(engine, now) == Refused(4)
    assert isinstance(sign_in(engine, now, ANOTHER), str)
    with reading(engine) as connection:
        assert find_viewer(connection, secret, now) is None
    mine = [(row.action, row.subject) for row in log(engine) if row.actor == ACTOR]
    assert mine == [
        ("add_account", "zhang"), ("close_account", "zhang"), ("open_account", "zhang"),
        ("set_password", "zhang"),
    ]  # fmt: skip


@pytest.mark.parametrize("act", ["close", "open", "password"])
def test_an_unknown_login_is_named(engine, act):
    result = add(engine, act, "nobody") if act == "password" else run(engine, act, "nobody")

    assert (result.exit_code, "no account nobody" in result.output) == (1, True)
    assert log(engine) == []


def test_the_list_says_who_sees_what_and_no_hash(engine):
    add(engine, *ZHANG, "--role", "leader")
    add(
        engine, "add", "li", "--name", "李四", "--role", "dept", "--area", XIPING,
        "--department", "water", "--department", "hrss",
    )  # fmt: skip
    run(engine, "close", "zhang")
    found = orjson.loads(run(engine, "list", "--json").output)["accounts"]
    lines = run(engine, "list").output.splitlines()

    assert [each["login"] for each in found] == ["li", "zhang"]
    assert found[0] | {"made_at": ""} == {
        "login": "li", "name": "李四", "role": "dept", "area_code": XIPING,
        "departments": ["hrss", "water"], "language": None, "active": True, "made_at": "",
        "subjects": [],
    }  # fmt: skip
    assert lines[0].split() == ["li", "dept", "open", f"{XIPING},hrss,water", "李四"]
    assert lines[1].split() == ["zhang", "leader", "closed", "everything", "张三"]


def test_a_database_without_tables_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["account", "list", "--database", "sqlite:///none.db"])

    assert (result.exit_code, "wuqing init" in result.output) == (1, True)


def test_the_actor_is_not_what_the_environment_says(engine):
    environment = os.environ | {"USER": "mallory", "LOGNAME": "mallory", "SUDO_USER": "mallory"}
    command = [sys.executable, "-m", "dashboard", "account", *ZHANG, "--role", "leader"]
    subprocess.run(
        [*command, "--password-stdin", "--database", str(engine.url)], input=f"{PASSWORD}\n",
        text=True, env=environment | {"PYTHONPATH": str(ROOT)}, check=True,
    )  # fmt: skip

    assert [row.actor for row in log(engine)] == [ACTOR]


def test_a_subject_is_linked_listed_and_unlinked(engine):
    add(engine, *ZHANG, "--role", "leader")
    named = ("--provider", "oidc", "--subject", "0042")

    assert run(engine, "link", "zhang", *named).exit_code == 0
    assert "has an account already" in run(engine, "link", "zhang", *named).output
    assert "oidc:0042" in run(engine, "list").output
    assert run(engine, "unlink", "zhang", "--provider", "oidc").exit_code == 0
    assert "nobody of oidc" in run(engine, "unlink", "zhang", "--provider", "oidc").output
    assert [row.action for row in log(engine)] == ["add_account", "link_account", "unlink_account"]
    assert log(engine)[1].detail == {"provider": "oidc", "subject": "0042"}


def test_a_list_as_json_names_who_is_linked(engine):
    add(engine, *ZHANG, "--role", "leader")
    run(engine, "link", "zhang", "--provider", "cas", "--subject", "zs")

    (listed,) = orjson.loads(run(engine, "list", "--json").output)["accounts"]
    assert listed["subjects"] == [{"provider": "cas", "subject": "zs"}]


def test_a_change_is_written_down_with_what_was(engine):
    add(engine, *ZHANG, "--role", "leader")
    changed = run(engine, "change", "zhang", "--role", "township", "--area", XIPING,
                  "--language", "en", "--name", "张珊", "--closed")  # fmt: skip

    assert changed.exit_code == 0, changed.output
    (found,) = orjson.loads(run(engine, "list", "--json").output)["accounts"]
    assert (found["role"], found["area_code"], found["name"]) == ("township", XIPING, "张珊")
    assert (found["language"], found["active"]) == ("en", False)
    row = log(engine)[-1]
    assert (row.action, row.subject) == ("change_account", "zhang")
    assert row.detail == {
        "role": {"was": "leader", "is": "township"}, "area_code": {"was": None, "is": XIPING},
        "language": {"was": None, "is": "en"}, "name": {"was": "张三", "is": "张珊"},
        "active": {"was": True, "is": False},
    }  # fmt: skip


def test_what_is_not_given_stays_and_what_is_empty_goes(engine):
    add(engine, *ZHANG, "--role", "leader", "--area", XIPING, "--department", "water")
    assert run(engine, "change", "zhang", "--department", "").exit_code == 0
    assert run(engine, "change", "zhang", "--area", "").exit_code == 0

    (found,) = orjson.loads(run(engine, "list", "--json").output)["accounts"]
    assert (found["area_code"], found["departments"], found["role"]) == (None, None, "leader")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("--role", "township"), "needs an area"),
        (("--area", "999999999999"), "no area"),
        (("--department", "x"), "no department"),
        (("--name", " "), "a name has"),
        (("--role", "leader"), "nothing was changed"),
        ((), "nothing was changed"),
    ],
)
def test_what_could_not_have_been_made_is_not_changed_to(engine, change, complaint):
    add(engine, *ZHANG, "--role", "leader")
    before = len(log(engine))
    result = run(engine, "change", "zhang", *change)

    assert (result.exit_code, complaint in result.output) == (1, True), result.output
    assert len(log(engine)) == before


def test_changing_somebody_signed_in_acts_at_once_and_closing_ends_it(engine, now):
    add(engine, *ZHANG, "--role", "leader")
    secret = sign_in(engine, now)
    run(engine, "change", "zhang", "--role", "township", "--area", XIPING)
    with reading(engine) as connection:
        viewer, _ = find_viewer(connection, secret, now)
    assert (viewer.role, viewer.scope.area) == ("township", XIPING[:9])
    run(engine, "change", "zhang", "--closed")
    run(engine, "change", "zhang", "--open")
    with reading(engine) as connection:
        assert find_viewer(connection, secret, now) is None
