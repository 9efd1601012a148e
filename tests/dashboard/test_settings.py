import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from dashboard.settings import (
    DeadlineSetting,
    PointsRule,
    Settings,
    SettingsError,
    load_settings,
)

LISTS = ("deadlines", "rules")
"""Tables that may come more than once; their keys are looked at one by one."""

EXAMPLE = Path(__file__).parents[2] / "docs" / "wuqing.example.toml"


def write(folder: Path, text: str) -> Path:
    file = folder / "wuqing.toml"
    file.write_text(text, "utf-8")
    return file


def keys_of(model: type[BaseModel], prefix: str = "") -> set[str]:
    found: set[str] = set()
    for name, field in model.model_fields.items():
        kind = field.annotation
        kind = next((part for part in get_args(kind) if is_section(part)), kind)
        if name in LISTS:
            continue
        if is_section(kind):
            found |= keys_of(kind, f"{prefix}{name}.")
        else:
            found.add(prefix + name)
    return found


def is_section(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def uncommented(text: str) -> str:
    """Take the `# key = value` lines in, and leave the prose out."""
    return re.sub(r"^# (?=\[|\w+ = )", "", text, flags=re.MULTILINE)


def flat(values: dict[str, object], prefix: str = "") -> set[str]:
    found: set[str] = set()
    for name, value in values.items():
        found |= flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {prefix + name}
    return found


def test_the_example_shows_every_key():
    values = tomllib.loads(uncommented(EXAMPLE.read_text("utf-8")))
    (deadline,) = values.pop("deadlines")
    (rule,) = values["points"].pop("rules")
    never_there = {f"sign_in.{kind}.client_secret" for kind in ("oidc", "oauth2")}
    assert flat(values) == keys_of(Settings) - never_there
    assert set(deadline) == set(DeadlineSetting.model_fields)
    assert set(rule) == set(PointsRule.model_fields)


def test_the_example_says_what_the_defaults_are(tmp_path):
    file = write(tmp_path, EXAMPLE.read_text("utf-8"))
    assert load_settings(file, {}) == load_settings(write(tmp_path, ""), {})


def test_the_environment_wins_over_the_file(tmp_path):
    file = write(tmp_path, "[refresh]\nevery_s = 7\nstale_after_s = 20\n")
    settings = load_settings(file, {"WUQING_REFRESH__EVERY_S": "9"})
    assert (settings.refresh.every_s, settings.refresh.stale_after_s) == (9, 20)


def test_a_relative_database_lies_beside_the_settings(tmp_path):
    settings = load_settings(write(tmp_path, 'database_url = "sqlite:///cases.db"'), {})
    assert settings.database_url.get_secret_value() == f"sqlite:///{tmp_path / 'cases.db'}"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("[refresh]\nevry_s = 5", "refresh.evry_s", id="unknown-key"),
        pytest.param("[refresh]\nevery_s = 0", "refresh.every_s", id="out-of-range"),
        pytest.param('timezone = "Mars/Olympus"', "timezone", id="unknown-zone"),
        pytest.param("[[deadlines]]\namount = 3", "deadlines.0.unit", id="missing-part"),
        pytest.param('[awards]\nperiod = "month"', "awards.weights", id="half-a-rule"),
        pytest.param("profile =", "wuqing.toml", id="not-toml"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path, text, named):
    with pytest.raises(SettingsError, match=re.escape(named)):
        load_settings(write(tmp_path, text), {})


def test_a_settings_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SettingsError, match=r"nowhere\.toml"):
        load_settings(tmp_path / "nowhere.toml", {})


def test_the_password_of_the_database_is_not_printed(tmp_path):
    file = write(tmp_path, 'database_url = "postgresql://wall:hunter2@db/cases"')
    assert "hunter2" not in repr(load_settings(file, {}))


def test_rules_no_article_gives_are_unset():
    assert Settings().awards is None
    assert Settings().points.rules == ()
    assert Settings().party_secret is None


def test_the_secret_of_party_keys_comes_from_the_environment_and_is_not_printed(tmp_path):
    settings = load_settings(write(tmp_path, ""), {"WUQING_PARTY_SECRET": "hunter2"})
    assert settings.party_secret.get_secret_value() == "hunter2"
    assert "hunter2" not in repr(settings)


def test_a_secret_of_a_provider_comes_from_the_environment_and_never_from_the_file(tmp_path):
    text = '[sign_in.oidc]\nname = "x"\nissuer = "https://sso.example"\nclient_id = "w"\n'
    given = {"WUQING_SIGN_IN__OIDC__CLIENT_SECRET": "s3cret"}
    oidc = load_settings(write(tmp_path, text), given).sign_in.oidc
    assert oidc.client_secret.get_secret_value() == "s3cret"

    with pytest.raises(SettingsError, match=r"sign_in\.oidc\.client_secret stands in") as found:
        load_settings(write(tmp_path, text + 'client_secret = "s3cret"\n'), {})
    assert "s3cret" not in str(found.value)


def test_a_complaint_never_says_a_secret(tmp_path):
    given = {"WUQING_SIGN_IN__OIDC__CLIENT_SECRET": "s3cret"}
    with pytest.raises(SettingsError, match=r"sign_in\.oidc\.issuer") as found:
        load_settings(write(tmp_path, ""), given)
    assert "s3cret" not in str(found.value)


@pytest.mark.parametrize(
    "url", ["http://sso.example", "ftp://sso.example", "sso.example", "http://127.0.0.1.example"]
)
def test_no_provider_is_reached_in_the_clear(tmp_path, url):
    text = f'[sign_in.cas]\nname = "x"\nurl = "{url}"\n'
    with pytest.raises(SettingsError, match=r"sign_in\.cas\.url"):
        load_settings(write(tmp_path, text), {})


def test_files_of_a_provider_lie_beside_the_settings(tmp_path):
    text = '[sign_in.cas]\nname = "x"\nurl = "https://cas.example"\nca_file = "ca.pem"\n'
    assert load_settings(write(tmp_path, text), {}).sign_in.cas.ca_file == tmp_path / "ca.pem"
