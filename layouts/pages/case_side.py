"""What stands beside the log of a case: next steps, parties, other cases, time in hands."""

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.case import CasePage, Held, Linked, Matter, Next, Party
from layouts import format as fmt
from layouts.clock_text import duration_full
from layouts.desk.asking import Asking
from layouts.desk.card import card, empty
from layouts.desk.table import Shown, mark, short_code, title_of
from layouts.names import joined, unit_name
from layouts.words import Words


def next_steps(found: CasePage, words: Words) -> Component:
    """What is to be done next, as sentences."""
    unit = unit_name(found.row.department, found.directory.departments, words)
    steps = [html.Li(_step(step, found, unit, words)) for step in found.next]
    if not steps:
        return card(words.text("case.next"), None, empty(words.text("case.next.none")))
    return card(words.text("case.next"), None, html.Ol(steps, className="k-next"))


def parties(found: CasePage, words: Words) -> Component:
    """Roles and masked names; numbers are not kept, so none can be shown."""
    rows = [_party(party, words) for party in found.parties]
    body: Component = empty(words.text("case.parties.none"))
    if rows:
        body = html.Dl(rows, className="d-facts")
    return card(words.text("case.parties"), words.text("case.parties.note"), body)


def linked(found: CasePage, asking: Asking) -> Component:
    """Other cases, each with why it is shown here."""
    words = asking.words
    note = words.text("case.linked.note", n=len(found.linked))
    body: Component = empty(words.text("case.linked.none"))
    if found.linked:
        shown = Shown(found.directory, words, asking.case)
        rows = [_linked(one, shown) for one in found.linked]
        body = html.Table(html.Tbody(rows), className="d-table k-table")
    return card(words.text("case.linked"), note, body, _matter(found.matter, words))


def held(found: CasePage, words: Words) -> Component:
    """How long each unit, or nobody, had the case; the parts add up to the total."""
    total = duration_full(found.held_total_s, words)
    note = words.text("case.held.note", d=total)
    if not found.held:
        return card(words.text("case.held"), None, empty(words.text("case.held.none")))
    rows = [_held(one, found, words) for one in found.held]
    return card(
        words.text("case.held"), note, html.Table(html.Tbody(rows), className="d-table k-table")
    )


def _step(step: Next, found: CasePage, unit: str | None, words: Words) -> str:
    state = found.follow_ups
    return words.text(
        f"case.next.{step}",
        unit=unit or words.text("case.next.unit"),
        n=state.failed,
        most=state.most_failed,
    )


def _party(party: Party, words: Words) -> Component:
    key = f"case.role.{party.role}"
    role = words.text(key) if words.knows(key) else party.role
    name = party.name or words.text("case.parties.unnamed")
    representative = words.text("case.parties.group") if party.is_group_rep else None
    return html.Div([html.Dt(role), html.Dd(html.B(joined(name, representative)))])


def _matter(matter: Matter, words: Words) -> Component:
    counts = words.text(
        "matter.counts",
        calls=fmt.number(matter.calls),
        matters=fmt.number(matter.matters),
        people=fmt.number(matter.people),
    )
    return html.P(counts, className="d-note", title=words.text("matter.counts.title"))


def _linked(one: Linked, shown: Shown) -> Component:
    words, row = shown.words, one.row
    reasons = words.text("case.comma").join(words.text(f"case.tie.{tie}") for tie in one.ties)
    link = html.A(short_code(row.code), href=shown.case_href(row.code), title=row.code)
    return html.Tr(
        [
            html.Td(mark(row, shown), className="sign"),
            html.Td([link, html.Small(title_of(row, words))]),
            html.Td(reasons),
            html.Td(words.text(f"stage.{row.stage}"), className="num"),
        ]
    )


def _held(one: Held, found: CasePage, words: Words) -> Component:
    directory = found.directory
    place = unit_name(one.township, directory.townships, words)
    unit = unit_name(one.department, directory.departments, words)
    share = one.seconds / found.held_total_s if found.held_total_s else 0.0
    now = words.text("case.held.now") if one.holds_now else None
    return html.Tr(
        [
            html.Td(
                [html.Span(joined(unit or words.text("case.held.nobody"), place)), html.Small(now)]
            ),
            html.Td(duration_full(one.seconds, words), className="num"),
            html.Td(fmt.share(share), className="num"),
        ],
        className="" if one.department else "nobody",
    )
