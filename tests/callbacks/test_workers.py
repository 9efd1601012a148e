"""Several processes: reloads without a failed request, slow clients, starts that are refused."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import text

from benchmarks.reload import calling, reload
from callbacks.workers import READ_S, Patient
from dashboard.operations.several import refuse_several
from dashboard.settings import Settings, SettingsError, Wall
from dashboard.site import SiteError
from tests.conftest import NOW
from tests.services.gunicorn import Served, all_answer, serving, until
from tests.services.postgres import free_port

ROOT = Path(__file__).parents[2]


on_sqlite = pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
BEGUN = (b"G", b"GET /wall HTTP/1.1\r\n", b"", b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n1")


def hup(served: Served) -> None:
    os.kill(served.master.pid, signal.SIGHUP)


@pytest.mark.slow
@on_sqlite
def test_a_reload_fails_no_request_and_brings_what_was_changed(county, tmp_path):
    settings = tmp_path / "wuqing.toml"
    settings.write_text("[refresh]\nstale_after_s = 30\n")
    with serving(county, tmp_path, WUQING_SETTINGS=str(settings)) as served:
        before, build = served.processes(), served.get("/live/wall").headers["X-Build"]
        with calling(served, 50) as tallies:
            settings.write_text("[refresh]\nstale_after_s = 40\n")
            reload(served)
        assert [each for tally in tallies for each in tally.failed] == []
        assert sum(len(tally.seconds) for tally in tallies) > 50
        assert served.processes().isdisjoint(before)
        assert served.get("/live/wall").headers["X-Build"] != build

        now = served.processes()
        settings.write_text("[refresh]\nstale_after = 40\n")
        hup(served)
        until(lambda: "not reloaded" in served.log(), "the reload is refused")
        assert served.processes() == now == all_answer(served)
        assert "unknown setting 'refresh.stale_after'" in served.log()

        settings.write_text("")
        with file_away(Path(county.url.database)):
            os.kill(min(now), signal.SIGKILL)
            until(lambda: "a worker does not start" in served.log(), "a new worker tries")
        assert len(all_answer(served)) == 3


@contextmanager
def file_away(file: Path):
    """Take a database away; who has it open goes on."""
    file.rename(file.with_suffix(".away"))
    yield
    file.with_suffix(".away").rename(file)


@contextmanager
def hung_connections(served: Served, count: int):
    """Clients that have begun to ask and do not go on."""
    with ExitStack() as stack:
        for number in range(count):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", served.port)))
            client.sendall(BEGUN[number % len(BEGUN)])
        yield


@pytest.mark.slow
def test_hung_connections_and_stuck_statements_do_not_hold_others_up(county, tmp_path):
    """Five of each in a single process of eight threads; the wall and pages are answered."""
    with serving(county, tmp_path, workers=1, WUQING_LIMITS__STATEMENT_S="8") as served:
        with hung_connections(served, 5):
            for _ in range(10):
                assert served.get("/live/wall").status == 200
                assert served.get("/healthz").status == 200
        for headers in ({"X": "x" * 9_000}, {f"X-{n}": "x" * 8_000 for n in range(5)}):
            assert served.get("/healthz", **headers).status == 431
        if county.dialect.name == "postgresql":
            stuck_statements(county, served)


def stuck_statements(county, served) -> None:
    """Pages are ended in time, and so is the board that one of the requests was computing."""
    pages = [f"/desk/page?at=/cases?q={number}" for number in range(5)]
    statuses: list[int] = []
    with county.connect() as holder, holder.begin():
        holder.execute(text("LOCK TABLE cases IN ACCESS EXCLUSIVE MODE"))
        threads = [
            Thread(target=lambda at=at: statuses.append(served.get(at).status)) for at in pages
        ]
        for thread in threads:
            thread.start()
        waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        until(lambda: scalar(county, waiting) >= 5, "five statements are stuck")
        for path in ("/healthz", "/live/wall", "/healthz"):
            assert served.get(path).status == 200
        for thread in threads:
            thread.join()
    assert statuses == [504] * 5
    assert served.get(pages[0]).status == 200


def scalar(engine, statement) -> int:
    with engine.connect() as connection:
        return connection.scalar(statement)


def test_a_request_that_comes_byte_by_byte_ends_in_time():
    at, (ours, theirs) = [0.0], socket.socketpair()
    patient = Patient(ours, READ_S, lambda: at[0])
    with ours, theirs:
        for byte in b"GET":
            theirs.sendall(bytes([byte]))
            assert patient.recv(1) == bytes([byte])
            at[0] += READ_S / 3
        with pytest.raises(ConnectionResetError):
            patient.recv(1)


@pytest.mark.parametrize(
    ("settings", "given", "said"),
    [
        (Settings(), {"demo_live": True}, "--demo-live is for one process"),
        (Settings(), {"platform": "win32"}, "several processes need Linux"),
        (Settings(wall=Wall(at=NOW)), {}, "wall.at is for one process"),
        (Settings(), {"sqlite": (3, 40, 1)}, r"SQLite 3\.40\.1 can corrupt .* install pysqlite3"),
    ],
)
def test_several_processes_are_refused_where_one_alone_can_do_the_work(settings, given, said):
    with pytest.raises((SettingsError, SiteError), match=said):
        refuse_several(settings, **{"demo_live": False, "platform": "linux", **given})


def test_a_start_that_is_refused_says_why_and_starts_nothing(tmp_path):
    command = [sys.executable, ROOT / "app.py", "--workers", "3", "--check"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert ended.returncode == 2
    assert "no tables yet: run `wuqing init`" in ended.stderr.replace("\n", " ")


@pytest.mark.slow
@on_sqlite
def test_the_command_line_becomes_the_workers(county, tmp_path):
    (tmp_path / "wuqing.toml").write_text(f'database_url = "{county.url}"')
    port = free_port()
    command = [sys.executable, ROOT / "app.py", "--workers", "2", "--port", str(port)]
    with (tmp_path / "log").open("wb") as log:
        master = subprocess.Popen(command, cwd=tmp_path, stdout=log, stderr=log)
    served = Served(port, tmp_path, master, "")
    try:
        until(lambda: answers(served), "it answers")
        assert len(served.processes()) == 2
    finally:
        master.send_signal(signal.SIGQUIT)
    assert master.wait(60) == 0


def answers(served: Served) -> bool:
    assert served.master.poll() is None, served.log()
    try:
        return served.get("/healthz").status == 200
    except OSError:
        return False
