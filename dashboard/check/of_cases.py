"""Figures over cases, judged one case at a time (metrics 4.1-4.6)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from dashboard.check.recount import Amount, Moment, Of, Recount, Row, Test

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SATISFIED = ("very_satisfied", "satisfied", "basically_satisfied")
RATED = (*SATISFIED, "dissatisfied", "very_dissatisfied")


def accepted(row: Row, _: Moment) -> bool:
    """Its clock has started, it was not refused, and it is a matter of its own."""
    outcome = row["close_outcome"]
    return row["accepted_at"] is not None and outcome not in ("not_accepted", "merged")


def called(row: Row, _: Moment) -> bool:
    """As it was brought: a merged one counts too."""
    return row["accepted_at"] is not None and row["close_outcome"] != "not_accepted"


def in_hand(row: Row, _: Moment) -> bool:
    """Accepted and still in stock."""
    return row["accepted_at"] is not None and row["left_at"] is None


def closed(row: Row, _: Moment) -> bool:
    """Resolved, diverted or closed unresolved."""
    return row["close_outcome"] in ("resolved", "diverted", "unresolved_closed")


def is_resolved(row: Row, _: Moment) -> bool:
    """Closed as resolved."""
    return bool(row["close_outcome"] == "resolved")


def due(row: Row, moment: Moment) -> bool:
    """Accepted, and neither withdrawn nor left out with a second person's approval."""
    left_out = row["exclusion_reason"] in ("unfounded", "beyond_authority", "enquiry")
    return accepted(row, moment) and row["close_outcome"] != "withdrawn" and not left_out


def past_due(row: Row, moment: Moment) -> bool:
    """The deadline has come."""
    return row["due_at"] is not None and row["due_at"] <= moment.as_of


def met(row: Row, _: Moment) -> bool:
    """Closed by its deadline."""
    ends = (row["closed_at"], row["due_at"])
    return None not in ends and ends[0] <= ends[1]


def missed(row: Row, moment: Moment) -> bool:
    """The deadline has come and it had not been closed."""
    return past_due(row, moment) and not met(row, moment)


def decided(row: Row, moment: Moment) -> bool:
    """Met or missed."""
    return met(row, moment) or missed(row, moment)


def _pending(row: Row, moment: Moment) -> bool:
    due_at = row["due_at"]
    return row["closed_at"] is None and due_at is not None and due_at > moment.as_of


def _over(row: Row, _: Moment) -> bool:
    return row["closed_at"] is not None


def _stays(row: Row, _: Moment) -> bool:
    return bool(row["close_outcome"] != "withdrawn")


def both(*tests: Test) -> Test:
    """Hold when all do."""
    return lambda row, moment: all(test(row, moment) for test in tests)


def either(*tests: Test) -> Test:
    """Hold when one does."""
    return lambda row, moment: any(test(row, moment) for test in tests)


def no(test: Test) -> Test:
    """Hold when it does not."""
    return lambda row, moment: not test(row, moment)


def always(_row: Row, _moment: Moment) -> bool:
    """Hold."""
    return True


def seconds(later: datetime | None, earlier: datetime | None) -> int | None:
    """Return the seconds between two instants, None where one is unknown."""
    if later is None or earlier is None:
        return None
    return int((later - earlier).total_seconds())


def _red(row: Row, moment: Moment) -> bool:
    return past_due(row, moment) or _come(row["red_at"], moment)


def _yellow(row: Row, moment: Moment) -> bool:
    return not _red(row, moment) and _come(row["yellow_at"], moment)


def _blue(row: Row, moment: Moment) -> bool:
    milder = not _red(row, moment) and not _come(row["yellow_at"], moment)
    return milder and _come(row["blue_at"], moment)


def _come(mark: datetime | None, moment: Moment) -> bool:
    return mark is not None and mark <= moment.as_of


def _recent(row: Row, moment: Moment) -> bool:
    since = moment.as_of - timedelta(minutes=10)
    marks = (row["blue_at"], row["yellow_at"], row["red_at"] or row["due_at"])
    return any(mark is not None and since < mark <= moment.as_of for mark in marks)


def _in_stage(*stages: str) -> Test:
    return lambda row, _: row["stage"] in stages


def _mediated(row: Row, _: Moment) -> bool:
    return any(method.startswith("01") for method in row["resolution_methods"] or ())


def _mediation_ended(row: Row, moment: Moment) -> bool:
    return row["mediation_rounds"] > 0 or _mediated(row, moment)


def _no_petition(row: Row, _: Moment) -> bool:
    return bool(row["case_kind"] != "petition")


