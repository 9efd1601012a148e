"""What the gate costs: `python -m benchmarks.access`.

Over 1e5 cases: signing in five times a second (p50, p95 of 50), the time of a request that the
gate lets through with its session known and unknown, of a page of a reader bound to a township
beside that of a leader, and of a line in the log. Everything in one process, without a network.

Then on a PostgreSQL server of its own: pages of bound readers with and without row-level security
(medians, taken in turn), as of the board and as of ten days before.
"""

import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median
from urllib.parse import quote

from flask.testing import FlaskClient
from pydantic import SecretStr
from sqlalchemy import Engine

from app import create_app
from benchmarks.board import NOW, build, fill
from benchmarks.leaders import ask, database, p
from dashboard.access.accounts import make_account
from dashboard.access.audit import Deed, write_down
from dashboard.access.door import Door
from dashboard.access.role import Role
from dashboard.database.engine import open_engine, writing
from dashboard.database.row_policies import BOUND
from dashboard.settings import Refresh, Settings
from tests.signing import client, session

PASSWORD = "a long enough password"
SIGN_INS, A_SECOND = 50, 5
TIMES = 200
TOWNSHIP = "530303001000"
PAGES = 12


def main() -> None:
    """Print a line each."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "access.db"
        build(file, 100_000).dispose()
        settings = Settings(
            database_url=SecretStr(f"sqlite:///{file}"), refresh=Refresh(every_s=3600)
        )
        app = create_app(settings, lambda: NOW)
        engine = app.server.extensions["engine"]
        with writing(engine) as connection:
            make_account(
                connection, login="zhang", name="z", role=Role.LEADER, at=NOW, password=PASSWORD
            )
        door = Door(engine, lambda: NOW, None)
        sign_ins = [
            timed(lambda: door.sign_in("zhang", PASSWORD, "127.0.0.1"), 1 / A_SECOND)
            for _ in range(SIGN_INS)
        ]
        print(
            f"sign-in, {A_SECOND} a second: p50 {p(sign_ins, 50):.1f} p95 {p(sign_ins, 95):.1f} ms"
        )
        secret, moments = session(engine, at=NOW), iter(range(10**6))
        slow = Door(engine, lambda: NOW + timedelta(seconds=10 * next(moments) % 600), None)
        show("session known", lambda: door.viewer(secret, acts=False))
        show("session read anew", lambda: slow.viewer(secret, acts=False))
        with writing(engine) as connection:
            deed = Deed(actor="zhang", action="open_case", subject="530303-20260310-D00047-6")
            show("a line in the log", lambda: write_down(connection, deed, NOW, None))
        leader, town = client(app, NOW), client(app, NOW, Role.TOWNSHIP, TOWNSHIP)
        show("a poll, through the gate", lambda: leader.get("/live/wall"))
        for name, reader in (("leader", leader), ("township", town)):
            pages = iter(f"2026-01-{day:02d}" for day in range(1, 32))
            show(
                f"its page uncached, {name}", lambda r=reader, d=pages: r.get(page_of(next(d))), 20
            )
        engine.dispose()
    rows()


def rows() -> None:
    """Print what row-level security costs bound readers."""
    with database("postgresql") as url:
        engine = open_engine(url)
        fill(engine, 100_000)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
        settings = Settings(database_url=SecretStr(url), refresh=Refresh(every_s=3600))
        app = create_app(settings, lambda: NOW)
        for name, path, reader in (
            ("county", "/area/530303000000", (Role.SUPERVISOR, "530303000000", ())),
            ("township", f"/area/{TOWNSHIP}", (Role.TOWNSHIP, TOWNSHIP, ())),
            ("department", "/department/d01", (Role.DEPT, None, ("d01",))),
            ("case list", "/cases", (Role.TOWNSHIP, TOWNSHIP, ())),
            ("hand-overs", "/explain/hand_overs", (Role.TOWNSHIP, TOWNSHIP, ())),
        ):
            mine = client(app, NOW, *reader)
            past = f"&as_of={quote((NOW - timedelta(days=10)).isoformat())}"
            for when, end in (("now", ""), ("10 d before", past)):
                times = measured(engine, mine, path, end)
                plain, secured = (median(each) for each in times)
                print(
                    f"{name:12} {when:12} without {plain:7.1f} ms   with {secured:7.1f} ms"
                    f"   +{secured - plain:5.1f} ms   x{secured / plain:.2f}"
                )
        engine.dispose()
        app.server.extensions["engine"].dispose()


def measured(engine: Engine, mine: FlaskClient, path: str, end: str) -> tuple[list[float], ...]:
    """Take a page of each of the last months with and without row-level security, in turn."""
    times: tuple[list[float], ...] = ([], [])
    for back in range(2 * PAGES):
        which = back % 2
        # a role that may not read is none to be bound by
        right = ("REVOKE SELECT ON cases FROM", "GRANT SELECT ON cases TO")[which]
        with writing(engine) as connection:
            connection.exec_driver_sql(f"{right} {BOUND}")
        address = f"{path}?period=month&on={2025 - back // 12}-{12 - back % 12:02d}-01{end}"
        times[which].append(timed(lambda at=address: ask(mine, at)))
    return tuple(each[1:] for each in times)


def page_of(day: str) -> str:
    """Return the address of the township's page of a day."""
    return f"/area/{TOWNSHIP}?period=day&on={day}"


def timed(act: Callable[[], object], every_s: float = 0.0) -> float:
    """Return milliseconds; wait for the rest of `every_s`."""
    start = time.perf_counter()
    act()
    taken = time.perf_counter() - start
    time.sleep(max(0.0, every_s - taken))
    return taken * 1000


def show(name: str, act: Callable[[], object], times: int = TIMES) -> None:
    """Print the median."""
    print(f"{name:28} {median(timed(act) for _ in range(times)):8.3f} ms")


if __name__ == "__main__":
    main()
