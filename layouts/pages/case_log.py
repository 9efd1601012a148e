"""What the log of a case says: every event, the sheets and orders, the follow-ups."""

from datetime import datetime

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.case import Attempt, CasePage, Entry, Order, SheetRow
from dashboard.terms import Event
from layouts.clock_text import near
from layouts.desk.card import card, empty
from layouts.names import joined, unit_name
from layouts.words import Words


def timeline(found: CasePage, words: Words) -> Component:
    """Every event up to the moment; a correction stands where it was made and changes no entry."""
    note = words.text("case.log.note", n=len(found.entries))
    if not found.entries:
        return card(words.text("case.log"), note, empty(words.text("case.log.none")))
    items: list[Component] = []
    passed = list(found.passed)
    for place, entry in enumerate(found.entries):
        while passed and passed[0] < entry.at:
            items.append(_due_entry(passed.pop(0), found.as_of, words))
        items.append(_entry(entry, found, words, last=place == len(found.entries) - 1))
    items += [_due_entry(at, found.as_of, words) for at in passed]
    return card(
        words.text("case.log"),
        note,
        html.Ol(items, className="k-log years" if _spans_years(found, words) else "k-log"),
    )


def sheets(found: CasePage, words: Words) -> Component:
    """The centre's set by name, and the sheets that were issued; members only if it names them."""
    chosen, total = found.sheets.set, found.sheets.total
    name = words.text("case.sheets.none_set") if chosen is None else chosen.name
    body: list[Component] = []
    if chosen is not None and not chosen.members:
        body.append(html.P(words.text("case.sheets.unnamed", name=name), className="d-note"))
    elif chosen is not None:
        members = words.text("case.comma").join(chosen.members)
        body.append(html.P(words.text("case.sheets.members", members=members), className="d-note"))
    rows = [_sheet(row, found, words) for row in found.sheets.rows]
    rows += [_order(order, found, words) for order in found.sheets.orders]
    if rows:
        body.insert(0, html.Table(html.Tbody(rows), className="d-table k-table"))
    elif not body:
        body.append(empty(words.text("case.sheets.none")))
    note = words.text("case.sheets.note", name=name, n=total)
    return card(words.text("case.sheets"), note, *body)


def follow_ups(found: CasePage, words: Words) -> Component:
    """The attempts, and what closing needs."""
    state = found.follow_ups
    rule = "case.follow_up.rule" if state.required else "case.follow_up.not_required"
    rows = [_attempt(attempt, found.as_of, words) for attempt in state.attempts]
    body: Component = empty(words.text("case.follow_up.none"))
    if rows:
        body = html.Table(html.Tbody(rows), className="d-table k-table")
    lines = [html.P(words.text("case.follow_up.failing", n=state.most_failed), className="d-note")]
    return card(
        words.text("case.follow_up"),
        words.text(rule),
        body,
        *(lines if state.required else []),
    )


def _spans_years(found: CasePage, words: Words) -> bool:
    first, last = (
        instant.astimezone(words.zone).year for instant in (found.entries[0].at, found.as_of)
    )
    return first != last


def _due_entry(at: datetime, as_of: datetime, words: Words) -> Component:
    return html.Li(
        [
            html.Span(near(at, as_of, words), className="t"),
            html.I(),
            html.Div([html.B(words.text("case.log.due_passed"))]),
        ],
        className="due",
    )


def _entry(entry: Entry, found: CasePage, words: Words, *, last: bool) -> Component:
    departments = found.directory.departments
    who = joined(
        words.text(f"role.{entry.role}"),
        _org(entry, found, words),
    )
    target = unit_name(entry.department, departments, words)
    to = (
        words.text("case.log.to", unit=target) if target and entry.department != entry.org else None
    )
    sheet = words.text("case.log.sheet", no=entry.sheet_no) if entry.sheet_no else None
    lines = [html.Span(joined(who, to, sheet))]
    if entry.reason:
        lines.append(html.Span(words.text("case.log.reason", reason=_reason(entry, words))))
    if entry.text:
        lines.append(html.Span(entry.text))
    if entry.corrects is not None:
        lines.append(html.Span(_correction(entry, words)))
    if entry.late:
        known = near(entry.recorded_at, found.as_of, words)
        lines.append(html.Span(words.text("case.log.late", t=known), className="k-known"))
    return html.Li(
        [
            html.Span(near(entry.at, found.as_of, words), className="t"),
            html.I(),
            html.Div([html.B(_title(entry, words)), *lines]),
        ],
        className="last" if last else ("correct" if entry.corrects is not None else ""),
    )


def _org(entry: Entry, found: CasePage, words: Words) -> str | None:
    """Name who acted; an organisation that has no name here is said by its role alone."""
    directory = found.directory
    units = (*directory.departments, *directory.townships, *found.facts.places)
    known = any(unit.code == entry.org for unit in units)
    return unit_name(entry.org, units, words) if known else None


def _title(entry: Entry, words: Words) -> str:
    return words.text("case.log.entry", n=entry.seq, event=words.text(f"event.{entry.event}"))


def _reason(entry: Entry, words: Words) -> str:
    if entry.event is Event.PAUSE:
        key = f"clock.reason.{entry.reason}"
    else:
        key = f"case.excluded.{entry.reason}"
    return words.text(key) if words.knows(key) else str(entry.reason)


def _correction(entry: Entry, words: Words) -> str:
    names = [
        words.text(f"case.field.{name}") if words.knows(f"case.field.{name}") else name
        for name in entry.changed
    ]
    fields = words.text("case.comma").join(names) or words.text("case.log.nothing")
    return words.text("case.log.corrects", n=entry.corrects, fields=fields)


def _sheet(row: SheetRow, found: CasePage, words: Words) -> Component:
    unit = unit_name(row.department, found.directory.departments, words)
    when = near(row.at, found.as_of, words)
    return html.Tr(
        [
            html.Td(words.text(f"event.{row.event}"), className="t"),
            html.Td([html.Span(row.number), html.Small(joined(when, unit))]),
            html.Td(""),
        ]
    )


def _order(order: Order, found: CasePage, words: Words) -> Component:
    unit = unit_name(order.department, found.directory.departments, words)
    colour = None if order.colour is None else words.text(f"colour.{order.colour}")
    key = f"case.order.{order.status}"
    status = words.text(key) if words.knows(key) else order.status
    when = near(order.issued_at, found.as_of, words)
    due = order.reply_due
    reply = None if due is None else words.text("case.order.due", t=near(due, found.as_of, words))
    return html.Tr(
        [
            html.Td(words.text("case.order", n=order.number), className="t"),
            html.Td([html.Span(joined(colour, unit)), html.Small(joined(when, reply))]),
            html.Td(status, className="num"),
        ]
    )


def _attempt(attempt: Attempt, as_of: datetime, words: Words) -> Component:
    if not attempt.reached:
        result = words.text("case.follow_up.unreached")
    else:
        confirmed = "confirmed" if attempt.confirmed else "unconfirmed"
        rating = attempt.satisfaction
        result = joined(
            words.text(f"case.follow_up.{confirmed}"),
            None if rating is None else words.text(f"satisfaction.{rating}"),
        )
    return html.Tr(
        [
            html.Td(words.text("case.follow_up.attempt", n=attempt.number)),
            html.Td(near(attempt.at, as_of, words)),
            html.Td(result, className="num"),
        ]
    )
