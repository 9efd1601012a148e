"""What a centre has decided, gathered for those who read its figures."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from dashboard.calendar import WorkCalendar
from dashboard.cases.rules import Rules, case_rules
from dashboard.profile import Profile
from dashboard.settings import Settings
from dashboard.snapshots.read_place import read_fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Centre:
    """Settings, profile and working calendar of one centre."""

    settings: Settings
    profile: Profile
    calendar: WorkCalendar

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which its days are counted."""
        return self.calendar.zone

    def rules_of(self, connection: Connection) -> Rules:
        """Return the rules of handling, with the time limits its database holds."""
        own = read_fact(connection, "deadlines")
        return case_rules(self.settings, self.profile, self.calendar, own or ())
