"""Figures over what stands beside the cases: their events, orders, visits, hazards, items."""

from datetime import timedelta

from dashboard.check.of_cases import always, seconds
from dashboard.check.recount import Moment, Of, Recount, Row

HANDED_OVER = (
    "dispatch",
    "claim",
    "return",
    "reassign",
    "report_back",
    "reject_result",
    "follow_up",
    "close",
    "divert",
    "reopen",
    "adopt",
)


def _standing(row: Row, moment: Moment) -> bool:
    removed = row["removed_at"]
    return row["found_at"] <= moment.as_of and (removed is None or removed > moment.as_of)


def _late(row: Row, moment: Moment) -> bool:
    return row["rectify_due"] is not None and row["rectify_due"] <= moment.as_of


def _judged(row: Row, moment: Moment) -> bool:
    judged = row["assessed_at"]
    return row["received_at"] <= moment.as_of and judged is not None and judged <= moment.as_of


def _waiting(row: Row, moment: Moment) -> bool:
    return row["received_at"] <= moment.as_of and not _judged(row, moment)


def _not_visited(row: Row, moment: Moment) -> bool:
    done = row["done_at"]
    return row["due_at"] <= moment.as_of and (done is None or done > row["due_at"])


def _inspected(row: Row, moment: Moment) -> bool:
    return row["done_at"] is not None and row["done_at"] <= moment.as_of


def _issued(row: Row, moment: Moment) -> bool:
    return row["case_id"] is not None and row["issued_at"] <= moment.as_of


RECOUNTS: dict[str, Recount] = {
    "hand_overs": Recount(
        of=Of.EVENT,
        when="at",
        among=lambda row, moment: row["type"] in HANDED_OVER and row["at"] <= moment.as_of,
    ),
    "hazards": Recount(of=Of.HAZARD, when=None, among=_standing),
    "intelligence": Recount(
        of=Of.ITEM,
        when="received_at",
        among=lambda row, moment: row["received_at"] <= moment.as_of,
    ),
    "intelligence_judged": Recount(of=Of.ITEM, when="assessed_at", among=_judged),
    "intelligence_converted": Recount(
        of=Of.ITEM,
        when="assessed_at",
        among=_judged,
        counted=lambda row, _: row["case_id"] is not None,
    ),
    "intelligence_waiting": Recount(of=Of.ITEM, when=None, among=_waiting),
    "intelligence_waiting_long": Recount(
        of=Of.ITEM,
        when=None,
        among=_waiting,
        counted=lambda row, moment: moment.as_of - row["received_at"] >= timedelta(hours=24),
    ),
    "hazards_found": Recount(
        of=Of.HAZARD,
        when="found_at",
        among=lambda row, moment: row["found_at"] <= moment.as_of,
    ),
    "hazards_removed": Recount(
        of=Of.HAZARD,
        when="removed_at",
        among=lambda row, moment: (
            row["found_at"] <= moment.as_of and row["removed_at"] <= moment.as_of
        ),
    ),
    "hazards_late": Recount(of=Of.HAZARD, when=None, among=_standing, counted=_late),
    "supervision_reply_time": Recount(
        of=Of.ORDER,
        when="replied_at",
        among=lambda row, moment: row["replied_at"] <= moment.as_of,
        amount=lambda row, _: seconds(row["replied_at"], row["issued_at"]),
    ),
    "yellow_orders": Recount(
        of=Of.ORDER,
        when="issued_at",
        among=_issued,
        counted=lambda row, _: row["colour"] == "yellow",
    ),
    "red_orders": Recount(
        of=Of.ORDER, when="issued_at", among=_issued, counted=lambda row, _: row["colour"] == "red"
    ),
    "arrival_time": Recount(
        of=Of.WHISTLE,
        when="raised_at",
        among=lambda row, moment: row["raised_at"] <= moment.as_of,
        amount=lambda row, moment: (
            None
            if row["arrived_at"] is None or row["arrived_at"] > moment.as_of
            else seconds(row["arrived_at"], row["raised_at"])
        ),
    ),
    "whistles": Recount(
        of=Of.WHISTLE,
        when="raised_at",
        among=lambda row, moment: row["raised_at"] <= moment.as_of,
    ),
    "whistles_waiting": Recount(
        of=Of.WHISTLE,
        when="raised_at",
        among=lambda row, moment: row["raised_at"] <= moment.as_of,
        counted=lambda row, moment: row["arrived_at"] is None or row["arrived_at"] > moment.as_of,
    ),
    "inspections_done": Recount(of=Of.VISIT, when="done_at", among=_inspected),
    "inspections_finding": Recount(
        of=Of.VISIT,
        when="done_at",
        among=_inspected,
        counted=lambda row, _: bool(row["found_count"]),
    ),
    "missed_visits": Recount(
        of=Of.VISIT,
        when="due_at",
        among=always,
        counted=_not_visited,
        base=lambda row, moment: row["due_at"] <= moment.as_of,
    ),
}
