"""Looks at the program, its settings and what they name, without the database."""

import os
import re
import sys
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from dashboard.access.guessable import SHORTEST as SECRET_BYTES
from dashboard.access.guessable import size_of
from dashboard.calendar import CalendarError, WorkCalendar, local_day
from dashboard.operations.doctor.finding import Finding, fault, ok, warning, worst
from dashboard.operations.doctor.patient import Patient
from dashboard.operations.readiness import free_mb
from dashboard.operations.switches import switches_on
from dashboard.profile import ProfileError
from geodata.boundaries import BoundaryError, load_boundaries

OLDEST_PYTHON = (3, 11)

LINKED = re.compile(r"""url\(["']?([^"')?#]+)""")


def python(_patient: Patient, version: tuple[int, ...] = sys.version_info[:3]) -> Finding:
    """Is Python new enough."""
    name = ".".join(map(str, version))
    if version < OLDEST_PYTHON:
        return fault(f"Python {name} is too old: install 3.11 or newer")
    return ok(f"Python {name}")


def settings(patient: Patient) -> Finding:
    """Can the settings be read."""
    if patient.settings is None:
        return fault(f"{patient.complaint}: correct it, docs/wuqing.example.toml shows every key")
    if not patient.file.exists():
        return warning(f"no {patient.file}: every setting has its default, write down your own")
    return ok(f"{patient.file} read")


def switches(patient: Patient) -> Finding:
    """Is nothing on that shows or runs more than the gate lets through."""
    on = switches_on(patient.environment)
    if on:
        return fault(f"{', '.join(on)} set: unset it, it opens what must stay closed")
    return ok("no debugging switch is on")


def secrets(patient: Patient) -> Finding:
    """Are the secrets there, and long enough."""
    known = patient.known
    return worst(
        [
            _secret("party_secret", known.party_secret, "repeats of a party are not found"),
            _secret("audit_secret", known.audit_secret, "the log of what was done can be forged"),
        ]
    )


def _secret(name: str, value: SecretStr | None, without: str) -> Finding:
    size = size_of(value)
    if size is None:
        return warning(f"{name} is not set, {without}: set it to {SECRET_BYTES} random bytes")
    if size < SECRET_BYTES:
        # not "change it": keys made with the old one would match no longer
        return fault(f"{name} has {size} bytes, which can be guessed: use {SECRET_BYTES} or more")
    return ok("secrets are set and long enough")


def address(patient: Patient) -> Finding:
    """Is the server reached over TLS alone, where others can reach it."""
    server = patient.known.server
    if _is_loopback(server.host):
        return ok(f"listens on {server.host}, for this machine alone")
    if (server.public_url or "").startswith("https:"):
        return ok(f"listens on {server.host}, reached as {server.public_url}")
    return warning(
        f"listens on {server.host} over plain HTTP: put a proxy with TLS in front, listen on "
        "127.0.0.1, and set server.public_url to its https address"
    )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def profile(patient: Patient) -> Finding:
    """Can the profile be used."""
    try:
        return ok(f"profile {patient.profile().id}")
    except ProfileError as error:
        return fault(f"{error}: correct the setting profile")


def calendar(patient: Patient) -> Finding:
    """Are the holidays of this year and the next known."""
    known = patient.known
    try:
        found = WorkCalendar.load(known.zone, known.calendar_file)
    except CalendarError as error:
        return fault(f"{error}: correct it, see docs/calendar.md")
    year = local_day(patient.now(), known.zone).year
    missing = [str(each) for each in (year, year + 1) if not found.knows(each)]
    if missing:
        return warning(
            f"holidays of {' and '.join(missing)} are not known, limits that reach there are "
            "provisional: add them to calendar_file once they are announced (docs/calendar.md)"
        )
    return ok(f"holidays of {year} and {year + 1} are known")


def boundaries(patient: Patient) -> Finding:
    """Is there a map."""
    file = patient.known.boundaries_file
    try:
        found = load_boundaries(patient.profile().area_code, file)
    except ProfileError:
        return warning("not looked at: the profile cannot be used")
    except BoundaryError as error:
        return warning(f"no map: {error}") if file is None else fault(f"{error}: correct the file")
    return ok(f"a map of {len(found.codes)} areas{', schematic' if found.schematic else ''}")


def assets(_patient: Patient, folder: Path | None = None) -> Finding:
    """Are all files there that the pages load, fonts above all."""
    folder = folder or _assets_folder()
    styles = sorted(folder.glob("*.css"))
    linked = {
        style.parent / name
        for style in styles
        for name in LINKED.findall(style.read_text("utf-8"))
        if not name.startswith(("data:", "/"))
    }
    wanted = {*styles, *folder.glob("*.js"), *linked}
    missing = sorted(each.name for each in wanted if not each.exists() or not each.stat().st_size)
    if not styles or missing:
        named = ", ".join(missing[:5]) or str(folder)
        return fault(f"files of the pages are missing: {named}: install the program again")
    return ok(f"{len(wanted)} files of the pages are there, {len(linked)} of them fonts and images")


def _assets_folder() -> Path:
    """Find the folder without importing what draws: the core knows no screen."""
    spec = find_spec("layouts")
    places = [] if spec is None else list(spec.submodule_search_locations or [])
    return Path(places[0] if places else ".") / "assets"


def zone_data(patient: Patient) -> Finding:
    """Are time zones known: without them no local day is right."""
    try:
        return ok(f"time zone {ZoneInfo(patient.known.timezone).key}")
    except (KeyError, ValueError, OSError):
        return fault("no time zone data: install tzdata")


def disk(patient: Patient) -> Finding:
    """Is there room to go on."""
    engine, file = patient.database, patient.database_file
    free = free_mb(engine)
    if free is None or file is None:
        return ok("the database is another server's, which looks after its own disk")
    least = patient.known.limits.free_disk_mb
    if free < least:
        return fault(f"{free:,.0f} MB free, less than {least:,}: make room beside {file}")
    size = file.stat().st_size / 1_000_000
    if free < 2 * size:
        return warning(f"{free:,.0f} MB free: a backup of {size:,.0f} MB needs twice its size")
    return ok(f"{free:,.0f} MB free")


def permissions(patient: Patient) -> Finding:
    """Can nobody else read or change the settings and the database."""
    if os.name == "nt":
        return ok("not looked at on this system")
    files = [each for each in (patient.file, patient.database_file) if each and each.exists()]
    found = [_permission(each) for each in files]
    return worst(found) if found else ok("there is no file of ours to guard")


def _permission(file: Path) -> Finding:
    mode = file.stat().st_mode
    if mode & 0o002:
        return fault(f"anybody can change {file}: chmod 600 {file}")
    if mode & 0o004:
        return warning(f"anybody on this machine can read {file}: chmod 600 {file}")
    return ok("settings and database are for their user alone")