def _reached(row: Row, _: Moment) -> bool:
    return bool(row["reached_count"] > 0)


def _says(levels: tuple[str, ...]) -> Test:
    return lambda row, _: row["satisfaction"] in levels


def _returned(row: Row, _: Moment) -> bool:
    return bool(row["return_count"] > 0)


def _items_were_proposed(row: Row, _: Moment) -> bool:
    return row["item_rank"] is not None


def _item_was_proposed(row: Row, _: Moment) -> bool:
    return row["item_rank"] in (1, 2, 3)


def _closed_before(limit: timedelta) -> Test:
    def test(row: Row, moment: Moment) -> bool:
        return bool(row["first_closed_at"] <= moment.as_of - limit)

    return test


def _reopened_within(limit: timedelta) -> Test:
    def test(row: Row, _: Moment) -> bool:
        again = row["first_reopened_at"]
        return again is not None and again - row["first_closed_at"] <= limit

    return test


def _reopened(row: Row, _: Moment) -> bool:
    return row["first_reopened_at"] is not None


def _quick(row: Row, _: Moment) -> bool:
    return row["level"] in ("simple", "general")


def _same_day(row: Row, _: Moment) -> bool:
    return row["closed_same_day"] is True


def _settled(row: Row, _: Moment) -> bool:
    return row["close_outcome"] in ("resolved", "diverted")


def _value(name: str) -> Amount:
    return lambda row, _: row[name]


def _between(start: str, end: str) -> Amount:
    return lambda row, _: seconds(row[end], row[start])


def _since(start: str) -> Amount:
    return lambda row, moment: seconds(moment.as_of, row[start])


def _answered(row: Row, _: Moment) -> bool:
    return row["first_response_at"] is not None


def _prompt(row: Row, _: Moment) -> bool:
    waited = seconds(row["first_response_at"], row["first_dispatched_at"])
    return waited is not None and waited <= DAY.total_seconds()


def _waited_a_day(row: Row, moment: Moment) -> bool:
    return bool(moment.as_of - row["first_dispatched_at"] >= DAY)


def _resolved_at(*levels: str) -> Test:
    return lambda row, moment: is_resolved(row, moment) and row["resolved_level"] in levels


def _passed_up(row: Row, _: Moment) -> bool:
    handled = row["handling_area_code"]
    prefecture = handled is not None and handled[4:12] == "00000000"
    return prefecture or (row["source_channel"] == "upper_transfer" and row["is_repeat"] is True)


def _confirmed(row: Row, moment: Moment) -> bool:
    again = row["reopened_at"]
    return is_resolved(row, moment) and any(
        call["reached"]
        and call["confirmed_resolved"]
        and call["at"] <= moment.as_of
        and (again is None or call["at"] >= again)
        for call in row["follow_ups"]
    )


def _handed_round(row: Row, moment: Moment) -> bool:
    given = [
        hold
        for hold in row["holds"]
        if hold["began"] == "transfer"
        and hold["from_at"] <= moment.as_of
        and hold["lead_dept_id"] is not None
        and hold["lead_dept_id"] != hold["from_dept"]
    ]
    return len(given) > 3


def _at_the_last_hour(row: Row, moment: Moment) -> bool:
    return met(row, moment) and row["due_at"] - row["closed_at"] <= HOUR


def _paused_once(row: Row, _: Moment) -> bool:
    return row["paused_s"] > 0 or row["paused_since"] is not None


def _unexplained(row: Row, moment: Moment) -> bool:
    return past_due(row, moment) and not row["overdue_reason"]


def _major(row: Row, _: Moment) -> bool:
    return bool(row["level"] == "major")


def _key(row: Row, moment: Moment) -> bool:
    return row["lead_official"] is not None or _major(row, moment)


def _counting(when: str | None, among: Test) -> Callable[..., Recount]:
    return partial(_recount, when, among)


def _recount(
    when: str | None,
    among: Test,
    counted: Test | None = None,
    base: Test | None = None,
    amount: Amount | None = None,
) -> Recount:
    return Recount(of=Of.CASE, when=when, among=among, counted=counted, base=base, amount=amount)


stock = _counting(None, in_hand)
intake = _counting("accepted_at", accepted)
gone = _counting("closed_at", closed)
cohort = _counting("due_at", due)
sent = _counting("first_dispatched_at", accepted)
once = _counting("first_closed_at", accepted)

LASTING, SOON = timedelta(days=90), timedelta(days=7)
VILLAGE, TOWNSHIP = ("village", "grid"), ("township",)

