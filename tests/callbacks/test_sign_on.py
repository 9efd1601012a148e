"""Signing in by a provider: the way there and back over HTTP, and every way that is none."""

import logging
import re
from collections.abc import Iterator
from threading import Event
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from pydantic import SecretStr
from sqlalchemy import select

from app import create_app
from dashboard.access.accounts import make_account, set_active
from dashboard.access.audit import verify
from dashboard.access.role import Role
from dashboard.access.sign_on.outgoing import FAILURES
from dashboard.access.sign_on.subjects import link_subject
from dashboard.database.access_tables import account, audit_entry, sign_in_session, sign_on_errand
from dashboard.database.engine import reading, writing
from dashboard.settings import Metrics, Server, Settings
from dashboard.sign_in_settings import CasSettings, OAuth2Settings, OidcSettings, SignInSettings
from tests.callbacks.test_metrics import samples
from tests.conftest import NOW
from tests.services.provider import (
    CLIENT,
    KEY,
    SECRET,
    STRANGE_KEY,
    Provider,
    by_hand,
    provider,
    signed,
)
from tests.signing import COOKIE
from tests.test_app import url_of

AT = int(NOW.timestamp())
PASSWORD = "correct horse battery"
KINDS = ("oidc", "oauth2", "cas")

on_sqlite = pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
"""For what asks the provider, and the database nothing of its own."""


@pytest.fixture
def there() -> Iterator[Provider]:
    with provider(AT) as made:
        yield made


@pytest.fixture
def elsewhere() -> Iterator[Provider]:
    """Somebody who is not configured and must never be asked."""
    with provider(AT) as made:
        yield made
        assert made.asked == []


def settings_of(county, there: Provider, **changes) -> Settings:
    known = {"client_id": CLIENT, "client_secret": SecretStr(SECRET), "timeout_s": 5} | changes
    return Settings(
        database_url=url_of(county),
        server=Server(public_url="http://localhost"),
        sign_in=SignInSettings(
            oidc=OidcSettings(name="统一身份认证", name_en="County SSO", issuer=there.url, **known),
            oauth2=OAuth2Settings(
                name="政务平台", authorize_url=f"{there.url}/authorize",
                token_url=f"{there.url}/token", user_url=f"{there.url}/me",
                subject_field="data.id", name_field="data.name", **known,
            ),
            cas=CasSettings(
                name="单点登录", url=f"{there.url}/cas", name_attribute="cn",
                end_session_url=f"{there.url}/cas/logout", timeout_s=known["timeout_s"],
            ),
        ),
    )  # fmt: skip


@pytest.fixture
def app(county, there):
    with writing(county) as connection:
        make_account(
            connection, login="zhang", name="张三", role=Role.LEADER, at=NOW, password=PASSWORD
        )
    made = create_app(settings_of(county, there), lambda: NOW)
    yield made
    made.server.extensions["engine"].dispose()


@pytest.fixture
def visitor(app) -> FlaskClient:
    return app.server.test_client()


@pytest.fixture
def linked(app, county) -> None:
    with writing(county) as connection:
        for kind in KINDS:
            link_subject(connection, "zhang", kind, "0042", NOW)


def there_and_back(visitor: FlaskClient, kind: str, following: str = "/cases"):
    """Go to the provider as a browser does; return the address it sends us back to."""
    sent = visitor.get(f"/enter/by/{kind}", query_string={"next": following})
    assert sent.status_code == 303, sent.text
    back = requests.get(sent.location, allow_redirects=False).headers["Location"]
    assert back.startswith(f"http://localhost/enter/by/{kind}/back?")
    return back.removeprefix("http://localhost")


def results(county) -> list[tuple[str, str, str]]:
    entry = audit_entry.c
    with reading(county) as connection:
        rows = select(entry.actor, entry.result, entry.subject).order_by(entry.entry_id)
        assert verify(connection, None).altered is None
        return [tuple(row) for row in connection.execute(rows)]


def sessions(county) -> int:
    with reading(county) as connection:
        return len(connection.execute(select(sign_in_session)).all())


