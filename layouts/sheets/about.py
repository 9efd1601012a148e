"""What an exported file says of itself: whose it is, what was asked, as of when, and how much."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from dashboard.drilldown.question import Question
from dashboard.figures.period import Period
from dashboard.snapshots.board import Directory
from layouts import format as fmt
from layouts.desk.chosen import chosen
from layouts.desk.moment import known_text
from layouts.words import Words

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Maker:
    """Who makes a file, and when: the centre, the program's version and build."""

    centre: str
    program: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a table answers: a name, a definition and its source, over `period` (None: a stock).

    `address` is the page it was taken from.
    """

    name: str
    definition: str
    source: str
    question: Question
    period: Period | None
    as_of: datetime
    address: str
    directory: Directory
    synthetic: bool


def facts(asked: Asked, maker: Maker, counts: tuple[int, int], words: Words) -> Facts:
    """Write every fact as a word and its value; `counts` are the rows written and those there are.

    What a reader must not miss, an incomplete or invented table, comes first.
    """
    return tuple((words.text(f"export.{key}"), text) for key, text in _facts(
        asked, maker, counts, words
    ))  # fmt: skip


def mark(asked: Asked, words: Words) -> str:
    """Say on every page that the data are invented, where they are."""
    return words.text("export.synthetic") if asked.synthetic else ""


def _facts(
    asked: Asked, maker: Maker, counts: tuple[int, int], words: Words
) -> Iterator[tuple[str, str]]:
    written, total = counts
    if asked.synthetic:
        yield "nature", words.text("export.synthetic")
    if written < total:
        cut = words.text("export.cut", n=fmt.number(written), total=fmt.number(total))
        yield "notice", cut
    yield "centre", maker.centre
    yield "what", asked.name
    yield "filters", _filters(asked, words)
    yield "period", _period(asked, words)
    known = known_text(asked.question, words)
    yield "as_of", f"{fmt.moment(asked.as_of, words)} · {known}"
    yield "definition", asked.definition
    if asked.source:
        yield "source", asked.source
    yield "rows", fmt.number(written)
    yield "masked", words.text("export.masked_how")
    yield "address", asked.address
    yield "made_at", fmt.moment(maker.made_at, words)
    yield "program", maker.program


def _filters(asked: Asked, words: Words) -> str:
    found = [
        f"{words.text(f'cases.by.{one.key}')} {one.text}"
        for one in chosen(asked.question.filters, asked.directory, words)
    ]
    return "; ".join(found) or words.text("export.no_filters")


def _period(asked: Asked, words: Words) -> str:
    if asked.period is None:
        return words.text("explain.at_that_moment")
    first, end = (fmt.moment(each, words) for each in (asked.period.start, asked.period.end))
    return words.text("explain.span", first=first, end=end)
