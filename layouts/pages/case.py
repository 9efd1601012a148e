"""The page of one case: what it is, where it stands, how its deadline came about, what is next."""

from collections.abc import Sequence
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from dashboard.briefing.decision import Decision
from dashboard.drilldown.case import CasePage, StageMark, StageStep
from dashboard.snapshots.board import Name
from dashboard.terms import Colour
from layouts import format as fmt
from layouts.clock_text import clock_sentence, near
from layouts.decisions.short import about_card
from layouts.desk.asking import Asking
from layouts.desk.card import Child, columns, facts
from layouts.desk.controls import as_of_control, print_button
from layouts.desk.frame import Crumb, DeskPage
from layouts.desk.table import short_code, title_of
from layouts.names import category_name, joined, unit_name
from layouts.pages.case_log import follow_ups, sheets, timeline
from layouts.pages.case_side import held, linked, next_steps, parties
from layouts.panels.marks import symbol
from layouts.qr import qr
from layouts.words import Words


def layout(
    found: CasePage,
    asking: Asking,
    beside: Sequence[Child] = (),
    decisions: Sequence[Decision] = (),
) -> DeskPage:
    """Draw the page; `beside` leads along the list the case was opened from.

    `decisions` are those of the meeting about it that its reader may see.
    """
    words = asking.words
    return DeskPage(
        title=title_of(found.row, words),
        here="cases",
        crumbs=_crumbs(found, asking),
        beside=beside,
        chips=[_standing_chip(found, words)],
        controls=[
            as_of_control(asking),
            print_button(words),
        ],
        body=[
            _head(found, words),
            _course(found, asking),
            columns(
                timeline(found, words),
                html.Div([sheets(found, words), follow_ups(found, words), held(found, words)]),
                html.Div(
                    [
                        next_steps(found, words),
                        *about_card(decisions, found.directory, found.as_of, asking),
                        parties(found, words),
                        linked(found, asking),
                    ]
                ),
                widths="k-grid",
            ),
        ],
    )


def _crumbs(found: CasePage, asking: Asking) -> list[Crumb]:
    county, words = found.directory.county, asking.words
    below = (place for place in found.facts.places if len(place.code) == 12)
    areas = (county, *(place for place in below if place.code != county.code))
    steps = [Crumb(_name(area, words), asking.to(f"/area/{area.code}")) for area in areas]
    cases = Crumb(words.text("nav.cases"), asking.to("/cases"))
    return [*steps, cases, Crumb(short_code(found.row.code))]


def _name(name: Name, words: Words) -> str:
    return name.en if words.language == "en" else name.short


def _chips(found: CasePage, words: Words) -> list[Component]:
    row, about = found.row, found.facts
    texts: list[str | None] = []
    if row.supervisions:
        texts.append(words.text("case.supervised", n=row.supervisions))
    if row.situation is not None:
        texts.append(_known(f"situation.{row.situation}", row.situation, words))
    kind = words.text(f"kind.{row.kind}")
    category = category_name(row.category, row.kind, words)
    texts.append(joined(kind, None if category == kind else category))
    if row.level is not None:
        texts.append(words.text("case.level", level=_known(f"level.{row.level}", row.level, words)))
    if row.risk is not None:
        texts.append(words.text("case.risk", risk=_known(f"risk.{row.risk}", row.risk, words)))
    if about.reopened:
        texts.append(words.text("case.reopened", n=about.reopened))
    if about.is_repeat:
        texts.append(words.text("case.repeat"))
    if about.excluded is not None:
        reason = _known(f"case.excluded.{about.excluded}", about.excluded, words)
        texts.append(words.text("case.excluded", reason=reason))
    if not found.code_fits:
        texts.append(words.text("case.code_unfit"))
    return [html.Span(text, className="chip") for text in texts]


def _standing_chip(found: CasePage, words: Words) -> Component:
    """The colour with its word and how long is left: never the colour alone."""
    row = found.row
    if row.left_at is not None:
        text = words.text(f"outcome.{row.outcome}") if row.outcome else fmt.DASH
        return html.Span(text, className="chip k-out")
    if row.paused and found.facts.paused_since is not None:
        since = near(found.facts.paused_since, found.as_of, words)
        return html.Span(words.text("case.paused", since=since), className="chip")
    if row.left_s is None:
        return html.Span(words.text("case.no_deadline"), className="chip")
    key = "list.over" if row.left_s <= 0 else "list.left"
    left = words.text(key, d=fmt.duration_two(row.left_s, words))
    text = joined(words.text(f"colour.{row.colour}"), left)
    mark = [] if row.colour is Colour.NONE else [symbol(row.colour)]
    return html.Span([*mark, html.Span(text)], className=f"chip k-colour {row.colour}")


