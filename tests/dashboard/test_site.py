from datetime import timedelta

from pydantic import SecretStr
from sqlalchemy import insert, select

from dashboard.database.engine import reading, writing
from dashboard.database.tables import sealed_league, site
from dashboard.settings import Settings
from dashboard.site import open_site, shown_clock
from tests import worlds


def test_a_set_clock_runs_on_from_its_moment(now):
    at = now - timedelta(days=5000)
    shown = shown_clock(lambda: now, at)

    assert shown(now) == at
    assert shown(now + timedelta(seconds=90)) == at + timedelta(seconds=90)


def test_without_a_set_moment_the_real_time_is_shown(now):
    assert shown_clock(lambda: now, None)(now) == now


def test_the_wall_closes_the_month_before_once_and_only_if_anything_had_happened(county, now):
    with writing(county) as connection:
        connection.execute(insert(site).values(key="profile", value="zhanyi"))
    url = SecretStr(county.url.render_as_string(hide_password=False))
    clock = [now]
    opened = open_site(Settings(database_url=url), lambda: clock[0])

    def closed():
        with reading(county) as connection:
            rows = select(sealed_league.c.kind, sealed_league.c.month)
            return sorted((row.kind, str(row.month)) for row in connection.execute(rows))

    opened.feed().latest()
    assert closed() == []
    with writing(county) as connection:
        worlds.a_history(connection, start=now - timedelta(days=40))
    clock[0] += timedelta(hours=1)
    for _ in range(2):
        opened.feed().latest()
        clock[0] += timedelta(hours=1)
    assert closed() == [("departments", "2026-02-01"), ("townships", "2026-02-01")]
    opened.engine.dispose()
