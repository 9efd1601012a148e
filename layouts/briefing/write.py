"""A briefing's document: every text of it, in the order of the meeting."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from dashboard.briefing.briefing import Briefing
from layouts import format as fmt
from layouts.briefing.added import added
from layouts.briefing.cases import deadlines, hazards, hotspots, key_cases
from layouts.briefing.document import Document, Section, plain
from layouts.briefing.fitting import RANK, fit
from layouts.briefing.headline import cut, figures, headline
from layouts.briefing.matters import matters
from layouts.briefing.morning import decisions, duty, leaders, sources, today
from layouts.briefing.overall import lists, overall
from layouts.briefing.printable import printable
from layouts.briefing.sentence import line
from layouts.briefing.situations import situations
from layouts.briefing.units import units
from layouts.names import joined
from layouts.words import Words

DEFINED = ("accepted", "closed", "open", "overdue", "on_time_rate")
"""The five figures, whose definitions stand at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """Who makes a document: the centre's name, the moment, and the seal of a sealed issue."""

    centre: str
    made_at: datetime
    seal: str | None = None


def document(briefing: Briefing, maker: Maker, words: Words) -> Document:
    """Write a briefing in a language; without a seal it is marked as a draft."""
    issue = briefing.issue
    sections = fit(tuple(_numbered(briefing, words)), _names(words), words)
    title = words.text(f"briefing.title.{issue.cycle}")
    written = Document(
        language=words.language,
        name=f"briefing-{issue.cycle}-{issue.day:%Y%m%d}{'' if maker.seal else '-draft'}",
        title=words.text("briefing.title", centre=maker.centre, title=title),
        number=_number(briefing, words),
        day=_day(briefing, words),
        cut=words.text("briefing.cut", t=fmt.moment(cut(briefing.issue, briefing.as_of), words)),
        span=_span(briefing, words),
        marks=tuple(_marks(briefing, maker, words)),
        headline=headline(briefing, words),
        short=_short(briefing, words),
        figures=figures(briefing, words),
        sections=sections,
        signatures=tuple(
            words.text(f"briefing.sign.{who}") for who in ("chair", "minutes", "approved")
        ),
        key=words.text("briefing.key"),
        definitions_title=words.text("briefing.definitions"),
        definitions=tuple(
            (words.text(f"figure.{name}.name"), words.text(f"figure.{name}.definition"))
            for name in DEFINED
        ),
        made=words.text("briefing.made", t=fmt.moment(maker.made_at, words)),
        made_at=maker.made_at,
        page=words.text("briefing.page"),
        map_title=words.text("briefing.map"),
        seal="" if maker.seal is None else words.text("briefing.seal", hash=maker.seal),
    )
    return printable(written)


def _numbered(briefing: Briefing, words: Words) -> Iterable[Section]:
    """Give the sections: what became of decisions and what is to be decided come first.

    They and the sources, which are last, have no number.
    """
    numerals = words.text("briefing.numerals").split()
    yield _said_none(decisions(briefing, words), words)
    yield _said_none(matters(briefing, words), words)
    counted = (
        overall(briefing, words), situations(briefing, words), deadlines(briefing, words),
        key_cases(briefing, words), hotspots(briefing, words), hazards(briefing, words),
        units(briefing, words), today(briefing, words), lists(briefing, words),
        *added(briefing, words), duty(briefing, words),
    )  # fmt: skip
    there = (section for section in counted if section is not None)
    for numeral, section in zip(numerals, there, strict=False):
        title = words.text("briefing.section", n=numeral, title=section.title)
        yield _said_none(replace(section, title=title), words)
    yield _said_none(sources(briefing, words), words)


def _said_none(section: Section, words: Words) -> Section:
    """Let a section say that it has nothing, rather than leave the reader to wonder."""
    if (
        section.lines
        or section.items
        or section.after
        or any(t.rows or t.caption for t in section.tables)
    ):
        return section
    return replace(section, lines=(line(words.text("briefing.none")),))


def _names(words: Words) -> dict[str, str]:
    return {key: words.text(f"briefing.list.{key}") for key in RANK}


def _number(briefing: Briefing, words: Words) -> str:
    if briefing.issue.number is None:
        return ""
    year = briefing.issue.day.year
    return words.text("briefing.number", year=year, n=briefing.issue.number)


def _day(briefing: Briefing, words: Words) -> str:
    """Write the day, and who leads on it."""
    day = fmt.day(briefing.issue.day, words)
    told = words.text("briefing.day_off", day=day) if briefing.issue.day_off else day
    return joined(told, leaders(briefing, words))


def _span(briefing: Briefing, words: Words) -> str:
    """Say what span it is about, and in Chinese what the centre's profile calls its cycle."""
    issue = briefing.issue
    first, end = (fmt.moment_short(at, words) for at in (issue.start, issue.end))
    name = None if words.language == "en" else issue.name
    return joined(words.text("briefing.span", first=first, end=end), name)


def _marks(briefing: Briefing, maker: Maker, words: Words) -> Iterable[str]:
    if maker.seal is None:
        yield words.text("briefing.draft")
    if briefing.synthetic:
        yield words.text("briefing.synthetic")


def _short(briefing: Briefing, words: Words) -> str:
    """Write the message that is read on a telephone's locked screen."""
    told = plain(headline(briefing, words))
    named = words.text(f"briefing.title.{briefing.issue.cycle}")
    day = fmt.month_day(briefing.issue.day, words)
    return words.text("briefing.short", title=named, day=day, text=told)
