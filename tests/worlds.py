"""Builders of small worlds: defaults everywhere, the test names what matters."""

from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

from sqlalchemy import Connection, insert

from dashboard.calendar import WorkCalendar
from dashboard.cases.happening import Actor, Happening
from dashboard.cases.record import record
from dashboard.cases.rules import Rules, case_rules
from dashboard.database import tables
from dashboard.profile import load_profile
from dashboard.settings import DeadlineSetting, Settings
from dashboard.terms import TERMINAL_STAGES, Event, Role, Stage

COUNTY = "530303000000"
XIPING, HUASHAN, BAISHUI = "530303001000", "530303004000", "530303103000"
TOWNSHIPS = {XIPING: "西平街道", HUASHAN: "花山街道", BAISHUI: "白水镇"}
VILLAGES = {"530303001001": XIPING, "530303001002": XIPING, "530303004001": HUASHAN,
            "530303103001": BAISHUI}  # fmt: skip
DEPARTMENTS = {"hrss": "人社局", "housing": "住建局", "water": "水务局", "justice": "司法局"}
ACCEPTED = datetime(2026, 3, 10, 1, 0, tzinfo=UTC)

_numbers = count(1)


def small_county(connection: Connection) -> None:
    """Insert the county, three townships, four villages and four departments."""
    areas = [(COUNTY, None, "county", "沾益区")]
    areas += [(code, COUNTY, "township", name) for code, name in TOWNSHIPS.items()]
    areas += [(code, town, "village", f"{code[-3:]}村") for code, town in VILLAGES.items()]
    connection.execute(
        insert(tables.area),
        [
            {
                "area_code": code,
                "parent_code": parent,
                "level": level,
                "name": name,
                "short_name": name[:5],
                "name_en": code,
                "sort_order": order,
            }
            for order, (code, parent, level, name) in enumerate(areas)
        ],
    )
    connection.execute(
        insert(tables.department),
        [
            {
                "dept_id": code,
                "name": f"区{name}",
                "short_name": name,
                "name_en": code,
                "kind": "industry",
                "sort_order": order,
            }
            for order, (code, name) in enumerate(DEPARTMENTS.items())
        ],
    )


def a_case(connection: Connection, **columns: Any) -> int:
    """Insert one row of `cases` as it stands, without its events; returns its id.

    Defaults: an accepted dispute of 西平街道 led by 人社局, in process, due in three days.
    """
    number = next(_numbers)
    accepted = columns.get("accepted_at", ACCEPTED)
    stage = Stage(columns.get("stage", Stage.IN_PROCESS))
    row = {
        "case_code": f"530303-20260310-D{number:05d}-0",
        "source_channel": "window",
        "source_no": str(number),
        "case_kind": "dispute",
        "title": f"事项{number}",
        "reported_at": accepted or ACCEPTED,
        "accepted_at": accepted,
        "area_code": XIPING,
        "township_code": XIPING,
        "category_code": "0101",
        "level": "general",
        "situation": "public_concern",
        "lead_dept_id": "hrss",
        "stage": stage,
        "stage_since": accepted or ACCEPTED,
        "blue_at": None,
        "yellow_at": None,
        "due_at": (accepted or ACCEPTED) + timedelta(days=3),
        **columns,
    }
    if stage in TERMINAL_STAGES and "left_at" not in columns:
        row["left_at"] = row.get("closed_at") or row["stage_since"]
    result = connection.execute(insert(tables.cases).values(**row))
    return int(result.inserted_primary_key[0])


@cache
def rules(profile: str = "zhanyi") -> Rules:
    """The rules of a profile with a limit of each unit; a larger case has none."""
    limits = (
        DeadlineSetting(kind="hazard", risk="high", amount=24, unit="hour"),
        DeadlineSetting(level="simple", amount=0, unit="same_day"),
        DeadlineSetting(level="general", amount=3, unit="day"),
        DeadlineSetting(level="complex", amount=5, unit="working_day"),
        DeadlineSetting(
            level="major", amount=1, unit="month", roll_forward=True, start="dispatched_at"
        ),
    )
    settings = Settings(profile=profile, deadlines=limits)
    return case_rules(settings, load_profile(profile), WorkCalendar.load(settings.zone))


