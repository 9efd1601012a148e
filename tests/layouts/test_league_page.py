"""The league page: its finding in words, its rows in order, and a case list behind every number."""

from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard.calendar import WorkCalendar
from dashboard.cases.record import record
from dashboard.centre import Centre
from dashboard.database.engine import reading, writing
from dashboard.drilldown.league import Line, Shown, UnitLine
from dashboard.drilldown.question import Question
from dashboard.drilldown.read_explain import period_of
from dashboard.drilldown.read_league_page import read_league_page
from dashboard.drilldown.sealed import seal_month
from dashboard.figures.catalogue import by_id
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.figures.composition import Part
from dashboard.figures.parts import composition
from dashboard.figures.view import view_at
from dashboard.league.balance import Flow
from dashboard.league.kind import Kind
from dashboard.league.ranking import Unit, ranking
from dashboard.profile import load_profile
from dashboard.settings import Settings, Wall
from dashboard.terms import Event
from layouts.address import Zoned, parse
from layouts.desk.asking import Asking
from layouts.pages.league import layout
from layouts.words import LANGUAGES, Words
from tests import worlds
from tests.layouts.trees import having, text, walk

SETTINGS = Settings(wall=Wall(target_on_time_rate=0.95))
CENTRE = Centre(
    settings=SETTINGS,
    profile=load_profile("zhanyi"),
    calendar=WorkCalendar.load(SETTINGS.zone),
)
START, HOUR, DAY = worlds.ACCEPTED, timedelta(hours=1), timedelta(days=1)
NOW = START + 12 * DAY
ZONED = Zoned(SETTINGS.zone, date(2026, 3, 22))
MARCH = Question(period=PeriodChoice.containing(PeriodKind.MONTH, date(2026, 3, 1)))
ZH = Words("zh-CN")


@pytest.fixture
def march(county):
    """A month of cases that met, missed, were passed on, returned, merged, withdrawn, reopened."""
    courses = (
        *[worlds.TO_THE_END] * 6,
        *[(*worlds.TO_THE_END, Event.REOPEN)] * 2,
        *[worlds.UP_TO_WORK] * 3,
        (*worlds.UP_TO_WORK, Event.PAUSE),
        (*worlds.UP_TO_WORK[:3], Event.RETURN),
        worlds.UP_TO_WORK[:3],
        (*worlds.UP_TO_WORK, Event.WITHDRAW),
        (*worlds.UP_TO_WORK, Event.MERGE),
        (*worlds.UP_TO_WORK, Event.EXCLUDE),
    )
    villages = sorted(worlds.VILLAGES)
    with writing(county) as connection:
        for n, course in enumerate(courses):
            begin = START - 10 * DAY + n * DAY if n % 3 else START - 14 * DAY
            worlds.a_history(
                connection, *course, start=begin, every=9 * HOUR, area_code=villages[n % 4]
            )
        moved = worlds.a_happening(Event.REASSIGN, NOW - 2 * DAY, dept_id="water")
        record(connection, moved, case_id=9, rules=worlds.rules(), now=NOW)
        told = worlds.a_happening(Event.CORRECT, NOW - DAY, area_code=worlds.BAISHUI)
        record(connection, told, case_id=10, rules=worlds.rules(), now=NOW)
    return county


def asking(kind, question=MARCH, words=ZH):
    return Asking(f"/league/{kind}", question, ZONED, words, {})


def drawn(engine, kind=Kind.DEPARTMENTS, shown=Shown.FLOW, question=MARCH, now=NOW):
    with reading(engine) as connection:
        view = view_at(
            connection, question.as_of or now, rules=lambda: CENTRE.rules_of(connection),
            filters=question.filters,
        )  # fmt: skip
        page = read_league_page(view, CENTRE, question, kind, shown)
    return page, layout(page, asking(kind, question))


def numbers(desk):
    """Every number of a page that opens into an explanation: its text, figure and question."""
    for link in walk(list(desk.body)):
        href = getattr(link, "href", None) or ""
        if href.startswith("/explain/"):
            parts = urlsplit(href)
            yield (
                text(link.children),
                parts.path.removeprefix("/explain/"),
                parse(parse_qs(parts.query, keep_blank_values=True), ZONED),
            )


def counted(engine, figure, question, now):
    """The parts of a number's explanation: what is counted, and what makes up the rest."""
    with reading(engine) as connection:
        view = view_at(connection, question.as_of or now, filters=question.filters)
        parts = composition(view, figure, period_of(figure, question, view, CENTRE))
    return parts.count(Part.COUNTED), parts.count(Part.REST)


