"""Visits and patrols: given out on some days, most of them made in time, some late or never."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from dashboard.demo.chance import share
from dashboard.demo.county import County
from dashboard.demo.grid import NUMBERS_A_DAY, Points, worker_of
from dashboard.demo.grids import Grids
from dashboard.demo.hours import DAY, HOUR, Hours
from dashboard.demo.put import Put

PATROL_DAYS, HOUSEHOLD_DAYS, ITEM_DAYS = 6, 20, 15
"""How long there is for a patrol, for the visits to households, for an item of the inspections."""

ITEMS = 10
"""The inspections have ten items; no article names them."""

NEVER, LATE = 0.035, 0.05
SLACK = {"530303101000": 2.5, "530303203000": 1.8, "530303001000": 0.5}
"""Townships that leave out more or fewer visits than others."""

PATROL_WEEKDAY = 0
HOUSEHOLD_MONTH_DAYS = range(1, 16)


class Inspections:
    """Plans the tasks given out on a day, with what becomes of them and what they earn."""

    def __init__(self, county: County, hours: Hours, grids: Grids, points: Points) -> None:
        self._hours = hours
        self._grids = grids
        self._villages = county.villages
        self._points = points

    def on(self, day: date) -> list[Put]:
        """Return the rows of the day's tasks."""
        rows: list[Put] = []
        for number, (program, town, village, item) in enumerate(self._given(day)):
            rows += self._task(day, number, program, (town, village, item))
        return rows

    def _given(self, day: date) -> Iterator[tuple[str, str, str, str | None]]:
        for town, villages in self._villages.items():
            codes = [village.area_code for village in villages]
            if day.weekday() == PATROL_WEEKDAY:
                yield "patrol", town, codes[day.toordinal() // 7 % len(codes)], None
            if day.day == 1:
                item = str((day.year * 12 + day.month) % ITEMS + 1)
                yield "ten_inspections", town, codes[day.month % len(codes)], item
            if day.day in HOUSEHOLD_MONTH_DAYS:  # every village once a month, its grids in turn
                turn = day.day - HOUSEHOLD_MONTH_DAYS.start
                for code in codes[turn :: len(HOUSEHOLD_MONTH_DAYS)]:
                    yield "household", town, code, None

    def _task(
        self, day: date, number: int, program: str, what: tuple[str, str, str | None]
    ) -> list[Put]:
        town, village, item = what
        days = {"patrol": PATROL_DAYS, "household": HOUSEHOLD_DAYS}.get(program, ITEM_DAYS)
        midnight = self._hours.midnight(day)
        due = self._hours.midnight(day + timedelta(days=days)) - 1
        grid = self._grids.in_turn(village, day.year * 12 + day.month)
        worker = worker_of(grid)
        key: dict[str, object] = {"task_id": day.toordinal() * NUMBERS_A_DAY + number}
        given: dict[str, object] = {
            "program": program,
            "item_no": item,
            "area_code": grid,
            "township_code": town,
            "assignee": worker,
            "due_at": _instant(due),
        }
        rows = [Put(_instant(midnight + 8 * HOUR), "inspection_task", key, given)]
        chance = share(day, number, "done") / SLACK.get(town, 1.0)
        if chance >= NEVER:
            late = chance < NEVER + LATE
            used = share(day, number, "when")
            done = (
                due + int((0.2 + used) * 3 * DAY)
                if late
                else int(midnight + 9 * HOUR + used * (due - midnight - 10 * HOUR))
            )
            found = int(share(day, number, "found") < 0.18)
            made = {"done_at": _instant(done), "found_count": found}
            rows.append(Put(_instant(done), "inspection_task", key, made, new=False))
            rows += self._points.task(day, worker, _instant(done), late=late)
        return rows


def _instant(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)
