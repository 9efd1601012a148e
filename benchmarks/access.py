"""What the gate costs: `python -m benchmarks.access`.

Over 1e5 cases: signing in five times a second (p50, p95 of 50), the time of a request that the
gate lets through with its session known and unknown, of a page of a reader bound to a township
beside that of a leader, and of a line in the log. Everything in one process, without a network.
"""

import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median

from pydantic import SecretStr

from app import create_app
from benchmarks.board import NOW, build
from benchmarks.leaders import p
from dashboard.access.accounts import make_account
from dashboard.access.audit import Deed, write_down
from dashboard.access.door import Door
from dashboard.access.role import Role
from dashboard.database.engine import writing
from dashboard.settings import Refresh, Settings
from tests.signing import client, session

PASSWORD = "a long enough password"
SIGN_INS, A_SECOND = 50, 5
TIMES = 200
TOWNSHIP = "530303001000"


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
