"""How long one board takes: `python -m benchmarks.board [--full]`.

Synthetic tables of 1e4 and 1e5 cases (1e6 with --full), written straight into SQLite: three years,
growing arrivals, office hours, Zipf departments, townships and categories, log-normal handling,
limits of 1, 5 and 15 days. Events exist for the last month only; nothing older is read. No ANALYZE:
a new database has none. Prints the median of seven boards, its growth against ten times fewer
cases, the slowest statements, and a board of the past, which puts later events back.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import Connection, Engine, event, insert

from dashboard.calendar import WorkCalendar
from dashboard.cases.store import insert_rows
from dashboard.database import tables
from dashboard.database.engine import open_engine, reading, writing
from dashboard.database.schema import migrate
from dashboard.profile import load_profile
from dashboard.settings import Settings
from dashboard.snapshots.read import read_board

NOW = datetime(2026, 3, 18, 6, 20, 36, tzinfo=UTC)
DAY = 86_400
SPAN_S, MONTH_S = 3 * 365 * DAY, 30 * DAY
DEPARTMENTS, TOWNSHIPS, CATEGORIES = 30, 15, 40
SITUATIONS = ("public_concern", "police", "petition", "opinion", "litigation")
HOURS = (2, 1, 1, 1, 1, 2, 4, 8, 14, 16, 14, 10, 8, 10, 15, 15, 13, 10, 7, 6, 5, 4, 3, 2)
STAGES = ("accepted", "assessed", "dispatched", "in_process", "reported_back", "follow_up")
ROUNDS = 7


def cases_of(count: int, seed: int = 7) -> Iterator[dict[str, Any]]:
    """Draw cases as rows of the table, oldest first."""
    draw = random.Random(seed)
    now = int(NOW.timestamp())
    ages = sorted((1 - draw.random() ** 0.7 for _ in range(count)), reverse=True)
    for number, age in enumerate(ages, start=1):
        day = int(now - age * SPAN_S) // DAY * DAY - 8 * 3600
        accepted = min(day + draw.choices(range(24), HOURS)[0] * 3600 + draw.randrange(3600), now)
        limit = draw.choice((1, 5, 15)) * DAY
        closed: int | None = accepted + int(limit * draw.lognormvariate(-1.2, 0.8))
        if closed is not None and closed > now:
            closed = None
        town = f"5303030{zipf(draw, TOWNSHIPS):02d}000"
        yield {
            "id": number,
            "case_code": f"530303-20260310-D{number:05d}-0",
            "source_channel": "hotline_12345",
            "source_no": str(number),
            "case_kind": "appeal",
            "title": "synthetic",
            "reported_at": accepted,
            "accepted_at": accepted,
            "area_code": town,
            "township_code": town,
            "category_code": f"{zipf(draw, CATEGORIES):04d}",
            "situation": draw.choices(SITUATIONS, (10, 6, 2, 1, 2))[0],
            "lead_dept_id": f"d{zipf(draw, DEPARTMENTS):02d}",
            "level": "general",
            "stage": "closed" if closed else draw.choice(STAGES),
            "stage_since": closed or accepted,
            "blue_at": accepted + limit // 2,
            "yellow_at": accepted + limit * 4 // 5,
            "due_at": accepted + limit,
            "due_provisional": False,
            "first_dispatched_at": accepted,
            "first_response_at": accepted + 3600,
            "open_supervisions": int(closed is None and draw.random() < 0.01),
            "closed_at": closed,
            "left_at": closed,
            "close_outcome": "resolved" if closed else None,
        }


def zipf(draw: random.Random, size: int) -> int:
    """Draw 1..size, small numbers most often."""
    return min(int(size ** draw.random()), size)


EVENT_COLUMNS = ("case_id", "seq", "at", "recorded_at", "type", "to_stage", "before", "actor_role",
                 "payload", "after", "source", "hash")  # fmt: skip
HOLD_COLUMNS = ("case_id", "number", "from_at", "until_at", "began", "ended", "area_code",
                "township_code", "lead_dept_id", "dispatched_at", "claimed_at")  # fmt: skip


def build(file: Path, count: int) -> Engine:
    """Fill a new SQLite database."""
    engine = open_engine(f"sqlite:///{file}")
    fill(engine, count)
    return engine


def fill(engine: Engine, count: int) -> None:
    """Fill an empty database of either kind."""
    migrate(engine)
    rows = list(cases_of(count))
    with writing(engine) as connection:
        _places(connection)
        cases = [tuple(row.values()) for row in rows]
        insert_rows(connection, tables.cases, tuple(rows[0]), cases)
        events = [(*row, "system", "{}", "{}", "app", "") for row in _events(rows)]
        insert_rows(connection, tables.case_event, EVENT_COLUMNS, events)
        insert_rows(connection, tables.case_hold, HOLD_COLUMNS, [_hold(row) for row in rows])


def _hold(row: dict[str, Any]) -> tuple[Any, ...]:
    """One stretch from acceptance to closing, claimed after an hour."""
    opened, closed = row["accepted_at"], row["closed_at"]
    ends = (closed, "accept", None if closed is None else "close")
    where = (row["area_code"], row["township_code"], row["lead_dept_id"])
    return (row["id"], 1, opened, *ends, *where, opened, opened + 3600)


def _events(rows: list[dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
    """The dispatch and the closing of every case that had one in the last month."""
    month = int(NOW.timestamp()) - MONTH_S
    for row in rows:
        opened, closed = row["accepted_at"], row["closed_at"]
        if (closed or opened) > month:
            yield row["id"], 1, opened, opened, "dispatch", "dispatched", "{}"
        if closed is not None and closed > month:
            before = {"stage": "in_process", "stage_since": datetime.fromtimestamp(opened, UTC)}
            before |= dict.fromkeys(("closed_at", "left_at", "close_outcome"))
            yield row["id"], 2, closed, closed, "close", "closed", orjson.dumps(before).decode()


def _places(connection: Connection) -> None:
    county = "530303000000"
    areas = [(county, "county", None)]
    areas += [(f"5303030{n:02d}000", "township", county) for n in range(1, TOWNSHIPS + 1)]
    connection.execute(
        insert(tables.area),
        [
            {
                "area_code": code,
                "level": level,
                "parent_code": parent,
                "name": code,
                "short_name": code,
                "sort_order": n,
            }
            for n, (code, level, parent) in enumerate(areas)
        ],
    )
    connection.execute(
        insert(tables.department),
        [
            {"dept_id": f"d{number:02d}", "name": f"d{number:02d}", "short_name": "d"}
            for number in range(1, DEPARTMENTS + 1)
        ],
    )


def measure(engine: Engine, as_of: datetime) -> tuple[float, list[tuple[float, str]]]:
    """Read the board seven times; return the median in ms and each statement's last time."""
    statements: list[tuple[float, str]] = []
    starts: list[float] = []

    @event.listens_for(engine, "before_cursor_execute")
    def begin(*_: object) -> None:
        starts.append(time.perf_counter())

    @event.listens_for(engine, "after_cursor_execute")
    def end(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(((time.perf_counter() - starts.pop()) * 1000, statement))

    settings, profile = Settings(), load_profile("zhanyi")
    calendar = WorkCalendar.load(ZoneInfo("Asia/Shanghai"))
    times = []
    for _ in range(ROUNDS):
        statements.clear()
        start = time.perf_counter()
        with reading(engine) as connection:
            read_board(
                connection, profile=profile, settings=settings, calendar=calendar, as_of=as_of
            )
        times.append((time.perf_counter() - start) * 1000)
    return median(times), list(statements)


def main() -> None:
    """Print a line per size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="also 1e6 cases")
    parser.add_argument("--slowest", type=int, default=3, help="statements to show")
    parser.add_argument("--days", type=int, default=15, help="how far back the past board is")
    arguments = parser.parse_args()
    before, days = None, arguments.days
    for count in (10_000, 100_000, *([1_000_000] if arguments.full else [])):
        with tempfile.TemporaryDirectory() as folder:
            engine = build(Path(folder) / "board.db", count)
            taken, statements = measure(engine, NOW)
            past, _ = measure(engine, NOW - timedelta(days=days))
            engine.dispose()
        growth = "" if before is None else f"  x{taken / before:.1f}"
        print(f"{count:>9,} cases  {taken:8.1f} ms  {len(statements)} statements{growth}")
        print(f"{'':>16}  {past:8.1f} ms  as of {days} days before")
        for ms, text in sorted(statements, reverse=True)[: arguments.slowest]:
            print(f"{'':>11}{ms:8.1f} ms  {' '.join(text.split())[:150]}")
        before = taken


if __name__ == "__main__":
    main()