@pytest.mark.parametrize("kind", KINDS)
def test_who_was_given_an_account_is_let_in_and_written_down(visitor, county, there, linked, kind):
    answer = visitor.get(there_and_back(visitor, kind, "/cases?view=open"))

    assert (answer.status_code, answer.location) == (303, "/cases?view=open")
    assert any(each.startswith(f"{COOKIE}=") for each in answer.headers.getlist("Set-Cookie"))
    assert visitor.get("/cases").status_code == 200
    assert results(county)[0] == ("zhang", "ok", kind)


@pytest.mark.parametrize("kind", KINDS)
def test_who_has_no_account_is_told_so_in_words_and_gets_no_session_and_no_account(
    visitor, county, there, kind
):
    answer = visitor.get(there_and_back(visitor, kind))

    assert answer.status_code == 403
    assert "您在本系统还没有账号" in answer.text
    assert "0042" in answer.text
    assert sessions(county) == 0
    assert results(county) == [("?", "unlinked", kind)]
    with reading(county) as connection:
        assert len(connection.execute(select(account)).all()) == 1


@on_sqlite
def test_a_closed_account_is_no_way_in(visitor, county, linked):
    with writing(county) as connection:
        set_active(connection, "zhang", NOW, active=False)

    assert visitor.get(there_and_back(visitor, "oidc")).status_code == 403
    assert sessions(county) == 0


def test_a_subject_of_one_provider_is_nobody_at_another(visitor, county):
    with writing(county) as connection:
        link_subject(connection, "zhang", "oidc", "0042", NOW)

    assert visitor.get(there_and_back(visitor, "cas")).status_code == 403
    assert visitor.get(there_and_back(visitor, "oidc")).status_code == 303


@on_sqlite
def test_what_the_provider_says_about_roles_changes_nothing(visitor, county, there, linked):
    there.more = {"role": "administrator", "roles": ["administrator"], "groups": ["root"]}
    visitor.get(there_and_back(visitor, "oidc"))

    assert visitor.get("/screens").status_code == 403


PUBLIC = KEY.as_pem(private=False)
FORGED = {
    "alg none": lambda said: by_hand(said, {"alg": "none"}, None),
    "HS256 with the public key": lambda said: by_hand(said, {"alg": "HS256", "kid": "own"}, PUBLIC),
    "a key in the header": lambda said: signed(
        said, STRANGE_KEY, kid="strange", jwk=STRANGE_KEY.as_dict(private=False)
    ),
    "another's signature": lambda said: signed(said, STRANGE_KEY),
    "wrong iss": lambda said: signed(said | {"iss": "https://evil.example"}),
    "wrong aud": lambda said: signed(said | {"aud": "another"}),
    "expired": lambda said: signed(said | {"exp": AT - 61}),
    "not yet": lambda said: signed(said | {"nbf": AT + 3600}),
    "wrong nonce": lambda said: signed(said | {"nonce": "another"}),
    "no nonce": lambda said: signed({key: said[key] for key in said if key != "nonce"}),
    "no exp": lambda said: signed({key: said[key] for key in said if key != "exp"}),
    "for two, issued to the other": lambda said: signed(said | {"aud": [CLIENT, "x"], "azp": "x"}),
    "another's access token": lambda said: signed(said | {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}),
    "cut": lambda said: signed(said).rsplit(".", 1)[0] + ".",
    "changed": lambda said: "x".join(signed(said).split(".", 1)),
    "no token": lambda said: None,
    "no text": lambda said: {"sub": "0042"},
    "subject of no text": lambda said: signed(said | {"sub": ["0042"]}),
}  # fmt: skip


@on_sqlite
def test_a_forged_token_lets_nobody_in(visitor, county, there, linked):
    for name, forge in FORGED.items():
        there.token = forge
        answer = visitor.get(there_and_back(visitor, "oidc"))
        assert answer.status_code == 401, name
        assert "没有确认您的身份" in answer.text
    assert sessions(county) == 0

    there.token = signed
    assert visitor.get(there_and_back(visitor, "oidc")).status_code == 303


@on_sqlite
def test_keys_named_by_a_token_are_never_fetched(visitor, county, there, linked, elsewhere):
    named = {"jku": f"{elsewhere.url}/jwks", "x5u": f"{elsewhere.url}/jwks"}
    there.token = lambda said: signed(said, STRANGE_KEY, kid="strange", **named)

    assert visitor.get(there_and_back(visitor, "oidc")).status_code == 401
    assert sessions(county) == 0


