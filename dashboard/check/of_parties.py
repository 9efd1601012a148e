"""Figures that ask which cases come from the same party or place (metrics 4.2, 4.7, 4.11)."""

from datetime import timedelta

from dashboard.check.links import Brief
from dashboard.check.of_cases import accepted, always, either, intake, no, once
from dashboard.check.recount import Moment, Of, Recount, Row, Test

YEAR, MONTH, WEEK = timedelta(days=365), timedelta(days=30), timedelta(days=7)


def _petition(row: Row, moment: Moment) -> bool:
    return accepted(row, moment) and row["case_kind"] == "petition"


def _before(brief: Brief, row: Row) -> bool:
    return (brief.accepted_at, brief.id) < (row["accepted_at"], row["id"])


def _petitioned_before(row: Row, moment: Moment) -> bool:
    group = None if row["category_code"] is None else row["category_code"][:2]
    return any(
        brief.kind == "petition"
        and (None if brief.category is None else brief.category[:2]) == group
        and _before(brief, row)
        and row["accepted_at"] - brief.accepted_at <= YEAR
        for brief in moment.links.sharing(row["keys"], row["id"])
    )


def _reported_before(row: Row, moment: Moment) -> bool:
    group = row["case_kind"] if row["category_code"] is None else row["category_code"][:2]
    return any(
        not brief.applicants.isdisjoint(row["applicants"])
        and brief.area == row["area_code"]
        and brief.group == group
        and _before(brief, row)
        and row["accepted_at"] - brief.accepted_at < WEEK
        for brief in moment.links.sharing(row["applicants"], row["id"])
    )


def _calls_for(brief: Brief, row: Row, moment: Moment) -> bool:
    at, left = brief.accepted_at, row["left_at"]
    since = row["accepted_at"] < at <= moment.as_of
    return brief.channel == "police_110" and since and (left is None or at <= left + MONTH)


def _called_by_party(row: Row, moment: Moment) -> bool:
    others = moment.links.sharing(row["keys"], row["id"])
    return any(_calls_for(brief, row, moment) for brief in others)


def _called_to_place(row: Row, moment: Moment) -> bool:
    others = moment.links.calls_at(row["area_code"], row["location_text"], row["id"])
    return any(_calls_for(brief, row, moment) for brief in others)


def _petitioned_after(row: Row, moment: Moment) -> bool:
    return any(
        brief.kind == "petition" and row["first_closed_at"] <= brief.accepted_at <= moment.as_of
        for brief in moment.links.sharing(row["keys"], row["id"])
    )


def _petitions(counted: Test, base: Test | None = None) -> Recount:
    return Recount(
        of=Of.CASE,
        when="accepted_at",
        among=_petition,
        counted=counted,
        base=base,
    )


RECOUNTS: dict[str, Recount] = {
    "repeat_petition_rate": _petitions(_petitioned_before, always),
    "repeat_petitions": _petitions(_petitioned_before),
    "party_key_coverage": _petitions(lambda row, _: bool(row["keys"]), always),
    "signal_intake": intake(no(_reported_before)),
    "repeat_calls": intake(either(_called_by_party, _called_to_place), always),
    "petition_hits": once(_petitioned_after, always),
}
"""Counted last, when all cases are known."""
