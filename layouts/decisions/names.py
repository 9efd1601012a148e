"""How the register names owners, times and what has become of a decision."""

from dash import html
from dash.development.base_component import Component

from dashboard.briefing.decision import Decision, Owner
from dashboard.briefing.morning import Progress
from dashboard.snapshots.board import Directory
from layouts import format as fmt
from layouts.names import joined, unit_name
from layouts.panels.marks import symbol
from layouts.words import Words


def title_of(one: Decision, words: Words) -> str:
    """Return the register's title; of a matter, English readers see what its case is called.

    A title somebody wrote says more than that, and two about one case would read alike.
    """
    called = one.case_title_en if one.matter is not None and words.language == "en" else None
    return called or one.title


def owner_name(owner: Owner, directory: Directory, words: Words) -> str:
    """Name the department or the area."""
    if owner.department is not None:
        return unit_name(owner.department, directory.departments, words) or owner.department
    areas = (directory.county, *directory.townships)
    return unit_name(owner.area, areas, words) or fmt.DASH


def beside_names(one: Decision, directory: Directory, words: Words) -> str:
    """Name those that help, "" for none."""
    units = (*directory.departments, *directory.townships)
    names = [unit_name(code, units, words) or code for code in one.beside]
    return words.text("decision.and").join(names)


def progress_mark(progress: Progress, words: Words) -> Component:
    """A disc as full as the decision has come, and the word."""
    mark = html.I(className=f"d-disc {progress}")
    return html.Span([mark, words.text(f"decision.progress.{progress}")], className="d-progress")


def sign(left_s: int | None, *, due_today: bool) -> Component:
    """A triangle when overdue, a ring when due today."""
    if left_s is None:
        return symbol("none")
    return symbol("yellow" if left_s < 0 else "blue" if due_today else "none")


def left_text(one: Decision, left_s: int | None, words: Words) -> str:
    """How long it has, how late it is, or whether it was done on time."""
    if left_s is not None:
        key = "decision.over" if left_s < 0 else "decision.left"
        return words.text(key, d=fmt.duration_two(left_s, words))
    if one.on_time is None:
        return fmt.DASH
    return words.text("decision.on_time" if one.on_time else "decision.late")


def reply_text(one: Decision, words: Words) -> str:
    """The newest word of its owner; of a dropped one, who agreed."""
    reply = one.reply
    if reply is None:
        return fmt.DASH
    agreed = words.text("decision.agreed", name=reply.agreed_by) if reply.agreed_by else None
    return joined(agreed, reply.text or None) or fmt.DASH
