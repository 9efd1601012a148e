"""How one case goes from the door to its closing: its whole history, planned when it arrives."""

from datetime import UTC, date, datetime
from random import Random

from dashboard.cases.happening import Happening
from dashboard.deadlines import DeadlineRules
from dashboard.demo import detours
from dashboard.demo.arrivals import DESK_CHANNELS, Arrival
from dashboard.demo.chance import mix
from dashboard.demo.circumstances import history_of, size
from dashboard.demo.closing import MEDIATED, close, report_back
from dashboard.demo.county import County
from dashboard.demo.handling import handled_in, handler, settler
from dashboard.demo.hours import DAY, HOUR, MINUTE, Hours
from dashboard.demo.key_cases import key_facts
from dashboard.demo.levels import LEVELS, RISKS, USED
from dashboard.demo.line import Line
from dashboard.demo.responsibility import items_of, proposed_by_category
from dashboard.demo.rules import DEADLINES
from dashboard.demo.words import Words
from dashboard.terms import CaseKind, Channel, Event, Level, Role

ASSESSED = 0.2
"""Share of general cases that need assessing; all above do."""

NOT_ACCEPTED = 0.015
MERGED = 0.4
"""Share of a burst's reports that go into the first one's case."""

LATE = 0.056
LATE_AT_LEAST_S, LATE_MEAN_S, LATE_AT_MOST_S = 2 * HOUR, int(3.4 * DAY), 14 * DAY

QUICK = DAY
"""What is done faster is reported back as soon as it is claimed, without a start."""

SEAT_OPENS, SEAT_CLOSES = 7 * HOUR, 23 * HOUR
LAST_SPOT = 16 * HOUR
"""Nothing is promised for the same day when it is accepted later than 16:00."""


