"""The line that says what matters: clauses in a fixed order, only those with something to say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.overview import Overview
from dashboard.figures.comparison import Change
from layouts import format as fmt
from layouts.desk.asking import Asking
from layouts.desk.change import change_text
from layouts.words import Words

To = Callable[[str], str]
"""Gives the address that explains a figure."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A key of the catalogue with its numbers: (name, text, address or None). `urgent`: bold."""

    key: str
    numbers: Sequence[tuple[str, str, str | None]] = ()
    urgent: bool = False


def sentence(page: Overview, asking: Asking, where: dict[str, object]) -> list[Component | str]:
    """Say what came in, what was closed, what is open and late and where, and what is unusual.

    `where` are the filters that mean the page's subject.
    """
    words = asking.words
    clauses = [clause for clause in _clauses(page, asking, where) if clause is not None]
    parts: list[Component | str] = []
    for place, clause in enumerate(clauses):
        if place:
            parts.append(words.text("overview.sentence.joint"))
        drawn = _drawn(clause, words)
        parts += [html.B(drawn)] if clause.urgent else drawn
    return [*parts, words.text("overview.sentence.end")]


def _clauses(page: Overview, asking: Asking, where: dict[str, object]) -> list[Clause | None]:
    question = asking.question.about(**where)

    def number(name: str) -> str:
        return fmt.number(page.cells[name].numerator)

    def to(name: str) -> str:
        return asking.figure(name, question)

    words = asking.words
    received = Clause(
        "overview.sentence.received",
        (
            ("n", number("accepted"), to("accepted")),
            ("d", _compared(page.changes.get("accepted"), words), None),
        ),
    )
    closed = Clause("overview.sentence.closed", (("n", number("closed"), to("closed")),))
    open_ = Clause("overview.sentence.open", (("n", number("open"), to("open")),))
    return [received, closed, open_, _overdue(page, to, words), _waiting(page, to)]


def _compared(change: Change | None, words: Words) -> str:
    if change is None or change.value is None:
        return words.text("change.no_base")
    return words.text(
        "overview.sentence.than_before", d=change_text(change.kind, change.value, words)
    )


def _overdue(page: Overview, to: To, words: Words) -> Clause:
    overdue = page.cells["overdue"].numerator
    if not overdue:
        return Clause("overview.sentence.none_overdue")
    numbers: list[tuple[str, str, str | None]] = [("n", fmt.number(overdue), to("overdue"))]
    worst = max(page.below, key=lambda one: one.cells["overdue"].numerator, default=None)
    if worst is None or overdue < 2 or worst.cells["overdue"].numerator * 3 < overdue:
        return Clause("overview.sentence.overdue", numbers, urgent=True)
    name = worst.name.en if words.language == "en" else worst.name.short
    numbers += [("where", name, None), ("m", fmt.number(worst.cells["overdue"].numerator), None)]
    return Clause("overview.sentence.overdue_where", numbers, urgent=True)


def _waiting(page: Overview, to: To) -> Clause | None:
    orders = page.cells["supervised"].numerator
    if not orders:
        return None
    return Clause("overview.sentence.supervised", (("n", fmt.number(orders), to("supervised")),))


def _drawn(clause: Clause, words: Words) -> list[Component | str]:
    """Put linked numbers into a text."""
    marks = {name: f"\0{place}\0" for place, (name, _, _) in enumerate(clause.numbers)}
    text = words.text(clause.key, **marks) if marks else words.text(clause.key)
    parts: list[Component | str] = []
    for place, piece in enumerate(text.split("\0")):
        if place % 2 == 0:
            parts.append(piece)
            continue
        _, number, href = clause.numbers[int(piece)]
        parts.append(number if href is None else html.A(html.B(number), href=href, className="fig"))
    return [part for part in parts if part != ""]
