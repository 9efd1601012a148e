"""A briefing that cannot be had is told everywhere by one cause; what breaks keeps the frame."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from app import create_app
from dashboard.access.role import Role
from dashboard.briefing.briefing_settings import BriefingSettings
from dashboard.briefing.schedule import seal_due
from dashboard.database.briefing_tables import sealed_briefing
from dashboard.database.engine import writing
from dashboard.database.tables import cases
from dashboard.settings import Settings
from tests.callbacks.test_privacy import text_of
from tests.signing import client
from tests.test_app import url_of
from tests.worlds import COUNTY, XIPING, a_case, a_history

DAY = "2026-03-18"
CAUSE = "程序或数据有误（ValueError），请看日志"
LATE = "到时未签发"
PAPERS = (f"/briefing/{DAY}", "/briefing", "/briefing/since", "/briefing?view=slides")
OTHERS = (f"/area/{COUNTY}", "/decisions", "/briefing/issues", "/duty", "/cases", "/nowhere")
FILE = f"/export/briefing/daily/{DAY}"
PAGE = {"Accept": "text/html"}


@pytest.fixture
def clock():
    return [datetime(2026, 3, 17, 23, 29, 50, tzinfo=UTC)]  # 07:29:50 in Shanghai


@pytest.fixture
def app(county, clock):
    with writing(county) as connection:
        a_history(connection)
        a_case(connection, accepted_at=clock[0] - timedelta(hours=2))
    rule = BriefingSettings(statistics_at="06:00", seal_at="07:30")
    made = create_app(Settings(database_url=url_of(county), briefing=rule), lambda: clock[0])
    yield made
    made.server.extensions["engine"].dispose()


@pytest.fixture
def pass_time(app, clock):
    """A function that lets half minutes go by, as the service looks for what is to be sealed."""
    site = app.server.extensions["site"]

    def go(halves):
        for _ in range(halves):
            clock[0] += timedelta(seconds=30)
            seal_due(site.engine, site.centre, clock[0])
        clock[0] += timedelta(seconds=5)  # the wall's next board

    return go


def set_channel(engine, channel):
    """Write what no reader of cases knows, or mend it."""
    with writing(engine) as connection:
        connection.execute(update(cases).values(source_channel=channel))


def test_a_row_that_cannot_be_read_is_told_on_wall_and_desk_by_one_cause(
    app, county, clock, pass_time
):
    leader = client(app, clock[0])
    assert leader.get("/briefing", headers=PAGE).status_code == 200
    set_channel(county, "nobody's")
    pass_time(2)
    assert clock[0].minute < 35
    for address in ("/live/wall", *OTHERS):
        said = text_of(leader.get(address, headers=PAGE))
        assert CAUSE in said, address
        assert LATE in said, address
    for address in (*PAPERS, *(f"{FILE}.{kind}" for kind in ("pdf", "docx", "xlsx", "txt"))):
        answer = leader.get(address, headers=PAGE)
        assert (answer.status_code, answer.mimetype) == (500, "text/html"), address
        said = answer.text
        assert "没能编出" in said, address
        assert CAUSE in said, address
        assert "07:30 到时未签发，已试" in said, address
        assert answer.headers["X-Request-Id"] in said, address
        assert "历期通报" in said, address
        assert "Traceback" not in said
        assert "nobody's" not in said
    set_channel(county, "window")
    pass_time(1)
    for address in ("/live/wall", *PAPERS, *OTHERS):
        assert LATE not in text_of(leader.get(address, headers=PAGE)), address
    assert leader.get(f"{FILE}.pdf").data.startswith(b"%PDF")


def test_who_is_bound_to_a_part_and_a_page_of_the_past_are_not_told(app, county, clock, pass_time):
    leader, town = client(app, clock[0]), client(app, clock[0], Role.TOWNSHIP, area=XIPING)
    leader.get("/decisions")
    set_channel(county, "nobody's")
    pass_time(2)
    assert LATE in leader.get("/decisions").text
    assert LATE not in leader.get("/decisions?as_of=2026-03-17T12:00").text
    assert LATE not in town.get("/decisions").text


def test_what_was_just_sealed_is_late_no_more_on_its_own_page(app, county, clock, pass_time):
    leader = client(app, clock[0])
    leader.get("/decisions")
    clock[0] += timedelta(minutes=4)  # nobody looked
    leader.get("/decisions")
    assert LATE in leader.get("/briefing").text
    done = leader.post("/briefing", data={"cycle": "daily", "day": DAY})
    assert LATE not in leader.get(done.location).text


def test_a_sealed_body_that_does_not_open_any_more_is_named(app, county, clock, pass_time):
    pass_time(2)
    with writing(county) as connection:
        connection.execute(update(sealed_briefing).values(body="{}"))
    leader = client(app, clock[0])
    for address in (*PAPERS, f"{FILE}.pdf"):
        answer = leader.get(address, headers=PAGE)
        assert answer.status_code == 500, address
        assert "（BodyError）" in answer.text, address
    assert leader.get("/briefing/issues").status_code == 200


@pytest.mark.parametrize(
    ("place", "kind"),
    [("tempfile.tempdir", "NotADirectoryError"), ("layouts.briefing.pdf.SHEET", "TypstError")],
)
def test_a_file_that_cannot_be_drawn_says_so_and_the_page_stays(
    app, clock, monkeypatch, tmp_path, place, kind
):
    leader = client(app, clock[0])
    leader.get("/briefing")
    sheet = tmp_path / "broken.typ"
    sheet.write_text("#nothing-known")
    monkeypatch.setattr(place, sheet)
    answer = leader.get(f"{FILE}.pdf", headers=PAGE)
    assert answer.status_code == 500
    assert "没能画出" in answer.text
    assert f"（{kind}）" in answer.text
    assert "Content-Disposition" not in answer.headers
    assert leader.get("/briefing", headers=PAGE).status_code == 200


def test_what_breaks_anywhere_keeps_the_frame_the_id_and_a_way_back(app, clock):
    app.server.config["PROPAGATE_EXCEPTIONS"] = False

    def fails():
        raise ValueError("secret of the house")

    for name in ("account", "seal_briefing"):
        app.server.view_functions[name] = fails
    leader, stranger = client(app, clock[0]), client(app, clock[0], Role.ADMINISTRATOR)
    for answer in (
        leader.get("/account", headers=PAGE),
        leader.get("/account?lang=en", headers=PAGE),
        leader.post(
            "/briefing", headers=PAGE | {"Referer": "http://localhost/briefing?cycle=daily"}
        ),
    ):
        assert answer.status_code == 500
        assert answer.headers["X-Request-Id"] in answer.text
        assert "/league/townships" in answer.text
        assert f"/area/{COUNTY}" in answer.text
        assert "secret" not in answer.text
    assert 'data-address="/briefing?cycle=daily"' in answer.text
    plain = stranger.get("/account", headers=PAGE)
    assert (plain.status_code, plain.mimetype) == (500, "text/html")
    assert plain.headers["X-Request-Id"] in plain.text
    assert "/league" not in plain.text
    assert leader.get("/account").data == b""  # a script wants no page


def test_without_a_first_board_the_page_that_says_so_has_its_frame(app, county, clock):
    set_channel(county, "nobody's")
    answer = client(app, clock[0]).get("/cases", headers=PAGE)
    assert answer.status_code == 503
    assert "/league/townships" in answer.text
    assert answer.headers["X-Request-Id"] in answer.text
