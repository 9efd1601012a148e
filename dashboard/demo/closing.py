"""The end of a case: its result comes back, the party is asked, the case is closed."""

from dashboard.cases.happening import Actor
from dashboard.demo.chance import Draw
from dashboard.demo.hours import HOUR, MINUTE
from dashboard.demo.line import Line
from dashboard.terms import Event, Role, Satisfaction

SATISFACTION = Draw(
    {
        Satisfaction.VERY_SATISFIED: 46,
        Satisfaction.SATISFIED: 39,
        Satisfaction.BASICALLY_SATISFIED: 8,
        Satisfaction.DISSATISFIED: 2,
        Satisfaction.VERY_DISSATISFIED: 1,
        Satisfaction.NO_COMMENT: 4,
    }
)

MEDIATED = "0103"

METHODS = Draw({MEDIATED: 46, "0102": 24, "0106": 8, "0101": 6, "06": 16})
"""GB/T 31000 table 93: people's, administrative, trade and court mediation, settlement."""

FOLLOW_UP_METHODS = Draw({"phone": 78, "visit": 14, "sms": 8})

NOT_REACHED = 0.1


def report_back(line: Line, at: int, worker: Actor) -> None:
    """The department reports what it did."""
    line.add(
        Event.REPORT_BACK,
        at,
        worker,
        facts={
            "resolution_text": "已按要求处置并反馈现场情况",
            "resolution_methods": [METHODS.pick(line.rng)],
            "resolved_successfully": True,
            "evidence_flags": {"photo": True},
        },
    )


def close(line: Line, asked_at: int, remaining_s: int) -> None:
    """Ask the party, sometimes twice, then close; `remaining_s` lies between asking and closing."""
    rng = line.rng
    attempt = 1
    if rng.random() < NOT_REACHED:
        line.add(Event.FOLLOW_UP, asked_at, Role.OPERATOR, facts=_answer(line, reached=False))
        asked_at = line.at + rng.randint(10, 50) * MINUTE
        attempt = 2
    line.add(Event.FOLLOW_UP, asked_at, Role.OPERATOR, facts=_answer(line, reached=True))
    quick = remaining_s < HOUR or attempt == 2
    at = line.at + min(remaining_s, HOUR) if quick else line.seat(asked_at + remaining_s)
    line.add(Event.CLOSE, at, Role.OPERATOR)


def _answer(line: Line, *, reached: bool) -> dict[str, object]:
    facts: dict[str, object] = {
        "method": FOLLOW_UP_METHODS.pick(line.rng),
        "reached": reached,
    }
    if reached:
        facts["confirmed_resolved"] = True
        facts["satisfaction"] = SATISFACTION.pick(line.rng)
    return facts
