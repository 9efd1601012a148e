"""The duty roster: who leads by day and night, the seats, and on working days the offices."""

from datetime import UTC, date, datetime
from typing import NamedTuple

from dashboard.demo.hours import HOUR, OPENING, Hours
from dashboard.demo.put import Put

KNOWN_AHEAD_DAYS = 7


class Post(NamedTuple):
    """What people take turns at: `people` are invented titles with their department, no persons.

    So many are on duty at once; an office's only on working days.
    """

    role: str
    shift: str
    hours: tuple[int, int]
    people: tuple[tuple[str, str | None], ...]
    at_once: int = 1
    office: bool = True


def _of_the_centre(*titles: str) -> tuple[tuple[str, str | None], ...]:
    return tuple((title, None) for title in titles)


LEADERS = _of_the_centre("李主任", "王主任", "张主任", "陈主任", "杨主任", "赵主任", "刘主任")
SEATS = _of_the_centre("1号座席", "2号座席", "3号座席", "4号座席", "5号座席")
DAY, NIGHT = (8 * HOUR, 20 * HOUR), (20 * HOUR, 32 * HOUR)

SHARED = (
    Post("duty_leader", "day", DAY, LEADERS, office=False),
    Post("duty_leader", "night", NIGHT, LEADERS, office=False),
)
"""One list of leaders for both shifts: who has the night does not have the day before."""

POSTS = (
    Post("operator", "day", DAY, SEATS, at_once=2, office=False),
    Post("reception_leader", "day", OPENING,
         _of_the_centre("周副区长", "吴副区长", "徐书记", "孙局长", "马局长")),
    Post("lawyer", "day", OPENING, _of_the_centre("胡律师", "朱律师", "高律师")),
    Post("dept_duty", "day", OPENING,
         (("林科长", "hrss"), ("何所长", "police"), ("郭科长", "housing"), ("罗科长", "natural"),
          ("梁科长", "civil"), ("宋庭长", "court"), ("郑科长", "market"), ("谢科长", "water")),
         at_once=2),
    Post("mediator", "day", OPENING,
         _of_the_centre("韩调解员", "唐调解员", "冯调解员", "于调解员"), at_once=2),
)  # fmt: skip


def roster(day: date, known: date, hours: Hours) -> list[Put]:
    """Return the shifts that begin on a local day, posted on the day `known`."""
    turn = day.toordinal()
    rows = [
        _put(day, known, post, turn * len(SHARED) + order, hours)
        for order, post in enumerate(SHARED)
    ]
    there = (post for post in POSTS if not post.office or hours.is_working(day))
    rows += [
        _put(day, known, post, turn * post.at_once + place, hours)
        for post in there
        for place in range(post.at_once)
    ]
    return rows


def _put(day: date, known: date, post: Post, turn: int, hours: Hours) -> Put:
    midnight, (starts, ends) = hours.midnight(day), post.hours
    name, department = post.people[turn % len(post.people)]
    return Put(
        datetime.fromtimestamp(hours.midnight(known), UTC),
        "duty_shift",
        {"date": day, "shift": post.shift, "role": post.role, "person_name": name},
        {
            "dept_id": department,
            "starts_at": datetime.fromtimestamp(midnight + starts, UTC),
            "ends_at": datetime.fromtimestamp(midnight + ends, UTC),
        },
    )
