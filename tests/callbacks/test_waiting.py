"""The orders a briefing counts, over HTTP: as many as it says, and as it knew them."""

import json
from collections import defaultdict
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app import create_app
from dashboard.access.role import Role
from dashboard.briefing.encode import digest
from dashboard.cases.record import record
from dashboard.database.briefing_tables import sealed_briefing
from dashboard.database.engine import writing
from dashboard.settings import Privacy, Settings
from dashboard.terms import Event
from tests.callbacks.test_briefing import DAY, cases_of, drawn, walk
from tests.conftest import NOW
from tests.signing import client
from tests.test_app import url_of
from tests.worlds import XIPING, a_happening, a_history, rules

EVENING = NOW.replace(hour=10, minute=0, second=0, microsecond=0) - timedelta(days=1)
HOUR = timedelta(hours=1)
COLOURS = ("red", "yellow", "yellow", None)


def tell(connection, case_id, event, at, now=None, **facts):
    happening = a_happening(event, at, **facts)
    record(connection, happening, case_id=case_id, rules=rules(), now=now or at)


@pytest.fixture
def ordered(county):
    """Two cases with two orders each, one an hour, of the evening before."""
    with writing(county) as connection:
        ids = [a_history(connection, start=EVENING - timedelta(days=1)) for _ in "ab"]
        for n, colour in enumerate(COLOURS):
            at = EVENING + timedelta(hours=n)
            tell(connection, ids[n % 2], Event.SUPERVISE, at, colour=colour)
    return ids


@pytest.fixture
def app(county, ordered):
    settings = Settings(database_url=url_of(county),
                        privacy=Privacy(sensitive_categories=["0101"]))  # fmt: skip
    made = create_app(settings, lambda: NOW)
    yield made
    made.server.extensions["engine"].dispose()


@pytest.fixture
def leader(app):
    return client(app, NOW)


def told(page):
    """What the paper says of orders: the addresses of each number."""
    found = defaultdict(list)
    for one in walk(json.loads(page)["page"]):
        if "/orders" in str(one.get("href")):
            found[one["children"]].append(one["href"])
    return found


def test_the_number_and_each_colour_open_into_the_orders_longest_waiting_first(leader, county):
    numbers = told(drawn(leader, f"/briefing/{DAY}"))
    assert sorted(numbers) == ["1", "2", "4"]  # one is red, one of no colour
    for number, addresses in numbers.items():
        for address in addresses:
            assert len(cases_of(drawn(leader, address))) == int(number)
    page = drawn(leader, numbers["4"][0])
    first, second = cases_of(page)[:2]
    assert cases_of(page) == [first, second, first, second]
    assert all(
        word in page for word in ("未标色 1", "黄 2", "13 小时 59 分", "10 小时 59 分", "草稿")
    )
    assert "Courtship" not in drawn(leader, numbers["4"][0] + "&lang=en")  # a sensitive category


def test_a_sealed_paper_lists_what_it_knew_and_an_answer_recorded_later_does_not_count(
    leader, county, ordered
):
    leader.post("/briefing", data={"cycle": "daily", "day": DAY})
    late = NOW  # the seal knows the second before
    with writing(county) as connection:
        tell(connection, ordered[0], Event.SUPERVISE_REPLY, EVENING + 4 * HOUR, late)
    (every,) = told(drawn(leader, f"/briefing/{DAY}"))["4"]
    assert "known=" in every
    for address in (every, f"/briefing/{DAY}/orders?cycle=daily"):
        page = drawn(leader, address)
        assert len(cases_of(page)) == 4
        assert "第 1 期" in page
    now = every.partition("&known=")[0]
    assert len(cases_of(drawn(leader, f"{now}&known=now"))) == 4  # of a sealed issue its own
    assert len(cases_of(drawn(leader, "/briefing/2026-03-19/orders"))) == 3


def test_a_paper_sealed_before_orders_of_no_colour_were_counted_lists_none(leader, county):
    leader.post("/briefing", data={"cycle": "daily", "day": DAY})
    with writing(county) as connection:
        body = json.loads(connection.scalar(select(sealed_briefing.c.body)))
        assert body["orders"].pop("uncoloured") == 1
        older = json.dumps(body)
        changed = {"body": older, "sha256": digest(older)}
        connection.execute(update(sealed_briefing).values(changed))
    numbers = told(drawn(leader, f"/briefing/{DAY}"))
    assert sorted(numbers) == ["1", "2", "3"]
    assert len(cases_of(drawn(leader, numbers["3"][0]))) == 3


def test_fifty_orders_stand_on_a_page_and_a_page_behind_the_last_is_the_last(leader, county):
    with writing(county) as connection:
        for n in range(60):
            case_id = a_history(connection, start=EVENING - timedelta(days=1))
            tell(connection, case_id, Event.SUPERVISE, EVENING + timedelta(minutes=n))
    pages = [cases_of(drawn(leader, f"/briefing/{DAY}/orders?page={n}")) for n in (1, 2, 9)]
    assert [len(page) for page in pages] == [50, 14, 14]
    assert pages[1] == pages[2]


def test_it_is_for_those_who_see_the_whole_and_refuses_what_means_nothing(app, leader):
    bound = client(app, NOW, Role.TOWNSHIP, area=XIPING)
    for reader, address, status in (
        (bound, "/briefing/orders", 403),
        (leader, "/briefing/orders?cycle=weekly", 200),
        (leader, "/briefing/orders?view=green", 400),
        (leader, "/briefing/orders?cycle=hourly", 400),
        (leader, "/briefing/2026-13-01/orders", 400),
        (leader, "/briefing/2026-03-20/orders", 404),
    ):
        answer = reader.get("/desk/page", query_string={"at": address})
        assert answer.status_code == status, address
