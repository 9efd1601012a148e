"""The head of a briefing: its sentence, its five figures, and what came in and went out."""

from datetime import timedelta

from dashboard.briefing.briefing import Briefing, Cycle, Number
from dashboard.terms import Colour
from layouts import format as fmt
from layouts.briefing.document import Cell, Column, Figure, Line, Row, Run, Section, Table
from layouts.briefing.said import (
    aside,
    bare_change,
    counted,
    line,
    listed,
    share_text,
    township_name,
    versus,
)
from layouts.words import Words

ONE_DAY = timedelta(days=1)
BY_MONTH = (Cycle.DAILY, Cycle.WEEKLY, Cycle.HALF_MONTHLY)
"""Cycles that also count the running month; longer ones count the year."""


def span_key(briefing: Briefing) -> str:
    """Return which words name the span: a day has its own, unless days off lie before it."""
    issue = briefing.issue
    one_day = issue.end - issue.start <= ONE_DAY
    return "day" if issue.cycle is Cycle.DAILY and one_day else "span"


def headline(briefing: Briefing, words: Words) -> Line:
    """Say in one sentence what came in, what is late and where, and what is to be decided."""
    found, key = briefing.overall, span_key(briefing)
    first = words.text(
        f"briefing.headline.{key}",
        accepted=counted(found.accepted.value),
        closed=counted(found.closed.value),
        open=counted(found.in_hand.value),
    )
    runs = [Run(first), *_late(briefing, words)]
    if briefing.matters:
        runs.append(Run(words.text("briefing.headline.matters", n=len(briefing.matters))))
    return (*runs, Run(words.text("briefing.headline.end")))


def _late(briefing: Briefing, words: Words) -> tuple[Run, ...]:
    found = briefing.overall
    if not found.overdue.value:
        return (Run(words.text("briefing.headline.none_late")),)
    text = words.text("briefing.headline.late", n=counted(found.overdue.value))
    if found.most_overdue is None:
        return (Run(text, strong=True),)
    where, most = found.most_overdue
    place = township_name(where, briefing.directory, words)
    there = words.text("briefing.headline.most", place=place, n=counted(most))
    return (Run(text + there, strong=True),)


def figures(briefing: Briefing, words: Words) -> tuple[Figure, ...]:
    """Give the five figures."""
    found, key = briefing.overall, span_key(briefing)
    unit = words.text("unit.case")

    def count(name: str, number: Number, *, urgent: bool = False) -> Figure:
        note = ""
        if number.change is not None and number.change.before is not None:
            note = words.text(f"briefing.before.{key}", n=counted(number.change.before))
        return Figure(
            label=words.text(f"briefing.figure.{name}"), number=counted(number.value), unit=unit,
            note=note, urgent=urgent,
        )  # fmt: skip

    target = words.text("briefing.target", t=fmt.share(found.target)) if found.target else ""
    rate = share_text(found.on_time).removesuffix("%")
    return (
        count(f"accepted.{key}", found.accepted),
        count(f"closed.{key}", found.closed),
        count("open", found.in_hand),
        count("overdue", found.overdue, urgent=bool(found.overdue.value)),
        Figure(
            label=words.text("briefing.figure.on_time"), number=rate,
            unit="" if rate == fmt.DASH else "%", note=target,
        ),
    )  # fmt: skip


def overall(briefing: Briefing, words: Words) -> Section:
    """Write what was accepted and closed, and how the stock came to be what it is."""
    return Section(
        title=words.text("briefing.overall"),
        lines=(
            line(_accepted(briefing, words)),
            line(_closed(briefing, words)),
            line(_stock(briefing, words)),
        ),
    )


def _accepted(briefing: Briefing, words: Words) -> str:
    found = briefing.overall
    channels = listed(
        (
            words.text("briefing.pair", name=words.text(f"channel.{channel}"), n=fmt.number(n))
            for channel, n in found.channels
        ),
        words,
    )
    whole = words.text("briefing.accepted", n=counted(found.accepted.value))
    running = "month" if briefing.issue.cycle in BY_MONTH else "year"
    far = words.text(f"briefing.accepted.so_far.{running}", n=counted(found.accepted_so_far.value))
    return words.text(
        "briefing.accepted.line",
        now=aside(whole, versus(found.accepted, words), channels, words=words),
        far=aside(far, versus(found.accepted_so_far, words), words=words),
    )


