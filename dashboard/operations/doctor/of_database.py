"""Looks at the database: whether it answers, and what it says of itself."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import SQLAlchemyError

from dashboard.cases.rebuild import stale_projection
from dashboard.database.engine import reading, sqlite_module
from dashboard.database.schema import misfit, schema_version
from dashboard.database.tables import area, case_event, check_run, department
from dashboard.figures.view import view_at
from dashboard.operations.backup import FACT
from dashboard.operations.doctor import of_rows
from dashboard.operations.doctor.finding import Finding, fault, ok, warning, worst
from dashboard.operations.doctor.of_program import zone_data
from dashboard.operations.doctor.patient import Patient
from dashboard.operations.sqlite_version import WHY, Version, races
from dashboard.snapshots.read_place import read_fact, read_sources

CLOCKS_APART = timedelta(seconds=2)
"""More between this machine's clock and the database's, and limits are counted wrongly (O07)."""


def answers(patient: Patient) -> Finding:
    """Does it answer."""
    if patient.engine is None:
        return fault("there is no database: run `wuqing init`, or correct database_url")
    name = patient.engine.url.render_as_string(hide_password=True)
    try:
        with reading(patient.engine) as connection:
            connection.scalar(text("SELECT 1"))
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        return fault(f"{name} does not answer: {reason}: start it, or correct database_url")
    return ok(f"{name} answers")


def schema(patient: Patient) -> Finding:
    """Has it this program's tables."""
    why = misfit(patient.database)
    if why is not None:
        return fault(f"the database {why}")
    return ok(f"version {schema_version(patient.database)}")


def projection(patient: Patient) -> Finding:
    """Are the case rows those this program would write."""
    with reading(patient.database) as connection:
        if stale_projection(connection):
            return fault("the case rows are of an older version: run `wuqing init`")
    return ok("the case rows are of this version")


def engine(patient: Patient, version: Version | None = None) -> Finding:
    """Does the database keep its promises: no race (SQLite), rights that bind (PostgreSQL)."""
    if patient.database.dialect.name == "sqlite":
        found = version or sqlite_module().sqlite_version_info
        name = f"SQLite {'.'.join(map(str, found))}"
        return fault(f"{name} {WHY}") if races(found) else ok(name)
    with reading(patient.database) as connection:
        return worst([of_rows.user(connection), of_rows.policies(connection)])


def clock(patient: Patient) -> Finding:
    """Is the clock one that can be believed."""
    zone, now = zone_data(patient), patient.now()
    with reading(patient.database) as connection:
        found = [zone, _after_events(connection, now)]
        if connection.dialect.name == "postgresql":
            seconds = connection.scalar(text("SELECT extract(epoch FROM clock_timestamp())"))
            # asked again: the moments before the answer are not the clocks' fault
            found.append(_together(patient.now(), datetime.fromtimestamp(float(seconds), UTC)))
    return worst(found)


def _after_events(connection: Connection, now: datetime) -> Finding:
    last = connection.scalar(select(func.max(case_event.c.recorded_at)))
    if last is not None and last > now:
        return fault(f"this clock is behind the last event ({last.isoformat()}): set it right")
    return ok("the clock is ahead of the last event")


def _together(here: datetime, there: datetime) -> Finding:
    apart = abs(here - there)
    if apart > CLOCKS_APART:
        return fault(f"clock and database are {apart.total_seconds():.0f} s apart: use NTP on both")
    return ok("clock and database agree")


def areas(patient: Patient) -> Finding:
    """Can places and departments be named."""
    with reading(patient.database) as connection:
        places = connection.scalar(select(func.count()).select_from(area)) or 0
        active = select(func.count()).select_from(department).where(department.c.active)
        departments = connection.scalar(active) or 0
    if not places:
        return fault("no areas: run `wuqing init`, with --areas for those below the county")
    if not departments:
        return warning("no departments: they come with an import that creates them")
    return ok(f"{places} areas, {departments} departments")


def backup(patient: Patient) -> Finding:
    """Is there a backup that was verified, and a young one."""
    with reading(patient.database) as connection:
        last = read_fact(connection, FACT)
    if last is None:
        return warning("no backup was ever verified: `wuqing backup FILE`, every night")
    age = patient.now() - datetime.fromisoformat(last["at"])
    text_ = f"{last['file']} is {_hours(age)} old ({last['bytes'] / 1_000_000:,.1f} MB)"
    if age > timedelta(hours=patient.known.limits.backup_h):
        return warning(f"{text_}: `wuqing backup FILE`, and see why last night's was not made")
    return ok(text_)


def sources(patient: Patient) -> Finding:
    """Does every source still bring something."""
    with reading(patient.database) as connection:
        states = read_sources(view_at(connection, patient.now()))
    if not states:
        return ok("no source has brought anything yet")
    told = {
        state: f"{state.channel} {_age(patient.now(), state.last_received_at)}" for state in states
    }
    late = [told[state] for state in states if state.late]
    if late:
        return warning(f"late: {', '.join(late)}: ask who sends it")
    return ok(", ".join(told.values()))


def check(patient: Patient) -> Finding:
    """Did the last `wuqing check` find every figure right."""
    run = check_run.c
    query = select(run.ended_at, run.differences).order_by(run.run_id.desc()).limit(1)
    with reading(patient.database) as connection:
        last = connection.execute(query).first()
    if last is None:
        return warning("never checked: run `wuqing check`")
    found, age = last.differences.get("found", 0), _age(patient.now(), last.ended_at)
    if found:
        return fault(f"{found} differences, {age}: run `wuqing check` and read docs/check.md")
    return ok(f"no difference, {age}")


def _age(now: datetime, at: datetime | None) -> str:
    return "never" if at is None else f"{_hours(now - at)} ago"


def _hours(age: timedelta) -> str:
    hours = age.total_seconds() / 3600
    return f"{hours * 60:.0f} min" if hours < 2 else f"{hours:,.0f} h"
