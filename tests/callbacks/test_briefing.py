"""The briefing over HTTP: figures that open into as many cases, files, and whose it is."""

import gzip
import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app import create_app
from dashboard.access.role import Role
from dashboard.briefing.briefing_settings import BriefingSettings
from dashboard.briefing.schedule import seal_due
from dashboard.cases.record import record
from dashboard.database.access_tables import audit_entry
from dashboard.database.engine import reading, writing
from dashboard.database.tables import cases
from dashboard.settings import Settings
from dashboard.terms import Event
from tests.callbacks.refusals import why
from tests.conftest import NOW
from tests.signing import client
from tests.test_app import url_of
from tests.worlds import XIPING, a_beginning, a_history, rules

DAY = "2026-03-18"
MAGIC = {"pdf": b"%PDF-", "docx": b"PK", "xlsx": b"PK", "txt": "沾益".encode()}


@pytest.fixture
def app(county):
    with writing(county) as connection:
        for _ in range(3):
            a_history(connection)
    made = create_app(Settings(database_url=url_of(county)), lambda: NOW)
    yield made
    made.server.extensions["engine"].dispose()


def drawn(reader, address):
    answer = reader.get("/desk/page", query_string={"at": address})
    assert answer.status_code == 200, address
    return answer.text


def walk(node):
    """Every component of a page's JSON."""
    if isinstance(node, list):
        for child in node:
            yield from walk(child)
    elif isinstance(node, dict):
        yield node["props"]
        yield from walk(node["props"].get("children"))


def tiles_of(page):
    """The five figures: where each opens, and what it says."""
    named = [(one, one.get("className")) for one in walk(json.loads(page)["page"])]
    links = [walk(one["children"]) for one, name in named if name == "v"]
    found = [[one for one in parts if "href" in one or one.get("className") == "n"]
             for parts in links]  # fmt: skip
    return [(link["href"], number["children"]) for link, number in found]


def titles_of(page):
    """Every single text of a page; an explanation's title ends with its number."""
    return [one["children"] for one in walk(json.loads(page)["page"])
            if isinstance(one.get("children"), str)]  # fmt: skip


def test_each_of_the_five_figures_opens_into_what_it_says(app):
    leader = client(app, NOW)
    tiles = tiles_of(drawn(leader, f"/briefing/{DAY}"))
    assert [number for _, number in tiles] == ["0", "0", "3", "3", "—"]
    for address, number in tiles:
        explained = titles_of(drawn(leader, address))
        assert any(text.endswith((f"　{number}", f"　{number} 件")) for text in explained), address


def test_the_newest_is_shown_without_a_day_and_none_before_its_span_begins(app):
    leader = client(app, NOW)
    assert tiles_of(drawn(leader, "/briefing")) == tiles_of(drawn(leader, f"/briefing/{DAY}"))
    for address, status in (
        ("/briefing/2026-03-20", 404),
        ("/briefing/2026-13-01", 400),
        ("/briefing/0001-01-01", 400),
        ("/briefing/9999-12-31/since", 400),
        ("/briefing/9999-12-31/orders", 400),
        ("/briefing?cycle=hourly", 400),
        ("/briefing?cycle=weekly", 200),
        ("/briefing/since?cycle=weekly", 200),
        ("/briefing/since?view=gone", 400),
    ):
        answer = leader.get("/desk/page", query_string={"at": address})
        assert answer.status_code == status, address


@pytest.mark.parametrize("kind", MAGIC)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_its_files_are_drawn_and_written_down(app, county, kind, language):
    answer = client(app, NOW).get(f"/export/briefing/daily/{DAY}.{kind}?lang={language}")
    assert answer.status_code == 200
    if kind != "txt" or language != "en":
        assert MAGIC[kind] in answer.data[:200]
    assert f"briefing-daily-20260318-draft.{kind}" in answer.headers["Content-Disposition"]
    with reading(county) as connection:
        taken = select(audit_entry.c.subject).where(audit_entry.c.action == "export")
        assert connection.scalars(taken).all() == [f"briefing daily {DAY} {kind}"]


def cases_of(page):
    """The codes that lead to cases."""
    links = (one.get("href", "") for one in walk(json.loads(page)["page"]))
    return [
        href.partition("?")[0].rpartition("/")[2] for href in links if href.startswith("/case/")
    ]


def test_what_changed_since_yesterday_is_listed_once_a_page_at_a_time(app, county):
    start = NOW.replace(hour=1) - timedelta(days=1)  # 09:00 of the day before
    with writing(county) as connection:
        for n in range(60):
            told = a_beginning(
                Event.ADOPT, start + timedelta(minutes=n), lead_dept_id="hrss", stage="in_process"
            )
            record(connection, told, case_id=None, rules=rules(), now=told.at)
        came = select(cases.c.case_code).where(cases.c.accepted_at >= start)
        codes = connection.scalars(came).all()
    leader = client(app, NOW)
    paper = drawn(leader, f"/briefing/{DAY}")
    assert f"/briefing/{DAY}/since" in paper
    pages = [cases_of(drawn(leader, f"/briefing/{DAY}/since?page={n}")) for n in (1, 2)]
    assert [len(page) for page in pages] == [50, 10]
    assert sorted(pages[0] + pages[1]) == sorted(codes)
    newest = drawn(leader, "/briefing/since?view=new&page=9")
    assert cases_of(newest) == pages[1]
    assert "新增 60" in newest
    assert cases_of(drawn(leader, "/briefing/since?view=red")) == []