def _closed(briefing: Briefing, words: Words) -> str:
    found = briefing.overall
    due = "" if not found.on_time.of else words.text("briefing.due", n=fmt.number(found.on_time.of))
    rated = words.text("briefing.rated", n=fmt.number(found.satisfied.of or 0))
    return words.text(
        "briefing.closed.line",
        closed=aside(
            words.text("briefing.closed", n=counted(found.closed.value)),
            versus(found.closed, words),
            words.text("briefing.same_day", n=counted(found.closed_same_day.value)),
            words=words,
        ),
        rate=aside(
            words.text("briefing.on_time", rate=share_text(found.on_time)),
            due, versus(found.on_time, words), words=words,
        ),
        followed=counted(found.followed_up.value),
        satisfied=aside(
            words.text("briefing.satisfied", rate=share_text(found.satisfied)), rated, words=words
        ),
    )  # fmt: skip


def _stock(briefing: Briefing, words: Words) -> str:
    flow = briefing.overall.flow
    levels = listed(
        (
            words.text(
                "briefing.pair",
                name=words.text(f"level.{level}" if level else "briefing.level.none"),
                n=fmt.number(n),
            )
            for level, n in briefing.overall.levels
        ),
        words,
    )
    text = words.text(
        "briefing.stock", opening=fmt.number(flow.opening), accepted=fmt.number(flow.accepted),
        reopened=fmt.number(flow.reopened), left=fmt.number(flow.left),
        closing=fmt.number(flow.closing),
    )  # fmt: skip
    return words.text("briefing.stock.line", stock=aside(text, levels, words=words))


def situations(briefing: Briefing, words: Words) -> Section:
    """Write the five situations beside each other, and what became of the intelligence."""
    lines = briefing.situations
    columns = (
        Column(head="", weight=1),
        *(Column(head=words.text(f"situation.{one.code}"), weight=1, right=True) for one in lines),
    )
    rows = (
        Row(cells=(
            Cell(words.text("briefing.situation.cases")),
            *(Cell(counted(one.number.value), one.number.value) for one in lines),
        )),
        Row(cells=(
            Cell(words.text("briefing.situation.change")),
            *(Cell(bare_change(one.number.change, words)) for one in lines),
        )),
        Row(
            cells=(
                Cell(words.text("briefing.situation.unusual")),
                *(Cell(words.text(f"sit.{one.unusual}") if one.unusual else fmt.DASH,
                       strong=one.unusual == "high") for one in lines),
            ),
        ),
    )  # fmt: skip
    title = words.text("briefing.situations")
    table = Table(name=title, columns=columns, rows=rows, shown=len(rows))
    found = briefing.intelligence
    told = words.text(
        "briefing.intelligence", received=fmt.number(found.received),
        judged=fmt.number(found.judged), converted=fmt.number(found.converted),
        open=fmt.number(found.open), old=fmt.number(found.open_over_24h),
    )  # fmt: skip
    return Section(
        title=title, tables=(table,) if lines else (), after=(line(told),)
    )  # fmt: skip


def lists(briefing: Briefing, words: Words) -> Section | None:
    """Write the counts of the three lists, where the cycle has them."""
    found = briefing.lists
    if found is None:
        return None
    counts = (
        ("long_open", found.long_open), ("new_unjudged", found.new_unjudged),
        ("watched", found.watched),
    )  # fmt: skip
    told = [
        words.text(f"briefing.lists.{name}", n=fmt.number(n)) for name, n in counts if n is not None
    ]
    text = words.text("briefing.stop", text=listed(told, words)).rstrip()
    return Section(title=words.text("briefing.lists"), lines=(line(text),))


def orders(briefing: Briefing, words: Words) -> Line:
    """Write what is not answered, and what was sent back."""
    found = briefing.orders
    colours = [
        words.text("briefing.pair", name=words.text(f"colour.{colour}"), n=fmt.number(n))
        for colour, n in (
            (Colour.RED, found.red), (Colour.YELLOW, found.yellow), (Colour.BLUE, found.blue)
        )
        if n
    ]  # fmt: skip
    whole = words.text("briefing.orders", n=fmt.number(found.red + found.yellow + found.blue))
    rate = words.text("briefing.first_dispatch", rate=share_text(briefing.overall.first_dispatch))
    returned = words.text("briefing.returned", n=fmt.number(found.returned))
    parts = [aside(whole, listed(colours, words), words=words)]
    if found.letters is not None:
        parts.append(words.text("briefing.letters", n=fmt.number(found.letters)))
    parts.append(aside(returned, rate, words=words))
    text = words.text("briefing.semicolon").join(parts)
    return line(words.text("briefing.stop", text=text).rstrip())
