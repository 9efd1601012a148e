"""Every number of a briefing that opens, opened: as many as it says, by the address on the page."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from dash import html
from sqlalchemy import func, select

from dashboard.briefing.compose import compose
from dashboard.briefing.corrections import corrections
from dashboard.briefing.cycle import issue_of
from dashboard.briefing.decision import Entry, EntryKind
from dashboard.briefing.issue import Cycle
from dashboard.briefing.issued import Issued
from dashboard.briefing.morning import Progress
from dashboard.briefing.read_register_page import read_register_page
from dashboard.briefing.read_waiting_page import read_waiting_page
from dashboard.briefing.register import follow, take
from dashboard.briefing.seal import seal
from dashboard.briefing.waiting import Shown
from dashboard.cases.record import record
from dashboard.centre import Centre
from dashboard.database.engine import open_engine, reading, writing
from dashboard.database.tables import case_event
from dashboard.demo.build import Wanted, build
from dashboard.drilldown.listing import Page
from dashboard.drilldown.look import look
from dashboard.drilldown.question import Question
from dashboard.drilldown.read_explain import period_of
from dashboard.export.table import Kind
from dashboard.figures.catalogue import by_id
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.figures.composition import Part
from dashboard.figures.parts import composition
from dashboard.figures.scope import EVERYTHING
from dashboard.figures.spread import spreads
from dashboard.figures.unit import Unit
from dashboard.settings import Privacy, Settings
from dashboard.terms import Event
from layouts import format as fmt
from layouts.address import Zoned, parse
from layouts.briefing.corrected import corrected_card, reference_of
from layouts.briefing.hrefs import hrefs
from layouts.briefing.reference import (
    Changed,
    Counted,
    Decided,
    DecisionOf,
    Reference,
    Waiting,
)
from layouts.briefing.since import numbers
from layouts.decisions.selecting import selection_of
from layouts.desk.asking import Asking
from tests import worlds
from tests.dashboard.briefing.test_decision import a_decision
from tests.layouts.briefing.documents import ZH, document_of
from tests.layouts.trees import having
from tests.layouts.trees import walk as trees
from tests.services import postgres

APRIL = datetime(2026, 4, 1, 0, 20, tzinfo=UTC)  # 08:20 in Shanghai: every span is over
SETTINGS = Settings(privacy=Privacy(sensitive_categories=["0101"]))
CENTRE = Centre(settings=SETTINGS, profile=worlds.load_profile("zhanyi"),
                calendar=worlds.rules().calendar)  # fmt: skip
CYCLES = (Cycle.DAILY, Cycle.WEEKLY, Cycle.MONTHLY, Cycle.QUARTERLY)

TEXT = {
    ("热点", "常态"), ("类型结构", "受理"), ("属地与类型", "其余"),
}  # fmt: skip
"""Columns whose numbers may not open: docs/briefing.md says why."""
MATTERS = "需要协调的事项"
"""The list whose titles open, as those of the matters before it."""
NOBODY = ("未定属地", "未定单位")


def decide(connection) -> None:
    """Put down what a meeting of two days before decided: what was done first is of that day."""
    taken, hour = APRIL - timedelta(hours=48), timedelta(hours=1)
    said = {"by": "会", "text": "已办", "agreed_by": "中心主任"}
    for kind, after in (
        (EntryKind.DONE, 3), (EntryKind.DONE, 30), (EntryKind.DONE, 47.9),
        (EntryKind.DROPPED, 30), (EntryKind.REPLY, 30), (EntryKind.SIGNED, 1),
    ):  # fmt: skip
        title = f"{kind} {after}"
        one = a_decision(title=title, recorded_at=taken, asked_due_at=taken + 40 * hour)
        number = take(connection, one, by="会")
        entry = Entry(kind=kind, at=(taken + after * hour).replace(microsecond=0), **said)
        follow(connection, number, entry, EVERYTHING)


def order(connection) -> None:
    """Supervise two cases, one of them four times: answered once, ended once, once in no colour."""
    one, other = (worlds.a_history(connection, start=APRIL - timedelta(hours=60)) for _ in "ab")
    ordered = [(one, "red"), (one, "blue"), (one, None), (other, "yellow"), (one, "red")]
    for n, (case_id, colour) in enumerate(ordered):
        tell(connection, case_id, Event.SUPERVISE, APRIL - timedelta(hours=30 - n), colour=colour)
    tell(connection, one, Event.SUPERVISE_REPLY, APRIL - timedelta(hours=20))
    tell(connection, other, Event.SUPERVISE, APRIL - timedelta(hours=19))
    tell(connection, other, Event.SUPERVISE_END, APRIL - timedelta(hours=18))


def tell(connection, case_id, event, at, now=None, **facts) -> None:
    happening = worlds.a_happening(event, at, **facts)
    rules = CENTRE.rules_of(connection)
    record(connection, happening, case_id=case_id, rules=rules, now=now or at)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def demo(request, tmp_path_factory):
    """The demo county of the weeks up to a first of April, only read."""
    url = f"sqlite:///{tmp_path_factory.mktemp('demo')}/demo.db"
    name = f"t{uuid4().hex}"
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres_url")
        postgres.run(server, f"CREATE DATABASE {name} TEMPLATE blank")
        url = f"{server}/{name}"
    engine = open_engine(url)
    build(engine, Settings(), APRIL, Wanted(years=0.1))
    with writing(engine) as connection:
        decide(connection)
        order(connection)
    yield engine
    engine.dispose()
    if request.param == "postgresql":
        postgres.run(server, f"DROP DATABASE {name}")


def lines_of(document):
    """Every sentence of a document."""
    yield from (document.headline, *(figure.note for figure in document.figures))
    for section in document.sections:
        yield from (*section.lines, *section.after, *(one.caption for one in section.tables))


def opened(document) -> Iterator[tuple[str, Reference | None]]:
    """Every number of a document, with the words around it where it is not alone, and its cases."""
    yield from ((run.text, run.opens) for line in lines_of(document) for run in line)
    for figure in document.figures:
        yield figure.number + figure.unit.removesuffix("件"), figure.opens
    for section in document.sections:
        yield from ((item.text, item.opens) for item in section.items)
    rows = (row for table in document.tables for row in table.rows if table.name != MATTERS)
    yield from ((cell.text, cell.opens) for row in rows for cell in row.cells)


def values_of(view, question, to: Counted) -> set[str]:
    """What an explanation says: a mean, a part's count, or a share and how many it is of."""
    figure = by_id(to.figure)
    period = period_of(figure, question, view, CENTRE)
    part = to.part or Part.COUNTED
    count = composition(view, figure, period).count
    if figure.id == "signal_intake":  # alone in a table, in words as a matter
        return {fmt.number(count(part)), f"近 7 日 {count(part)} 件"}
    if figure.amount is not None:
        second = 1 if figure.unit is Unit.SECOND else 60
        return {fmt.duration_two(spreads(view, figure, (), period)[()].mean * second, ZH)}
    if to.part is None and figure.denominator is not None:
        whole = count(part) + count(Part.REST)
        return {f"{fmt.rate(count(part), whole)}%", fmt.number(whole)}
    return {fmt.number(count(part))}


