"""Exported files hold what the page showed, say so, and refuse what means nothing."""

import csv
from dataclasses import replace
from datetime import timedelta
from io import BytesIO, StringIO
from urllib.parse import unquote

import pytest
from dash import Dash, html
from openpyxl import load_workbook

from callbacks import export
from dashboard.briefing.decision import Decision, Entry, EntryKind, Owner
from dashboard.briefing.issue import Cycle
from dashboard.briefing.register import follow, take
from dashboard.centre import Centre
from dashboard.database.engine import writing
from dashboard.drilldown.look import Look
from dashboard.export.harmless import is_risky
from dashboard.figures.scope import EVERYTHING
from dashboard.settings import Settings
from layouts.address import Zoned, parse
from layouts.desk.asking import Asking
from layouts.words import Words
from tests import worlds
from tests.signing import let_in

TITLES = ("=1+1", "-路灯不亮", "＝SUM(A1)", "安全", "@x", '=HYPERLINK("http://x")')


def put_decisions(connection, now):
    """One that is overdue by an hour, and one that is done; both begin as formulas do."""
    one = Decision(
        id=0, taken_on=now.date(), cycle=Cycle.DAILY, title="=1+1", ask="@ask", case_code=None,
        owner=Owner(department="hrss"), beside=(), asked_due_at=now - timedelta(hours=1),
        recorded_at=now - timedelta(hours=5),
    )  # fmt: skip
    take(connection, one, by="会")
    number = take(connection, replace(one, title="+2"), by="会")
    done = Entry(kind=EntryKind.DONE, at=now - timedelta(hours=2), text="-付清", by="会")
    follow(connection, number, done, EVERYTHING)


@pytest.fixture
def client(county, now):
    with writing(county) as connection:
        for title in TITLES:
            worlds.a_case(connection, title=title)
        put_decisions(connection, now)
        connection.execute(worlds.tables.site.insert().values(key="synthetic", value=True))
    settings = Settings()
    centre = Centre(
        settings=settings,
        profile=worlds.load_profile("zhanyi"),
        calendar=worlds.rules().calendar,
    )
    zoned = Zoned(settings.zone, now.date())

    def asking(visit):
        words = Words(visit.language)
        return Asking(visit.path, parse(visit.query, zoned), zoned, words, {})

    app = Dash(__name__, title="")
    app.layout = html.Div()
    look = Look(county, centre, lambda: now)
    exports = export.Exports(centre, look, asking, lambda: now, "wuqing 1.0", most=5)
    let_in(app)
    export.register(app, export.Counter(exports, "zh-CN", lambda viewer, file: None))
    return app.server.test_client()


def book(answer):
    return load_workbook(BytesIO(answer.data))


def lines(answer):
    return list(csv.reader(StringIO(answer.data.decode("utf-8-sig"), newline="")))


def is_number(field):
    return field.removeprefix("-").replace(".", "", 1).isdecimal()


def test_a_workbook_has_as_many_rows_as_there_are_cases_and_none_is_a_formula(client):
    cells = book(client.get("/export/cases.xlsx?q=1%2B1")).worksheets[0]
    assert cells.max_row == 1 + 1
    assert {cell.data_type for row in cells.rows for cell in row} <= {"s", "n", "d"}
    assert cells["B2"].value == "=1+1"


def test_a_list_that_is_cut_says_so_first(client):
    answer = client.get("/export/cases.csv?sort=code")
    about = {line[0]: line[1] for line in lines(answer)}
    assert about["注意"] == "共 6 件，本表只列前 5 件；请缩小条件后再导出"
    assert about["行数"] == "5"
    assert about["数据性质"] == "演示数据，全部虚构"
    assert len(lines(answer)) == lines(answer).index([""] * len(lines(answer)[0])) + 2 + 5


def test_a_file_says_whose_it_is_what_was_asked_and_as_of_when(client):
    address = "/export/cases.csv?lang=en&department=hrss&as_of=2026-03-18T14:00&known=then"
    about = {line[0]: line[1] for line in lines(client.get(address))}
    assert about["Centre"] == "Zhanyi District Governance Centre"
    assert about["What"] == "Cases · All open"
    assert about["Filters"] == "Department hrss"
    assert about["As of"] == "18 March 2026 14:00 · as known then"
    assert about["Exported at"] == "18 March 2026 14:20"
    assert about["Program"] == "wuqing 1.0"
    assert "known=then" in about["Address of the page"]
    assert about["Definition"]


