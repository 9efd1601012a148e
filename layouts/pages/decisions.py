"""The register of decisions: what the meeting asked for, and whether it was done."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.briefing.decision import Counts, EntryKind
from dashboard.briefing.register_page import RegisterPage
from layouts import format as fmt
from layouts.briefing.parts import parts
from layouts.decisions.beside import chosen_card
from layouts.decisions.forms import entry_forms, new_form
from layouts.decisions.listed import list_card
from layouts.decisions.names import left_text, title_of
from layouts.decisions.selecting import keys_of
from layouts.desk.asking import Asking
from layouts.desk.card import columns
from layouts.desk.controls import button, print_button
from layouts.desk.frame import Child, DeskPage
from layouts.panels.marks import symbol
from layouts.words import Words


def layout(  # noqa: PLR0913 -- the page, and what its reader may
    page: RegisterPage,
    asking: Asking,
    kinds: Sequence[EntryKind],
    *,
    may_decide: bool,
    whole: bool,
    fault: str = "",
) -> DeskPage:
    """Draw the page; `kinds` are the entries its reader may write, `fault` what was wrong.

    The other pages around the meeting are for who sees the `whole` centre.
    """
    words, one = asking.words, page.chosen
    beside = []
    if one is not None:
        beside = [chosen_card(one, page, asking, entry_forms(one, kinds, words))]
    said = []
    if fault:
        text = html.B(words.text(f"decision.fault.{fault}"))
        said = [html.Div([symbol("yellow"), text], className="d-past", role="alert")]
    return DeskPage(
        title=words.text("decision.title"),
        here="brief",
        chips=[parts(asking, "register")] if whole else [],
        controls=[
            *_exports(page, asking),
            print_button(words),
            *([new_form(page.directory, words)] if may_decide else []),
        ],
        sentence=_sentence(page, words),
        moment=words.text("desk.moment", t=fmt.moment(page.as_of, words)),
        body=[
            *said,
            _tallies(page, words),
            columns(list_card(page, asking), *beside, widths="register")
            if beside
            else list_card(page, asking),
        ],
    )


def _exports(page: RegisterPage, asking: Asking) -> list[Component]:
    """Take the list away as it is shown."""
    return [
        button(asking.words.text(f"explain.export.{kind}"),
               asking.to(f"/export/decisions.{kind}", None, **keys_of(page)), download=True)
        for kind in ("xlsx", "csv")
    ]  # fmt: skip


def _sentence(page: RegisterPage, words: Words) -> list[Child]:
    kept = page.kept
    said: list[Child] = [
        words.text("decision.sentence", n=kept.taken, done=kept.done, moving=kept.moving,
                   open=kept.open, dropped=kept.dropped)
    ]  # fmt: skip
    if page.overdue:
        worst = page.overdue[0]
        title, left = title_of(worst, words), left_text(worst, worst.left_s(page.as_of), words)
        said.append(html.B(words.text("decision.sentence.worst", title=title, left=left)))
    return said


def _tallies(page: RegisterPage, words: Words) -> Component:
    month = page.month
    rate = fmt.rate(month.on_time, month.done)
    groups = [
        _of_meeting(page, words),
        [
            ("month", fmt.number(month.taken), ""),
            ("done", fmt.number(month.done), ""),
            ("on_time", fmt.number(month.on_time), ""),
            ("rate", rate, "" if rate == fmt.DASH else f"% · {month.on_time}/{month.done}"),
            ("moved", fmt.number(month.moved), ""),
            ("dropped", fmt.number(month.dropped), ""),
        ],
        [
            ("due_today", fmt.number(page.due_today), ""),
            ("overdue", fmt.number(len(page.overdue)), ""),
            ("repeatedly", fmt.number(page.repeatedly), ""),
        ],
    ]
    return html.Section([_group(group, words) for group in groups], className="d-tallies")


def _of_meeting(page: RegisterPage, words: Words) -> list[tuple[str, str, str]]:
    counts = Counts() if page.last is None else page.last.counts
    day = "" if page.last is None else fmt.month_day(page.last.day, words)
    return [
        ("last", fmt.number(counts.taken), day),
        ("done", fmt.number(counts.done), ""),
        ("moving", fmt.number(counts.moving), ""),
        ("open", fmt.number(counts.open), ""),
    ]


def _group(figures: Sequence[tuple[str, str, str]], words: Words) -> Component:
    parts = [
        html.Div(
            [
                html.Span(
                    [
                        *([symbol("yellow")] if name == "overdue" and figure != "0" else []),
                        words.text(f"decision.tally.{name}"),
                    ],
                    className="l",
                ),
                html.Div([html.Span(figure, className="n"), html.Small(unit)]),
            ]
        )
        for name, figure, unit in figures
    ]
    return html.Div(parts)
