"""What leaders wait for: `python -m benchmarks.leaders [--full] [--postgres]`.

The tables of benchmarks.board with 1e5 cases (1e6 with --full), on SQLite and on a PostgreSQL
server of its own, vacuumed as its own daemon does it. Pages go through the whole application
without a browser: address, view, reading, drawing, JSON. Prints, for each database and size, p50
and p95 in milliseconds of

- the county page over 60 different periods, and again from the cache,
- the case list under 60 random filters, its bare SQL (count and page), and their ratio,
- the explanation of the figure with most cases,
- the board as of now, yesterday and 15 days before, with the ratio to now.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, urlencode

from flask.testing import FlaskClient
from pydantic import SecretStr
from sqlalchemy import Engine

from app import create_app
from benchmarks.board import DEPARTMENTS, NOW, SITUATIONS, TOWNSHIPS, fill, measure
from dashboard.collector import set_apart
from dashboard.database.engine import open_engine, reading
from dashboard.drilldown.behind import behind
from dashboard.figures.catalogue.stock import IN_HAND
from dashboard.figures.composition import Part
from dashboard.figures.filters import Filters
from dashboard.figures.view import view_at
from dashboard.settings import Refresh, Settings
from tests.services import postgres
from tests.signing import client as signed_in

COUNTY = "/area/530303000000"
FILTERS, PERIODS = 60, 60


def main() -> None:
    """Print a block per database and size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="1e6 cases, too")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL, too")
    arguments = parser.parse_args()
    sizes = (100_000, *([1_000_000] if arguments.full else []))
    kinds = ("sqlite", *(["postgresql"] if arguments.postgres else []))
    for kind in kinds:
        for count in sizes:
            with database(kind) as url:
                engine = open_engine(url)
                start = time.perf_counter()
                fill(engine, count)
                if kind == "postgresql":
                    with engine.connect().execution_options(
                        isolation_level="AUTOCOMMIT"
                    ) as connection:
                        connection.exec_driver_sql("VACUUM (ANALYZE)")
                print(f"\n{kind}, {count:,} cases, filled in {time.perf_counter() - start:.0f} s")
                report(engine, url)
                engine.dispose()


@contextmanager
def database(kind: str) -> Iterator[str]:
    """Yield the URL of an empty database."""
    with ExitStack() as stack:
        if kind == "sqlite":
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            yield f"sqlite:///{Path(folder) / 'leaders.db'}"
        else:
            server = stack.enter_context(postgres.server())
            postgres.run(server, "CREATE DATABASE leaders")
            yield f"{server}/leaders"


def report(engine: Engine, url: str) -> None:
    """Measure one database."""
    settings = Settings(database_url=SecretStr(url), refresh=Refresh(every_s=3600))
    app = create_app(settings, lambda: NOW)
    client = signed_in(app, NOW)
    ask(client, COUNTY)  # the board, and SQL compiled
    set_apart()  # as the program does when it begins to serve
    pages = [f"{COUNTY}?{urlencode(period)}" for period in periods()]
    show("county page", timed(lambda address: ask(client, address), pages))
    show("county page, cached", timed(lambda address: ask(client, address), pages))
    chosen = list(filters(random.Random(5)))
    lists = [f"/cases?{query}" for query, _ in chosen]
    whole = timed(lambda address: ask(client, address), lists)
    bare = timed(lambda one: bare_list(engine, one), [one for _, one in chosen])
    show("case list, 60 filters", whole)
    show("its bare SQL", bare)
    ratios = [p(whole, percent) / p(bare, percent) for percent in (50, 95)]
    print(f"{'':24} ratio x{ratios[0]:.1f} (p50), x{ratios[1]:.1f} (p95)")
    year = [f"/explain/accepted?period=year&on={day}" for day in ("2025-01-01", "2024-01-01")]
    show("explanation, a year", timed(lambda address: ask(client, address), year))
    now, _ = measure(engine, NOW)
    print(f"{'board, live':24} {now:8.1f} ms")
    for days in (1, 15):
        past, _ = measure(engine, NOW - timedelta(days=days))
        print(f"{f'board, {days} d before':24} {past:8.1f} ms   x{past / now:.1f}")
    app.server.extensions["engine"].dispose()


def periods() -> Iterator[dict[str, str]]:
    """Months, weeks and days up to now."""
    for back in range(PERIODS):
        day = (NOW - timedelta(days=7 * back)).date().isoformat()
        yield {"period": ("month", "week", "day")[back % 3], "on": day}


def filters(draw: random.Random) -> Iterator[tuple[str, Filters]]:
    """Draw filters as a query and as what they mean."""
    for number in range(FILTERS):
        area = f"5303030{draw.randint(1, TOWNSHIPS):02d}000"
        unit = f"d{draw.randint(1, DEPARTMENTS):02d}"
        situation, colour = draw.choice(SITUATIONS), draw.choice(("red", "yellow", "blue"))
        chosen = {"area": area, "department": unit, "situation": situation, "colour": colour}
        kept = dict(draw.sample(sorted(chosen.items()), draw.randint(1, 3)))
        of = Filters(
            area=kept.get("area"),
            departments=frozenset({unit} if "department" in kept else ()),
            situations=frozenset({situation} if "situation" in kept else ()),
            colours=frozenset({colour} if "colour" in kept else ()),
        )
        yield urlencode({**kept, "lang": ("zh-CN", "en")[number % 2]}), of


def ask(client: FlaskClient, address: str) -> None:
    """Ask for a page as the desk's script does."""
    answer = client.get(f"/desk/page?at={quote(address)}")
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")


def bare_list(engine: Engine, chosen: Filters) -> None:
    """Count and list open cases under a filter, nothing else."""
    with reading(engine) as connection:
        behind(view_at(connection, NOW, filters=chosen), IN_HAND, Part.COUNTED)


def timed(act: Callable[..., None], inputs: Sequence[object]) -> list[float]:
    """Act on every input; return milliseconds."""
    times = []
    for one in inputs:
        start = time.perf_counter()
        act(one)
        times.append((time.perf_counter() - start) * 1000)
    return times


def p(times: Sequence[float], percent: int) -> float:
    """Return a percentile, nearest rank."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def show(name: str, times: Sequence[float]) -> None:
    """Print a line."""
    print(f"{name:24} p50 {p(times, 50):8.1f} ms   p95 {p(times, 95):8.1f} ms")


if __name__ == "__main__":
    main()