class Courses:
    """Plans cases: the same arrival and the same chance give the same history."""

    def __init__(self, county: County, hours: Hours) -> None:
        self._hours = hours
        self._rules = DeadlineRules(rules=DEADLINES, calendar=hours.calendar)
        self._words = Words(county)
        self._pace = {dept.dept_id: dept.pace for dept in county.departments}
        self._items = items_of(county)
        self._proposed = proposed_by_category(county)
        self._dues: dict[tuple[Level, date], int] = {}

    def plan(self, arrival: Arrival, rng: Random) -> list[tuple[int, Happening]]:
        """Return the case's steps with their UTC seconds, in order, the last one in the future."""
        line = Line(arrival.at, self._hours, rng)
        accepted = self._accepted_at(arrival, rng)
        level = self._level(arrival.kind, accepted, rng)
        self._open(line, arrival, level)
        if arrival.kind is CaseKind.APPEAL and rng.random() < NOT_ACCEPTED:
            line.add(Event.REJECT_ACCEPTANCE, accepted, Role.OPERATOR, reason="不属于受理范围",
                     facts={"approved_by": "督办组", "notice_given": True})  # fmt: skip
            return line.steps
        line.add(Event.ACCEPT, accepted, Role.OPERATOR, facts=history_of(arrival))
        if arrival.told_before is not None and rng.random() < MERGED:
            detours.merged(line, arrival.told_before)
        elif level is Level.SIMPLE:
            self._on_the_spot(line, arrival)
        else:
            self._through_a_department(line, arrival, level)
        detours.excluded(line, arrival)
        return line.steps

    def _accepted_at(self, arrival: Arrival, rng: Random) -> int:
        at = arrival.at + rng.randint(2, 18) * MINUTE
        if arrival.channel in DESK_CHANNELS:
            return self._hours.desk(at, rng)
        midnight = self._hours.midnight(self._hours.day_of(at))
        if at - midnight < SEAT_OPENS:
            return midnight + SEAT_OPENS + rng.randrange(90 * MINUTE)
        if at - midnight >= SEAT_CLOSES:
            return midnight + DAY + SEAT_OPENS + rng.randrange(90 * MINUTE)
        return at

    def _level(self, kind: CaseKind, accepted: int, rng: Random) -> Level:
        level = LEVELS[kind].pick(rng)
        day = self._hours.day_of(accepted)
        late = accepted - self._hours.midnight(day) > LAST_SPOT
        if level is Level.SIMPLE and (late or not self._hours.is_working(day)):
            return Level.GENERAL
        return level

    def _open(self, line: Line, arrival: Arrival, level: Level) -> None:
        matter, village = arrival.matter, arrival.village
        title, title_en = self._words.case(matter, village, line.rng)
        facts: dict[str, object] = {
            "source_channel": arrival.channel,
            "source_no": arrival.number,
            "case_kind": arrival.kind,
            "title": title,
            "title_en": title_en,
            "area_code": arrival.place,
            "category_code": matter.category,
            "level": level,
        }
        facts |= size(arrival)
        if matter.hazard_type is not None:
            facts["hazard_type_code"] = matter.hazard_type
        if arrival.channel in DESK_CHANNELS:
            facts["first_receiver"] = f"综合窗口{line.rng.randint(1, 6)}号"
            line.add(Event.REGISTER, arrival.at, Role.WINDOW, facts=facts)
        elif arrival.channel is Channel.GRID_APP:
            line.add(Event.REPORT, arrival.at, Role.GRID_WORKER, facts=facts)
        else:
            line.add(Event.REPORT, arrival.at, Role.CITIZEN_CHANNEL, facts=facts)

    def _on_the_spot(self, line: Line, arrival: Arrival) -> None:
        rng, area = line.rng, handled_in(arrival, Level.SIMPLE)
        facts: dict[str, object] = {
            "handling_area_code": area,
            "resolution_text": "当场答复办理",
            "resolved_successfully": True,
        }
        if arrival.kind is CaseKind.DISPUTE:
            facts |= {"resolution_text": "当场调解达成一致", "resolution_methods": [MEDIATED]}
        at = line.desk(line.at + rng.randint(10, 75) * MINUTE)
        line.add(Event.SETTLE_ON_SPOT, at, settler(area), facts=facts)
        close(line, line.at + rng.randint(10, 60) * MINUTE, rng.randint(3, 15) * MINUTE)

    def _through_a_department(self, line: Line, arrival: Arrival, level: Level) -> None:
        rng, accepted, dept = line.rng, line.at, arrival.matter.dept
        due = self._due(level, accepted)
        if rng.random() < LATE * self._pace[dept]:
            overrun = LATE_AT_LEAST_S + int(rng.expovariate(1 / LATE_MEAN_S))
            end = self._hours.desk(due + min(overrun, LATE_AT_MOST_S), rng)
        else:
            used = rng.betavariate(*USED[level])
            end = max(accepted + int((due - accepted) * used), accepted + 3 * HOUR)
        span = end - accepted
        if level is not Level.GENERAL or rng.random() < ASSESSED:
            at = line.desk(accepted + _part(span, 0.06, 8 * HOUR, rng))
            risk = {"risk_level": RISKS[level].pick(rng)}
            line.add(Event.ASSESS, at, Role.ANALYST, facts=risk)
        if level in (Level.COMPLEX, Level.MAJOR):
            detours.joint_review(line, dept)
        area = handled_in(arrival, level)
        self._dispatch(line, arrival, area, span)
        if level is Level.MAJOR:
            line.add(Event.ASSIGN_OFFICIAL, line.desk(line.at + HOUR), Role.LEADER,
                     facts=key_facts(arrival.number, dept))  # fmt: skip
        dept = detours.before_start(line, dept, span)
        worker = handler(area, dept)
        line.add(Event.CLAIM, line.desk(line.at + _part(span, 0.12, 16 * HOUR, rng)), worker)
        if span > QUICK:
            line.add(Event.START, line.desk(line.at + _part(span, 0.03, 3 * HOUR, rng)), worker)
        followed = end - _part(span, 0.2, 40 * HOUR, rng)
        back = followed - _part(span, 0.18, 30 * HOUR, rng)
        if detours.leaves_early(line, arrival.kind, back):
            return
        detours.on_the_way(line, worker, back, due, mediates=arrival.kind is CaseKind.DISPUTE)
        report_back(line, line.desk(back), worker)
        detours.sent_back(line, worker, followed)
        close(line, line.seat(followed), end - followed)
        detours.reopened(line, worker)

    def _dispatch(self, line: Line, arrival: Arrival, area: str, span: int) -> None:
        dept = arrival.matter.dept
        facts = {"handling_area_code": area, **self._item(dept, arrival)}
        line.add(
            Event.DISPATCH,
            line.desk(line.at + _part(span, 0.1, 14 * HOUR, line.rng)),
            Role.DISPATCHER,
            facts=facts,
            dept=dept,
            sheet=f"演示派{arrival.number}",
        )

    def _item(self, dept: str, arrival: Arrival) -> dict[str, object]:
        """Return the item of the responsibility list the case is handed out by, and the proposed.

        The dispatcher takes one of those proposed seven times out of eight.
        """
        category, chance = arrival.matter.category, mix(arrival.number, "item")
        proposed = self._proposed.get(category, [])
        known = self._items.get((dept, category)) or self._items.get((dept, None)) or []
        chosen = proposed if proposed and chance % 8 else known
        item = chosen[chance // 8 % len(chosen)] if chosen else None
        return {"responsibility_item_id": item, "items_proposed": proposed}

    def _due(self, level: Level, accepted: int) -> int:
        """Return the due second; the demo's limits depend on nothing but level and local day."""
        key = (level, self._hours.day_of(accepted))
        if key not in self._dues:
            start = datetime.fromtimestamp(accepted, UTC)
            deadline = self._rules.deadline(None, level, None, start)
            if deadline is None:
                raise LookupError(f"the demo's rules set no limit for level {level}")
            self._dues[key] = int(deadline.due_at.timestamp())
        return self._dues[key]


def _part(span: int, share: float, at_most: int, rng: Random) -> int:
    return int(min(span * share, at_most) * rng.uniform(0.4, 1.6))
