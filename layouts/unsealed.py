"""A briefing that is late, or cannot be had, in words: which, since when, and why.

The wall, the desk, the files and the command say the same cause.
"""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.briefing.issue import Issue
from dashboard.briefing.uncomposed import UncomposedError
from dashboard.snapshots.board import Hindrance, Unsealed
from layouts import format as fmt
from layouts.panels.marks import symbol
from layouts.words import Words


def which(late: Unsealed, words: Words) -> str:
    """Say which briefing is not sealed."""
    title = words.text(f"briefing.title.{late.cycle}")
    return words.text("unsealed.which", title=title, day=fmt.month_day(late.day, words))


def why(late: Unsealed, words: Words) -> str:
    """Say when it was due, how often it was tried, and what kept it from being sealed."""
    due = fmt.clock(late.due_at, words)
    told = cause(late.why, late.kind, words)
    if late.tried_at is None:
        return words.text("unsealed.untried", due=due, why=told)
    tried = fmt.clock(late.tried_at, words)
    return words.text("unsealed.tried", due=due, n=late.tries, t=tried, why=told)


def doing(late: Sequence[Unsealed], words: Words) -> str:
    """Say what is done about it, and how many others there are."""
    others = len(late) - 1
    return words.text("unsealed.others", n=others) if others else words.text("unsealed.again")


def cause(found: Hindrance, kind: str, words: Words) -> str:
    """Say what keeps a briefing from being sealed, composed or drawn."""
    return words.text(f"unsealed.why.{found}", kind=kind)


def failed(error: UncomposedError, words: Words) -> str:
    """Say which briefing cannot be had."""
    title = words.text(f"briefing.title.{error.issue.cycle}")
    day = fmt.month_day(error.issue.day, words)
    return words.text(f"uncomposed.{error.step}", title=title, day=day)


def own_first(late: Sequence[Unsealed], issue: Issue) -> tuple[Unsealed, ...]:
    """Put the issue that is looked at before the others."""
    return tuple(sorted(late, key=lambda one: not is_of(one, issue)))


def is_of(one: Unsealed, issue: Issue) -> bool:
    """Tell whether it is this issue that is late."""
    return (one.cycle, one.day) == (issue.cycle.value, issue.day)


def late_line(late: Sequence[Unsealed], href: str, words: Words) -> list[Component]:
    """Draw what the wall says, on a page of the desk; it leads to the issue. Nothing where none is.

    `late` is the one told first.
    """
    if not late:
        return []
    link = html.A(which(late[0], words), href=href)
    parts = [symbol("red"), html.B(link), html.Span(why(late[0], words)),
             html.Span(doing(late, words), className="r")]  # fmt: skip
    return [html.Div(parts, className="d-past d-late", role="status")]
