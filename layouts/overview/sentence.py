"""The line that says what matters: clauses in a fixed order, only those with something to say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard.calendar import local_day
from dashboard.drilldown.against import Against
from dashboard.drilldown.overview import Overview, SituationToday
from dashboard.drilldown.question import Question
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.figures.comparison import Change
from layouts import format as fmt
from layouts.desk.asking import Asking
from layouts.desk.change import change_text, than, without_base
from layouts.words import Words

To = Callable[..., str]
"""Gives the address that explains a figure, of the subject or of an area in it."""

Part = tuple[str, str, str | None]
"""A placeholder, what fills it, and the address behind that."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A key of the catalogue with its numbers: (name, text, address or None). `urgent`: bold."""

    key: str
    numbers: Sequence[Part] = ()
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
    question, words = asking.question.about(**where), asking.words

    def to(name: str, area: str | None = None) -> str:
        return asking.figure(name, question if area is None else question.about(area=area))

    def counted(key: str, name: str, *more: Part) -> Clause | None:
        number = page.cells[name].numerator
        if not number:
            return None
        return Clause(f"overview.sentence.{key}", (("n", fmt.number(number), to(name)), *more))

    compared = ("d", _compared(page.changes["accepted"], page.against, words), None)
    return [
        counted("received", "accepted", compared),
        counted("closed", "closed"),
        counted("open", "open"),
        _overdue(page, to, words),
        _below_target(page, to),
        counted("supervised", "supervised"),
        *(_off_normal(one, page, asking, question) for one in page.today if one.unusual),
    ]


def _compared(change: Change, against: Against, words: Words) -> str:
    if change.value is None:
        return without_base(change, against, words)
    d = change_text(change.kind, change.value, words)
    return words.text("overview.sentence.than", than=than(against, words), d=d)


def _overdue(page: Overview, to: To, words: Words) -> Clause:
    overdue, yellow = page.cells["overdue"].numerator, page.cells["yellow"].numerator
    if not overdue and yellow:
        return Clause("place.sentence.due_soon", (("n", fmt.number(yellow), to("yellow")),))
    if not overdue:
        return Clause("place.sentence.calm")
    numbers: list[Part] = [("n", fmt.number(overdue), to("overdue"))]
    worst = max(page.below, key=lambda one: one.cells["overdue"].numerator, default=None)
    if worst is None or overdue < 2 or worst.cells["overdue"].numerator * 3 < overdue:
        return Clause("overview.sentence.overdue", numbers, urgent=True)
    name = worst.name.en if words.language == "en" else worst.name.short
    count = fmt.number(worst.cells["overdue"].numerator)
    numbers += [("where", name, None), ("m", count, to("overdue", worst.name.code))]
    return Clause("overview.sentence.overdue_where", numbers, urgent=True)


def _off_normal(one: SituationToday, page: Overview, asking: Asking, question: Question) -> Clause:
    name = asking.words.text(f"situation.{one.code}")
    href = today_of(one, page, asking, question)
    numbers = [("situation", name, None), ("n", fmt.number(one.count), href)]
    return Clause(f"place.sentence.{one.unusual}", numbers)


def today_of(one: SituationToday, page: Overview, asking: Asking, question: Question) -> str:
    """Write the address that explains a situation's cases of today, whatever the period."""
    today = local_day(page.as_of, asking.zoned.zone)
    day = question.over(PeriodChoice.containing(PeriodKind.DAY, today))
    return asking.figure("accepted", day.about(situations=frozenset({one.code})))


def _below_target(page: Overview, to: To) -> Clause | None:
    """Say it where it is certain; what is overdue asks for attention first."""
    if page.standing is None or not page.standing.below_target:
        return None
    cell = page.cells["on_time_rate"]
    rate = f"{fmt.rate(cell.numerator, cell.denominator or 0)}%"
    numbers = [("rate", rate, to("on_time_rate")), ("t", fmt.share(page.target), None)]
    urgent = page.cells["overdue"].numerator == 0
    return Clause("place.sentence.below_target", numbers, urgent=urgent)


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
