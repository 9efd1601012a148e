"""The rows of the list a case was opened from, and its name, by the list's address."""

import re
from dataclasses import dataclass

from dash.development.base_component import Component

from dashboard.centre import Centre
from dashboard.drilldown.case_list import ListView
from dashboard.drilldown.neighbours import Neighbours
from dashboard.drilldown.read_case_list import FIGURES
from dashboard.drilldown.read_case_list import period_of as list_period
from dashboard.drilldown.read_explain import period_of
from dashboard.drilldown.read_neighbours import Rows, read_neighbours
from dashboard.figures.catalogue import by_id
from dashboard.figures.composition import Part
from dashboard.figures.figure import Figure
from dashboard.figures.view import View
from layouts.address import AddressError
from layouts.desk.asking import Asking
from layouts.desk.listed import FromList, list_of, way_along
from layouts.explain.parts import part_name
from layouts.explain.rows import SORTS
from layouts.names import joined
from layouts.pages import cases

EXPLAINED = re.compile(r"/explain/([a-z0-9_]{1,40})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list and what it lists: a view of the case list, or a part of a number."""

    page: FromList
    figure: Figure
    part: Part
    sort: str
    view: ListView | None = None

    def drawn(self, found: Neighbours) -> Component:
        """Draw the way along the list."""
        return way_along(self.page, self._name(), found)

    def _name(self) -> str:
        words = self.page.asking.words
        if self.view is not None:
            return words.text(f"cases.view.{self.view}")
        figure = words.text(f"figure.{self.figure.id}.name")
        return joined(figure, part_name(self.part, self.figure.id, self.figure.unit, words))

    def neighbours(self, view: View, centre: Centre, case_id: int) -> Neighbours:
        """Read where the case stands in the list, seen as of the view's moment."""
        question = self.page.asking.question
        if self.view is None:
            period = period_of(self.figure, question, view, centre)
        else:
            period = list_period(self.view, view, centre, question)
        rows = Rows(
            figure=self.figure,
            part=self.part,
            period=period,
            filters=question.filters,
            sort=self.sort,
        )
        return read_neighbours(view, rows, case_id, self.page.place)


def listed(asking: Asking) -> Listed | None:
    """Read from which list a case's page was opened; None when its address names none.

    Raises:
        AddressError: it names something that is no list.
    """
    page = list_of(asking)
    if page is None:
        return None
    own, path = page.asking.own, page.asking.path
    try:
        if path == cases.PATH:
            view = ListView(own.get("view", ListView.OPEN))
            sort = _known(own.get("sort", cases.default_sort(view)), cases.SORTS)
            return Listed(page=page, figure=FIGURES[view], part=Part.COUNTED, sort=sort, view=view)
        match = EXPLAINED.fullmatch(path)
        figure, part = by_id(match[1] if match else ""), Part(own.get("part", Part.COUNTED))
        sort = _known(own.get("sort", SORTS[0]), SORTS)
        return Listed(page=page, figure=figure, part=part, sort=sort)
    except (KeyError, ValueError):
        raise AddressError("list", path[:80]) from None


def _known(word: str, words: tuple[str, ...]) -> str:
    if word not in words:
        raise ValueError(word)
    return word