def _head(found: CasePage, words: Words) -> Component:
    row = found.row
    code = html.Div(
        [
            html.Small(words.text("case.one_code")),
            html.Div(
                [
                    html.B(row.code, className="k-code"),
                    html.Button(words.text("case.copy"), className="d-button", type="button",
                                **{"data-copy": row.code}),
                ],
                className="k-line",
            ),
            html.Div(_chips(found, words), className="k-chips"),
        ]
    )  # fmt: skip
    return html.Section(
        [code, facts(_where(found, words)), facts(_what(found, words)),
         qr(found.url, words.text("case.qr", code=row.code))],
        className="d-card k-head",
    )  # fmt: skip


def _where(found: CasePage, words: Words) -> list[tuple[str, Child]]:
    about, departments = found.facts, found.directory.departments
    place = joined(*(_name(one, words) for one in about.places)) or fmt.DASH
    partners = [unit_name(code, departments, words) or code for code in about.co_departments]
    lead = unit_name(found.row.department, departments, words)
    return [
        (words.text("case.place"), place),
        (words.text("case.lead"), lead or words.text("case.nobody")),
        (words.text("case.partners"), words.text("case.comma").join(partners) or fmt.DASH),
        (words.text("case.official"), about.official or words.text("case.not_named")),
    ]


def _what(found: CasePage, words: Words) -> list[tuple[str, Child]]:
    row, about = found.row, found.facts
    amounts = []
    if about.people is not None:
        amounts.append(words.text("case.people", n=fmt.number(about.people)))
    if about.amount is not None:
        amounts.append(words.text("case.amount", n=f"{about.amount / 10_000:,.1f}"))
    item: Child = fmt.DASH
    if about.item_no is not None:
        item = html.Span(words.text("case.item", no=about.item_no), title=about.item_title)
    reason: Child = about.overdue_reason or fmt.DASH
    if row.left_s is not None and row.left_s <= 0 and not about.overdue_reason:
        reason = html.Span(words.text("case.reason_missing"), className="k-late")
    return [
        (words.text("case.source"), words.text(f"channel.{row.channel}")),
        (words.text("case.size"), joined(*amounts) or fmt.DASH),
        (words.text("case.responsibility"), item),
        (words.text("case.overdue_reason"), reason),
    ]


def _course(found: CasePage, asking: Asking) -> Component:
    """The stage line, and below it how the deadline came about."""
    words = asking.words
    stages = html.Ol(
        [_stage(step, found.as_of, words) for step in found.stages],
        className=f"k-stages {found.row.colour}",
    )
    return html.Section([stages, _clock(found, asking)], className="d-card k-course")


def _stage(step: StageStep, as_of: datetime, words: Words) -> Component:
    own = step.label if step.label and words.language != "en" else ""
    entered, spent = fmt.DASH, ""
    if step.entered_at is not None:
        entered = near(step.entered_at, as_of, words)
    if step.spent_s is not None:
        length = fmt.duration_two(step.spent_s, words)
        key = "case.stage.so_far" if step.mark is StageMark.CURRENT else "case.stage.spent"
        spent = words.text(key, d=length)
    current = {"aria-current": "step"} if step.mark is StageMark.CURRENT else {}
    return html.Li(
        [
            html.I(),
            html.B(own or words.text(f"stage.{step.code}")),
            html.Span(entered),
            html.Span(spent),
        ],
        className=step.mark,
        **current,
    )


def _clock(found: CasePage, asking: Asking) -> Component:
    words, account = asking.words, found.account
    if account is None:
        return html.P(words.text("case.no_account"), className="k-clock")
    live = asking.question.as_of is None
    runs: list[Component | str] = []
    for run in clock_sentence(account, found.as_of, words, live=live):
        mark = {"strong": "", "late": "k-late"}.get(run.mark)
        runs.append(run.text if mark is None else html.B(run.text, className=mark))
    lines: list[Component] = [html.P(runs, className="k-clock")]
    if not found.agrees:
        stored = found.row.due_at
        written = fmt.DASH if stored is None else fmt.moment(stored, words)
        lines.append(html.P(words.text("case.disagrees", due=written), className="k-warn"))
    return html.Div(lines)


def _known(key: str, code: str, words: Words) -> str:
    return words.text(key) if words.knows(key) else code
