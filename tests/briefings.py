"""Hand-made briefings of 沾益区: a usual morning, a morning of floods, one with nothing in it.

Sums that must hold do: channels are what was accepted, levels and units what is in hand.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from dashboard.briefing.added import Added, AreaLine, OutcomeLine, TypeLine
from dashboard.briefing.briefing import Briefing
from dashboard.briefing.case_line import CaseLine, CaseTable, KeyCase, KeyMoves, Turn, Turned
from dashboard.briefing.field_work import Calls, Inspections
from dashboard.briefing.issue import Cycle, Issue
from dashboard.briefing.matter import Hotspot, Matter, MatterKind
from dashboard.briefing.morning import DecisionLine, DutyLine, Progress, Today
from dashboard.briefing.overall import Flow, Number, Overall
from dashboard.briefing.situation_line import HazardLine, HazardMoves, Intelligence, SituationLine
from dashboard.briefing.unit_line import Orders, ThreeLists, UnitLine
from dashboard.figures.comparison import Change, ChangeKind
from dashboard.snapshots.board import Directory, Lamp, Name, SourceState
from dashboard.terms import CaseKind, Channel, Colour, Level, Risk, Situation, Stage
from tests.boards import DEPARTMENTS, TOWNSHIPS, a_directory

AS_OF = datetime(2026, 3, 18, 0, 0, tzinfo=UTC)  # 08:00 in Shanghai
DAY = date(2026, 3, 18)


def a_briefing(**changes: Any) -> Briefing:
    """Build a usual morning: seven overdue, three matters; `changes` replace its fields."""
    townships = _townships()
    in_hand = sum(unit.in_hand for unit in townships)
    rows = tuple(a_case_line(place) for place in range(7))
    briefing = Briefing(
        inspections=Inspections(done=420, finding=9),
        key_moves=KeyMoves(high_risk=2, rebounded=1),
        calls=Calls(raised=3, arrival_s=660.0, waiting=1),
        since=(Turned(turn=Turn.RED, case=rows[0]), Turned(turn=Turn.YELLOW, case=rows[1])),
        quiet=(Channel.PETITION,),
        issue=Issue(
            cycle=Cycle.DAILY, day=DAY, start=AS_OF - timedelta(days=1), end=AS_OF, name=""
        ),
        as_of=AS_OF,
        synthetic=True,
        event_id=48_211,
        rules="2026-01",
        directory=a_directory(),
        overall=_overall(accepted=71, closed=66, in_hand=in_hand, overdue=7),
        matters=(
            Matter(
                kind=MatterKind.KEY_CASE, key=rows[0].code, colour=Colour.RED, case=rows[0],
                ask="请人社局、住建局今天 17:00 前报处置方案", confirmed=True,
            ),
            Matter(kind=MatterKind.NEW_RED, key=rows[1].code, colour=Colour.RED, case=rows[1]),
            Matter(
                kind=MatterKind.HOTSPOT, key=f"{TOWNSHIPS[0][0]}/0805", colour=Colour.YELLOW,
                hotspot=Hotspot(
                    area=TOWNSHIPS[0][0], category="0805", cases=9, expected=4.8, ratio=1.9,
                    colour=Colour.YELLOW,
                ),
            ),
        ),
        situations=_situations(),
        intelligence=Intelligence(
            received=113, judged=108, converted=14, open=5, open_over_24h=0
        ),
        overdue=CaseTable(figure="overdue", total=7, rows=rows),
        due_today=CaseTable(
            figure="due_today", total=2,
            rows=tuple(
                a_case_line(place, left_s=place * 3600, colour=Colour.BLUE, supervisions=0)
                for place in (8, 9)
            ),
        ),
        key_cases=(
            KeyCase(
                case=rows[0], leader_assigned=True, people=12, amount=386_000.0, risk=Risk.HIGH,
                next_at=AS_OF + timedelta(hours=6),
            ),
            KeyCase(
                case=rows[1], leader_assigned=False, people=None, amount=None, risk=None,
                next_at=None,
            ),
        ),
        hotspots=(
            Hotspot(area=TOWNSHIPS[3][0], category="0701", cases=14, expected=4.6, ratio=3.04,
                    colour=Colour.RED),
            Hotspot(area=TOWNSHIPS[0][0], category="0805", cases=9, expected=4.8, ratio=1.9,
                    colour=Colour.YELLOW),
        ),
        busiest=tuple((unit.code, unit.accepted) for unit in townships[:3]),
        hazards=HazardMoves(
            found=3, removed=5, late=2, rows=tuple(a_hazard(place) for place in range(2))
        ),
        townships=townships,
        departments=_departments(),
        orders=Orders(red=2, yellow=3, blue=3, letters=2, returned=4),
        decisions=(
            a_decision(1, Progress.DONE, "已兑付首批 50 万元"),
            a_decision(2, Progress.MOVING, None),
            a_decision(3, Progress.OPEN, None),
        ),
        today=Today(due=6, follow_ups=12),
        duty=_duty(),
        sources=(
            SourceState(channel=Channel.POLICE_110, last_received_at=AS_OF - timedelta(minutes=10),
                        expected_every_s=600, late=False, lamp=Lamp.OK),
            SourceState(channel=Channel.PETITION, last_received_at=AS_OF - timedelta(hours=14),
                        expected_every_s=3600, late=True, lamp=Lamp.LATE),
            SourceState(channel=Channel.COURT, last_received_at=None, expected_every_s=None,
                        late=False),
        ),
    )  # fmt: skip
    return replace(briefing, **changes)


def rich(**changes: Any) -> Briefing:
    """Build a week's briefing: what a longer cycle adds, and the longest names."""
    usual = a_briefing()
    year = Change(ChangeKind.PERCENT, 912, 941, -0.0308)
    overall = replace(
        usual.overall,
        accepted=replace(usual.overall.accepted, year=year),
        closed=replace(usual.overall.closed, year=year),
    )
    issue = Issue(
        cycle=Cycle.WEEKLY,
        day=DAY,
        start=AS_OF - timedelta(days=7),
        end=AS_OF,
        name="周研判",
        number=12,
    )
    made = replace(
        usual, issue=issue, overall=overall, directory=long_names(usual.directory),
        lists=ThreeLists(long_open=4, new_unjudged=7, watched=11), added=Added(types=_types()),
    )  # fmt: skip
    return replace(made, **changes)


