"""The whole application over a real database, without a browser."""

import gzip
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from dash import Dash
from pydantic import SecretStr
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from app import create_app
from dashboard.database.engine import open_engine, writing
from dashboard.profile import PROFILES
from dashboard.settings import Settings, Wall
from dashboard.site import SiteError
from layouts.panels import PANELS
from tests.conftest import NOW
from tests.signing import client

ROOT = Path(__file__).parents[1]


def url_of(engine: Engine) -> SecretStr:
    return SecretStr(engine.url.render_as_string(hide_password=False))


@pytest.fixture
def made(new_database, now) -> Iterator[Callable[..., Dash]]:
    """A function that makes an application over a database, and lets go of it before that goes."""
    apps: list[Dash] = []

    def make(engine: Engine, **settings: Any) -> Dash:
        app = create_app(Settings(database_url=url_of(engine), **settings), lambda: now)
        apps.append(app)
        return app

    yield make
    for app in apps:
        app.server.extensions["engine"].dispose()


@pytest.fixture
def app(made, county) -> Dash:
    return made(county)


def fetch(app: Dash, address: str, **headers: str) -> TestResponse:
    names = {name.replace("_", "-"): text for name, text in headers.items()}
    return client(app, NOW).get(address, headers=names, buffered=True)


def test_the_wall_answers_with_all_its_panels(app):
    panels = orjson.loads(gzip.decompress(fetch(app, "/live/wall").data))["panels"]

    assert set(panels) == {panel.id for panel in PANELS}


@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_draws_its_wall_in_both_languages(made, new_database, profile, caplog):
    app = made(new_database(), profile=profile)

    for language in ("zh-CN", "en"):
        referrer = f"http://localhost/wall?lang={language}"
        assert fetch(app, "/_dash-layout", Referer=referrer).status_code == 200
        assert fetch(app, f"/live/wall?lang={language}").status_code == 200
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


def test_two_applications_live_in_one_process(made, new_database):
    apps = [made(new_database()) for _ in range(2)]

    assert [fetch(app, "/live/wall").status_code for app in apps] == [200, 200]


def test_a_database_without_tables_stops_the_start_and_is_not_made(tmp_path, now):
    file = tmp_path / "none.db"

    with pytest.raises(SiteError, match=r"no tables yet: run `wuqing init`"):
        create_app(Settings(database_url=SecretStr(f"sqlite:///{file}")), lambda: now)
    assert not file.exists()


def test_a_database_of_another_version_stops_the_start(blank, now):
    with writing(blank) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")

    with pytest.raises(SiteError, match="is of version 0001"):
        create_app(Settings(database_url=url_of(blank)), lambda: now)


def test_a_database_that_does_not_answer_stops_the_start_without_its_password(now):
    url = SecretStr("postgresql://wall:secret@127.0.0.1:1/none")

    with pytest.raises(SiteError, match="does not answer") as refusal:
        create_app(Settings(database_url=url), lambda: now)
    assert "secret" not in str(refusal.value)


def test_a_set_day_has_boards_of_its_own(made, county, now):
    at = now.replace(year=2025)
    real, shifted = made(county), made(county, wall=Wall(at=at))
    told = [fetch(app, "/live/wall").headers["X-As-Of"] for app in (real, shifted)]

    assert [int(each) / 1000 for each in told] == [now.timestamp(), at.timestamp()]


def scripts(app: Dash) -> list[str]:
    return re.findall(r'(?:src|href)="(/[^"]+)"', fetch(app, "/wall").text)


def test_what_has_a_fingerprint_is_kept_for_a_year(app):
    files = [each for each in scripts(app) if each.endswith(".js") or "?m=" in each]

    assert len(files) > 10
    for file in files:
        assert "max-age=31536000" in fetch(app, file).headers["Cache-Control"]


def test_compressed_files_are_the_same_files(app):
    packed = {file: fetch(app, file, Accept_Encoding="gzip") for file in scripts(app)}
    packed = {file: each for file, each in packed.items() if "Content-Encoding" in each.headers}

    assert len(packed) > 10
    for file, answer in packed.items():
        assert gzip.decompress(answer.data) == fetch(app, file).data
        assert answer.headers["Vary"] == "Accept-Encoding"


def test_the_wall_page_loads_no_plotly(app):
    assert not any("plotly" in file for file in scripts(app))


def test_the_documents_and_files_of_a_first_load_stay_small(app):
    files = ["/wall", "/_dash-layout", "/_dash-dependencies", "/live/wall", *scripts(app)]
    sizes = {file: len(fetch(app, file, Accept_Encoding="gzip").data) for file in files}

    assert sum(sizes.values()) < 900_000, sizes


def run_app(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "app.py", *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, env=environment, check=False
    )


@pytest.mark.parametrize(
    "environment, sentence",
    [
        pytest.param({"WUQING_REFRESH__EVRY_S": "5"}, "unknown setting 'refresh.evry_s'", id="key"),
        pytest.param({"WUQING_PROFILE": "atlantis"}, "unknown profile 'atlantis'", id="profile"),
        pytest.param({}, "no tables yet", id="database"),
    ],
)
def test_a_start_that_cannot_be_ends_with_one_sentence(tmp_path, environment, sentence):
    file = tmp_path / "wuqing.toml"
    file.write_text("", "utf-8")
    database = tmp_path / "blank.db"
    if "WUQING_PROFILE" in environment:
        migrated(database)
    url = f"sqlite:///{database}"
    result = run_app("--settings", str(file), WUQING_DATABASE_URL=url, **environment)

    assert result.returncode == 2
    assert sentence in result.stderr
    assert len(result.stderr.splitlines()) == 1


def migrated(file: Path) -> None:
    from dashboard.database.schema import migrate

    engine = open_engine(f"sqlite:///{file}")
    migrate(engine)
    engine.dispose()


def test_a_moment_that_is_none_is_refused(tmp_path):
    result = run_app("--at", "yesterday")

    assert result.returncode == 2
    assert "wall.at" in result.stderr


def test_importing_the_application_starts_nothing(tmp_path):
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import app"
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)

    assert list(tmp_path.iterdir()) == []


def test_the_wall_loads_nothing_of_leaders_pages_and_they_nothing_of_dash(app):
    wall, desk = (fetch(app, address).text for address in ("/wall", "/cases"))
    loaded = re.compile(r'(?:src|href)="/assets/([\w.-]+)')

    assert not {"desk.js", "patch.js", "60-desk.css"} & set(loaded.findall(wall))
    assert "dash_renderer" not in desk
    for name in loaded.findall(desk):
        assert fetch(app, f"/assets/{name}").status_code == 200, name