RECOUNTS: dict[str, Recount] = {
    "accepted": intake(),
    "calls": _counting("accepted_at", called)(),
    "closed": gone(),
    "resolved": gone(is_resolved),
    "cleared_backlog": gone(both(_over, lambda row, _: row["due_at"] is not None, no(met))),
    "open": stock(),
    "overdue": stock(past_due),
    "red": stock(_red),
    "yellow": stock(_yellow),
    "blue": stock(_blue),
    "recent": stock(_recent),
    "supervised": stock(lambda row, _: row["open_supervisions"] > 0),
    "paused": stock(lambda row, _: row["paused_since"] is not None),
    "awaits_dispatch": stock(_in_stage("accepted", "first_mediation", "assessed")),
    "awaits_claim": stock(_in_stage("dispatched")),
    "awaits_follow_up": stock(_in_stage("reported_back", "follow_up")),
    "key_cases": stock(_key),
    "overdue_open_share": stock(past_due, always),
    "not_overdue": stock(no(past_due)),
    "overdue_unexplained": stock(_unexplained),
    "overdue_major": stock(both(past_due, _major)),
    "handed_round": stock(_handed_round),
    "stage_time": stock(amount=_since("stage_since")),
    "open_age": stock(amount=_since("accepted_at")),
    "rebounded": _counting(
        "reopened_at", lambda row, moment: in_hand(row, moment) and row["reopened_at"] is not None
    )(lambda row, _: row["rebound_watch"] is True),
    "backlog_unaccepted": _counting(
        None, lambda row, _: row["accepted_at"] is None and row["left_at"] is None
    )(),
    "on_time_rate": cohort(met, decided),
    "missed": cohort(missed),
    "due": cohort(decided),
    "pending": cohort(_pending),
    "overdue_rate": cohort(missed, past_due),
    "resolution_rate_due": cohort(both(is_resolved, decided), decided),
    "closure_rate_due": cohort(both(_over, decided), decided),
    "resolution_rate": intake(is_resolved, _stays),
    "closure_rate": intake(_over, _stays),
    "closure_rate_dispatched": sent(_over, _stays),
    "mediation_success_rate": gone(both(is_resolved, _mediated), _mediation_ended),
    "mediation_share": gone(
        both(is_resolved, _no_petition, _mediated), both(is_resolved, _no_petition)
    ),
    "follow_up_rate": gone(_reached, always),
    "satisfaction_rate": gone(both(_reached, _says(SATISFIED)), both(_reached, _says(RATED))),
    "satisfaction_rate_strict": gone(
        both(_reached, _says(SATISFIED[:2])), both(_reached, _says(RATED))
    ),
    "rating_rate": gone(both(_reached, _says(RATED)), _reached),
    "confirmed_rate": gone(both(_reached, _confirmed), _reached),
    "unasked_satisfaction_rate": gone(both(no(_reached), _says(SATISFIED)), _says(RATED)),
    "same_day_rate": gone(both(_quick, _same_day), _quick),
    "last_hour_rate": gone(_at_the_last_hour, met),
    "first_dispatch_accuracy": sent(no(_returned), always),
    "item_hit_rate": sent(_item_was_proposed, _items_were_proposed),
    "return_rate": sent(_returned, always),
    "once_rate": once(
        both(_closed_before(LASTING), no(_reopened_within(LASTING))), _closed_before(LASTING)
    ),
    "reopen_rate": once(_reopened, always),
    "soon_reopened_rate": once(
        _reopened_within(SOON), either(_reopened_within(SOON), _closed_before(SOON))
    ),
    "excluded_rate": intake(lambda row, _: row["exclusion_reason"] is not None, always),
    "paused_rate": intake(_paused_once, always),
    "handling_time": gone(_settled, amount=_value("handle_minutes")),
    "handling_time_working": gone(_settled, amount=_value("handle_working_minutes")),
    "first_response_time": sent(amount=_between("first_dispatched_at", "first_response_at")),
    "first_response_time_working": sent(amount=_value("response_working_minutes")),
    "prompt_response_rate": sent(_prompt, either(_answered, _waited_a_day)),
    "assessment_time": intake(amount=_between("accepted_at", "first_dispatched_at")),
    "settling_time": intake(amount=_value("handle_minutes")),
    "village_share": gone(_resolved_at(*VILLAGE), is_resolved),
    "township_share": gone(_resolved_at(*TOWNSHIP), is_resolved),
    "grassroots_share": gone(_resolved_at(*VILLAGE, *TOWNSHIP), is_resolved),
    "village_share_accepted": intake(_resolved_at(*VILLAGE), always),
    "township_share_accepted": intake(_resolved_at(*TOWNSHIP), always),
    "not_passed_up": intake(no(_passed_up), always),
}