USUAL: dict[Event, tuple[Role, dict[str, Any]]] = {
    Event.REPORT: (Role.GRID_WORKER, {}),
    Event.REGISTER: (Role.WINDOW, {"first_receiver": "S1"}),
    Event.ACCEPT: (Role.OPERATOR, {"level": "general"}),
    Event.REJECT_ACCEPTANCE: (Role.OPERATOR, {"notice_given": True, "approved_by": "B1"}),
    Event.START_FIRST_MEDIATION: (Role.MEDIATOR, {}),
    Event.MEDIATION_ROUND: (Role.MEDIATOR, {}),
    Event.SETTLE_ON_SPOT: (Role.WINDOW, {}),
    Event.ASSESS: (Role.ANALYST, {"risk_level": "low"}),
    Event.OPEN_JOINT_REVIEW: (Role.ANALYST, {"dept_ids": ["hrss", "water"]}),
    Event.END_JOINT_REVIEW: (Role.ANALYST, {}),
    Event.DISPATCH: (Role.DISPATCHER, {}),
    Event.CLAIM: (Role.DEPT, {}),
    Event.RETURN: (Role.DEPT, {}),
    Event.REASSIGN: (Role.DISPATCHER, {}),
    Event.START: (Role.DEPT, {}),
    Event.PROGRESS: (Role.DEPT, {}),
    Event.PAUSE: (Role.DEPT, {"approved_by": "B1"}),
    Event.RESUME: (Role.DEPT, {"approved_by": "B1"}),
    Event.EXTEND: (Role.DEPT, {"approved_by": "B1", "extended_to": ACCEPTED + timedelta(days=9)}),
    Event.ESCALATE_LEVEL: (Role.OPERATOR, {"handling_area_code": COUNTY}),
    Event.ASSIGN_OFFICIAL: (Role.LEADER, {"lead_official": "L1"}),
    Event.REPORT_BACK: (
        Role.DEPT,
        {"resolution_text": "已调解", "resolution_methods": ["0101"]},
    ),
    Event.REJECT_RESULT: (Role.OPERATOR, {}),
    Event.FOLLOW_UP: (
        Role.OPERATOR,
        {"reached": True, "confirmed_resolved": True, "satisfaction": "satisfied"},
    ),
    Event.EVALUATE: (Role.SUPERVISOR, {}),
    Event.CLOSE: (Role.OPERATOR, {}),
    Event.DIVERT: (Role.OPERATOR, {"diverted_to": "arbitration"}),
    Event.WITHDRAW: (Role.OPERATOR, {}),
    Event.MERGE: (Role.ANALYST, {"merged_into": 1}),
    Event.REOPEN: (Role.SUPERVISOR, {}),
    Event.SUPERVISE: (Role.SUPERVISOR, {"colour": "yellow"}),
    Event.SUPERVISE_REPLY: (Role.DEPT, {"reply_text": "已办"}),
    Event.SUPERVISE_END: (Role.SUPERVISOR, {}),
    Event.EXCLUDE: (Role.SUPERVISOR, {"approved_by": "B1"}),
    Event.CORRECT: (Role.SUPERVISOR, {"corrects": 1}),
    Event.ADOPT: (Role.IMPORT, {}),
}
"""Who usually does what, with the least it must state."""

REASONS = {Event.PAUSE: "appraisal", Event.EXCLUDE: "unfounded"}
"""Where the reason is one of a list."""

BEGINNINGS = (Event.REPORT, Event.REGISTER, Event.ADOPT)
UP_TO_WORK = (Event.REPORT, Event.ACCEPT, Event.DISPATCH, Event.START)
TO_THE_END = (*UP_TO_WORK, Event.REPORT_BACK, Event.FOLLOW_UP, Event.CLOSE)


def a_happening(
    event: Event, at: datetime = ACCEPTED, *, role: Role | None = None, **facts: Any
) -> Happening:
    """One event with what it needs; `dept_id`, `sheet_no` and `reason` may be given as facts."""
    usual_role, usual = USUAL[event]
    default_reason = REASONS.get(event, "缘由")
    return Happening(
        event=event,
        at=at,
        dept_id=facts.pop("dept_id", "hrss"),
        sheet_no=facts.pop("sheet_no", "P1"),
        reason=facts.pop("reason", default_reason),
        actor=Actor(role=role or usual_role, org_id="hrss", staff="S1"),
        facts=usual | facts,
    )


def a_beginning(event: Event = Event.REPORT, at: datetime = ACCEPTED, **facts: Any) -> Happening:
    """The first event of a new case: a dispute of a village, from the window."""
    number = next(_numbers)
    stated = {
        "source_channel": "window",
        "source_no": f"W{number}",
        "case_kind": "dispute",
        "title": f"事项{number}",
        "area_code": "530303001001",
        "category_code": "0101",
    }
    return a_happening(event, at, **stated | facts)


def a_history(
    connection: Connection,
    *events: Event,
    start: datetime = ACCEPTED,
    every: timedelta = timedelta(hours=1),
    **facts: Any,
) -> int:
    """Record a case, one event after the other; returns its id.

    Without `events` it is in process. `facts` are those of its first event.
    """
    chosen = events or UP_TO_WORK
    case_id: int | None = None
    for n, event in enumerate(chosen):
        at = start + n * every
        first = case_id is None
        happening = a_beginning(event, at, **facts) if first else a_happening(event, at)
        case_id = record(connection, happening, case_id=case_id, rules=rules(), now=at).case_id
    assert case_id is not None
    return case_id
