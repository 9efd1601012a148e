"""A briefing that was not sealed at its time, in words: which, since when, and why."""

from dashboard.snapshots.board import Unsealed
from layouts import format as fmt
from layouts.words import Words


def which(late: Unsealed, words: Words) -> str:
    """Say which briefing is not sealed."""
    title = words.text(f"briefing.title.{late.cycle}")
    return words.text("unsealed.which", title=title, day=fmt.month_day(late.day, words))


def why(late: Unsealed, words: Words) -> str:
    """Say when it was due, how often it was tried, and what kept it from being sealed."""
    due = fmt.clock(late.due_at, words)
    told = words.text(f"unsealed.why.{late.why}", kind=late.kind)
    if late.tried_at is None:
        return words.text("unsealed.untried", due=due, why=told)
    tried = fmt.clock(late.tried_at, words)
    return words.text("unsealed.tried", due=due, n=late.tries, t=tried, why=told)
