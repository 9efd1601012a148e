"""What an import finds when it starts: areas, departments, outlines and the centre's rules."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import SecretStr
from sqlalchemy import Connection, select

from dashboard.calendar import WorkCalendar
from dashboard.cases.rules import Rules, case_rules
from dashboard.database.tables import area, department, site
from dashboard.intake.case_rows import CaseRows
from dashboard.intake.columns import Columns
from dashboard.intake.departments import DepartmentBook
from dashboard.intake.facts import FactReader
from dashboard.intake.faults import IntakeError
from dashboard.intake.mapping import Mapping
from dashboard.intake.places import KnownArea, Places, Points
from dashboard.profile import Profile
from dashboard.settings import Settings
from dashboard.terms import AreaLevel
from geodata.boundaries import Boundaries, BoundaryError, load_boundaries


@dataclass(frozen=True)
class Surroundings:
    """The mapping in its surroundings: everything a row's reader needs but the row."""

    mapping: Mapping
    profile: Profile
    areas: tuple[KnownArea, ...]
    departments: tuple[dict[str, str | None], ...]
    boundaries: Boundaries | None
    rules: Rules
    party_secret: SecretStr | None = None

    def taker(self, columns: Columns, now: datetime) -> CaseRows:
        """Return what takes this file's rows.

        Raises:
            IntakeError: the mapping names a column the file lacks, or a code that is none.
        """
        return CaseRows(
            self.mapping,
            self._reader(columns),
            self._book(),
            self.rules,
            now,
            with_keys=self.party_secret is not None,
        )

    def _reader(self, columns: Columns) -> FactReader:
        location = self.mapping.location
        box = self.boundaries.box if self.boundaries else None
        points = Points(location, box) if location else None
        code_at = None
        if self.mapping.areas.by == "point" and self.boundaries:
            from geodata.locate import Outlines

            code_at = Outlines(self.boundaries).code_at
        places = Places(self.mapping.areas, self.areas, points, code_at)
        return FactReader(self.mapping, columns, self.profile, places, self.party_secret)

    def _book(self) -> DepartmentBook | None:
        """Return the departments an import may name, None when its file names none."""
        if self.mapping.departments is None:
            return None
        return DepartmentBook(self.mapping.departments, self.departments)


def look_around(
    connection: Connection, mapping: Mapping, profile: Profile, settings: Settings
) -> Surroundings:
    """Read what the database and the settings say.

    Raises:
        IntakeError: there is no area tree, or areas are to be found by point without outlines.
        CalendarError: the settings' calendar cannot be used.
    """
    calendar = WorkCalendar.load(settings.zone, settings.calendar_file)
    own = connection.scalar(select(site.c.value).where(site.c.key == "deadlines"))
    return Surroundings(
        mapping=mapping,
        profile=profile,
        areas=_areas(connection, profile),
        departments=known_departments(connection),
        boundaries=_boundaries(mapping, profile, settings),
        rules=case_rules(settings, profile, calendar, own or ()),
        party_secret=settings.party_secret,
    )


def known_departments(connection: Connection) -> tuple[dict[str, str | None], ...]:
    """Read the departments by all their names."""
    named = (department.c[name] for name in ("dept_id", "name", "short_name", "name_en"))
    return tuple(dict(row._mapping) for row in connection.execute(select(*named)))


def _areas(connection: Connection, profile: Profile) -> tuple[KnownArea, ...]:
    found = connection.execute(select(area))
    areas = tuple(
        KnownArea(
            row.area_code,
            AreaLevel(row.level),
            tuple(name for name in (row.name, row.short_name, row.name_en) if name),
        )
        for row in found
    )
    if profile.area_code not in {known.code for known in areas}:
        raise IntakeError(
            f"the database has no area tree of {profile.place_en}: run `wuqing init` first"
        )
    return areas


def _boundaries(mapping: Mapping, profile: Profile, settings: Settings) -> Boundaries | None:
    try:
        return load_boundaries(profile.area_code, settings.boundaries_file)
    except BoundaryError as error:
        if mapping.areas.by == "point":
            raise IntakeError(f"areas are found by point, but {error}") from None
        return None