def test_the_register_is_taken_as_its_page_shows_it(client):
    answer = client.get("/export/decisions.xlsx?view=all")
    rows, months, owners, about = book(answer).worksheets
    known = {row[0].value: row[1].value for row in about.rows}
    assert (months.title, owners.title) == ("按月", "按责任单位 2026年3月")
    assert [cell.value for cell in months[2]] == ["2026年3月", 2, 1, 1, 1, 0, 0, 1]
    assert [cell.value for cell in owners[2]] == ["人社局", 2, 1, 1, 1, 0, 0, 1]
    assert owners.max_row == 1 + 1
    columns = [cell.value for cell in rows[1]]
    shown = dict(zip(columns, [cell.value for cell in rows[2]], strict=True))
    assert (rows.max_row, rows.cell(2, 2).data_type) == (1 + 2, "s")
    assert (shown["交办事项"], shown["责任单位"], shown["进展"]) == ("=1+1", "人社局", "未动")
    assert shown["剩余小时（负数为逾期）"] == -1
    assert known["期间"].startswith("2026")
    assert known["口径"].startswith("本月交办")
    assert known["数据性质"] == "演示数据，全部虚构"
    assert "view=all" in known["页面地址"]
    assert [line[1] for line in lines(client.get("/export/decisions.csv"))][-1] == "'=1+1"


def test_a_months_decisions_of_an_owner_are_taken_as_they_are_listed(client):
    address = "/export/decisions.csv?view=all&taken=2026-03&owner=d:hrss&part=on_time"
    written = lines(client.get(address))
    known = {line[0]: line[1] for line in written}
    assert (written[-1][1], written[-2][0]) == ("'+2", "编号")
    assert known["内容"] == "调度事项 · 全部 人社局 2026年3月 其中按期"
    assert known["期间"].startswith("2026年3月1日 00:00")
    assert known["口径"].startswith("所选日期交办")


def test_a_papers_decisions_are_taken_by_how_far_they_have_come(client):
    address = "/export/decisions.csv?view=paper&part=done&period=day&starts=08:00"
    written = lines(client.get(address))
    known = {line[0]: line[1] for line in written}
    assert (written[-1][1], written[-2][0]) == ("'+2", "编号")
    assert known["内容"] == "调度事项 · 调度单所列 完成"
    assert known["期间"].startswith("2026年3月18日 08:00")
    assert known["口径"].startswith("期间开始时未了")
    assert "view=paper&part=done" in known["页面地址"]


@pytest.mark.parametrize(
    "address", ["/export/cases.csv", "/export/explain/open.csv", "/export/decisions.csv?view=all"]
)
def test_no_field_of_a_csv_is_run(client, address):
    fields = [field for line in lines(client.get(address)) for field in line]
    assert not [field for field in fields if is_risky(field) and not is_number(field)]


def test_the_rows_behind_a_number_come_with_its_parts(client):
    answer = client.get("/export/explain/overdue_open_share.xlsx?part=counted")
    rows, about = book(answer).worksheets
    known = {row[0].value: row[1].value for row in about.rows}
    assert rows.max_row == 1 + 5
    assert known["合计"] == "6"
    assert known["行数"] == "5"


@pytest.mark.parametrize("view", ["flow", "rates", "times", "states", "gaming"])
@pytest.mark.parametrize("units, number", [("townships", 3), ("departments", 4)])
def test_a_league_has_a_row_for_every_unit_and_for_all(client, units, number, view):
    answer = client.get(f"/export/league/{units}.xlsx?view={view}")
    rows = list(book(answer).worksheets[0].values)
    names = [row[0] for row in rows[1:]]
    assert len(names) in (number + 1, number + 2)
    assert len(set(names)) == len(names)
    assert len({len(row) for row in rows}) == 1


def test_a_file_has_a_plain_name_and_a_chinese_one(client):
    answer = client.get("/export/cases.xlsx?view=overdue")
    plain, _, full = answer.headers["Content-Disposition"].partition("; filename*=UTF-8''")
    assert plain == 'attachment; filename="cases-overdue-20260318-1420.xlsx"'
    assert unquote(full) == "超期-20260318-1420.xlsx"


@pytest.mark.parametrize(
    "address, status",
    [
        ("/export/cases.xlsx?view=none", 400),
        ("/export/cases.xlsx?sort=title", 400),
        ("/export/decisions.xlsx?view=mine", 400),
        ("/export/decisions.xlsx?view=open&part=done", 400),
        ("/export/cases.csv?colour=green", 400),
        ("/export/explain/none.csv", 404),
        ("/export/cases.csv?" + "&".join("q=1" for _ in range(300)), 400),
    ],
)
def test_what_means_nothing_is_refused(client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    assert "attachment" not in answer.headers.get("Content-Disposition", "")
