"""Every number of the register opens into as many decisions, of whoever asks."""

import json
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from app import create_app
from dashboard.access.role import Role
from dashboard.briefing.decision import Entry, EntryKind, Owner
from dashboard.briefing.register import follow, take
from dashboard.database.engine import writing
from dashboard.figures.scope import EVERYTHING
from dashboard.settings import Settings
from tests.callbacks.test_briefing import walk
from tests.conftest import NOW
from tests.dashboard.briefing.test_decision import a_decision
from tests.signing import client
from tests.test_app import url_of
from tests.worlds import HUASHAN, XIPING

DAY = timedelta(days=1)
AGO = (0, 1, 2, 9, 20, 40, 41, 75, 130, 200, 300, 345, 500)
OWNERS = (Owner(department="hrss"), Owner(department="water"), Owner(area=XIPING),
          Owner(area=HUASHAN))  # fmt: skip


def put(connection, place, days):
    """Decisions of all owners that became one thing after the other."""
    at = NOW.replace(microsecond=0) - days * DAY - timedelta(hours=3)
    one = a_decision(title=f"事项{place}", taken_on=at.date(), recorded_at=at,
                     asked_due_at=at + 2 * DAY, owner=OWNERS[place % 4])  # fmt: skip
    number = take(connection, one, by="会")

    def write(kind, hours, **more):
        entry = Entry(kind=kind, at=at + timedelta(hours=hours), by="会", **more)
        follow(connection, number, entry, EVERYTHING)

    match place % 6:
        case 1:
            write(EntryKind.REPLY, 1, text="已约谈")
        case 2:
            write(EntryKind.DONE, 2, text="已付清")
        case 3:
            write(EntryKind.MOVED, 1, due_at=at + 4 * DAY)
        case 4:
            write(EntryKind.DONE, 60, text="已付清")
        case 5:
            write(EntryKind.DROPPED, 2, agreed_by="主任")


@pytest.fixture
def app(county):
    with writing(county) as connection:
        for place in range(26):
            put(connection, place, AGO[place % len(AGO)])
    made = create_app(Settings(database_url=url_of(county)), lambda: NOW)
    yield made
    made.server.extensions["engine"].dispose()


def drawn(reader, address):
    answer = reader.get("/desk/page", query_string={"at": address})
    assert answer.status_code == 200, address
    return list(walk(json.loads(answer.text)["page"]))


def listed(parts):
    """How many decisions a page lists."""
    return sum("data-key" in part for part in parts)


def numbers(parts):
    """The numbers that open, with where they lead."""
    figures = [part for part in parts if part.get("className") == "fig"]
    return [(int(part["children"]), part["href"]) for part in figures]


READERS = {
    "whole": ({"role": Role.LEADER}, OWNERS),
    "township": ({"role": Role.TOWNSHIP, "area": XIPING}, (Owner(area=XIPING),)),
    "department": (
        {"role": Role.DEPT, "departments": ("hrss",)},
        (Owner(department="hrss"),),
    ),
}


@pytest.mark.parametrize("who", READERS)
def test_every_number_opens_into_as_many_decisions(app, who):
    bounds, theirs = READERS[who]
    reader = client(app, NOW, **bounds)
    found = numbers(drawn(reader, "/decisions"))
    found += numbers(drawn(reader, "/decisions?view=all&taken=2025-04"))
    assert len({href for _, href in found}) > 10
    for number, href in dict.fromkeys(found):
        assert listed(drawn(reader, href)) == number, href
    queries = [parse_qs(urlsplit(href).query) for _, href in found]
    asked = {owner for query in queries for owner in query.get("owner", ())}
    assert asked == {owner.key for owner in theirs}


def test_an_owner_and_a_day_are_chosen_in_the_address(app):
    reader = client(app, NOW)
    days = f"taken={(NOW - 40 * DAY).date()}"
    assert listed(drawn(reader, f"/decisions?view=all&{days}")) == 2
    whole = listed(drawn(reader, "/decisions?view=all"))
    each = [listed(drawn(reader, f"/decisions?view=all&owner={one.key}")) for one in OWNERS]
    assert sum(each) == whole > 4
    assert listed(drawn(reader, "/decisions?view=all&owner=d:nobody")) == 0
    page = drawn(reader, f"/decisions?view=closed&owner=d:hrss&{days}")
    dropped = [part["href"] for part in page if part.get("className") == "d-chip"]
    assert dropped == [f"/decisions?view=closed&{days}", "/decisions?view=closed&owner=d%3Ahrss"]


@pytest.mark.parametrize(
    "wrong",
    ["owner=hrss", "owner=d:", "owner=x:1", "owner=d:a&owner=d:b", "taken=2026", "taken=2026-13",
     "taken=2026-02-30", "taken=0001-01", "taken=x", "part=done", "part=on_time",
     "view=paper&part=moved", "taken=2026-03&part=gone"],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(app, wrong):
    answer = client(app, NOW).get("/desk/page", query_string={"at": f"/decisions?{wrong}"})
    assert answer.status_code == 400


def test_a_month_of_long_ago_is_still_there(app):
    old = (NOW - 500 * DAY).date()
    assert old < date(2025, 4, 1)
    assert listed(drawn(client(app, NOW), f"/decisions?view=all&taken={old:%Y-%m}")) == 2
