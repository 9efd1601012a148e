"""Figures over who held a case from when until when (league-tables 2-3)."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from dashboard.check.of_cases import DAY, always, both, either, seconds
from dashboard.check.recount import Amount, Moment, Of, Recount, Row, Test


def _past(name: str) -> Test:
    return lambda row, moment: row[name] is not None and row[name] <= moment.as_of


def _running(row: Row, moment: Moment) -> bool:
    until = row["until_at"]
    return row["from_at"] <= moment.as_of and (until is None or until > moment.as_of)


def _began(how: str) -> Test:
    return lambda row, _: row["began"] == how


def _ended(*how: str) -> Test:
    return lambda row, _: row["ended"] in how


def _differs(here: str, there: str) -> Test:
    return lambda row, _: row[here] != row[there]


def _lacks(name: str) -> Test:
    return lambda row, _: row[name] is None


def _has(name: str) -> Test:
    return lambda row, _: row[name] is not None


def _answer(row: Row, moment: Moment) -> datetime | None:
    """When the unit took the dispatched case, or it went elsewhere."""
    for name in ("claimed_at", "until_at"):
        found: datetime | None = row[name]
        if found is not None and found <= moment.as_of:
            return found
    return None


def _waited(row: Row, moment: Moment) -> int | None:
    return seconds(_answer(row, moment) or moment.as_of, row["dispatched_at"])


def _answered(row: Row, moment: Moment) -> bool:
    return _answer(row, moment) is not None


def _prompt(row: Row, moment: Moment) -> bool:
    waited = _waited(row, moment)
    return waited is not None and waited <= DAY.total_seconds()


def _late(row: Row, moment: Moment) -> bool:
    return not _prompt(row, moment)


def _holds(when: str | None, among: Test) -> Callable[..., Recount]:
    return partial(_recount, when, among)


def _recount(
    when: str | None,
    among: Test,
    counted: Test | None = None,
    base: Test | None = None,
    amount: Amount | None = None,
) -> Recount:
    return Recount(of=Of.HOLD, when=when, among=among, counted=counted, base=base, amount=amount)


begun = _holds("from_at", _past("from_at"))
done = _holds("until_at", _past("until_at"))
sent = _holds("dispatched_at", _past("dispatched_at"))

_transferred_in, _transferred_out = _began("transfer"), _ended("transfer")
_new_department = _differs("lead_dept_id", "from_dept")

RECOUNTS: dict[str, Recount] = {
    "in_hands": _holds(None, _running)(),
    "stock_accepted": begun(_began("accept")),
    "reopened": begun(_began("reopen")),
    "stock_left": done(_ended("close", "withdraw", "merge", "refuse")),
    "stock_merged": done(_ended("merge")),
    "stock_dropped": done(_ended("withdraw", "refuse")),
    "stock_closed": done(_ended("close")),
    "given_to_department": begun(
        either(_began("accept"), both(_transferred_in, _has("lead_dept_id"), _lacks("from_dept")))
    ),
    "transferred_in_department": begun(both(_transferred_in, _has("from_dept"), _new_department)),
    "transferred_in_township": begun(
        both(_transferred_in, _differs("township_code", "from_township"))
    ),
    "transferred_out_department": done(both(_transferred_out, _differs("lead_dept_id", "to_dept"))),
    "transferred_out_township": done(
        both(_transferred_out, _differs("township_code", "to_township"))
    ),
    "claim_rate": sent(both(_answered, _prompt), either(_answered, _late)),
    "unit_return_rate": sent(both(_transferred_out, _lacks("to_dept"), _past("until_at")), always),
    "unclaimed_time": sent(amount=_waited),
    "held_time": done(amount=lambda row, _: seconds(row["until_at"], row["from_at"])),
}