def registered(view, asking, query, to: Decided | DecisionOf, day: date) -> set[str]:
    """What the register says: how many it lists, or a decision's title, missed times, age."""
    number = to.number if isinstance(to, DecisionOf) else None
    page = read_register_page(view, CENTRE, selection_of(query, asking), number)
    if number is None:
        return {fmt.number(len(page.rows))}
    assert page.chosen in page.rows
    one = page.chosen
    told = (one.times_missed(page.as_of), one.age_days(day))
    return {one.title, *map(fmt.number, told)}


def waiting(view, question, query, issue) -> set[str]:
    """How many orders an address lists, page by page."""
    shown, size = Shown(query.get("view", [""])[0]), 2
    listed = []
    while True:
        page = Page(offset=len(listed), limit=size)
        found = read_waiting_page(view, CENTRE, issue, question, shown, page)
        listed += found.rows
        if len(listed) >= found.total:
            break
    assert [one.waits_s for one in listed] == sorted((one.waits_s for one in listed), reverse=True)
    assert all(Shown.of(one.colour) is shown for one in listed) or shown is Shown.ALL
    return {fmt.number(len(listed))}


def walk(engine, briefing) -> int:
    """Open by its address all that a briefing counts; return how much that is."""
    zoned = Zoned(CENTRE.zone, APRIL.astimezone(CENTRE.zone).date())
    month = PeriodChoice.containing(PeriodKind.MONTH, zoned.today)
    asking = Asking("/briefing", Question(period=month), zoned, ZH, {})
    href = hrefs(briefing, asking, "/briefing")
    document, asked = document_of(briefing), []
    for text, to in opened(document):
        if isinstance(to, Counted | Decided | DecisionOf | Waiting):
            query = parse_qs(urlsplit(href(to)).query, keep_blank_values=True)
            asked.append((text, to, query))
        elif isinstance(to, Changed):
            assert text == fmt.number(numbers(briefing)[to.group])
    assert {type(to) for _, to, _ in asked} == {Counted, Decided, DecisionOf, Waiting}
    wrong, view, values = [], None, {}
    with reading(engine) as connection:
        for text, to, query in sorted(asked, key=lambda one: parse(one[2], zoned).as_of):
            question = parse(query, zoned)
            assert question.known == briefing.known_at
            if view is None or view.as_of != question.as_of:  # there is one past at a time
                view = look(connection, question, APRIL, CENTRE)
            if to not in values and isinstance(to, Counted):
                values[to] = values_of(view.narrowed(question.filters), question, to)
            elif to not in values and isinstance(to, Waiting):
                values[to] = waiting(view, question, query, briefing.issue)
            elif to not in values:
                values[to] = registered(view, asking.over(question), query, to, briefing.issue.day)
            if not any(value == text or f"{value}，" in text for value in values[to]):
                wrong.append((text, values[to], to))
    assert wrong == []
    assert unopened(document) <= TEXT
    return len(asked)


