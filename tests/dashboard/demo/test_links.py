"""Links into the demo: what they open, and that their accounts are written down."""

import pytest
from sqlalchemy import insert, select

from dashboard.access.audit import verify
from dashboard.access.door import Door
from dashboard.database.access_tables import audit_entry
from dashboard.database.engine import reading, writing
from dashboard.database.tables import site
from dashboard.demo.links import DemoLinkError, demo_links
from dashboard.settings import Server, Settings
from tests.test_app import url_of


@pytest.fixture
def demo(county):
    with writing(county) as connection:
        connection.execute(insert(site).values(key="synthetic", value=True))
    return county


def test_each_account_behind_a_link_is_written_down_once(demo, now):
    settings = Settings(database_url=url_of(demo))
    links = dict(demo_links(demo, settings, now))
    demo_links(demo, settings, now)

    with reading(demo) as connection:
        rows = connection.execute(select(audit_entry).order_by(audit_entry.c.entry_id)).all()
        assert verify(connection, None).altered is None
    assert [(row.actor, row.action, row.subject) for row in rows] == [
        ("demo", "add_account", "demo-leader"),
        ("demo", "add_account", "demo-administrator"),
        ("demo", "add_account", "demo-township"),
    ]
    secret = links["leader"].removeprefix("/enter/").split("?")[0]
    assert Door(demo, lambda: now, None).enter(secret, "127.0.0.1") is not None


def test_there_are_none_into_real_data_or_for_other_machines(county, demo, now):
    with pytest.raises(DemoLinkError, match="this machine alone"):
        demo_links(demo, Settings(server=Server(host="0.0.0.0")), now)
    with writing(county) as connection:
        connection.execute(site.delete())
    with pytest.raises(DemoLinkError, match="synthetic"):
        demo_links(county, Settings(), now)