def test_it_is_for_those_who_see_the_whole(app):
    bound = client(app, NOW, Role.TOWNSHIP, area=XIPING)
    for page in ("/briefing", "/briefing/since"):
        assert bound.get("/desk/page", query_string={"at": page}).status_code == 403
    assert bound.get(f"/export/briefing/daily/{DAY}.pdf").status_code == 403


@pytest.mark.parametrize(
    "file", [f"hourly/{DAY}.pdf", f"daily/{DAY}.exe", "daily/soon.pdf", "daily/2030-01-01.pdf"]
)
def test_a_file_there_is_not_is_not_found(app, file):
    assert client(app, NOW).get(f"/export/briefing/{file}").status_code == 404


def test_it_is_sealed_once_by_whom_it_is_theirs_and_stays_as_it_is(app, county):
    leader, operator = client(app, NOW), client(app, NOW, Role.OPERATOR)
    form = {"cycle": "daily", "day": DAY, "lang": "zh-CN"}
    refused = operator.post("/briefing", data=form)
    assert (refused.status_code, why(refused)) == (403, "您的岗位不能编辑或签发。")
    assert "〔2026〕第 1 期" not in drawn(leader, f"/briefing/{DAY}")
    done = leader.post("/briefing", data=form).location
    sealed = drawn(leader, done)  # not the draft just seen
    assert "〔2026〕第 1 期" in sealed
    assert "其后更正" in sealed
    with writing(county) as connection:
        a_history(connection)
    assert tiles_of(drawn(leader, f"/briefing/{DAY}?size=25")) == tiles_of(sealed)
    again = leader.post("/briefing", data=form)
    assert (again.status_code, why(again)) == (409, "这一期已经签发。")
    file = leader.get(f"/export/briefing/daily/{DAY}.txt")
    assert f"briefing-daily-20260318.{'txt'}" in file.headers["Content-Disposition"]
    with reading(county) as connection:
        done = select(audit_entry.c.subject).where(audit_entry.c.action == "seal_briefing")
        assert connection.scalars(done).all() == [f"daily {DAY}"]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"cycle": "daily", "day": "2026-03-19"}, "统计时段还没有结束"),
        ({"cycle": "hourly", "day": DAY}, "这一天没有调度单"),
    ],
)
def test_what_cannot_be_sealed_is_named(app, form, said):
    answer = client(app, NOW).post("/briefing", data=form)
    assert answer.status_code == 409
    assert said in why(answer)


@pytest.mark.parametrize("day", ["", "soon", "2026-13-40"])
def test_a_form_without_a_day_is_refused(app, day):
    assert (
        client(app, NOW).post("/briefing", data={"cycle": "daily", "day": day}).status_code == 400
    )


REFUSING = {
    "sqlite": ("CREATE TRIGGER refusing BEFORE INSERT ON sealed_briefing "
               "BEGIN SELECT RAISE(ABORT, 'no'); END", "DROP TRIGGER refusing"),
    "postgresql": ("ALTER TABLE sealed_briefing ADD CONSTRAINT refusing CHECK (number < 0)",
                   "ALTER TABLE sealed_briefing DROP CONSTRAINT refusing"),
}  # fmt: skip
"""How each database is made to refuse what is sealed, and to take it again."""


def test_what_was_not_sealed_at_its_time_is_told_on_the_wall_and_the_desk(county):
    rule = BriefingSettings(statistics_at="06:00", seal_at="07:30")
    clock = [datetime(2026, 3, 17, 23, 30, 20, tzinfo=UTC)]  # 07:30:20 in Shanghai
    made = create_app(Settings(database_url=url_of(county), briefing=rule), lambda: clock[0])
    site, reader = made.server.extensions["site"], client(made, clock[0])

    def told():
        clock[0] += timedelta(seconds=30)
        seal_due(site.engine, site.centre, clock[0])
        clock[0] += timedelta(seconds=30)
        wall = reader.get("/live/wall", headers={"Accept-Encoding": "identity"})
        pages = gzip.decompress(wall.data).decode(), drawn(reader, "/briefing")
        return {"到时未签发" in page and "IntegrityError" in page for page in pages}

    refuse, take = REFUSING[county.dialect.name]
    with writing(county) as connection:
        connection.exec_driver_sql(refuse)
    assert told() == {True}
    assert clock[0].minute < 35
    with writing(county) as connection:
        connection.exec_driver_sql(take)
    assert told() == {False}
    site.engine.dispose()
