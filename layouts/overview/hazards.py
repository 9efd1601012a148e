"""The hazards of a place: counts by level and state, and the first of them. No names: free text."""

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.hazards import HazardRow
from dashboard.terms import AreaLevel, HazardStatus, Risk
from layouts import format as fmt
from layouts.desk.card import card, empty
from layouts.names import hazard_name, unit_name
from layouts.overview.drawn import Drawn
from layouts.panels.marks import symbol

MARKS = {Risk.HIGH: "red", Risk.MEDIUM: "yellow", Risk.LOW: "blue"}
STATES = (HazardStatus.OPEN, HazardStatus.RECTIFYING, HazardStatus.RECURRED)
WITHIN = {AreaLevel.COUNTY: 9, AreaLevel.TOWNSHIP: 12, AreaLevel.VILLAGE: 15}
"""How many digits of an area's code say in which part of a place it lies."""


def hazards(drawn: Drawn) -> Component:
    """Standing hazard points: how many, how many late, and those to look at first."""
    words, found = drawn.words, drawn.page.hazards
    title = words.text("overview.hazards")
    if not found.total:
        return card(
            title, words.text("overview.hazards.note"), empty(words.text("place.hazards.none"))
        )
    every = drawn.link("hazards", words.text("place.hazards.all", n=fmt.number(found.total)))
    body = html.Div([_counts(drawn), _listed(drawn)], className="d-hazards")
    return card(title, words.text("overview.hazards.note"), body, aside=every)


def _counts(drawn: Drawn) -> Component:
    """Levels against states, with what is late and the sums."""
    words, found = drawn.words, drawn.page.hazards
    states: list[str | None] = [str(one) for one in STATES]
    if any(state not in states for _, state in found.counts):
        states.append(None)  # removed since: of a page of the past
    heads = [_state_name(state, drawn) for state in states]
    ends = [words.text(f"place.hazards.{name}") for name in ("sum", "late")]
    head = [html.Th(), *(html.Th(text, scope="col") for text in (*heads, *ends))]
    rows = []
    for risk in Risk:
        counts = [_count(drawn, risk, state, states) for state in states]
        late = found.late.get(str(risk), 0)
        rows.append(
            html.Tr(
                [
                    html.Th([symbol(MARKS[risk]), words.text(f"risk.{risk}")], scope="row"),
                    *(html.Td(fmt.number(count)) for count in counts),
                    html.Td(drawn.link("hazards", fmt.number(found.of(risk)), risks=str(risk))),
                    html.Td(fmt.number(late), className="late" if late else ""),
                ]
            )
        )
    return html.Table([html.Thead(html.Tr(head)), html.Tbody(rows)], className="d-levels")


def _count(drawn: Drawn, risk: str, state: str | None, states: list[str | None]) -> int:
    """Count one state; the last column takes what has no column of its own."""
    counts = drawn.page.hazards.counts
    if state is not None:
        return counts.get((risk, state), 0)
    return sum(n for (one, other), n in counts.items() if one == risk and other not in states[:-1])


def _state_name(state: str | None, drawn: Drawn) -> str:
    key = f"place.hazard.{state}"
    return drawn.words.text(key if drawn.words.knows(key) else "place.hazard.then")


def _listed(drawn: Drawn) -> Component:
    words = drawn.words
    names = ["level", "kind", "place", "department", "found", "due", "state"]
    if drawn.page.level is AreaLevel.GRID:
        names.remove("place")
    head = [
        html.Th(words.text(f"place.hazards.{name}"), scope="col", className=name) for name in names
    ]
    rows = [
        html.Tr([html.Td(_cell(name, row, drawn), className=name) for name in names])
        for row in drawn.page.hazards.rows
    ]
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(rows)], className="d-points")
    return html.Div(table, className="d-scroll")


def _cell(name: str, row: HazardRow, drawn: Drawn) -> Component | str | list[Component | str]:
    words = drawn.words
    match name:
        case "level":
            return [symbol(MARKS[Risk(row.risk)]), words.text(f"risk.{row.risk}")]
        case "kind":
            return hazard_name(row.kind, words)
        case "place":
            return _place(row, drawn)
        case "department":
            units = drawn.page.directory.departments
            return unit_name(row.department, units, words) or fmt.DASH
        case "found":
            return fmt.day_with_year(row.found_at.astimezone(words.zone).date(), words)
        case "due":
            return _due(row, drawn)
        case _:
            return _state_name(row.state, drawn)


def _due(row: HazardRow, drawn: Drawn) -> Component | str:
    if row.due_at is None:
        return fmt.DASH
    text = fmt.moment_short(row.due_at, drawn.words)
    if not row.late:
        return text
    over = fmt.duration_two((row.due_at - drawn.page.as_of).total_seconds(), drawn.words)
    return html.Span([text, " · ", drawn.words.text("list.over", d=over)], className="late")


def _place(row: HazardRow, drawn: Drawn) -> str:
    """Name the part of the place it lies in."""
    level = drawn.page.level
    digits = WITHIN.get(level, 9) if level is not None else 9
    for one in drawn.page.below:
        if one.name.code[:digits] == row.area[:digits]:
            return drawn.called(one.name)
    return drawn.words.text("place.below.rest")
