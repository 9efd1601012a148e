"""What a bound reader is answered, against an oracle that shares nothing with the pages."""

import random
import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from urllib.parse import quote, urlencode

import pytest
from dash import Dash
from sqlalchemy import Engine

from app import create_app
from dashboard.access.role import Role
from dashboard.briefing.decision import Decision, Owner
from dashboard.briefing.issue import Cycle
from dashboard.briefing.register import take
from dashboard.database.engine import reading, writing
from dashboard.figures.catalogue import FIGURES
from dashboard.settings import Settings
from dashboard.terms import Event
from tests import worlds
from tests.conftest import NOW
from tests.signing import client
from tests.test_app import url_of

FORGED = 2_000
MARK = re.compile(r"标记(\d+)号")
HREF = re.compile(r'"href":"([^"]+)"')
CODE = re.compile(r"\d{6}-\d{8}-[A-Z]\d{5}-[0-9A-Z]")
COURSES = (
    (*worlds.UP_TO_WORK,),
    (*worlds.TO_THE_END,),
    (*worlds.UP_TO_WORK, Event.PAUSE),
    (Event.REPORT, Event.ACCEPT),
    (*worlds.TO_THE_END, Event.REOPEN),
    (*worlds.UP_TO_WORK, Event.SUPERVISE),
)


@pytest.fixture
def filled(county) -> Engine:
    """Cases of every township, village and department, each with a mark in its title."""
    draw = random.Random(11)
    with writing(county) as connection:
        for number in range(60):
            start = NOW - timedelta(hours=draw.randrange(24 * 40) + 12)
            village = draw.choice(sorted(worlds.VILLAGES))
            worlds.a_history(
                connection, *draw.choice(COURSES), start=start, title=f"标记{number}号",
                area_code=village,
            )  # fmt: skip
            if number % 4 == 0:
                take(connection, decided(f"标记{number}号", worlds.VILLAGES[village]), by="会")
    return county


def decided(title: str, town: str) -> Decision:
    """A decision of the meeting that a township owns."""
    return Decision(
        id=0, taken_on=NOW.date(), cycle=Cycle.DAILY, title=title, ask="", case_code=None,
        owner=Owner(area=town), beside=(), asked_due_at=NOW + timedelta(days=2),
        recorded_at=NOW - timedelta(hours=5),
    )  # fmt: skip


@pytest.fixture
def app(filled) -> Iterator[Dash]:
    made = create_app(Settings(database_url=url_of(filled)), lambda: NOW)
    yield made
    made.server.extensions["engine"].dispose()


def theirs(engine: Engine, area: str, units: Sequence[str] = ()) -> tuple[set[str], set[str]]:
    """The marks and codes of the cases of an area (and departments), by a statement of its own."""
    wanted = f"SELECT title, case_code FROM cases WHERE area_code LIKE '{area}%%'"
    if units:
        wanted += f" AND lead_dept_id IN ({', '.join(map(repr, units))})"
    with reading(engine) as connection:
        rows = connection.exec_driver_sql(wanted).all()
    return {MARK.search(title)[1] for title, _ in rows}, {code for _, code in rows}


def addresses(engine: Engine) -> Iterator[str]:
    """Forged addresses: every page and file, whatever the query may hold."""
    draw = random.Random(7)
    with reading(engine) as connection:
        codes = connection.exec_driver_sql("SELECT case_code FROM cases").scalars().all()
    areas = [worlds.COUNTY, *worlds.TOWNSHIPS, *worlds.VILLAGES]
    figures, units = [figure.id for figure in FIGURES], list(worlds.DEPARTMENTS)
    while True:
        figure = draw.choice(figures)
        path = draw.choice(
            [
                "/cases", "/cases", "/league/townships", "/league/departments", "/signals", "/data",
                f"/explain/{figure}", f"/explain/{figure}", f"/explain/{figure}",
                f"/area/{draw.choice(areas)}", f"/department/{draw.choice(units)}",
                "/situation/public_concern", f"/case/{draw.choice(codes)}",
                "/export/cases.csv", f"/export/explain/{figure}.csv", "/wall", "/live/wall",
                "/export/league/townships.csv", "/export/league/departments.csv",
                "/decisions", "/export/decisions.csv", "/briefing/issues", "/duty",
            ]
        )  # fmt: skip
        choices = {
            "area": draw.choice([*areas, "", "5303"]),
            "department": draw.choice(units),
            "situation": "public_concern",
            "colour": draw.choice(["red", "yellow", "none"]),
            "view": draw.choice(["all", "open", "closed", "accepted", "flow", "gaming"]),
            "part": draw.choice(["counted", "rest", "outside", "excluded"]),
            "period": draw.choice(["day", "week", "month", "year"]),
            "q": draw.choice(["标记", "标记7号", draw.choice(codes), draw.choice(codes)[-8:-2]]),
            "as_of": (NOW - timedelta(hours=draw.randrange(600))).isoformat(),
            "known": draw.choice(["now", "then"]),
            "sort": draw.choice(["left", "accepted", "code", "-accepted"]),
            "page": str(draw.randint(1, 3)),
            "scope": worlds.COUNTY,
            "viewer": "1",
            "state": draw.choice(["open", "closed"]),
            "lang": draw.choice(["zh-CN", "en"]),
        }
        query = dict(draw.sample(sorted(choices.items()), draw.randint(0, 4)))
        yield f"{path}?{urlencode(query)}" if query else path


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_a_bound_reader_is_answered_with_nothing_of_others(app, filled):
    town = worlds.HUASHAN
    mine = client(app, NOW, Role.TOWNSHIP, town)
    marks, codes = theirs(filled, town[:9])
    everybody = theirs(filled, "5303")
    assert 3 < len(marks) < len(everybody[0]) - 3
    found_marks: set[str] = set()
    statuses: dict[int, int] = {}

    forged = addresses(filled)
    for number in range(FORGED):
        address = next(forged)
        page = not address.startswith(("/export", "/live", "/wall"))
        asked = f"/desk/page?at={quote(address)}" if page and number % 3 else address
        answer = mine.get(asked)
        statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
        assert answer.status_code < 500, address
        text = answer.get_data(as_text=True)
        seen = set(MARK.findall(text))
        asked_for = set(CODE.findall(address))
        assert seen - asked_words(address) <= marks, address
        assert set(CODE.findall(text)) - asked_for <= codes, address
        found_marks |= seen & marks

    assert found_marks == marks  # the test looks where the cases are
    assert statuses[200] > FORGED / 3


