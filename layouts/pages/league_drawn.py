"""What league pages are drawn with: names, and the addresses behind numbers."""

from dataclasses import dataclass
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.league import League, LeaguePage, Shown
from dashboard.drilldown.question import Question
from dashboard.figures.period import SECOND
from dashboard.league.kind import Kind
from dashboard.league.ranking import Row
from layouts.desk.asking import Asking
from layouts.names import band_name, unit_name
from layouts.panels.marks import symbol
from layouts.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What cells are drawn with: names, and the addresses behind numbers."""

    page: LeaguePage
    asking: Asking

    @property
    def question(self) -> Question:
        """What numbers are explained under: a closed month's as of its last second."""
        found, question = self.page.found, self.asking.question
        if isinstance(found, League) and found.seal is not None:
            return question.at(found.as_of)
        return question

    @property
    def words(self) -> Words:
        """The words of the page's language."""
        return self.asking.words

    def name(self, code: str | None) -> str:
        """A unit's short name; nobody's is a phrase."""
        directory, kind = self.page.directory, self.page.kind
        names = directory.townships if kind is Kind.TOWNSHIPS else directory.departments
        return unit_name(code, names, self.words) or self.words.text(f"ranking.nobody.{kind}")

    def band(self, band: int) -> str:
        """The name of a band."""
        return band_name(band, self.words)

    def page_link(self, kind: Kind, shown: Shown) -> str:
        """The same question about other units or columns."""
        view = None if shown is Shown.FLOW else str(shown)
        return self.asking.to(f"/league/{kind}", view=view)

    def unit_link(self, code: str | None) -> str:
        """The unit's own page."""
        folder = "area" if self.page.kind is Kind.TOWNSHIPS else "department"
        return self.asking.to(f"/{folder}/{code}")

    def case_link(self, code: str) -> str:
        """A case's page."""
        return self.asking.case(code)

    def explain(self, figure: str, code: str | None, question: Question | None = None) -> str:
        """What is behind a figure of one unit."""
        return self.asking.figure(figure, self._about(question or self.question, code))

    def explain_at(self, figure: str, code: str | None, moment: datetime) -> str:
        """What is behind a figure of one unit just before a moment."""
        at = self.question.at(moment - SECOND, self.question.known)
        return self.explain(figure, code, at)

    def _about(self, question: Question, code: str | None) -> Question:
        if self.page.kind is Kind.DEPARTMENTS:
            return question.about(departments=frozenset({code or ""}))
        return question.about(area=code)

    def warning(self, row: Row) -> Component:
        """The yellow triangle, with its reason as title."""
        key = "below" if row.below_target else "funnel"
        title = self.words.text(f"ranking.flag.{key}")
        return html.Span(symbol("yellow"), title=title, className="flag")
