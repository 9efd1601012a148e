"""Signing in and out as a person does."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.access.accounts import make_account
from dashboard.access.role import Role
from dashboard.access.sign_on.subjects import link_subject
from dashboard.database.engine import writing
from tests import worlds
from tests.browser.conftest import Server, Watch, a_server
from tests.services.provider import CLIENT, Provider, provider

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, sqlite_blank: Path) -> Iterator[Server]:
    with a_server(tmp_path_factory.mktemp("door"), sqlite_blank) as server:
        with writing(server.engine) as connection:
            for login, role, area in (
                ("zhang", Role.LEADER, None),
                ("xiping", Role.TOWNSHIP, worlds.XIPING),
                ("root", Role.ADMINISTRATOR, None),
            ):
                make_account(
                    connection, login=login, name="张三", role=role, at=datetime.now(UTC),
                    password=PASSWORD, area_code=area,
                )  # fmt: skip
        yield server


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def sign_in(visitor: Page, login: str, password: str = PASSWORD) -> None:
    visitor.get_by_label("账号").fill(login)
    visitor.get_by_label("密码").fill(password)
    visitor.get_by_role("button", name="登录").click()


def test_a_link_is_reached_through_the_form_and_left_by_signing_out(visitor: Page, place) -> None:
    visitor.goto(f"{place.url}/cases?view=open&sort=left")
    expect(visitor).to_have_url(re.compile(r"/sign-in\?next="))
    sign_in(visitor, "zhang", "not the password")
    expect(visitor.get_by_role("alert")).to_contain_text("还可以试 4 次")
    expect(visitor.get_by_label("账号")).to_have_value("zhang")
    sign_in(visitor, "zhang")
    expect(visitor).to_have_url(f"{place.url}/cases?view=open&sort=left")
    expect(visitor.locator("h1")).to_be_visible()

    visitor.get_by_role("link", name="我的账号").click()
    expect(visitor.locator("dl")).to_contain_text("张三")
    visitor.get_by_role("button", name="退出登录").click()
    expect(visitor).to_have_url(re.compile(r"/sign-in$"))
    visitor.go_back()
    expect(visitor.get_by_label("密码")).to_be_visible()


def test_a_township_begins_on_its_own_page_and_is_told_what_is_not_its_own(
    visitor: Page, place: Server
) -> None:
    visitor.goto(place.url)
    sign_in(visitor, "xiping")
    expect(visitor).to_have_url(f"{place.url}/area/{worlds.XIPING}")
    expect(visitor.locator(".d-top")).to_contain_text("仅西平街道")
    expect(visitor.locator(".d-nav")).not_to_contain_text("大屏")

    visitor.goto(f"{place.url}/area/{worlds.COUNTY}")
    expect(visitor.locator("h1")).to_have_text("没有权限")
    visitor.goto(f"{place.url}/wall")
    expect(visitor.locator("h1")).to_have_text("您没有查看这一页的权限")


def test_a_page_whose_session_has_ended_leads_to_the_form_and_back(
    visitor: Page, place: Server
) -> None:
    visitor.goto(f"{place.url}/league/townships")
    sign_in(visitor, "zhang")
    expect(visitor.locator("h1")).to_be_visible()
    with writing(place.engine) as connection:
        connection.exec_driver_sql("UPDATE sign_in_session SET ended_at = seen_at")
    # another process may know a session for a few seconds after it has ended
    visitor.evaluate("async () => { while ((await fetch('/live/wall')).status !== 401); }")
    visitor.get_by_role("link", name="事项").first.click()
    expect(visitor).to_have_url(re.compile(r"/sign-in\?next="))
    sign_in(visitor, "zhang")
    expect(visitor).to_have_url(re.compile(r"/league/townships"))


def test_an_administrator_sees_no_case(visitor: Page, place: Server) -> None:
    visitor.goto(f"{place.url}/cases")
    sign_in(visitor, "root")
    expect(visitor.locator("h1")).to_have_text("您没有查看这一页的权限")


@pytest.fixture(scope="module")
def there() -> Iterator[Provider]:
    with provider(int(datetime.now(UTC).timestamp())) as made:
        yield made


def test_who_is_known_elsewhere_goes_there_and_back_and_out(
    visitor: Page, place: Server, there: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WUQING_SIGN_IN__OIDC__CLIENT_SECRET", "a secret between two programs")
    place.stop()
    place.start(
        server__public_url=place.url,
        sign_in__oidc__name="统一身份认证", sign_in__oidc__name_en="County sign-on",
        sign_in__oidc__issuer=there.url, sign_in__oidc__client_id=CLIENT,
        sign_in__oidc__end_session_url=f"{there.url}/out",
    )  # fmt: skip
    seen = Watch(visitor)
    visitor.goto(f"{place.url}/cases?view=open")
    visitor.get_by_role("link", name="统一身份认证").click()
    expect(visitor.locator("h1")).to_have_text("您在本系统还没有账号")
    expect(visitor.locator("code")).to_have_text("0042")
    with writing(place.engine) as connection:
        link_subject(connection, "zhang", "oidc", "0042", datetime.now(UTC))

    visitor.goto(f"{place.url}/sign-in?next=/cases?view=open&lang=en")
    visitor.get_by_role("link", name="County sign-on").click()
    expect(visitor).to_have_url(f"{place.url}/cases?view=open")
    visitor.goto(f"{place.url}/account")
    visitor.get_by_role("button", name="退出登录").click()
    expect(visitor.get_by_role("status")).to_contain_text("已退出本系统")
    out = visitor.get_by_role("link", name="一并退出")
    expect(out).to_have_attribute("href", f"{there.url}/out")
    assert [each for each in seen.complaints if "403" not in each] == []
