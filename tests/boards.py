"""A hand-made board of 沾益区 on a Wednesday afternoon: every sum that must hold holds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from dashboard.settings import Wall
from dashboard.snapshots.board import (
    Board,
    Day,
    Directory,
    Duty,
    HazardMark,
    Hazards,
    Hindrance,
    Lamp,
    League,
    Move,
    Moves,
    Name,
    Newest,
    OnTime,
    SituationCount,
    SourceState,
    StageCount,
    Tallies,
    Tally,
    TownshipLoad,
    Unsealed,
    WarningRow,
    Warnings,
)
from dashboard.snapshots.league_table import league_table
from dashboard.terms import Channel, Colour, Event, Risk, Situation, Stage

AS_OF = datetime(2026, 3, 18, 6, 20, 36, tzinfo=UTC)  # 14:20:36 in Shanghai
COUNTY = "530303000000"

TOWNSHIPS = (
    # code, name, English, open, overdue, (met, due, pending)
    ("530303001000", "西平街道", "Xiping", 52, 1, (216, 224, 31)),
    ("530303002000", "龙华街道", "Longhua", 38, 1, (150, 154, 22)),
    ("530303003000", "金龙街道", "Jinlong", 31, 0, (121, 122, 20)),
    ("530303004000", "花山街道", "Huashan", 29, 0, (118, 124, 17)),
    ("530303101000", "白水镇", "Baishui", 47, 2, (173, 184, 26)),
    ("530303102000", "盘江镇", "Panjiang", 26, 1, (92, 95, 15)),
    ("530303201000", "炎方乡", "Yanfang", 22, 0, (75, 76, 13)),
    ("530303202000", "播乐乡", "Bole", 17, 0, (68, 70, 9)),
    ("530303203000", "大坡乡", "Dapo", 24, 1, (79, 83, 14)),
    ("530303204000", "菱角乡", "Lingjiao", 14, 1, (64, 65, 7)),
    ("530303205000", "德泽乡", "Deze", 12, 0, (7, 7, 4)),
)
DEPARTMENTS = (
    ("hrss", "区人力资源和社会保障局", "人社局", "Human Resources", (181, 190, 30)),
    ("housing", "区住房和城乡建设局", "住建局", "Housing", (166, 171, 24)),
    ("urban", "区城市管理局", "城管局", "Urban Management", (142, 143, 19)),
    ("justice", "区司法局", "司法局", "Justice", (120, 123, 18)),
    ("natural", "区自然资源局", "自然资源局", "Natural Resources", (80, 95, 21)),
    ("water", "区水务局", "水务局", "Water", (71, 73, 12)),
    ("police", "沾益公安分局", "公安分局", "Police", (60, 60, 11)),
    ("court", "区人民法院", "法院", "Court", (5, 6, 3)),
)


def a_board(**changes: Any) -> Board:
    """Build the board; `changes` replace its fields, `as_of` moves every instant with it."""
    as_of = changes.pop("as_of", AS_OF)
    board = Board(
        as_of=as_of,
        profile="zhanyi",
        synthetic=True,
        day=Day(date=(as_of + timedelta(hours=8)).date(), working=True, provisional=False),
        directory=a_directory(),
        tallies=_tallies(),
        situations=_situations(as_of),
        unclassified=0,
        stages=_stages(),
        supervised=3,
        supervision_label="督办",
        warnings=_warnings(as_of),
        hazards=_hazards(as_of),
        townships=tuple(
            TownshipLoad(code=code, open=open_, overdue=overdue)
            for code, _, _, open_, overdue, _ in TOWNSHIPS
        ),
        league=_league(),
        moves=_moves(as_of),
        duty=Duty(name="李主任", shift="2"),
        sources=(
            SourceState(
                channel=Channel.HOTLINE_12345,
                last_received_at=as_of - timedelta(seconds=40),
                expected_every_s=60,
                late=False,
                lamp=Lamp.OK,
            ),
            SourceState(
                channel=Channel.POLICE_110,
                last_received_at=as_of - timedelta(minutes=9),
                expected_every_s=300,
                late=False,
                lamp=Lamp.OK,
            ),
            SourceState(
                channel=Channel.COURT, last_received_at=None, expected_every_s=None, late=False
            ),
        ),
        provisional_years=(),
    )
    return replace(board, **changes)


def an_unsealed(**changes: Any) -> Unsealed:
    """The briefing of that morning, which the data keep from being sealed."""
    due = AS_OF.replace(hour=0, minute=0, second=0)  # 08:00 in Shanghai
    late = Unsealed(
        cycle="daily",
        day=AS_OF.date(),
        due_at=due,
        tries=12,
        tried_at=due + timedelta(minutes=6),
        kind="ValueError",
        why=Hindrance.FAULT,
    )
    return replace(late, **changes)


def a_directory() -> Directory:
    """Name the county, its eleven townships and eight departments."""
    return Directory(
        county=Name(code=COUNTY, full="沾益区", short="沾益区", en="Zhanyi District"),
        townships=tuple(
            Name(code=code, full=name, short=name, en=en) for code, name, en, *_ in TOWNSHIPS
        ),
        departments=tuple(
            Name(code=code, full=full, short=short, en=en)
            for code, full, short, en, _ in DEPARTMENTS
        ),
    )


def a_tally(value: int, delta: int | None, low: int, high: int) -> Tally:
    """Build a tally whose trend swings between `low` and `high` and ends at `value`."""
    swing = (3, 7, 5, 9, 4, 6, 6, 8, 5, 0, 7, 10, 4)
    past = tuple(low + (high - low) * step // 10 for step in swing)
    return Tally(value=value, delta=delta, trend=(*past, value))


def _tallies() -> Tallies:
    met, due, pending = (sum(row[-1][n] for row in TOWNSHIPS) for n in range(3))
    return Tallies(
        accepted=a_tally(64, 4, 52, 71),
        closed=a_tally(58, -2, 49, 68),
        open=a_tally(312, 6, 298, 318),
        overdue=a_tally(7, 1, 4, 9),
        on_time=an_on_time((met, due, pending)),
        on_time_trend=(*(0.961 + step / 1000 for step in (2, 4, 3, 5, 3, 6, 4, 5, 2, 4, 6, 5, 5)),
                       met / due),
        target=0.95,
    )  # fmt: skip


def an_on_time(counts: tuple[int, int, int]) -> OnTime:
    met, due, pending = counts
    return OnTime(met=met, due=due, pending=pending, rate=met / due if due else None)


def _situations(as_of: datetime) -> tuple[SituationCount, ...]:
    rows = (
        (Situation.PUBLIC_CONCERN, 31, 4, 58, None, 2, "530303101000", "0201", Channel.GRID_APP),
        (Situation.POLICE, 18, -3, 33, None, 9, "530303001000", "0299",
         Channel.POLICE_NONPOLICE),
        (Situation.PETITION, 5, 0, 7, None, 28, None, "0701", Channel.PETITION),
        (Situation.OPINION, 4, 3, 12, "high", 40, "530303002000", "0504",
         Channel.OPINION_MONITOR),
        (Situation.LITIGATION, 6, -2, 6, None, 175, "530303003000", "0402", Channel.COURT),
    )  # fmt: skip
    return tuple(
        SituationCount(
            code=code,
            cases=cases,
            delta=delta,
            intelligence=intelligence,
            hours=_hours(cases),
            band=tuple((max(0.0, n * 0.6 - 0.5), n * 1.3 + 1.0) for n in _hours(cases)),
            unusual=unusual,
            newest=Newest(
                at=as_of - timedelta(minutes=minutes),
                township=township,
                category=category,
                channel=channel,
            ),
        )
        for code, cases, delta, intelligence, unusual, minutes, township, category, channel in rows
    )


def _hours(total: int) -> tuple[int, ...]:
    shape = (2, 3, 2, 1, 1, 0, 1, 0, 0, 0, 0, 1, 1, 2, 5, 8, 9, 7, 6, 4, 3, 5, 7, 3)
    return tuple(round(total * part / 60) for part in shape)


def _stages() -> tuple[StageCount, ...]:
    hour, day = 3600.0, 86400.0
    return (
        StageCount(code=Stage.ACCEPTED, label="受理", count=12, mean_s=24 * 60.0, overdue=0),
        StageCount(code=Stage.ASSESSED, label="联合研判", count=21, mean_s=2.1 * hour, overdue=0),
        StageCount(code=Stage.DISPATCHED, label="分流交办", count=34, mean_s=3.6 * hour, overdue=1),
        StageCount(code=Stage.IN_PROCESS, label="处置", count=178, mean_s=2.3 * day, overdue=5),
        StageCount(code=Stage.REPORTED_BACK, label="反馈", count=29, mean_s=0.8 * day, overdue=0),
        StageCount(code=Stage.FOLLOW_UP, label="回访", count=38, mean_s=1.2 * day, overdue=1),
        StageCount(code=Stage.CLOSED, label="办结销号", count=58, mean_s=None, overdue=0),
    )


def _warnings(as_of: datetime) -> Warnings:
    day, hour = 86400, 3600
    rows = (
        ("D00047", "dispute", "0701", "530303101000", "hrss", Stage.IN_PROCESS, -4 * day, 0),
        ("D00013", "dispute", "0903", "530303204000", "natural", Stage.IN_PROCESS, -2 * day, 1),
        ("H00028", "hazard", None, "530303001000", "housing", Stage.IN_PROCESS, -day, 0),
        ("C00019", "component", None, "530303101000", "water", Stage.DISPATCHED, -14 * hour, 0),
        ("A00044", "appeal", None, "530303102000", "water", Stage.IN_PROCESS, -6 * hour, 0),
        ("D00051", "dispute", "0201", "530303002000", "justice", Stage.FOLLOW_UP, -2 * hour, 0),
        ("D00060", "dispute", "0402", "530303203000", "housing", Stage.IN_PROCESS, -hour, 0),
        ("D00071", "dispute", "0601", "530303004000", "urban", Stage.IN_PROCESS, 3 * hour, 0),
    )
    return Warnings(
        red=7,
        yellow=5,
        blue=9,
        rows=tuple(
            WarningRow(
                case_tail=tail,
                case_kind=kind,
                category=category,
                township=township,
                department=department,
                colour=Colour.RED if left_s < 0 else Colour.YELLOW,
                stage=stage,
                due_at=as_of + timedelta(seconds=left_s),
                left_s=left_s,
                supervisions=supervisions,
            )
            for tail, kind, category, township, department, stage, left_s, supervisions in rows
        ),
    )


def _hazards(as_of: datetime) -> Hazards:
    points = (
        (Risk.HIGH, 104.0147, 25.7016, "530303101000"),
        (Risk.HIGH, 103.8301, 25.6392, "530303001000"),
        (Risk.MEDIUM, 103.8102, 25.9012, "530303204000"),
        (Risk.MEDIUM, 104.1205, 25.8702, "530303202000"),
        (Risk.MEDIUM, 103.9406, 25.8054, "530303004000"),
        (Risk.MEDIUM, 103.6703, 25.7451, "530303203000"),
        (Risk.LOW, 103.6001, 25.9938, "530303205000"),
        (Risk.LOW, 104.0008, 25.9653, "530303201000"),
        (Risk.LOW, 103.9302, 25.8991, "530303201000"),
        (Risk.LOW, 103.6694, 25.8422, "530303204000"),
        (Risk.LOW, 103.8506, 25.8410, "530303102000"),
        (Risk.LOW, 104.0507, 25.8112, "530303202000"),
        (Risk.LOW, 103.7803, 25.7540, "530303102000"),
        (Risk.LOW, 103.6102, 25.6570, "530303203000"),
        (Risk.LOW, 103.9208, 25.6703, "530303003000"),
        (Risk.LOW, 104.0104, 25.5651, "530303101000"),
        (Risk.LOW, 103.8803, 25.5552, "530303003000"),
        (Risk.LOW, 104.0402, 25.5203, "530303101000"),
    )
    return Hazards(
        high=2,
        medium=4,
        low=12,
        marks=tuple(
            HazardMark(
                id=f"P{number:03d}",
                lon=lon,
                lat=lat,
                risk=risk,
                type="01" if risk is Risk.HIGH else "02",
                township=township,
                found_at=as_of - timedelta(days=number),
            )
            for number, (risk, lon, lat, township) in enumerate(points, start=1)
        ),
    )


def _league() -> League:
    """Tables as they are read from these counts: the departments differ, the townships do not."""
    directory, wall = a_directory(), Wall(target_on_time_rate=0.95)
    return League(
        townships=league_table(
            directory.townships, {code: an_on_time(row) for code, *_, row in TOWNSHIPS}, wall
        ),
        departments=league_table(
            directory.departments, {code: an_on_time(row) for code, *_, row in DEPARTMENTS}, wall
        ),
    )


def _moves(as_of: datetime) -> Moves:
    rows = (
        (4, "D00082", "0701", "dispute", "530303101000", "hrss", Event.CLAIM, Stage.CLAIMED),
        (8, "A00079", "0504", "appeal", "530303002000", "urban", Event.DISPATCH, Stage.DISPATCHED),
        (13, "C00031", None, "component", "530303001000", "housing", Event.START,
         Stage.IN_PROCESS),
        (22, "D00077", "0201", "dispute", "530303202000", "justice", Event.REPORT_BACK,
         Stage.REPORTED_BACK),
        (35, "A00075", None, "appeal", "530303102000", "water", Event.START, Stage.IN_PROCESS),
        (49, "D00070", "0402", "dispute", "530303003000", "court", Event.REPORT_BACK,
         Stage.FOLLOW_UP),
    )  # fmt: skip
    return Moves(
        today=47,
        rows=tuple(
            Move(
                at=as_of - timedelta(minutes=minutes),
                case_tail=tail,
                category=category,
                case_kind=kind,
                township=township,
                department=department,
                event=event,
                stage=stage,
            )
            for minutes, tail, category, kind, township, department, event, stage in rows
        ),
    )
