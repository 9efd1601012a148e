"""Grid workers and their points, by a table that is the demo's own and no centre's."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from dashboard.cases.area import township_of
from dashboard.demo.arrivals import Arrival, CaseKey
from dashboard.demo.chance import mix, share
from dashboard.demo.grids import Grids
from dashboard.demo.hours import HOUR, Hours
from dashboard.demo.put import Put
from dashboard.demo.rules import POINTS
from dashboard.settings import PointsSettings
from dashboard.signals.points import Deed, Entry, Ledger, reversal
from dashboard.terms import CaseKind

REJECTED = 0.025
"""Share of reports that turn out to be none some days later."""

NUMBERS_A_DAY = 10_000
"""Numbers of rows each day has for itself, so that a script taken up again numbers alike."""


def workers(grids: Grids, begins: date) -> list[dict[str, object]]:
    """Return the rows of `grid_worker`: one a grid, called by number."""
    return [
        {
            "worker_id": worker_of(grid.area_code),
            "name": f"演示网格员{number:03d}",
            "area_code": grid.area_code,
            "township_code": township_of(grid.area_code),
            "kind": ("full_time", "full_time", "part_time")[mix(grid.area_code, "kind") % 3],
            "on_duty_from": begins,
        }
        for number, grid in enumerate(grids.areas, 1)
    ]


def worker_of(grid: str) -> str:
    """Return who works in a grid."""
    return f"grid-{grid}"


class Points:
    """Enters what the grid does into the ledger; reports first count when they are accepted."""

    def __init__(self, hours: Hours) -> None:
        self._hours = hours
        self._ledger = Ledger(PointsSettings.model_validate(POINTS), hours.calendar.zone)
        self._day, self._count = date.min, 0

    def report(self, day: date, arrival: Arrival, accepted: int, *, settled: bool) -> list[Put]:
        """Return the entries of a report the centre accepted: most stay, a few are taken back."""
        rule = "hazard_verified" if arrival.kind is CaseKind.HAZARD else "valid_report"
        if settled and arrival.kind is CaseKind.DISPUTE:
            rule = "settled_in_grid"
        deed = Deed(
            worker_id=worker_of(arrival.place),
            at=datetime.fromtimestamp(accepted, UTC),
            rule_id=rule,
            place=arrival.place,
            category=arrival.matter.category,
        )
        entries = self._enter(day, deed)
        if entries and share(arrival.number, "rejected") < REJECTED:
            back = deed.at + timedelta(seconds=(20 + mix(arrival.number) % 40) * HOUR)
            entries.append(reversal(entries[0], back))
        return [self._put(day, entry, arrival.key) for entry in entries]

    def task(self, day: date, worker: str, at: datetime, *, late: bool) -> list[Put]:
        """Return the entry of a visit that was made, in time or late."""
        rule = "late_task" if late else "visit_done"
        entries = self._enter(day, Deed(worker_id=worker, at=at, rule_id=rule))
        return [self._put(day, entry, None) for entry in entries]

    def _enter(self, day: date, deed: Deed) -> list[Entry]:
        entry = self._ledger.enter(deed)
        if entry is None:
            return []
        number = self._next(day)
        return [
            Entry(
                worker_id=entry.worker_id,
                at=entry.at,
                rule_id=entry.rule_id,
                points=entry.points,
                amount_yuan=entry.amount_yuan,
                entry_id=number,
            )
        ]

    def _next(self, day: date) -> int:
        if day != self._day:
            self._day, self._count = day, 0
        self._count += 1
        return day.toordinal() * NUMBERS_A_DAY + self._count

    def _put(self, day: date, entry: Entry, case: CaseKey | None) -> Put:
        number = self._next(day) if entry.entry_id is None else entry.entry_id
        values: Mapping[str, object] = {
            "worker_id": entry.worker_id,
            "at": entry.at,
            "rule_id": entry.rule_id,
            "case_id": case,
            "reverses": entry.reverses,
            "points": entry.points,
            "amount_yuan": entry.amount_yuan,
        }
        return Put(entry.at, "points_entry", {"entry_id": number}, values)