@on_sqlite
def test_a_shared_key_among_the_public_ones_proves_nothing(visitor, county, there, linked):
    there.keys.append({"kty": "oct", "kid": "shared", "k": "c2hhcmVkLXNoYXJlZC1zaGFyZWQtc2hhcmVk"})
    there.token = lambda said: by_hand(
        said, {"alg": "HS256", "kid": "shared"}, b"shared-shared-shared-shared"
    )

    assert visitor.get(there_and_back(visitor, "oidc")).status_code == 401


@on_sqlite
def test_new_keys_of_the_provider_are_learned(visitor, there, linked):
    visitor.get(there_and_back(visitor, "oidc"))
    newer = RSAKey.generate_key(2048, {"kid": "newer", "use": "sig"})
    there.keys = [newer.as_dict(private=False)]
    there.token = lambda said: signed(said, newer, kid="newer")

    assert visitor.get(there_and_back(visitor, "oidc")).status_code == 303


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("change", ["none", "another", "twice over"])
def test_without_the_state_of_this_browser_nothing_is_asked(
    app, visitor, county, there, linked, kind, change
):
    back = urlsplit(there_and_back(visitor, kind))
    fields = parse_qs(back.query)
    if change == "none":
        del fields["state"]
    elif change == "another":
        fields["state"] = parse_qs(urlsplit(there_and_back(app.server.test_client(), kind)).query)[
            "state"
        ]
    before = list(there.asked)
    asking = app.server.test_client() if change == "twice over" else visitor
    answer = asking.get(back.path, query_string={key: fields[key][0] for key in fields})

    assert answer.status_code == 401
    assert "这次登录已失效" in answer.text
    assert (there.asked, sessions(county)) == (before, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_a_code_lets_in_once(app, visitor, county, there, linked, kind):
    back = there_and_back(visitor, kind)
    kept = visitor.get_cookie("wuqing-errand", path="/enter/by/").value
    assert visitor.get(back).status_code == 303

    again = app.server.test_client()
    again.set_cookie("wuqing-errand", kept, path="/enter/by/")
    assert again.get(back).status_code == 401  # refused here
    used = parse_qs(urlsplit(back).query)
    fresh = parse_qs(urlsplit(there_and_back(again, kind)).query)
    name = "ticket" if kind == "cas" else "code"
    query = {"state": fresh["state"][0], name: used[name][0]}
    assert again.get(f"/enter/by/{kind}/back", query_string=query).status_code == 401  # and there
    assert sessions(county) == 1


@pytest.mark.parametrize("kind", ["oidc", "oauth2"])
@on_sqlite
def test_a_stolen_code_is_worth_nothing_without_its_verifier(app, visitor, there, linked, kind):
    stolen = parse_qs(urlsplit(there_and_back(visitor, kind)).query)["code"][0]
    thief = app.server.test_client()
    own = parse_qs(urlsplit(there_and_back(thief, kind)).query)["state"][0]

    answer = thief.get(f"/enter/by/{kind}/back", query_string={"state": own, "code": stolen})
    assert answer.status_code == 401


@on_sqlite
def test_a_code_of_another_issuer_is_not_exchanged(visitor, there, linked):
    back = there_and_back(visitor, "oidc")

    assert visitor.get(f"{back}&iss=https://evil.example").status_code == 401
    assert "/token" not in there.asked


def test_an_errand_is_over_after_ten_minutes(county, visitor, linked):
    back = there_and_back(visitor, "oidc")
    with writing(county) as connection:
        connection.execute(sign_on_errand.update().values(ends_at=NOW))

    assert "这次登录已失效" in visitor.get(back).text


ELSEWHERE = (
    "//evil.example/", "http://evil.example/", "/\\evil.example", "javascript:alert(1)",
    "evil.example", "/\tevil", "https:evil.example", "///evil.example", "/%0d%0aX: y\r\nX: y",
    "/" + "x" * 2000,
)  # fmt: skip


@on_sqlite
def test_signing_on_leads_to_no_other_place(visitor, linked):
    for wanted in ELSEWHERE:
        assert visitor.get(there_and_back(visitor, "oidc", wanted)).location == "/", wanted


@on_sqlite
def test_the_way_out_and_the_way_in_are_cookies_of_their_own(visitor, linked):
    sent = visitor.get("/enter/by/oidc").headers["Set-Cookie"]

    assert "HttpOnly" in sent
    assert "SameSite=Lax" in sent
    assert "Path=/enter/by/" in sent


XML = {
    "a document type": "<!DOCTYPE x [<!ENTITY a 'zhang'>]><x>&a;</x>",
    "an outer entity": "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>",
    "a bomb": "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><x>&b;</x>",
    "two users": "<c:authenticationSuccess><c:user>1</c:user><c:user>0042</c:user>"
    "</c:authenticationSuccess>",
    "failure and success": "<c:authenticationFailure/><c:authenticationSuccess><c:user>0042"
    "</c:user></c:authenticationSuccess>",
    "another's name space": "<authenticationSuccess><user>0042</user></authenticationSuccess>",
    "through a program": "<c:authenticationSuccess><c:user>0042</c:user><c:proxies><c:proxy>x"
    "</c:proxy></c:proxies></c:authenticationSuccess>",
    "nobody": "<c:authenticationSuccess><c:user> </c:user></c:authenticationSuccess>",
    "no XML": "<c:authenticationSuccess>",
    "deep inside": "<c:x><c:authenticationSuccess><c:user>0042</c:user></c:authenticationSuccess>"
    "</c:x>",
}


@on_sqlite
def test_no_answer_of_a_cas_server_but_a_plain_success_lets_in(visitor, county, there, linked):
    for name, xml in XML.items():
        back = there_and_back(visitor, "cas")
        there.xml = xml
        assert visitor.get(back).status_code in (401, 503), name
        there.xml = None  # and a plain one, so that it is not left alone for its failures
        assert visitor.get(there_and_back(visitor, "cas")).status_code == 303, name

    assert sessions(county) == len(XML)


@on_sqlite
def test_a_ticket_handed_on_by_a_program_is_refused(visitor, there, linked):
    back = there_and_back(visitor, "cas").replace("ticket=ST-", "ticket=PT-")

    assert visitor.get(back).status_code == 401
    assert there.asked == ["/cas/login"]


@on_sqlite
def test_a_subject_must_be_one(visitor, county, there, linked):
    for there.user in (
        [],
        {"data": {"id": True}},
        {"data": {"id": ""}},
        {"data": {"id": "a\nb"}},
        7,
    ):
        assert visitor.get(there_and_back(visitor, "oauth2")).status_code == 401
    assert sessions(county) == 0


@on_sqlite
def test_a_number_is_a_subject_too(visitor, there):
    there.subject = 42

    assert ">42<" in visitor.get(there_and_back(visitor, "oauth2")).text


@pytest.mark.parametrize("trouble", ["down", "503", "redirect", "hangs"])
@pytest.mark.parametrize("kind", KINDS)
@on_sqlite
def test_a_provider_in_trouble_is_said_in_words_and_passwords_still_work(
    county, there, linked, kind, trouble
):
    app = create_app(settings_of(county, there, timeout_s=0.5), lambda: NOW)
    visitor = app.server.test_client()
    back = there_and_back(visitor, kind)
    paths = ("/token", "/me", "/cas/p3/serviceValidate")
    if trouble == "hangs":
        there.hang = Event()
    else:
        there.status = dict.fromkeys(paths, {"down": 500, "503": 503, "redirect": 302}[trouble])
    answer = visitor.get(back)
    local = visitor.post("/sign-in", data={"login": "zhang", "password": PASSWORD})
    app.server.extensions["engine"].dispose()

    assert answer.status_code == 503
    assert "没有应答" in answer.text
    assert "/elsewhere" not in there.asked
    assert local.status_code == 303
    assert results(county) == [("?", "unreachable", kind), ("zhang", "ok", "password")]


@on_sqlite
def test_a_provider_that_is_not_there_is_said_before_anybody_is_sent(county):
    with provider(AT) as gone:
        pass
    app = create_app(settings_of(county, gone), lambda: NOW)
    answer = app.server.test_client().get("/enter/by/oidc?lang=en")
    app.server.extensions["engine"].dispose()

    assert answer.status_code == 503
    assert "County SSO does not answer" in answer.text, answer.text


@on_sqlite
def test_who_is_not_let_in_and_a_provider_left_alone_are_counted_and_in_the_log(
    county, there, linked, caplog
):
    measured = settings_of(county, there).model_copy(update={"metrics": Metrics(loopback=True)})
    app = create_app(measured, lambda: NOW)
    visitor = app.server.test_client()
    with caplog.at_level(logging.INFO, "callbacks.sign_on"):
        visitor.get("/enter/by/cas/back?ticket=ST-1&state=x")
        there.status = {"/me": 503, "/token": 503}
        for _ in range(FAILURES + 1):
            visitor.get(there_and_back(visitor, "oauth2"))
    found = samples(visitor.get("/metrics").text)
    app.server.extensions["engine"].dispose()

    assert found["wuqing_sign_ins_refused_total[cas]"] == 1
    assert found["wuqing_calls_not_answered_total[failed][oauth2]"] == FAILURES
    assert found["wuqing_calls_not_answered_total[refused][oauth2]"] == 1
    left = {of: found[f"wuqing_left_alone[{of}]"] for of in ("oauth2", "cas", "oidc", "database")}
    assert left == {"oauth2": 1, "cas": 0, "oidc": 0, "database": 0}
    said = [each.getMessage() for each in caplog.records]
    assert "nobody is let in by cas: late" in said
    assert len([each for each in said if "left alone" in each]) == 1


@pytest.mark.parametrize("named", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
@on_sqlite
def test_an_address_of_somebody_else_is_not_asked(visitor, there, linked, elsewhere, named):
    there.description = {named: f"{elsewhere.url}/token"}

    assert visitor.get("/enter/by/oidc").status_code == 503


@on_sqlite
def test_a_description_of_another_issuer_is_none(visitor, there):
    there.description = {"issuer": "https://evil.example"}

    assert visitor.get("/enter/by/oidc").status_code == 503


@on_sqlite
def test_an_endless_answer_is_cut(visitor, there):
    there.description = {"filling": "x" * 2_000_000}

    assert visitor.get("/enter/by/oidc").status_code == 503


def test_failures_lock_the_address_and_are_one_line_in_the_log(visitor, county, there, linked):
    answers = []
    for number in range(25):
        visitor.set_cookie("wuqing-errand", f"guess {number}", path="/enter/by/")
        answers.append(visitor.get("/enter/by/oidc/back?state=x&code=y"))

    assert [each.status_code for each in answers] == [401] * 20 + [429] * 5
    assert results(county) == [("?", "late", "oidc"), ("?", "locked", "oidc")]
    assert there.asked == []
    assert visitor.get(there_and_back(visitor, "oidc")).status_code == 429


@on_sqlite
def test_errands_of_one_address_have_an_end(visitor, county, there):
    answers = [visitor.get("/enter/by/cas").status_code for _ in range(41)]

    assert answers == [303] * 40 + [429]


@on_sqlite
@pytest.mark.parametrize("language, name", [("zh-CN", "统一身份认证"), ("en", "County SSO")])
def test_the_form_offers_each_provider(visitor, language, name):
    page = visitor.get("/sign-in", query_string={"next": "/cases", "lang": language}).text

    assert re.findall(r'href="/enter/by/(\w+)\?lang=[\w-]+&amp;next=%2Fcases"', page) == list(KINDS)
    assert f">{name}</a>" in page


def test_signing_out_ends_our_session_and_offers_the_providers(visitor, county, there, linked):
    visitor.get(there_and_back(visitor, "cas"))
    out = visitor.post("/sign-out")
    page = visitor.get(out.location).text

    assert visitor.get("/live/wall").status_code == 401
    assert "已退出本系统" in page
    assert f'href="{there.url}/cas/logout"' in page
    assert f"{there.url}" not in visitor.get("/sign-in?left=oidc").text  # it has none
    assert f"{there.url}" not in visitor.get("/sign-in?left=x").text


@on_sqlite
def test_where_no_provider_is_configured_there_is_no_way_by_one(county):
    app = create_app(Settings(database_url=url_of(county)), lambda: NOW)
    visitor = app.server.test_client()
    answers = [visitor.get(f"/enter/by/{kind}{end}") for kind in KINDS for end in ("", "/back")]
    page = visitor.get("/sign-in").text
    app.server.extensions["engine"].dispose()

    assert {each.status_code for each in answers} == {404}
    assert "/enter/by/" not in page
