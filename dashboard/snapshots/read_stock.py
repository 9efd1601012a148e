"""What is in hand: open cases by stage, by colour and by township, and the standing hazards."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard.figures.catalogue.stock import (
    BLUE,
    HAZARDS_STANDING,
    IN_HAND,
    OVERDUE,
    RECENT,
    RED,
    STAGE_TIME,
    SUPERVISED,
    YELLOW,
)
from dashboard.figures.cell import Cell
from dashboard.figures.dimension import RISK, STAGE
from dashboard.figures.figure import Figure
from dashboard.figures.measure import Cells, measure, total
from dashboard.figures.view import View
from dashboard.profile import Profile, StageLabel
from dashboard.snapshots.board import Directory, Hazards, StageCount, TownshipLoad, Warnings
from dashboard.snapshots.read_lists import read_marks, read_warning_rows
from dashboard.snapshots.read_place import Known
from dashboard.terms import Risk, Stage


@dataclass(frozen=True, slots=True)
class Stock:
    """Figures of open cases by stage."""

    cells: Mapping[Figure, Cells]

    def count(self, figure: Figure) -> int:
        """Add up all stages."""
        return total(self.cells[figure].values()).numerator

    def stages(self, profile: Profile, closed_today: int) -> tuple[StageCount, ...]:
        """Count per labelled stage, in the profile's order."""
        column = _columns(profile)

        def part(figure: Figure, label: StageLabel) -> Cell:
            cells = self.cells[figure].items()
            return total(cell for (stage,), cell in cells if column(stage) == label)

        return tuple(
            StageCount(
                code=label.code,
                label=label.zh,
                count=part(IN_HAND, label).numerator,
                mean_s=part(STAGE_TIME, label).ratio,
                overdue=part(OVERDUE, label).numerator,
            )
            if label.code is not Stage.CLOSED
            else StageCount(
                code=label.code, label=label.zh, count=closed_today, mean_s=None, overdue=0
            )
            for label, _ in profile.columns
        )

    def warnings(self, view: View, known: Known) -> Warnings:
        """Count by colour and list the first rows."""
        return Warnings(
            red=self.count(RED),
            yellow=self.count(YELLOW),
            blue=self.count(BLUE),
            rows=read_warning_rows(view, known),
            recent=self.count(RECENT),
        )


def _columns(profile: Profile) -> Callable[[str], StageLabel]:
    """Tell under which label an open case of a stage counts; the first takes what has none."""
    labels = [(label, group) for label, group in profile.columns if label.code is not Stage.CLOSED]
    column = {stage: label for label, group in labels for stage in group}
    first = labels[0][0]
    return lambda stage: column.get(Stage(stage), first)


def read_stock(view: View) -> Stock:
    """Measure the open cases."""
    figures = (IN_HAND, OVERDUE, RED, YELLOW, BLUE, RECENT, SUPERVISED, STAGE_TIME)
    return Stock(measure(view, figures, (STAGE,)))


def read_townships(view: View, directory: Directory, known: Known) -> tuple[TownshipLoad, ...]:
    """Count open cases of every township in its order, then of those without one, if any."""
    counts = measure(view, (IN_HAND, OVERDUE), (known.unit,))
    load: dict[Figure, Counter[str | None]] = {IN_HAND: Counter(), OVERDUE: Counter()}
    for figure, cells in counts.items():
        for (code,), cell in cells.items():
            load[figure][known.township(code)] += cell.numerator
    codes: list[str | None] = [name.code for name in directory.townships]
    if load[IN_HAND][None]:
        codes.append(None)
    return tuple(
        TownshipLoad(code=code, open=load[IN_HAND][code], overdue=load[OVERDUE][code])
        for code in codes
    )


def read_hazards(view: View, known: Known) -> Hazards:
    """Count standing hazard points by level and place them."""
    cells = measure(view, (HAZARDS_STANDING,), (RISK,))[HAZARDS_STANDING]
    count = {risk: cells.get((risk,), Cell()).numerator for risk in Risk}
    return Hazards(
        high=count[Risk.HIGH],
        medium=count[Risk.MEDIUM],
        low=count[Risk.LOW],
        marks=read_marks(view, known),
    )
