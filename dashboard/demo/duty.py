"""The duty roster: two shifts a day, led by invented titles."""

from datetime import UTC, date, datetime

from dashboard.demo.hours import HOUR, Hours
from dashboard.demo.put import Put

LEADERS = ("李主任", "王主任", "张主任", "陈主任", "杨主任", "赵主任", "刘主任")
"""Titles only, no persons."""

SHIFTS = (("day", 8 * HOUR, 20 * HOUR), ("night", 20 * HOUR, 32 * HOUR))

KNOWN_AHEAD_DAYS = 7


def roster(day: date, known: date, hours: Hours) -> list[Put]:
    """Return the shifts that begin on a local day, posted on the day `known`."""
    midnight = hours.midnight(day)
    rows = []
    for order, (shift, starts, ends) in enumerate(SHIFTS):
        leader = LEADERS[(day.toordinal() * len(SHIFTS) + order) % len(LEADERS)]
        rows.append(
            Put(
                datetime.fromtimestamp(hours.midnight(known), UTC),
                "duty_shift",
                {"date": day, "shift": shift, "role": "duty_leader"},
                {
                    "person_name": leader,
                    "starts_at": datetime.fromtimestamp(midnight + starts, UTC),
                    "ends_at": datetime.fromtimestamp(midnight + ends, UTC),
                },
            )
        )
    return rows
