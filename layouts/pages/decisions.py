"""The register of decisions: what the meeting asked for, and whether it was done."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.briefing.decision import Became, EntryKind
from dashboard.briefing.register_page import RegisterPage
from dashboard.figures.choice import PeriodChoice, PeriodKind
from layouts import format as fmt
from layouts.briefing.parts import parts
from layouts.decisions.beside import chosen_card
from layouts.decisions.counted import became_href, months_card, owners_card
from layouts.decisions.forms import entry_forms, new_form
from layouts.decisions.listed import list_card
from layouts.decisions.names import left_text, title_of
from layouts.decisions.selecting import keys_of
from layouts.desk.asking import Asking
from layouts.desk.card import columns
from layouts.desk.controls import button, figure_link, print_button
from layouts.desk.frame import Child, DeskPage
from layouts.panels.marks import symbol
from layouts.words import Words

_Figure = tuple[str, Component | str, str]
"""A word of `decision.tally`, its number, and what stands beside it."""


def layout(
    page: RegisterPage,
    asking: Asking,
    kinds: Sequence[EntryKind],
    *,
    may_decide: bool,
    whole: bool,
) -> DeskPage:
    """Draw the page; `kinds` are the entries its reader may write.

    The other pages around the meeting are for who sees the `whole` centre.
    """
    words, one = asking.words, page.chosen
    beside = []
    if one is not None:
        beside = [chosen_card(one, page, asking, entry_forms(one, kinds, asking))]
    return DeskPage(
        title=words.text("decision.title"),
        here="brief",
        chips=[parts(asking, "register")] if whole else [],
        controls=[
            *_exports(page, asking),
            print_button(words),
            *([new_form(page.directory, asking)] if may_decide else []),
        ],
        sentence=_sentence(page, words),
        moment=words.text("desk.moment", t=fmt.moment(page.as_of, words)),
        body=[
            _tallies(page, asking),
            columns(list_card(page, asking), *beside, widths="register")
            if beside
            else list_card(page, asking),
            *_counted(page, asking),
        ],
    )


def _counted(page: RegisterPage, asking: Asking) -> list[Component]:
    """What became of them by month and by owner; nothing of a register without any."""
    if not page.months and not page.owners:
        return []
    return [columns(months_card(page, asking), owners_card(page, asking), widths="halves")]


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
    if page.unbegun_today:
        until = fmt.clock(page.unbegun_today[-1].due_at, words)
        number = fmt.number(len(page.unbegun_today))
        said.append(words.text("decision.sentence.today", t=until, n=number))
    return said


def _tallies(page: RegisterPage, asking: Asking) -> Component:
    month, words = page.month, asking.words
    rate = fmt.rate(month.on_time, month.done)
    days = PeriodChoice.containing(PeriodKind.MONTH, page.today)
    groups = [
        _of_meeting(page, asking),
        [
            ("month", _opens(month.taken, days, None, page, asking), ""),
            ("done", _opens(month.done, days, Became.DONE, page, asking), ""),
            ("on_time", _opens(month.on_time, days, Became.ON_TIME, page, asking), ""),
            ("rate", rate, "" if rate == fmt.DASH else f"% · {month.on_time}/{month.done}"),
            ("moved", _opens(month.moved, days, Became.MOVED, page, asking), ""),
            ("dropped", _opens(month.dropped, days, Became.DROPPED, page, asking), ""),
        ],
        [
            ("due_today", fmt.number(page.due_today), ""),
            ("overdue", fmt.number(len(page.overdue)), ""),
            ("repeatedly", fmt.number(page.repeatedly), ""),
        ],
    ]
    return html.Section([_group(group, words) for group in groups], className="d-tallies")


def _of_meeting(page: RegisterPage, asking: Asking) -> list[_Figure]:
    """What became of the decisions of the last day that had any."""
    if page.last is None:
        return [(name, fmt.number(0), "") for name in ("last", "done", "moving", "open")]
    counts, day = page.last.counts, page.last.day
    days = PeriodChoice.containing(PeriodKind.DAY, day)
    return [
        ("last", _opens(counts.taken, days, None, page, asking), fmt.month_day(day, asking.words)),
        ("done", _opens(counts.done, days, Became.DONE, page, asking), ""),
        ("moving", _opens(counts.moving, days, Became.MOVING, page, asking), ""),
        ("open", _opens(counts.open, days, Became.OPEN, page, asking), ""),
    ]


def _opens(
    number: int, days: PeriodChoice, part: Became | None, page: RegisterPage, asking: Asking
) -> Component | str:
    """A number that opens into as many decisions; none opens into nothing."""
    if not number:
        return fmt.number(number)
    href = became_href(asking, days, page.selected.owner, part)
    return figure_link(fmt.number(number), href)


def _group(figures: Sequence[_Figure], words: Words) -> Component:
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
