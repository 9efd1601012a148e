"""其后更正: the numbers of a sealed paper that would be others now, each with where it opens."""

from collections.abc import Sequence
from dataclasses import replace

from dash import html
from dash.development.base_component import Component

from dashboard.briefing.briefing import Briefing
from dashboard.briefing.days import SHORT
from dashboard.briefing.issue import Cycle
from dashboard.briefing.issued import Correction, Issued
from dashboard.figures.composition import Part
from dashboard.figures.filters import NONE
from dashboard.figures.unit import Unit
from layouts import format as fmt
from layouts.briefing.added import type_cases
from layouts.briefing.headline import days_of
from layouts.briefing.hrefs import hrefs
from layouts.briefing.reference import Href, Reference, of
from layouts.briefing.said import township_name, type_name
from layouts.briefing.units import unit_cases
from layouts.desk.asking import Asking
from layouts.desk.card import card, empty
from layouts.desk.table import short_code
from layouts.explain.parts import part_name
from layouts.names import joined, unit_name
from layouts.words import Words

MINUTE_S = 60
STOCKS = ("open", "overdue")
UNITS = {"township": "townships", "department": "departments"}
COUNTS_OF_SHARES = ("closed_same_day", "followed_up")
"""Numbers of the paper that are how many a share counts."""


def corrected_card(issued: Issued, asking: Asking) -> list[Component]:
    """List them with their cases: what was sealed opens as known then, the other as known now."""
    words, briefing = asking.words, issued.briefing
    if issued.seal is None:
        return []
    title = words.text("brief.corrected")
    if not issued.corrected:
        return [card(title, None, empty(words.text("brief.corrected.none")))]
    cycle = briefing.issue.cycle
    then = hrefs(briefing, asking, asking.path)
    now = hrefs(replace(briefing, known_at=None), asking, asking.path)
    heads = [words.text(f"brief.corrected.{name}") for name in ("figure", "sealed", "now", "cases")]
    rows = []
    for one in issued.corrected:
        opens = reference_of(one, briefing, words)
        rows.append(
            html.Tr([
                html.Td(joined(_name(one, cycle, words), _place(one, briefing, words))),
                _number(one.sealed, one.sealed_of, one.unit, opens, then, words),
                _number(one.now, one.now_of, one.unit, opens, now, words),
                html.Td(_cases(one.cases, asking)),
            ])
        )  # fmt: skip
    head = html.Thead(html.Tr([html.Th(text, scope="col") for text in heads]))
    return [card(title, None, html.Table([head, html.Tbody(rows)], className="d-table b-table"))]


def reference_of(one: Correction, briefing: Briefing, words: Words) -> Reference | None:
    """Refer to what a corrected number counts; None where the paper's own does not open."""
    days = days_of(briefing, words)
    period = None if one.figure in STOCKS else days.own
    if one.place == "overall":
        if one.name == "accepted_so_far":
            period = days.so_far
        part = Part.COUNTED if one.name in COUNTS_OF_SHARES else None
        return of(one.figure, period, part)
    if one.place in UNITS:
        return unit_cases(UNITS[one.place], one.code, one.figure, period)
    if one.place == "situation":
        return of(one.figure, period, situations=frozenset({one.code or NONE}))
    if one.place == "risk":
        return of(one.figure, period, risks=frozenset({one.code or NONE}))
    types = {} if briefing.added is None else {line.code: line for line in briefing.added.types}
    if one.place == "type":
        return type_cases(types[one.code], days.own) if one.code in types else None
    if one.code is None:
        return None
    what, _, code = one.name.partition(".")
    if what == "situation":
        return of(one.figure, period, area=one.code, situations=frozenset({code or NONE}))
    if what == "type":
        whole = code in types and types[code].whole
        return (
            of(one.figure, period, area=one.code, categories=frozenset({code})) if whole else None
        )
    return of(one.figure, period, area=one.code)


def written(value: float | None, whole: int | None, unit: Unit, words: Words) -> str:
    """Write a number as the paper does; `whole` is how many a share is of."""
    if value is None:
        return fmt.DASH
    if unit is Unit.SHARE:
        return f"{fmt.rate(round(value * whole), whole)}%" if whole else fmt.DASH
    if unit is Unit.MINUTE:
        return fmt.duration_two(value * MINUTE_S, words)
    return fmt.number(round(value))


def _number(  # noqa: PLR0913 -- what it says and where it leads
    value: float | None,
    whole: int | None,
    unit: Unit,
    opens: Reference | None,
    href: Href,
    words: Words,
) -> Component:
    text = written(value, whole, unit, words)
    there = opens is not None and text != fmt.DASH and (value or unit is Unit.SHARE)
    shown = html.A(text, href=href(opens), className="fig") if opens and there else text
    return html.Td(shown, className="num")


def _name(one: Correction, cycle: Cycle, words: Words) -> str:
    name = words.text(f"figure.{one.figure}.name")
    if one.name == "accepted_so_far":
        running = "month" if cycle in SHORT else "year"
        return joined(name, words.text(f"brief.corrected.so_far.{running}"))
    if one.name not in COUNTS_OF_SHARES:
        return name
    return joined(name, part_name(Part.COUNTED, one.figure, Unit.SHARE, words))


def _place(one: Correction, briefing: Briefing, words: Words) -> str | None:
    """Name what of the briefing a number is about; None for the whole."""
    directory = briefing.directory
    if one.place == "situation":
        return words.text(f"situation.{one.code}")
    if one.place == "risk":
        return words.text("briefing.correction.risk", risk=words.text(f"risk.{one.code}"))
    if one.place == "type":
        return type_name(one.code, words)
    if one.place == "area":
        return joined(township_name(one.code, directory, words), _part(one.name, words))
    units = {"township": directory.townships, "department": directory.departments}
    return unit_name(one.code, units[one.place], words) if one.place in units else None


def _part(name: str, words: Words) -> str | None:
    """Name the situation or the type that a number of an area is about."""
    what, _, code = name.partition(".")
    if what == "situation":
        return words.text(name if code else "sit.unclassified")
    return type_name(code or None, words) if what == "type" else None


def _cases(codes: Sequence[str], asking: Asking) -> list[Component | str]:
    links = (html.A(short_code(code), href=asking.case(code)) for code in codes)
    return [part for link in links for part in (link, " ")]
