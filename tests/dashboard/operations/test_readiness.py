from threading import Event
from threading import enumerate as enumerate_threads

import pytest
from pydantic import SecretStr
from sqlalchemy import text, update

from app import create_app
from dashboard.database.engine import writing
from dashboard.database.schema import SERVES_FACT, newest_version
from dashboard.database.tables import site as site_facts
from dashboard.operations.readiness import KEPT_S, Readiness
from dashboard.settings import LimitSettings, Settings
from dashboard.site import open_site
from dashboard.snapshots.feed import Feed
from tests.dashboard.snapshots.test_feed import EVERY_S, Clock, plain

PATIENT_S = 30.0


def url_of(engine) -> SecretStr:
    return SecretStr(engine.url.render_as_string(hide_password=False))


@pytest.fixture
def site_with(county):
    """A function that opens the county's site with some limits, at a clock that can be set."""
    sites = []

    def make(clock=None, **limits):
        settings = Settings(database_url=url_of(county), limits=LimitSettings(**limits))
        sites.append(open_site(settings, clock or Clock()))
        return sites[-1]

    yield make
    settle()
    for site in sites:
        site.engine.dispose()


def settle() -> None:
    """Let looks that are under way come to their end."""
    for thread in enumerate_threads():
        if thread.name == "readiness":
            thread.join(PATIENT_S)


def ready(site, feed=None) -> bool:
    return Readiness(site, feed or site.feed(), wait_s=PATIENT_S).ready()


def test_a_service_that_can_do_its_work_is_ready(site_with):
    assert ready(site_with())


@pytest.mark.parametrize(
    ("version", "serves", "fit"),
    [
        ("0001", "0001", False),
        ("9999", newest_version(), True),
        ("9999", "0001", True),
        ("9999", "9999", False),
    ],
)
def test_only_a_schema_that_serves_this_program_is(site_with, version, serves, fit):
    """One of the version after is: services go on while it is brought in."""
    site = site_with()
    with writing(site.engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})
        served = site_facts.c.key == SERVES_FACT
        connection.execute(update(site_facts).where(served).values(value=serves))
    assert ready(site) is fit


def test_a_database_that_is_gone_is_not_and_one_that_is_back_is(site_with):
    clock = Clock()
    site = site_with(clock)
    with writing(site.engine) as connection:
        connection.exec_driver_sql("ALTER TABLE wall_snapshot RENAME TO gone")
    found = Readiness(site, site.feed(), wait_s=PATIENT_S, clock=lambda: clock().timestamp())
    assert not found.ready()
    with writing(site.engine) as connection:
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO wall_snapshot")
    clock.forward(KEPT_S)
    assert found.ready()


def test_a_disk_without_room_is_not(site_with):
    site = site_with(free_disk_mb=10**9)
    assert ready(site) is (site.engine.dialect.name == "postgresql")


def test_a_board_of_yesterday_is_not(site_with):
    clock = Clock()
    site, feed = site_with(clock), Feed(site_with().engine, plain, Clock(), every_s=EVERY_S)
    assert ready(site, feed)
    clock.forward(86_400)
    assert not ready(site, feed)


def test_who_asks_never_waits_for_a_database_that_hangs(site_with):
    answers, clock = Event(), Clock()
    site = site_with(clock, connection_s=0.1)

    def hang(connection, as_of):
        answers.wait(PATIENT_S)
        return plain(connection, as_of)

    feed = Feed(site.engine, hang, clock, every_s=EVERY_S, scope="hanging")
    found = Readiness(site, feed, wait_s=0, clock=lambda: clock().timestamp())
    assert not found.ready()
    clock.forward(site.settings.limits.connection_s + 1)
    assert not found.ready()
    answers.set()


def test_the_first_who_asks_is_told_what_was_seen_however_slow_the_look(site_with):
    site = site_with(connection_s=PATIENT_S)
    assert Readiness(site, site.feed(), wait_s=0).ready()


def test_anybody_may_ask_the_application(county, now):
    app = create_app(Settings(database_url=url_of(county)), lambda: now)
    answers = [app.server.test_client().get(path) for path in ("/healthz", "/readyz")]
    assert answers[0].json == {"status": "ok"}
    assert answers[1].json.keys() == {"status"}
    settle()
    app.server.extensions["engine"].dispose()
