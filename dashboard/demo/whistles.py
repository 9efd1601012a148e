"""吹哨: townships that call a department to a case, a few a week."""

from datetime import UTC, datetime

from dashboard.demo.arrivals import Arrival
from dashboard.demo.chance import mix, share
from dashboard.demo.hours import HOUR, MINUTE
from dashboard.demo.put import Put

EVERY = 130
"""One of so many accepted cases."""

NOT_COME = 0.08


def whistle(arrival: Arrival, accepted: int) -> list[Put]:
    """Return the rows of the call for help a case leads to; most lead to none."""
    drawn = mix(arrival.number, "whistle")
    if drawn % EVERY:
        return []
    raised = accepted + (30 + drawn % 200) * MINUTE
    key: dict[str, object] = {"whistle_id": int(arrival.number)}
    first: dict[str, object] = {
        "case_id": arrival.key,
        "raised_by": ("township", "village", "centre")[drawn % 3],
        "raised_at": _instant(raised),
        "area_code": arrival.place,
        "township_code": arrival.village.parent_code,
        "lead_dept_id": arrival.matter.dept,
    }
    rows = [Put(_instant(raised), "whistle", key, first)]
    if share(arrival.number, "arrived") >= NOT_COME:
        arrived = raised + (20 + mix(arrival.number, "arrival") % 300) * MINUTE
        ended = arrived + (1 + mix(arrival.number, "end") % 30) * HOUR
        came = {"arrived_at": _instant(arrived)}
        end = {
            "closed_at": _instant(ended),
            "satisfaction": ("satisfied", "very_satisfied", "basically_satisfied")[drawn % 3],
        }
        rows.append(Put(_instant(arrived), "whistle", key, came, new=False))
        rows.append(Put(_instant(ended), "whistle", key, end, new=False))
    return rows


def _instant(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)