def quarter(**changes: Any) -> Briefing:
    """Build a quarter's briefing: everything any cycle adds."""
    week = rich()
    issue = replace(week.issue, cycle=Cycle.QUARTERLY, start=AS_OF - timedelta(days=90), name="")
    made = replace(
        week, issue=issue,
        added=Added(
            types=_types(),
            townships=tuple(_outcome(place, one[0]) for place, one in enumerate(TOWNSHIPS)),
            departments=tuple(_outcome(place, one[0]) for place, one in enumerate(DEPARTMENTS)),
            areas=tuple(
                AreaLine(
                    code=one[0], accepted=40,
                    situations=((Situation.PETITION, 15), (None, 25)),
                    types=(("01", 12), ("07", 18), (None, 10)),
                )
                for one in TOWNSHIPS
            ),
        ),
    )  # fmt: skip
    return replace(made, **changes)


def flood(**changes: Any) -> Briefing:
    """Build a morning after the flood: 200 overdue, 60 due today, everything in great number."""
    rows = tuple(a_case_line(place) for place in range(200))
    usual = a_briefing()
    townships = tuple(
        replace(unit, overdue=200 // len(TOWNSHIPS) + (place < 200 % len(TOWNSHIPS)))
        for place, unit in enumerate(usual.townships)
    )
    made = replace(
        usual,
        overall=replace(
            usual.overall, overdue=_number("overdue", 200, 5),
            most_overdue=(TOWNSHIPS[0][0], 19),
        ),
        matters=tuple(
            Matter(kind=MatterKind.NEW_RED, key=row.code, colour=row.colour, case=row,
                   ask="请属地和责任单位今天下班前书面说明原因，并报下一步措施和完成时限")
            for row in rows[:24]
        ),
        overdue=CaseTable(figure="overdue", total=200, rows=rows),
        due_today=CaseTable(
            figure="due_today", total=60,
            rows=tuple(a_case_line(place, left_s=3600, colour=Colour.BLUE) for place in range(60)),
        ),
        key_cases=tuple(
            KeyCase(case=row, leader_assigned=place % 3 > 0, people=12 + place, amount=50_000.0,
                    risk=Risk.HIGH, next_at=AS_OF + timedelta(days=1))
            for place, row in enumerate(rows[:18])
        ),
        hotspots=tuple(
            Hotspot(area=each[0], category="0803", cases=20, expected=4.0, ratio=5.0,
                    colour=Colour.RED)
            for each in TOWNSHIPS
        ),
        hazards=HazardMoves(
            found=41, removed=3, late=25, rows=tuple(a_hazard(place) for place in range(25))
        ),
        townships=townships,
        decisions=tuple(a_decision(place, Progress.OPEN, None) for place in range(15)),
    )  # fmt: skip
    return replace(made, **changes)


def empty(**changes: Any) -> Briefing:
    """Build a morning with nothing in it, and nothing to compare with."""
    usual = a_briefing()
    none = Change(ChangeKind.NO_BASE, 0, 0, None)
    quiet = {
        name: replace(getattr(usual.overall, name), value=0, change=none)
        for name in ("accepted", "closed", "in_hand", "overdue", "accepted_so_far",
                     "closed_same_day", "followed_up")
    }  # fmt: skip
    undefined = {
        name: replace(getattr(usual.overall, name), value=None, of=0, change=None)
        for name in ("on_time", "satisfied", "first_dispatch")
    }
    overall = replace(
        usual.overall, **quiet, **undefined, target=None,
        flow=Flow(opening=0, accepted=0, reopened=0, left=0, closing=0),
        channels=(), levels=(), most_overdue=None,
    )  # fmt: skip
    made = replace(
        usual, overall=overall, matters=(), event_id=None,
        situations=tuple(
            replace(one, number=replace(one.number, value=0, change=none), unusual=None)
            for one in usual.situations
        ),
        intelligence=Intelligence(received=0, judged=0, converted=0, open=0, open_over_24h=0),
        overdue=CaseTable(figure="overdue", total=0, rows=()),
        due_today=CaseTable(figure="due_today", total=0, rows=()),
        key_cases=(), hotspots=(), busiest=(), since=(), quiet=(),
        hazards=HazardMoves(found=0, removed=0, late=0, rows=()),
        townships=(), departments=(), decisions=(), duty=(), sources=(),
        inspections=Inspections(done=0, finding=0),
        key_moves=KeyMoves(high_risk=0, rebounded=0),
        calls=Calls(raised=0, arrival_s=None, waiting=0),
        orders=Orders(red=0, yellow=0, blue=0, letters=0, returned=0),
        today=Today(due=0, follow_ups=0),
    )  # fmt: skip
    return replace(made, **changes)


def a_case_line(place: int, **changes: Any) -> CaseLine:
    """Build an overdue case, the first most overdue; its words come from its category."""
    categories = ("0701", "0104", "0803", "0805", None)
    titles = (
        "拖欠工资",
        "林地权属争议",
        "消防通道长期占用",
        "宅基地排水纠纷",
        "饮用水浑浊反复投诉",
    )
    titles_en = ("Unpaid wages", "Forest land rights", None, "Homestead drainage", "Muddy water")
    code = f"530303-20260310-D{place:05}-{place % 10}"
    line = CaseLine(
        id=place, code=code, title=titles[place % 5], title_en=titles_en[place % 5],
        kind=CaseKind.DISPUTE, category=categories[place % 5],
        township=TOWNSHIPS[place % len(TOWNSHIPS)][0],
        department=None if place % 7 == 6 else DEPARTMENTS[place % len(DEPARTMENTS)][0],
        colour=Colour.RED if place % 3 == 0 else Colour.YELLOW, stage=Stage.IN_PROCESS,
        due_at=AS_OF - timedelta(hours=76 - place % 70), left_s=-3600 * (76 - place % 70),
        supervisions=place % 3, ordered_at=AS_OF - timedelta(days=2) if place % 3 else None,
        answered=(place % 2 == 0) if place % 3 else None,
        overdue_reason="等待鉴定结论" if place % 4 == 1 else None,
    )  # fmt: skip
    return replace(line, **changes)


def a_hazard(place: int) -> HazardLine:
    """Build a point past its date."""
    return HazardLine(
        id=f"H-{place:04}", type="02", township=TOWNSHIPS[place % len(TOWNSHIPS)][0],
        risk=Risk.HIGH if place % 2 else Risk.MEDIUM, found_at=AS_OF - timedelta(days=30),
        due_at=AS_OF - timedelta(days=2),
    )  # fmt: skip


def a_decision(place: int, progress: Progress, reply: str | None) -> DecisionLine:
    """Build a decision of the meeting before."""
    return DecisionLine(
        id=place, text=f"第 {place} 项：核清欠薪底数并报兑付计划", case_code=None, owner="hrss",
        due_at=AS_OF + timedelta(hours=9 - 24 * place), taken_on=DAY - timedelta(days=1),
        age_days=1, progress=progress, times_missed=max(place - 1, 0), reply=reply,
    )  # fmt: skip


def long_names(directory: Directory) -> Directory:
    """Give units the longest names there are: autonomous townships and merged bureaus."""

    def longer(names: tuple[Name, ...], word: str, english: str) -> tuple[Name, ...]:
        return (replace(names[0], short=word, full=word, en=english), *names[1:])

    return replace(
        directory,
        townships=longer(
            directory.townships, "积石山保安族东乡族撒拉族自治乡",
            "Jishishan Bonan, Dongxiang and Salar Autonomous Township",
        ),
        departments=longer(
            directory.departments, "市场监督管理和知识产权局（农业农村综合执法大队）",
            "Market Supervision, Intellectual Property and Rural Enforcement",
        ),
    )  # fmt: skip


def _number(figure: str, value: float, before: float) -> Number:
    share = value <= 1 and isinstance(value, float)
    if share:
        change = Change(ChangeKind.POINTS, value, before, value - before)
    elif before < 10:
        change = Change(ChangeKind.COUNT, value, before, value - before)
    else:
        change = Change(ChangeKind.PERCENT, value, before, (value - before) / before)
    return Number(figure=figure, value=value, of=224 if share else None, change=change)


def _overall(*, accepted: int, closed: int, in_hand: int, overdue: int) -> Overall:
    return Overall(
        accepted=_number("accepted", accepted, 68),
        closed=_number("closed", closed, 70),
        in_hand=_number("open", in_hand, in_hand - 5),
        overdue=_number("overdue", overdue, 5),
        on_time=_number("on_time_rate", 0.978, 0.972),
        target=0.95,
        accepted_so_far=_number("accepted", 912, 941),
        closed_same_day=_number("closed", 11, 9),
        followed_up=_number("followed_up", 35, 31),
        satisfied=_number("satisfaction_rate", 0.971, 0.965),
        first_dispatch=_number("first_dispatch_accuracy", 0.913, 0.921),
        flow=Flow(
            opening=in_hand - 6, accepted=accepted, reopened=1, left=closed, closing=in_hand
        ),
        channels=(
            (Channel.GRID_APP, 28), (Channel.WINDOW, 19), (Channel.HOTLINE_12345, 15),
            (Channel.POLICE_NONPOLICE, 6), (Channel.PETITION, 3),
        ),
        levels=(
            (Level.GENERAL, in_hand - 43), (Level.LARGER, 31), (Level.MAJOR, 11), (None, 1),
        ),
        most_overdue=(TOWNSHIPS[0][0], 3),
    )  # fmt: skip


def _types() -> tuple[TypeLine, ...]:
    return tuple(
        TypeLine(
            code=code, accepted=n, change=Change(ChangeKind.COUNT, n, 9, n - 9),
            year=Change(ChangeKind.PERCENT, n, 20, (n - 20) / 20),
        )
        for code, n in (("07", 24), ("01", 19), ("02", 15), ("08", 9), (None, 4))
    )  # fmt: skip


def _outcome(place: int, code: str) -> OutcomeLine:
    return OutcomeLine(
        code=code, resolved=9 * place, due_to=10 * place, repeats=place % 3,
        minutes=None if place == 0 else 4321.5,
    )  # fmt: skip


def _situations() -> tuple[SituationLine, ...]:
    wanted = (
        (Situation.PUBLIC_CONCERN, 31, 27, None), (Situation.POLICE, 22, 28, None),
        (Situation.PETITION, 5, 3, "high"), (Situation.OPINION, 1, 2, "low"),
        (Situation.LITIGATION, 12, 9, None),
    )  # fmt: skip
    return tuple(
        SituationLine(code=code, number=_number("accepted", value, before), unusual=unusual)
        for code, value, before, unusual in wanted
    )


def _townships() -> tuple[UnitLine, ...]:
    lines = [
        UnitLine(
            code=code, accepted=open_ // 4, in_hand=open_, overdue=overdue,
            on_time=Number(figure="on_time_rate", value=met / due if due >= 10 else None, of=due),
            low=met / due - 0.04, high=min(met / due + 0.02, 1.0),
            band=1 + (met / due < 0.96) if due >= 10 else None,
            award="flag" if met / due > 0.985 and due > 10 else None,
        )
        for code, _, _, open_, overdue, (met, due, _) in TOWNSHIPS
    ]  # fmt: skip
    return (*lines, UnitLine(
        code=None, accepted=1, in_hand=2, overdue=0,
        on_time=Number(figure="on_time_rate", value=None, of=0), low=None, high=None, band=None,
        award=None,
    ))  # fmt: skip


def _departments() -> tuple[UnitLine, ...]:
    return tuple(
        UnitLine(
            code=code, accepted=9, in_hand=20 + place, overdue=place % 3,
            on_time=Number(figure="on_time_rate", value=met / due if due >= 10 else None, of=due),
            low=met / due - 0.04, high=min(met / due + 0.02, 1.0),
            band=1 + (met / due < 0.9) if due >= 10 else None,
            award="snail" if met / due < 0.85 else None,
        )
        for place, (code, _, _, _, (met, due, _)) in enumerate(DEPARTMENTS)
    )  # fmt: skip


def _duty() -> tuple[DutyLine, ...]:
    start = AS_OF + timedelta(minutes=30)
    return tuple(
        DutyLine(role=role, shift="day", name=name, department=department, starts_at=start,
                 ends_at=start + timedelta(hours=8))
        for role, name, department in (
            ("duty_leader", "张建国", None), ("operator", "王敏", None),
            ("dept_duty", "李华", "hrss"),
        )
    )  # fmt: skip
