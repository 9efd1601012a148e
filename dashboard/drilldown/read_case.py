"""Reading the page of one case through a view: later events, or events known later, are left out.

The view's filters do not count here, its scope does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from dashboard.cases import code as codes
from dashboard.centre import Centre
from dashboard.database import tables
from dashboard.drilldown.case import (
    CasePage,
    Facts,
    FollowUps,
    Mistyped,
    Next,
    Order,
    Sheets,
)
from dashboard.drilldown.case_log import (
    entries_of,
    follow_ups_of,
    orders_of,
    passed_of,
    read_events,
    read_told,
    sheets_of,
    stages_of,
)
from dashboard.drilldown.case_row import CaseRow
from dashboard.drilldown.case_ties import read_held, read_linked, read_parties
from dashboard.drilldown.read_case_rows import read_case_rows
from dashboard.drilldown.read_matter import read_matter
from dashboard.figures.view import View
from dashboard.profile import Profile
from dashboard.snapshots.board import Name
from dashboard.snapshots.read_place import read_directory
from dashboard.terms import Stage

STEPS: dict[Stage, Next] = {
    Stage.REPORTED: Next.ACCEPT,
    Stage.REGISTERED: Next.ACCEPT,
    Stage.ACCEPTED: Next.HAND_OUT,
    Stage.FIRST_MEDIATION: Next.HAND_OUT,
    Stage.ASSESSED: Next.HAND_OUT,
    Stage.DISPATCHED: Next.CLAIM,
    Stage.CLAIMED: Next.START,
    Stage.IN_PROCESS: Next.REPORT_BACK,
    Stage.CLOSED: Next.REOPEN,
}
"""What a stage waits for; a reported result waits for what `FollowUps` says."""


def read_case(view: View, centre: Centre, code: str) -> CasePage | Mistyped | None:
    """Read the case with this code; None when there was none at that moment."""
    code = code.upper()
    case = _find(view, code)
    if case is None:
        return _mistyped(view, code)
    rules = centre.rules_of(view.connection)
    (line,) = read_case_rows(view, view.cases.c.id == case["id"], ())
    row = replace(line, category=case["category_code"])  # here alone, and written down
    events = read_events(view, row.id)
    told = read_told(view, row.id, events, rules)
    account = None if told is None else told.account
    follow_ups, orders = follow_ups_of(told, rules), orders_of(told)
    held = read_held(view, row.id)
    return CasePage(
        as_of=view.as_of,
        directory=read_directory(view, centre.profile, centre.calendar),
        row=row,
        code_fits=codes.is_valid(code),
        url=_url(centre, code),
        facts=_facts(view, case),
        account=account,
        agrees=account is None or account.due_at == case["due_at"],
        stages=stages_of(case, events, told, centre.profile, view.as_of),
        entries=entries_of(events),
        passed=passed_of(told, view.as_of),
        sheets=Sheets(set=centre.profile.sheets, rows=sheets_of(events), orders=orders),
        follow_ups=follow_ups,
        linked=read_linked(view, case),
        matter=read_matter(view, case),
        parties=read_parties(view, row.id),
        held=held,
        held_total_s=sum(one.seconds for one in held),
        next=tuple(_next(row, case, orders, follow_ups, centre.profile)),
    )


def _find(view: View, code: str) -> Mapping[str, Any] | None:
    cases = view.cases
    seen = view.scoped(cases)
    found = view.connection.execute(select(cases).where(cases.c.case_code == code, seen)).first()
    return None if found is None else dict(found._mapping)


def _mistyped(view: View, code: str) -> Mistyped | None:
    """Tell a code with a wrong check character from one that never was."""
    body, _, check = code.rpartition("-")
    known = body and check and set(body.replace("-", "")) <= set(codes.ALPHABET)
    if not known or codes.is_valid(code) or body.count("-") != 2:
        return None
    right = f"{body}-{codes.check_character(body)}"
    return Mistyped(code=code, meant=None if _find(view, right) is None else right)


def _url(centre: Centre, code: str) -> str:
    base = centre.settings.server.public_url
    return code if base is None else f"{base.rstrip('/')}/case/{code}"


def _facts(view: View, case: Mapping[str, Any]) -> Facts:
    item_no, item_title = _item(view, case["responsibility_item_id"])
    return Facts(
        places=_places(view, case),
        co_departments=tuple(case["co_dept_ids"] or ()),
        official=case["lead_official"],
        people=case["people_involved"],
        amount=case["amount_involved"],
        item_no=item_no,
        item_title=item_title,
        source_no=case["source_no"],
        overdue_reason=case["overdue_reason"],
        reported_at=case["reported_at"],
        paused_since=case["paused_since"],
        reopened=case["reopen_count"],
        returned=case["return_count"],
        excluded=case["exclusion_reason"],
        is_repeat=bool(case["is_repeat"]),
        provisional=bool(case["due_provisional"]),
    )


def _places(view: View, case: Mapping[str, Any]) -> tuple[Name, ...]:
    """Name the areas the case lies in below the county, the widest first."""
    area = tables.area.c
    codes_of = [case[name] for name in ("township_code", "village_code", "area_code")]
    wanted = list(dict.fromkeys(code for code in codes_of if code is not None))
    rows = view.connection.execute(
        select(area.area_code, area.name, area.short_name, area.name_en).where(
            area.area_code.in_(wanted)
        )
    )
    names = {row.area_code: row for row in rows}
    return tuple(
        Name(
            code=code,
            full=names[code].name,
            short=names[code].short_name,
            en=names[code].name_en or names[code].name,
        )
        for code in wanted
        if code in names
    )


def _item(view: View, item_id: str | None) -> tuple[str | None, str | None]:
    item = tables.responsibility_item.c
    row = view.connection.execute(
        select(item.item_no, item.title).where(item.item_id == item_id)
    ).first()
    return (None, None) if row is None else (row.item_no, row.title)


def _next(
    row: CaseRow,
    case: Mapping[str, Any],
    orders: tuple[Order, ...],
    follow_ups: FollowUps,
    profile: Profile,
) -> Iterator[Next]:
    """Yield what is to be done next; nothing is, once a case left otherwise than by a closing."""
    if row.left_s is not None and row.left_s <= 0 and not case["overdue_reason"]:
        yield Next.REASON
    if any(order.status == "issued" for order in orders):
        yield Next.REPLY
    if any(order.status in ("acknowledged", "replied") for order in orders):
        yield Next.END_ORDER
    if row.paused:
        yield Next.RESUME
    if row.stage is Stage.DISPATCHED and Stage.CLAIMED not in {one.code for one in profile.stages}:
        yield Next.START
    elif row.stage in STEPS:
        yield STEPS[row.stage]
    elif row.left_at is None:
        yield _towards_closing(row.stage, follow_ups)


def _towards_closing(stage: Stage, follow_ups: FollowUps) -> Next:
    if not follow_ups.required or follow_ups.confirmed:
        return Next.CLOSE
    if follow_ups.failed >= follow_ups.most_failed:
        return Next.CLOSE_FAILED
    return Next.FOLLOW_UP if stage is Stage.REPORTED_BACK else Next.RETRY
