"""Every state of the wall on every size of screen: all there, nothing cut, nothing too small."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from dashboard.settings import Wall
from dashboard.snapshots.board import (
    Board,
    Lamp,
    League,
    Moves,
    OnTime,
    SourceState,
    Tallies,
    Tally,
    Warnings,
)
from dashboard.snapshots.league_table import league_table
from dashboard.terms import Channel, Risk
from layouts.panels.hazard_map import map_data
from layouts.words import Language, Words
from tests.boards import a_board, an_on_time, an_unsealed
from tests.browser.conftest import Server, Watch
from tests.browser.painted import ZHANYI, Painted

pytestmark = pytest.mark.browser

LANGUAGES: tuple[Language, ...] = ("zh-CN", "en")
SIZES = [(1920, 1080), (3840, 2160), (3840, 1080), (1600, 1200)]
PARTS = {
    ".hd": 1, ".tl": 5, ".sit": 1, ".map-canvas": 1, ".al": 1, ".lg": 1, ".fl": 1, ".mo": 1,
    ".fresh": 1,
}  # fmt: skip
ROWS = {".sr": 5, ".lgt": 2, ".fs": 7}
OUT_OF_SIGHT = """([selector, width, height]) => [...document.querySelectorAll(selector)]
  .filter(element => {
    const {left, top, right, bottom} = element.getBoundingClientRect();
    return right - left < 40 || bottom - top < 20 || left < 0 || top < 0 ||
      right > width + 0.5 || bottom > height + 0.5;
  }).length"""
OVERFLOWING = """() => [...document.querySelectorAll("#wall *")]
  .filter(element => element.clientWidth &&
    !element.closest(".map-canvas, svg, .motto, .feeds, .bar, .el > *"))
  .filter(element => {
    const style = getComputedStyle(element), own = element.getBoundingClientRect();
    const around = element.parentElement.getBoundingClientRect();
    return (style.textOverflow !== "ellipsis" && element.scrollWidth > element.clientWidth + 1) ||
      (style.display !== "inline" && style.position === "static" &&
        (own.top < around.top - 1 || own.bottom > around.bottom + 1 ||
          own.left < around.left - 1 || own.right > around.right + 1));
  })
  .map(element => `${element.className}: ${element.textContent.slice(0, 30)}`)"""
CUT = """() => [...document.querySelectorAll(
    ".n, .sr .c, .fs .c, .du, .od, .rt, .lgt .md, .fd, .rk, .delta, .no, time, " +
    ".p h2 .r > span, #wall .sy, #wall-clock, .map-name text, .fs .m > span, .iq, .ban b")]
  .filter(element => element.getClientRects().length)
  .filter(element => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const own = element.textContent ? range : element, ink = own.getBoundingClientRect();
    if (!ink.width) return false;
    for (let around = element; around.id !== "wall"; around = around.parentElement) {
      const hides = getComputedStyle(around).overflow !== "visible";
      const frame = around.getBoundingClientRect();
      if (hides && !(around instanceof SVGElement) && (ink.left < frame.left - 1 ||
          ink.right > frame.right + 1 || (ink.top + ink.bottom) / 2 < frame.top ||
          (ink.top + ink.bottom) / 2 > frame.bottom)) return true;
    }
    return false;
  })
  .map(element => `${element.getAttribute("class")} ${element.textContent}`)"""
SMALL = """() => {
  const least = 1.25 * parseFloat(getComputedStyle(document.documentElement).fontSize) - 0.1;
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const element = text.parentElement, range = document.createRange();
    range.selectNode(text);
    if (!text.textContent.trim() || !range.getClientRects().length) continue;
    if (getComputedStyle(element).visibility === "hidden") continue;
    const drawn = element.closest("svg.map-sy");
    const scale = drawn ? drawn.getBoundingClientRect().width / 24 : 1;
    const size = parseFloat(getComputedStyle(element).fontSize) * scale;
    if (size && size < least - (drawn ? 0.5 : 0)) found.push(`${text.textContent} ${size}`);
  }
  return found;
}"""


def nothing() -> Board:
    """A county on its first day: nothing has happened yet."""
    board, none = a_board(), OnTime(met=0, due=0, pending=0, rate=None)
    zero = Tally(value=0, delta=None, trend=(None,) * 13 + (0,))
    tallies = Tallies(
        accepted=zero, closed=zero, open=zero, overdue=zero, on_time=none,
        on_time_trend=(None,) * 14, target=None,
    )  # fmt: skip
    calm = {"cases": 0, "delta": None, "intelligence": 0, "hours": (0,) * 24, "band": None,
            "newest": None, "unusual": None}  # fmt: skip
    league = League(
        townships=league_table(board.directory.townships, {}, Wall()),
        departments=league_table(board.directory.departments, {}, Wall()),
    )
    return replace(
        board,
        tallies=tallies,
        situations=tuple(replace(one, **calm) for one in board.situations),
        stages=tuple(replace(one, count=0, mean_s=None, overdue=0) for one in board.stages),
        supervised=0,
        warnings=Warnings(red=0, yellow=0, blue=0, rows=()),
        hazards=replace(board.hazards, high=0, medium=0, low=0, marks=()),
        townships=tuple(replace(one, open=0, overdue=0) for one in board.townships),
        league=league,
        moves=Moves(today=0, rows=()),
    )


def flood(**changes: Any) -> Board:
    board = a_board()
    warnings = replace(board.warnings, red=48, yellow=106, blue=212, recent=31)
    return replace(board, warnings=warnings, **changes)


def long_names() -> Board:
    """Names of an autonomous county, figures of a large one, the longest waits."""
    board = a_board()
    towns = board.directory.townships
    long = {"full": "云盘彝族苗族傈僳族自治乡", "short": "云盘彝族苗族傈僳族乡",
            "en": "Yunpan Yi, Miao and Lisu"}  # fmt: skip
    offices = tuple(
        replace(one, short=f"{one.short}综合行政执法", en=f"{one.en} and Emergency Response")
        for one in board.directory.departments
    )
    directory = replace(
        board.directory, townships=(replace(towns[0], **long), *towns[1:4],
                                    replace(towns[4], **long), *towns[5:]), departments=offices,
    )  # fmt: skip
    tallies = replace(
        board.tallies,
        **{name: replace(getattr(board.tallies, name), value=12_847, delta=-1_038)
           for name in ("accepted", "closed", "open", "overdue")},
    )  # fmt: skip
    rows = tuple(replace(row, left_s=-266 * 86_400, supervisions=12) for row in board.warnings.rows)
    return replace(
        board,
        directory=directory,
        tallies=tallies,
        situations=tuple(
            replace(one, cases=1_284, delta=-1_038, intelligence=2_460, unusual="high")
            for one in board.situations
        ),
        unclassified=128,
        stages=tuple(
            replace(one, count=12_847, mean_s=86_400 * 128.0, overdue=4_398) for one in board.stages
        ),
        warnings=replace(board.warnings, red=4_398, yellow=1_337, blue=2_701, rows=rows),
        moves=replace(board.moves, today=12_407),
    )


def bands() -> Board:
    """A prefecture whose departments form five bands, each with units below the target."""
    board = a_board()
    towns = {name.code: (1_190, 1_224, 31) for name in board.directory.townships}
    offices = tuple(
        replace(one, code=f"{one.code}{at}")
        for at in range(3)
        for one in board.directory.departments
    )
    rates = (0.996, 0.9, 0.7, 0.5, 0.3)
    counts = {one.code: (int(1_300 * rates[at % 5]), 1_300, 12) for at, one in enumerate(offices)}
    counts |= {one.code: (at, 4, 1) for at, one in enumerate(offices[-3:])}
    wall = Wall(target_on_time_rate=0.95)
    league = League(
        townships=league_table(board.directory.townships, cohort(towns), wall),
        departments=league_table(offices, cohort(counts), wall),
    )
    return replace(
        board, directory=replace(board.directory, departments=offices), league=league
    )  # fmt: skip


def cohort(counts: dict[str, tuple[int, int, int]]) -> dict[str | None, OnTime]:
    return {code: an_on_time(one) for code, one in counts.items()}


def feeds_down() -> Board:
    """All feeds a centre may have, half of them in trouble."""
    board = a_board()
    lamps = (Lamp.OK, Lamp.BROKEN, Lamp.LATE, Lamp.OK)
    states = (
        SourceState(
            channel=channel,
            last_received_at=board.as_of - timedelta(hours=7 * at, minutes=5),
            expected_every_s=3_600,
            late=at % 4 in (1, 2),
            lamp=lamps[at % 4],
        )
        for at, channel in enumerate(Channel)
    )
    return replace(board, sources=tuple(states))


STATES: dict[str, Callable[[], dict[str, Any]]] = {
    "normal": lambda: {"board": a_board()},
    "empty": lambda: {"board": nothing()},
    "loading": lambda: {"board": None},
    "stale": lambda: {"board": a_board(), "age": timedelta(minutes=12)},
    "flood": lambda: {"board": flood()},
    "two banners": lambda: {
        "board": a_board(
            unsealed=(an_unsealed(kind="UnicodeDecodeError"), an_unsealed()),
            provisional_years=(2027,),
        )
    },
    "flood and stale": lambda: {"board": flood(), "age": timedelta(minutes=12)},
    "feeds down": lambda: {"board": feeds_down()},
    "bands": lambda: {"board": bands()},
    "long names": lambda: {"board": long_names()},
}


@dataclass(frozen=True)
class Screen:
    page: Page
    watch: Watch
    size: tuple[int, int]
    language: Language


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, sqlite_blank: Path):
    """One server for all: its page and assets are used, its figures are not."""
    folder = tmp_path_factory.mktemp("sizes")
    database = folder / "empty.db"
    database.write_bytes(sqlite_blank.read_bytes())
    server = Server(folder, database)
    server.start()
    yield server
    server.stop()
    server.engine.dispose()


SCREENS = [(*size, language) for size in SIZES for language in LANGUAGES]


@pytest.fixture(scope="module", params=SCREENS, ids="{0[0]}x{0[1]}-{0[2]}".format)
def screen(request: pytest.FixtureRequest, served: Server, chromium: Browser) -> Iterator[Screen]:
    """A screen that has shown the wall for a while: each state follows another on it."""
    width, height, language = request.param
    context = chromium.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    screen = Screen(page, Watch(page), (width, height), language)
    served.let_in(page)
    page.clock.install()
    Painted(board=a_board(), language=language).show(page, served.url)
    yield screen
    context.close()


@pytest.mark.parametrize("state", STATES)
def test_everything_is_in_sight_and_nothing_is_cut(served: Server, screen: Screen, state: str):
    page, wall = screen.page, Painted(**STATES[state](), language=screen.language)
    if wall.board is None:
        wall.show(page, served.url)
    else:
        wall.follow(page)

    for selector, count in PARTS.items() if state == "loading" else {**PARTS, **ROWS}.items():
        assert page.locator(selector).count() == count, selector
        assert page.evaluate(OUT_OF_SIGHT, [selector, *screen.size]) == 0, selector
    assert page.evaluate(OVERFLOWING) == []
    assert page.evaluate(CUT) == []
    assert page.evaluate(SMALL) == []
    assert screen.watch.complaints == []


def test_nothing_moves_for_those_who_asked_for_it(served: Server, page: Page):
    served.let_in(page)
    page.emulate_media(reduced_motion="reduce")
    board = a_board()
    first, *others = board.hazards.marks
    Painted(board=replace(board, hazards=replace(board.hazards, marks=tuple(others)))).show(
        page, served.url
    )
    data = map_data(board, ZHANYI, Words("zh-CN"))
    page.evaluate("data => window.wuqing.map.update(data)", data)

    assert first.risk is Risk.HIGH
    assert page.locator(".map-mark.new").count() == 1
    running = "() => document.getAnimations().filter(one => one.playState === 'running').length"
    assert page.evaluate(running) == 0
