"""The head of a briefing: its sentence and its five figures."""

from datetime import datetime, timedelta

from dashboard.briefing.briefing import Briefing
from dashboard.briefing.days import Days
from dashboard.briefing.issue import Cycle, Issue
from dashboard.briefing.overall import Number
from dashboard.figures.period import SECOND
from layouts import format as fmt
from layouts.briefing.document import Figure, Line
from layouts.briefing.reference import Counted, of
from layouts.briefing.said import counted, share_text, township_name
from layouts.briefing.sentence import line, number, sentence, strong
from layouts.words import Words

ONE_DAY = timedelta(days=1)


def span_key(issue: Issue) -> str:
    """Return which words name the span: a day has its own, unless days off lie before it."""
    one_day = issue.end - issue.start <= ONE_DAY
    return "day" if issue.cycle is Cycle.DAILY and one_day else "span"


def cut(issue: Issue, as_of: datetime) -> datetime:
    """Return the moment of the figures; of a span that is over its end, not its last second."""
    return issue.end if issue.end - as_of <= SECOND else as_of


def days_of(briefing: Briefing, words: Words) -> Days:
    """Return the days its numbers are counted over."""
    return Days.of(briefing.issue, briefing.as_of, words.zone)


def headline(briefing: Briefing, words: Words) -> Line:
    """Say in one sentence what came in, what is late and where, and what is to be decided."""
    found, own = briefing.overall, days_of(briefing, words).own
    first = sentence(
        words,
        f"briefing.headline.{span_key(briefing.issue)}",
        accepted=number(found.accepted.value, of("accepted", own)),
        closed=number(found.closed.value, of("closed", own)),
        open=number(found.in_hand.value, of("open")),
    )
    asked = ""
    if briefing.matters:
        asked = words.text("briefing.headline.matters", n=len(briefing.matters))
    end = words.text("briefing.headline.end")
    return (*first, *_late(briefing, words), *line(asked + end))


def _late(briefing: Briefing, words: Words) -> Line:
    found = briefing.overall
    if not found.overdue.value:
        return line(words.text("briefing.headline.none_late"))
    whole = number(found.overdue.value, of("overdue"))
    text = sentence(words, "briefing.headline.late", n=whole)
    if found.most_overdue is None:
        return strong(text)
    where, most = found.most_overdue
    there = None if where is None else of("overdue", area=where)
    place = township_name(where, briefing.directory, words)
    told = sentence(words, "briefing.headline.most", place=place, n=number(most, there))
    return strong((*text, *told))


def figures(briefing: Briefing, words: Words) -> tuple[Figure, ...]:
    """Give the five figures, and before the period before."""
    found, key, own = briefing.overall, span_key(briefing.issue), days_of(briefing, words).own
    unit = words.text("unit.case")
    over = briefing.issue.end - briefing.as_of <= SECOND  # else it compares with a part of a span
    before = briefing.issue.start - SECOND

    def count(name: str, one: Number, opens: Counted, then: Counted | None) -> Figure:
        note: Line = ()
        if one.change is not None and one.change.before is not None:
            told = number(one.change.before, then)
            note = sentence(words, f"briefing.before.{key}", n=told)
        return Figure(
            label=words.text(f"briefing.figure.{name}"), number=counted(one.value), unit=unit,
            note=note, urgent=name == "overdue" and bool(one.value), opens=opens,
        )  # fmt: skip

    def flow(name: str, one: Number) -> Figure:
        then = of(name, own.previous()) if over else None
        return count(f"{name}.{key}", one, of(name, own), then)

    def stock(name: str, one: Number) -> Figure:
        return count(name, one, of(name), Counted(name, as_of=before))

    target = words.text("briefing.target", t=fmt.share(found.target)) if found.target else ""
    rate = share_text(found.on_time).removesuffix("%")
    return (
        flow("accepted", found.accepted),
        flow("closed", found.closed),
        stock("open", found.in_hand),
        stock("overdue", found.overdue),
        Figure(
            label=words.text("briefing.figure.on_time"), number=rate,
            unit="" if rate == fmt.DASH else "%", note=line(target) if target else (),
            opens=of("on_time_rate", own),
        ),
    )  # fmt: skip
