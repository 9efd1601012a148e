"""Where the board is: names of areas and departments, the day, the duty, the feeds."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, case, or_, select

from dashboard.calendar import WorkCalendar, local_day
from dashboard.cases.area import village_of
from dashboard.database import tables
from dashboard.duty.roster import leader_of, read_shifts
from dashboard.figures.dimension import COUNTY, TOWNSHIP, Dimension
from dashboard.figures.period import SECOND
from dashboard.figures.sensitive import BUILT_IN, is_sensitive
from dashboard.figures.view import View
from dashboard.profile import Profile, load_profile
from dashboard.settings import Settings
from dashboard.snapshots.board import Day, Directory, Duty, Name, SourceState
from dashboard.terms import AreaLevel, Channel

SILENT_INTERVALS = 3
"""A feed is late once it has brought nothing for so many of its intervals."""


@dataclass(frozen=True, slots=True)
class Known:
    """Codes the directory can name; a stray code of an import is shown as none.

    `unit` finds the area a row belongs to: its township, or its county on a prefecture's board.
    """

    unit: Dimension
    townships: frozenset[str]
    departments: frozenset[str]
    sensitive: frozenset[str] = BUILT_IN

    @classmethod
    def of(
        cls, directory: Directory, profile: Profile, sensitive: frozenset[str] = BUILT_IN
    ) -> "Known":
        """Take the codes of a directory, and the categories that are not named."""
        return cls(
            COUNTY if profile.level == "prefecture" else TOWNSHIP,
            frozenset(name.code for name in directory.townships),
            frozenset(name.code for name in directory.departments),
            sensitive,
        )

    def category(self, code: str | None) -> str | None:
        """Return the code unless a case beside its place may not be told by it."""
        return None if is_sensitive(code, self.sensitive) else code

    def township(self, code: str | None) -> str | None:
        """Return the code if it has a name."""
        return code if code in self.townships else None

    def department(self, code: str | None) -> str | None:
        """Return the code if it has a name."""
        return code if code in self.departments else None


def read_directory(view: View, profile: Profile, calendar: WorkCalendar) -> Directory:
    """Name the county, its townships and the active departments, in their own orders.

    A prefecture stands for the county and its counties for the townships. Without an area table
    the profile's place is the county.
    """
    area, today = tables.area, local_day(view.as_of, calendar.zone)
    whole, part = (AreaLevel.COUNTY, AreaLevel.TOWNSHIP)
    if profile.level == "prefecture":
        whole, part = (AreaLevel.PREFECTURE, AreaLevel.COUNTY)
    own = case((area.c.area_code == profile.area_code, 0), else_=1)
    rows = view.connection.execute(
        select(area.c.area_code, area.c.name, area.c.short_name, area.c.name_en, area.c.level)
        .where(area.c.level.in_((whole, part)))
        .where(or_(area.c.valid_to.is_(None), area.c.valid_to > today))
        .order_by(own, area.c.sort_order, area.c.area_code)
    ).all()
    place = Name(
        code=profile.area_code, full=profile.place, short=profile.place, en=profile.place_en
    )
    department = tables.department
    departments = view.connection.execute(
        select(
            department.c.dept_id, department.c.name, department.c.short_name, department.c.name_en
        )
        .where(department.c.active)
        .order_by(department.c.sort_order, department.c.dept_id)
    )
    return Directory(
        county=next((_name(*row[:4]) for row in rows if row.level == whole), place),
        townships=tuple(_name(*row[:4]) for row in rows if row.level == part),
        departments=tuple(_name(*row) for row in departments),
        places=_places(view),
    )


def _places(view: View) -> tuple[Name, ...]:
    """Name the village and the grid the view's filters ask about; no wider area."""
    code = view.filters.area
    village = None if code is None else village_of(code)
    if village is None:
        return ()
    area = tables.area.c
    rows = view.connection.execute(
        select(area.area_code, area.name, area.short_name, area.name_en)
        .where(area.area_code.in_((village, code)))
        .order_by(area.area_code)
    )
    return tuple(_name(*row) for row in rows)


def _name(code: str, full: str, short: str, en: str | None) -> Name:
    return Name(code=code, full=full, short=short, en=en or full)


def read_fact(connection: Connection, key: str) -> Any:  # noqa: ANN401 -- a JSON value
    """Return what the database says of itself under `key`, None when it says nothing."""
    site = tables.site
    return connection.execute(select(site.c.value).where(site.c.key == key)).scalar()


def read_profile(connection: Connection, settings: Settings) -> Profile:
    """Load the profile the settings name, else the one the database was made for."""
    named = "profile" in settings.model_fields_set
    own = None if named else read_fact(connection, "profile")
    return load_profile(own or settings.profile)


def read_day(as_of: datetime, calendar: WorkCalendar) -> Day:
    """Name the local day and whether it is worked."""
    day = local_day(as_of, calendar.zone)
    return Day(date=day, working=calendar.is_working(day), provisional=not calendar.knows(day.year))


def read_duty(view: View) -> Duty | None:
    """Find the leader of the running shift; of two that overlap, the later one."""
    leads = leader_of(read_shifts(view.connection, view.as_of, view.as_of + SECOND))
    return None if leads is None else Duty(name=leads.name, shift=leads.shift)


def read_sources(view: View) -> tuple[SourceState, ...]:
    """Tell when each feed last brought something, in the order of the channels."""
    source = tables.source
    rows = view.connection.execute(
        select(source.c.channel, source.c.last_received_at, source.c.expected_every_s)
    )
    states = [_source_state(Channel(row[0]), row[1], row[2], view.as_of) for row in rows]
    order = list(Channel)
    return tuple(sorted(states, key=lambda state: order.index(state.channel)))


def _source_state(
    channel: Channel, last: datetime | None, every_s: int | None, as_of: datetime
) -> SourceState:
    late = every_s is not None and (
        last is None or as_of - last > timedelta(seconds=SILENT_INTERVALS * every_s)
    )
    return SourceState(channel=channel, last_received_at=last, expected_every_s=every_s, late=late)
