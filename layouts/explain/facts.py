"""What an explanation is of: its period, its moment, whose cases, and by which rules."""

from collections.abc import Iterator
from datetime import timedelta

from dash import html
from dash.development.base_component import Component

from dashboard.calendar import local_day
from dashboard.drilldown.explain import Explanation, RulesInForce
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.figures.filters import NONE, Filters
from dashboard.figures.period import SECOND, Period
from layouts import format as fmt
from layouts.desk.asking import Asking
from layouts.desk.controls import period_text
from layouts.desk.moment import known_text
from layouts.names import area_name, category_name, joined, unit_name
from layouts.words import Words


def facts(found: Explanation, asking: Asking) -> Component:
    """The period, the moment, the population and the rules in force."""
    words = asking.words
    moment = fmt.moment(found.as_of, words)
    known = known_text(asking.question, words)
    pairs = [
        (words.text("explain.period"), _days(found.period, words)),
        (words.text("explain.as_of"), f"{moment} · {known}"),
        (words.text("explain.population"), _scope(asking.question.filters, found, words)),
    ]
    rules = rules_text(found.rules, words)
    if rules:
        pairs.append((words.text("explain.rules"), rules))
    cells = [html.Div([html.Dt(name), html.Dd(value)]) for name, value in pairs]
    return html.Section(html.Dl(cells, className="x-facts"), className="x-block")


def _days(period: Period | None, words: Words) -> str:
    """Write the first and the last day counted; a stock has none."""
    if period is None:
        return words.text("explain.at_that_moment")
    begins = period.start.astimezone(words.zone)
    starts = timedelta(hours=begins.hour, minutes=begins.minute)
    last = local_day(period.end - SECOND - starts, words.zone)
    days = PeriodChoice(kind=PeriodKind.CUSTOM, first=begins.date(), last=last, starts=starts)
    return period_text(days, words)


def rules_text(rules: RulesInForce, words: Words) -> str:
    """Name the rules in force as the case's page and the league's name them; "" for none."""
    limits, league = rules.limits, rules.league
    named: list[str | None] = []
    if limits is not None and limits.since is not None:
        since = fmt.day_with_year(limits.since, words)
        named.append(words.text("clock.version", n=limits.number, since=since))
    elif limits is not None:
        named.append(words.text("explain.rules.limits", n=limits.number))
    if league is not None:
        named.append(words.text("explain.rules.league", version=league))
    return joined(*named)


def place_name(filters: Filters, found: Explanation, words: Words) -> str:
    """Name the area of the filters; without one, the county."""
    county = found.directory.county
    code = filters.area
    if code is None or code == county.code:
        return county.en if words.language == "en" else county.full
    return area_name(code, found.directory, words)


def _scope(filters: Filters, found: Explanation, words: Words) -> str:
    return (
        joined(place_name(filters, found, words), *filter_texts(filters, found, words)) or fmt.DASH
    )


def filter_texts(filters: Filters, found: Explanation, words: Words) -> Iterator[str]:
    """Write each filter that restricts, in words."""
    none = words.text("filter.none")
    for code in sorted(filters.departments):
        yield (
            none if code == NONE else (unit_name(code, found.directory.departments, words) or code)
        )
    for field, prefix in (("situations", "situation"), ("kinds", "kind"), ("levels", "level"),
                          ("risks", "risk"), ("colours", "colour"), ("stages", "stage"),
                          ("channels", "channel")):  # fmt: skip
        for code in sorted(getattr(filters, field)):
            yield none if code == NONE else words.text(f"{prefix}.{code}")
    for code in sorted(filters.categories):
        yield none if code == NONE else category_name(code, "unknown", words)
    if filters.state:
        yield words.text(f"filter.state.{filters.state}")
    if filters.text:
        yield words.text("filter.text", q=filters.text)
