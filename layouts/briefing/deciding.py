"""How a matter becomes a decision: a small form beside it, then the way to its decision."""

from dash import html
from dash.development.base_component import Component

from dashboard.briefing.decision import Decision
from dashboard.briefing.issued import Issued
from dashboard.briefing.matter import Matter
from layouts import format as fmt
from layouts.briefing.matters import matter_title
from layouts.decisions.forms import ACTION, unit_names, unit_options
from layouts.decisions.names import owner_name
from layouts.desk.asking import Asking
from layouts.desk.controls import Input
from layouts.desk.refused import reason
from layouts.names import joined
from layouts.words import Words


def place_of(key: str) -> str:
    """Return the id of a matter on the page, wherever it stands with what may be done."""
    return f"matter-{key}"


def deciding(
    matter: Matter, issued: Issued, asking: Asking, *, may_decide: bool
) -> list[Component]:
    """Draw the way to a matter's decision, else the form that takes one."""
    found = issued.decided.get(matter.key)
    if found is not None:
        return [_decided(found, issued, asking), *_not_taken(matter, issued, asking)]
    return [_form(matter, issued, asking)] if may_decide else []


def _decided(one: Decision, issued: Issued, asking: Asking) -> Component:
    words = asking.words
    said = joined(
        owner_name(one.owner, issued.briefing.directory, words),
        words.text("decision.until", t=fmt.moment_short(one.due_at, words)),
        words.text(f"decision.progress.{one.progress}"),
    )
    link = html.A(words.text("brief.decided"), href=asking.to(f"/decisions/{one.id}"))
    return html.P([link, " ", said])


def _not_taken(matter: Matter, issued: Issued, asking: Asking) -> list[Component]:
    """Say what somebody typed who was not first, beside what was decided."""
    words, filling = asking.words, asking.filling(ACTION, matter=matter.key)
    if filling.refused is None:
        return []
    owner, due = filling.typed("owner"), filling.typed("due").replace("T", " ")
    name = unit_names(issued.briefing.directory, words).get(owner, owner)
    typed = html.P(words.text("brief.decided.typed", owner=name, due=due), className="d-note")
    return [reason(filling.refused, words), typed]


def _form(matter: Matter, issued: Issued, asking: Asking) -> Component:
    """The register has one language, whatever its reader's: the title it keeps is Chinese."""
    words, filling = asking.words, asking.filling(ACTION, matter=matter.key)
    briefing, chinese = issued.briefing, Words("zh-CN", words.zone)
    issue, case = briefing.issue, matter.case
    known = {
        "title": matter_title(matter, briefing, chinese),
        "ask": matter.ask,
        "case": "" if case is None else case.code,
        "matter": matter.key,
        "cycle": issue.cycle,
        "day": issue.day.isoformat(),
        "lang": words.language,
    }
    hidden = [Input(type="hidden", name=name, value=str(text)) for name, text in known.items()]
    first = filling.typed("owner", _usual_owner(matter))
    owner = html.Select(unit_options(briefing.directory, words, first=first), name="owner")
    due = Input(type="datetime-local", name="due", value=filling.typed("due"), required="required")
    fields = [
        ("owner", words.text("decision.field.owner"), owner),
        ("due", words.text("decision.field.due"), due),
    ]
    form = html.Form(
        [
            *hidden,
            *filling.form(fields),
            html.Button(words.text("decision.do.take"), type="submit", className="primary"),
        ],
        method="POST",
        action=ACTION,
        className="d-form b-decide",
    )
    summary = html.Summary(words.text("brief.decide"))
    return html.Details([summary, form], className="d-fold-down", **filling.opened)


def _usual_owner(matter: Matter) -> str:
    """The department that leads the matter's case, else the place it is in; "" for none."""
    case = matter.case
    if case is not None and case.department is not None:
        return f"d:{case.department}"
    place = case.township if case is not None else matter.hotspot and matter.hotspot.area
    return f"a:{place}" if place else ""
