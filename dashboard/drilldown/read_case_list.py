"""Reading the case list: the rows of a figure under filters, counted and paged."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import TypeAlias

from dashboard.calendar import local_day
from dashboard.centre import Centre
from dashboard.drilldown.behind import behind
from dashboard.drilldown.case_list import CaseList, ColourCounts, ListView, WholeList
from dashboard.drilldown.listing import Page
from dashboard.drilldown.question import Question
from dashboard.figures import conditions
from dashboard.figures.catalogue.due import MISSED, PENDING
from dashboard.figures.catalogue.flow import FINISHED, RECEIVED
from dashboard.figures.catalogue.stock import AWAITS_FOLLOW_UP, IN_HAND, OVERDUE
from dashboard.figures.cell import Cell
from dashboard.figures.choice import PeriodChoice, PeriodKind
from dashboard.figures.composition import Part
from dashboard.figures.conditions import Condition
from dashboard.figures.dimension import (
    CATEGORY,
    CHANNEL,
    COLOUR,
    DEPARTMENT,
    LEVEL,
    SITUATION,
    STAGE,
    TOWNSHIP,
    Dimension,
)
from dashboard.figures.figure import Figure
from dashboard.figures.filters import NONE, Filters
from dashboard.figures.measure import measure
from dashboard.figures.period import Period
from dashboard.figures.population import DUE
from dashboard.figures.sensitive import is_sensitive, is_small
from dashboard.figures.view import View
from dashboard.snapshots.board import Directory
from dashboard.snapshots.read_place import read_directory, read_fact
from dashboard.terms import Channel, Colour, Level, Situation, Stage

FIGURES: dict[ListView, Figure] = {
    ListView.OPEN: IN_HAND,
    ListView.OVERDUE: OVERDUE,
    ListView.DUE_TODAY: PENDING,
    ListView.FOLLOW_UP: AWAITS_FOLLOW_UP,
    ListView.ACCEPTED: RECEIVED,
    ListView.CLOSED: FINISHED,
    ListView.MISSED: MISSED,
    ListView.ALL: RECEIVED,
}
STOCKS = frozenset({ListView.OPEN, ListView.OVERDUE, ListView.FOLLOW_UP})
IN_HAND_ONLY = STOCKS | {ListView.DUE_TODAY}
"""Views whose cases all have a colour."""

OFFERED: dict[str, tuple[str, Dimension]] = {
    "area": ("area", TOWNSHIP),
    "department": ("departments", DEPARTMENT),
    "situation": ("situations", SITUATION),
    "category": ("categories", CATEGORY),
    "level": ("levels", LEVEL),
    "colour": ("colours", COLOUR),
    "stage": ("stages", STAGE),
    "channel": ("channels", CHANNEL),
}
"""Filters a reader is offered: key of the address, field of Filters, what its values are."""

MOST = 12
Options: TypeAlias = Mapping[str, tuple[tuple[str, int | None], ...]]


def read_case_list(
    view: View, centre: Centre, question: Question, shown: ListView, page: Page
) -> CaseList:
    """Read one page of a list, and what surrounds it."""
    period = period_of(shown, view, centre, question)
    directory = read_directory(view, centre.profile, centre.calendar)
    listing = behind(view, FIGURES[shown], Part.COUNTED, period, page)
    if page.limit and not listing.cases and listing.total:  # the list is shorter than a kept link
        page = replace(page, offset=(listing.total - 1) // page.limit * page.limit)
        listing = behind(view, FIGURES[shown], Part.COUNTED, period, page)
    return CaseList(
        as_of=view.as_of,
        synthetic=read_fact(view.connection, "synthetic") is True,
        directory=directory,
        view=shown,
        views=_views(view, centre, question) | {shown: listing.total},
        total=listing.total,
        colours=_colours(view, FIGURES[shown], period) if shown in IN_HAND_ONLY else None,
        page=page,
        rows=listing.cases,
        options=_values(view, directory)
        if shown is ListView.ALL
        else _told(_options(view, shown, period), centre.settings.privacy.sensitive),
        without=_without(view, centre, question, shown) if listing.total == 0 else {},
    )


def read_whole_list(
    view: View, centre: Centre, question: Question, shown: ListView, page: Page
) -> WholeList:
    """Read the rows of a list without what surrounds them; `page` bounds how many."""
    figure, period = FIGURES[shown], period_of(shown, view, centre, question)
    listing = behind(view, figure, Part.COUNTED, period, page)
    return WholeList(
        as_of=view.as_of,
        known_at=view.known_at,
        synthetic=read_fact(view.connection, "synthetic") is True,
        directory=read_directory(view, centre.profile, centre.calendar),
        view=shown,
        figure=figure.id,
        source=figure.source,
        period=period,
        total=listing.total,
        rows=listing.cases,
    )


def period_of(shown: ListView, view: View, centre: Centre, question: Question) -> Period | None:
    """Return the period of a view: none for what is in hand or ever was, today for what is due."""
    if shown in STOCKS or shown is ListView.ALL:
        return None
    if shown is ListView.DUE_TODAY:
        today = local_day(view.as_of, centre.zone)
        return PeriodChoice.containing(PeriodKind.DAY, today).span(centre.zone)
    if FIGURES[shown].population is DUE:
        return question.period.span(centre.zone)
    return question.period.until(view.as_of, centre.zone)


def _views(view: View, centre: Centre, question: Question) -> dict[ListView, int | None]:
    """Count every view; stocks in one statement, and not all cases there ever were."""
    stocks = [one for one in ListView if one in STOCKS]
    counted = measure(view, [FIGURES[one] for one in stocks])
    found: dict[ListView, int | None] = dict.fromkeys(ListView)
    for one in stocks:
        found[one] = counted[FIGURES[one]].get((), Cell()).numerator
    for one in (ListView.DUE_TODAY, ListView.ACCEPTED, ListView.CLOSED, ListView.MISSED):
        found[one] = _count(view, centre, question, one)
    return found


def _count(view: View, centre: Centre, question: Question, shown: ListView) -> int:
    figure, period = FIGURES[shown], period_of(shown, view, centre, question)
    return measure(view, (figure,), (), period)[figure].get((), Cell()).numerator


def _colours(view: View, figure: Figure, period: Period | None) -> ColourCounts:
    """Count the figure's cases by colour, those whose clock is stopped apart."""
    stopped = replace(figure, id=f"{figure.id}_paused", numerator=_paused(figure))
    counts = measure(view, (figure, stopped), (COLOUR,), period)

    def of(colour: Colour) -> int:
        return sum(
            sign * counts[one].get((str(colour),), Cell()).numerator
            for one, sign in ((figure, 1), (stopped, -1))
        )

    return ColourCounts(
        red=of(Colour.RED),
        yellow=of(Colour.YELLOW),
        blue=of(Colour.BLUE),
        paused=sum(cell.numerator for cell in counts[stopped].values()),
        normal=of(Colour.NONE),
    )