RUNNING, OVER = NOW, NOW + 40 * DAY
COUNTED = ((Shown.FLOW, RUNNING), (Shown.FLOW, OVER), (Shown.RATES, RUNNING),
           (Shown.STATES, OVER), (Shown.GAMING, OVER))  # fmt: skip


@pytest.mark.parametrize("kind", Kind)
def test_behind_every_number_lie_as_many_cases_as_it_says(march, kind):
    for shown, now in COUNTED:
        _, desk = drawn(march, kind, shown, now=now)
        check(march, desk, now)


def check(engine, desk, now):
    """Hold every number of a page to the cases behind it."""
    found = list(numbers(desk))
    assert len(found) > 5
    for shown_text, name, question in found:
        figure = by_id(name)
        count, rest = counted(engine, figure, question, now)
        said = "".join(sign for sign in shown_text if sign.isdigit() or sign == "/")
        if figure.denominator is not None:
            assert said == f"{count}/{count + rest}", name
        else:  # of closings on the last days among all, the first
            assert said.partition("/")[0] == str(count), (name, question)


def test_times_open_into_what_they_were_measured_on(march):
    for kind in Kind:
        _, desk = drawn(march, kind, Shown.TIMES)
        found = {figure for _, figure, _ in numbers(desk)}
        measured = {"settling_time", "held_time", "unclaimed_time"}
        assert found - {"missed"} == {"on_time_rate", *measured}


def test_every_view_is_drawn_in_both_languages(march):
    for shown in Shown:
        page, _ = drawn(march, shown=shown)
        for language in LANGUAGES:
            desk = layout(page, asking(page.kind, words=Words(language)))
            assert text(list(desk.body))
            assert desk.here == "dept"


def table_of(pairs, **changes):
    """A page of the small county's departments with these cases met and due."""
    found = ranking(
        [Unit(code, *pair) for code, pair in zip(worlds.DEPARTMENTS, pairs, strict=True)],
        target=0.95,
        rank_from_due=10,
    )
    lines = tuple(
        UnitLine(line=Line(code=row.code, flow=Flow(), on_time=row.share, pending=0, cleared=0),
                 row=row)
        for row in found.rows
    )  # fmt: skip
    return lines, found


def test_where_chance_may_have_made_the_table_there_is_no_order(march):
    page, desk = drawn(march)
    assert not page.found.significant
    assert "不排名" in text(list(desk.body)) or "不足两个" in text(list(desk.body))
    assert having(list(desk.body), "band") == []
    assert having(list(desk.body), "range") == []


def test_bands_are_named_once_with_their_size(march):
    page, _ = drawn(march)
    lines, found = table_of([(300, 300), (297, 300), (200, 300), (0, 0)])
    ranked = replace(page.found, lines=lines, significant=True, p=found.p, bands=found.bands)
    desk = layout(replace(page, found=ranked), asking(page.kind))
    body = list(desk.body)
    assert [text(one) for one in having(body, "band")][:3] == ["档", "甲|2 个", "乙|1 个"]
    assert "可以确定低于目标 95.0% 的：水务局" in text(body)
    assert "应办 0 件，不计算" in [text(one) for one in having(body, "whisker")]
    assert len(having(body, "flag")) == 1


def test_a_closed_month_says_so_and_lists_what_was_learned_since(march):
    april = NOW + 20 * DAY
    with writing(march) as connection:
        seal_month(connection, MARCH.period, CENTRE, april)
        told = worlds.a_happening(Event.REPORT_BACK, NOW - HOUR)
        record(connection, told, case_id=9 + 2, rules=worlds.rules(), now=april)
        told = worlds.a_happening(Event.DIVERT, NOW - HOUR)
        record(connection, told, case_id=14, rules=worlds.rules(), now=april)
    _, desk = drawn(march, now=april + DAY)
    body = list(desk.body)
    assert "已于" in text(body)
    corrections = having(body, "d-corrections")
    assert len(corrections) == 1
    assert "办结" in text(corrections[0])
    links = [one.href for one in walk(corrections[0]) if getattr(one, "href", None)]
    assert all(href.startswith("/case/530303-") for href in links)


def test_the_numbers_of_a_closed_month_open_into_its_cases_as_of_its_end(march):
    april = OVER
    with writing(march) as connection:
        seal_month(connection, MARCH.period, CENTRE, april)
        again = worlds.a_happening(Event.REOPEN, april)
        record(connection, again, case_id=1, rules=worlds.rules(), now=april)
    page, desk = drawn(march, now=april + DAY)
    assert page.found.seal.corrections == ()
    check(march, desk, april + DAY)


def test_the_three_months_offered_end_with_the_month_shown(march):
    _, desk = drawn(march)
    links = [getattr(one, "href", "") for one in walk(list(desk.body))]
    assert any("from=2026-01-01&to=2026-03-31" in (href or "") for href in links)
