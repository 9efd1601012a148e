"""A leader's page while it is drawn: its snapshot, its question, and addresses of its figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.briefing.owned import Owned
from dashboard.drilldown.overview import Overview
from dashboard.drilldown.question import Question
from dashboard.figures.cell import Cell
from dashboard.snapshots.board import Name
from dashboard.terms import AreaLevel
from geodata.sketch import Sketch
from layouts import format as fmt
from layouts.desk.asking import Asking
from layouts.desk.tiles import Tile
from layouts.names import joined
from layouts.words import Words

SHARES = frozenset({"on_time_rate", "satisfaction_rate"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What every card needs; `own` are the filters that mean the page's subject.

    `owned` are its open decisions, None of whom owns none.
    """

    page: Overview
    asking: Asking
    own: Mapping[str, Any]
    sketch: Sketch | None = None
    owned: Owned | None = None

    @property
    def words(self) -> Words:
        """The words of the visit."""
        return self.asking.words

    @property
    def title(self) -> str:
        """What the subject is called."""
        if "situations" in self.own:
            return self.words.text(f"situation.{self.page.name.code}")
        if self.page.level is AreaLevel.GRID:  # a number in its village, and many villages have it
            return joined(
                *(self.called(name) for name in (*self.page.parents[-1:], self.page.name))
            )
        return self.page.name.en if self.words.language == "en" else self.page.name.full

    def called(self, name: Name) -> str:
        """Return the short name of an area in the language; the Chinese one where it has no other.

        A name nobody has translated stands in full for its English one, too long for a list.
        """
        english = self.words.language == "en" and name.en != name.full
        return name.en if english else name.short

    @property
    def entry(self) -> str:
        """The entry of the navigation the page belongs to."""
        if "departments" in self.own:
            return "dept"
        return "township" if self.own.get("area") else "county"

    @property
    def question(self) -> Question:
        """The question narrowed to the subject."""
        return self.asking.question.about(**self.own)

    def to(self, figure: str, part: str | None = None, **filters: Any) -> str:  # noqa: ANN401 -- fields of Filters
        """Write the address that explains a figure of the subject, or of a part of it."""
        chosen = {
            name: frozenset({value}) if name.endswith("s") and isinstance(value, str) else value
            for name, value in filters.items()
        }
        return self.asking.figure(figure, self.question.about(**chosen), part)

    def link(self, figure: str, text: str, **filters: Any) -> Component:  # noqa: ANN401
        """Write a number that opens into its explanation."""
        return html.A(text, href=self.to(figure, **filters), className="fig")

    def chip(self, parts: Sequence[Component | str], href: str | None = None) -> Component:
        """Draw a chip beside the title."""
        if href is None:
            return html.Span(list(parts), className="chip")
        return html.A(list(parts), href=href, className="chip")

    def count_tile(
        self, name: str, feet: Sequence[str], spark: Sequence[float] = (), mark: str = ""
    ) -> Tile:
        """Make the tile of a count."""
        return Tile(
            label=self.words.text(f"overview.tile.{name}"),
            figure=fmt.number(self.page.cells[name].numerator),
            unit=self.words.text("unit.case"),
            href=self.to(name),
            spark=spark,
            feet=[foot for foot in feet if foot],
            mark=mark,
        )

    def rate_tile(self, name: str, feet: Sequence[str], spark: Sequence[float | None] = ()) -> Tile:
        """Make the tile of a rate."""
        cell = self.page.cells[name]
        rate = fmt.rate(cell.numerator, cell.denominator or 0)
        return Tile(
            label=self.words.text(f"overview.tile.{name}"),
            figure=rate,
            unit="" if rate == fmt.DASH else "%",
            href=self.to(name),
            spark=spark,
            feet=[foot for foot in feet if foot],
        )

    def median(self, name: str) -> str:
        """Say the median of the peers; nothing with fewer than three."""
        values = [
            value
            for cell in self.page.peers.get(name, ())
            if (value := _value(name, cell)) is not None
        ]
        if len(values) < 3:
            return ""
        middle = median(values)
        text = f"{100 * middle:.1f}%" if name in SHARES else f"{middle:g}"
        return self.words.text("overview.median", v=text)


def _value(name: str, cell: Cell) -> float | None:
    return cell.ratio if name in SHARES else float(cell.numerator)