def asked_words(address: str) -> set[str]:
    """Marks the address itself names: a page repeats what was searched for."""
    from urllib.parse import unquote_plus

    return set(MARK.findall(unquote_plus(address)))


@pytest.mark.parametrize("department", [None, "hrss"])
def test_every_page_is_there_for_a_bound_reader(app, filled, department):
    """No statement behind a page goes past the tripwire, on both databases."""
    role = Role.TOWNSHIP if department is None else Role.DEPT
    units = () if department is None else (department,)
    mine = client(app, NOW, role, worlds.HUASHAN if department is None else None, units)
    with reading(filled) as connection:
        code = (
            connection.exec_driver_sql(
                f"SELECT case_code FROM cases WHERE area_code LIKE '{worlds.HUASHAN[:9]}%%'"
            )
            .scalars()
            .first()
        )
    pages = [
        "/cases", "/cases?view=all", "/league/departments", "/signals", f"/case/{code}",
        "/decisions", "/export/decisions.csv?view=all",
        f"/area/{worlds.HUASHAN}", "/department/hrss", "/situation/public_concern",
        *(f"/explain/{figure.id}?period=month" for figure in FIGURES),
    ]  # fmt: skip
    at = quote((NOW - timedelta(days=3)).isoformat())

    for page in pages:
        for address in (page, f"{page}{'&' if '?' in page else '?'}as_of={at}"):
            assert mine.get(address).status_code in (200, 403, 404), address


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_a_bound_reader_is_offered_no_page_that_is_not_theirs(app):
    """Neither in the navigation nor among the pages around the meeting."""
    for mine in (
        client(app, NOW, Role.TOWNSHIP, worlds.HUASHAN),
        client(app, NOW, Role.DEPT, departments=("hrss",)),
        client(app, NOW, Role.LEADER, worlds.HUASHAN),
    ):
        page = mine.get("/desk/page?at=%2Fdecisions").get_data(as_text=True)
        offered = set(HREF.findall(page))
        assert {mine.get(address).status_code for address in offered} == {200}, offered
        assert "/decisions" in offered
    whole = client(app, NOW).get("/desk/page?at=%2Fdecisions").get_data(as_text=True)
    assert {"/briefing", "/briefing/since", "/briefing/issues", "/duty"} <= set(HREF.findall(whole))


def test_answers_of_different_readers_never_cross(app, filled):
    """Interleaved over one cache: whoever asks after another gets their own."""
    readers = {
        area: client(app, NOW, Role.TOWNSHIP, area) for area in (worlds.XIPING, worlds.HUASHAN)
    }
    readers[""] = client(app, NOW)
    marks = {area: theirs(filled, area[:9] or "5303")[0] for area in readers}
    pages = ("/cases?view=all&size=100", "/desk/page?at=%2Fcases%3Fview%3Dall%26size%3D100")
    draw = random.Random(3)

    for _ in range(500):
        area = draw.choice(sorted(readers))
        text = readers[area].get(draw.choice(pages)).get_data(as_text=True)
        assert set(MARK.findall(text)) == marks[area]


def test_owners_take_away_their_own_decisions_and_no_other(app, filled):
    whole = client(app, NOW).get("/export/decisions.csv").get_data(as_text=True)
    parts: list[str] = []
    for area in worlds.TOWNSHIPS:
        mine = client(app, NOW, Role.TOWNSHIP, area).get("/export/decisions.csv")
        marks = MARK.findall(mine.get_data(as_text=True))
        assert set(marks) <= theirs(filled, area[:9])[0]
        parts += marks
    nobody = client(app, NOW, Role.DEPT, departments=("hrss",)).get("/export/decisions.csv")
    assert MARK.findall(nobody.get_data(as_text=True)) == []
    assert sorted(parts) == sorted(MARK.findall(whole))
    assert len(parts) == 15


def test_the_parts_add_up_to_the_whole(app, filled):
    """The list of each township, and of what lies in none, is the whole list."""
    whole = client(app, NOW).get("/export/cases.csv?view=all").get_data(as_text=True)
    parts: set[str] = set()
    for area in worlds.TOWNSHIPS:
        part = client(app, NOW, Role.TOWNSHIP, area).get("/export/cases.csv?view=all")
        codes = set(CODE.findall(part.get_data(as_text=True)))
        assert not codes & parts
        parts |= codes

    assert parts == set(CODE.findall(whole)) == theirs(filled, "5303")[1]