def walk_corrections(engine, sealed, now) -> set[str]:
    """Open both numbers of each correction by their addresses; return the places that open."""
    zoned = Zoned(CENTRE.zone, APRIL.astimezone(CENTRE.zone).date())
    month = PeriodChoice.containing(PeriodKind.MONTH, zoned.today)
    asking = Asking("/briefing", Question(period=month), zoned, ZH, {})
    with reading(engine) as connection:
        found = corrections(connection, CENTRE, sealed, now).figures
    issued = Issued(briefing=sealed.briefing, seal=sealed.seal, corrected=found)
    (body,) = having(corrected_card(issued, asking), "b-table")
    rows = [part for part in trees(body) if isinstance(part, html.Tr)][1:]
    assert len(rows) == len(found) > 5
    opened = [(link.children, link.href, one) for row, one in zip(rows, found, strict=True)
              for link in having(row, "fig")]  # fmt: skip
    sides = {"known" in parse_qs(urlsplit(href).query) for _, href, _ in opened}
    assert sides == {True, False}
    wrong, seen = [], None
    with reading(engine) as connection:
        for text, href, one in sorted(opened, key=lambda each: "known=" in each[1]):
            question = parse(parse_qs(urlsplit(href).query, keep_blank_values=True), zoned)
            if seen is None or seen.known_at != question.known_at:
                seen = look(connection, question, now, CENTRE)
            to = reference_of(one, sealed.briefing, ZH)
            if text not in values_of(seen.narrowed(question.filters), question, to):
                wrong.append((text, to))
    assert wrong == []
    return {one.place for *_, one in opened}


def unopened(document) -> set[tuple[str, str]]:
    """The columns of counts in which a number that is not nothing does not open."""
    return {
        (table.name, column.head)
        for table in document.tables
        for row in table.rows
        if row.cells[0].text not in NOBODY
        for column, cell in zip(table.columns, row.cells, strict=True)
        if column.kind in (Kind.COUNT, Kind.SHARE) and cell.value and cell.opens is None
    }


@pytest.mark.parametrize("cycle", CYCLES)
def test_every_number_opens_into_as_many_as_it_says(demo, cycle):
    with reading(demo) as connection:
        issue = issue_of(CENTRE, cycle, APRIL.astimezone(CENTRE.zone).date())
        briefing = compose(connection, CENTRE, issue, APRIL)
    assert briefing.overall.accepted.value > 0
    assert walk(demo, briefing) > 150


def test_a_sealed_paper_opens_with_what_it_knew(demo):
    """It is the last: what is recorded late stays in the county."""
    day, now = APRIL.astimezone(CENTRE.zone).date(), APRIL + timedelta(seconds=1)
    issue, quarter = (issue_of(CENTRE, one, day) for one in (Cycle.DAILY, Cycle.QUARTERLY))
    with writing(demo) as connection:
        sealed = seal(connection, CENTRE, issue, now, "duty")
        longer = seal(connection, CENTRE, quarter, now, "duty")
        rules = CENTRE.rules_of(connection)
        late = APRIL + timedelta(hours=1)
        for n in range(9):
            told = worlds.a_beginning(Event.ADOPT, issue.start + timedelta(hours=n),
                                      lead_dept_id="hrss", stage="in_process",
                                      category_code="0101" if n % 2 else "0701")  # fmt: skip
            record(connection, told, case_id=None, rules=rules, now=late)
        still_open = next(one for one in sealed.briefing.decisions if one.progress is Progress.OPEN)
        done = Entry(kind=EntryKind.DONE, at=late, text="已办结", by="会")
        follow(connection, still_open.id, done, EVERYTHING)
        due = late + timedelta(days=1)
        take(connection, a_decision(recorded_at=late, asked_due_at=due), by="会")
        issued = select(case_event.c.case_id).where(case_event.c.type == Event.SUPERVISE)
        ordered = max(connection.scalars(issued))
        tell(connection, ordered, Event.SUPERVISE_REPLY, issue.end - timedelta(hours=2), late)
        newest = select(func.max(case_event.c.recorded_at))
        assert connection.scalar(newest) == late
    assert walk(demo, sealed.briefing) > 150
    units = {"township", "department"}
    assert walk_corrections(demo, sealed, late) == {"overall", "situation", *units}
    assert walk_corrections(demo, longer, late) == {"overall", "situation", *units, "type", "area"}