def _paused(figure: Figure) -> Condition:
    counted = figure.numerator or conditions.every
    return lambda rows, as_of: counted(rows, as_of) & rows.c.paused_since.is_not(None)


def _values(view: View, directory: Directory) -> Options:
    """Name the values of filters without counting all cases there ever were.

    A category is offered while a case in hand has it.
    """
    categories = measure(view, (IN_HAND,), (CATEGORY,))[IN_HAND]
    known: dict[str, Iterable[str]] = {
        "area": (unit.code for unit in directory.townships),
        "department": (unit.code for unit in directory.departments),
        "situation": Situation,
        "category": sorted(code for (code,) in categories if code is not None),
        "level": Level,
        "stage": Stage,
        "channel": Channel,
    }
    return {key: tuple((str(code), None) for code in codes) for key, codes in known.items()}


def _options(view: View, shown: ListView, period: Period | None) -> Options:
    """Count the values of every filter in one pass over the list."""
    figure = FIGURES[shown]
    dimensions = [dimension for _, dimension in OFFERED.values()]
    counts: list[Counter[str]] = [Counter() for _ in dimensions]
    for codes, cell in measure(view, (figure,), dimensions, period)[figure].items():
        for counter, code in zip(counts, codes, strict=True):
            counter[code or NONE] += cell.numerator
    return {
        key: tuple(sorted((+counter).items(), key=lambda one: (-one[1], one[0]))[:MOST])
        for key, counter in zip(OFFERED, counts, strict=True)
    }


def _told(options: Options, sensitive: frozenset[str]) -> Options:
    """Tell no category's count where one of a sensitive one is small: it would follow from them."""
    counts = options["category"]
    if not any(
        is_small(count or 0, sensitive=is_sensitive(code, sensitive)) for code, count in counts
    ):
        return options
    return {**options, "category": tuple((code, None) for code, _ in sorted(counts))}


def _without(view: View, centre: Centre, question: Question, shown: ListView) -> dict[str, int]:
    """Count what there would be with one filter less, for each that restricts."""
    plain, found = Filters(), {}
    for field in fields(Filters):
        if getattr(view.filters, field.name) != getattr(plain, field.name):
            wider = replace(view.filters, **{field.name: getattr(plain, field.name)})
            found[field.name] = _count(view.narrowed(wider), centre, question, shown)
    return found
