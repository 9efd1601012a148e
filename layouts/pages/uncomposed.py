"""What stands in for a briefing that cannot be had: what failed, since when, and what to do."""

from collections.abc import Sequence
from datetime import datetime

from dash import html

from dashboard.briefing.uncomposed import UncomposedError
from dashboard.snapshots.board import Hindrance, Unsealed
from layouts import format as fmt
from layouts.briefing.parts import parts
from layouts.desk.asking import Asking
from layouts.desk.card import card, facts
from layouts.desk.controls import button
from layouts.desk.frame import DeskPage
from layouts.unsealed import cause, failed, is_of

PASSES = frozenset({Hindrance.FULL, Hindrance.AWAY, Hindrance.BUSY})
"""What ends without a hand on the program or the data."""


def layout(
    error: UncomposedError,
    late: Sequence[Unsealed],
    asking: Asking,
    at: datetime,
    request: str,
) -> DeskPage:
    """Draw the page; it was asked for `at`, `request` finds it in the log.

    Where the issue was to be sealed by itself it says since when that fails.
    """
    words, issue = asking.words, error.issue
    due = next((one for one in late if is_of(one, issue)), None)
    since = words.text("uncomposed.tried", t=fmt.clock_seconds(at, words))
    if due is not None:
        since = words.text("uncomposed.due", due=fmt.clock(due.due_at, words), n=due.tries)
    paper = f"/briefing/{issue.day.isoformat()}"
    again = asking.to(paper, cycle=issue.cycle)
    told = [
        (words.text("uncomposed.cause"), cause(error.why, error.kind, words)),
        (words.text("uncomposed.since"), since),
        (words.text("uncomposed.next"), words.text(f"uncomposed.next.{_next(error)}")),
        (words.text("uncomposed.request"), html.Code(request)),
    ]
    ways = html.Div(
        [
            button(words.text("uncomposed.again"), again, primary=True),
            button(words.text("brief.part.issues"), asking.to("/briefing/issues")),
            button(words.text("brief.part.register"), asking.to("/decisions")),
        ],
        className="d-controls",
    )
    return DeskPage(
        title=failed(error, words),
        here="brief",
        chips=[parts(asking, "paper", paper)],
        body=[card(words.text("uncomposed.title"), None, facts(told), ways)],
    )


def _next(error: UncomposedError) -> str:
    return "wait" if error.why in PASSES else "mend"
