"""The seven faults a wall must not hide, and whether any of its panels went blank meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from playwright.sync_api import Page
from sqlalchemy import Engine

from dashboard.database import tables
from dashboard.database.engine import writing
from layouts.ids import BANNERS, MARKS
from layouts.panels import PANELS
from tests.browser.relay import Relay, Way


class Fault(StrEnum):
    """What breaks; each is told by its cause, `live.cause.*`."""

    DATABASE = "database stopped"
    CUT = "network cut"
    REFUSED = "401"
    REDIRECTED = "redirect"
    FAILING = "500"
    HANGING = "hang"
    SLOW = "slow"


WAYS = {
    Fault.CUT: Way.CUT,
    Fault.REFUSED: Way.REFUSE,
    Fault.REDIRECTED: Way.REDIRECT,
    Fault.FAILING: Way.FAIL,
    Fault.HANGING: Way.HANG,
    Fault.SLOW: Way.SLOW,
}
MAY_BE_EMPTY = frozenset({BANNERS, MARKS})
BLANK = """ids => ids.filter(id => {
  const panel = document.getElementById(id), all = document.createRange();
  all.selectNodeContents(panel);
  const { width, height } = all.getBoundingClientRect();
  return !panel.textContent.trim() || !width || !height || !panel.checkVisibility();
}).concat(document.querySelector("#wall-hazard-map .map-area") ? [] : ["wall-hazard-map"])"""


def blank_panels(page: Page) -> frozenset[str]:
    """Name the panels of the wall that show nothing."""
    ids = [panel.id for panel in PANELS if panel.id not in MAY_BE_EMPTY]
    return frozenset(page.evaluate(BLANK, ids))


@contextmanager
def broken(fault: Fault, between: Relay, engine: Engine) -> Iterator[None]:
    """Break it so until the block ends."""
    if fault is Fault.DATABASE:
        with without_tables(engine):
            yield
        return
    between.turn(WAYS[fault])
    try:
        yield
    finally:
        between.turn(Way.PASS)


@contextmanager
def without_tables(engine: Engine) -> Iterator[None]:
    """An SQLite that answers nothing but errors."""
    names = [table.name for table in tables.metadata.sorted_tables]

    def rename(old: str, new: str) -> None:
        with writing(engine) as connection:
            connection.exec_driver_sql("PRAGMA legacy_alter_table = ON")
            for name in names:
                pair = old.format(name), new.format(name)
                connection.exec_driver_sql("ALTER TABLE {} RENAME TO {}".format(*pair))

    rename("{}", "gone_{}")
    try:
        yield
    finally:
        rename("gone_{}", "{}")
