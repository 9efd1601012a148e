"""The files of docs/examples that the guide tells to copy: read by what will read them."""

import configparser
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from prometheus_client import generate_latest
from prometheus_client.core import CollectorRegistry

from dashboard.__main__ import main
from dashboard.operations.meters import Meters
from dashboard.operations.state import State
from dashboard.settings import Settings, load_settings
from dashboard.site import open_site
from tests.conftest import NOW
from tests.test_app import url_of

DOCS = Path(__file__).parents[2] / "docs"
SERVER, KIOSK = DOCS / "examples" / "server", DOCS / "examples" / "kiosk"
GUIDE = (DOCS / "operations.md").read_text("utf-8")
UNITS = sorted([*SERVER.glob("*.service"), *SERVER.glob("*.timer"), *KIOSK.glob("*.service")])
SCRIPTS = [file for file in (*SERVER.iterdir(), *KIOSK.iterdir()) if not file.suffix]

BLOCK = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
EXPOSURE = 20
"""Tenths: what `systemd-analyze security` calls well guarded ends at 2.0."""

has_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")


def test_every_file_is_in_the_guide():
    assert [file.name for file in (*UNITS, *SCRIPTS) if file.name not in GUIDE] == []
    named = set(re.findall(r"examples/(?:server|kiosk)/[\w.-]+\w", GUIDE))
    assert {name for name in named if not (DOCS / name).exists()} == set()


def commands() -> Iterator[list[str]]:
    """Each line of the guide's blocks that calls `wuqing`."""
    for block in BLOCK.findall(GUIDE):
        for line in block.splitlines():
            words = line.partition("#")[0].split()
            called = [
                at
                for at, word in enumerate(words)
                if word.rpartition("/")[2] == "wuqing" and (at == 0 or words[at - 1] == "--")
            ]
            if called:
                yield words[called[0] :]


def test_the_commands_of_the_guide_exist():
    found = list(commands())
    assert len(found) >= 5
    for words in found:
        command: click.Command | None = main
        context = click.Context(main)
        for word in words[1:]:
            if isinstance(command, click.Group):
                command = command.get_command(context, word)
                assert command is not None, words
        assert command is not None
        options = {each for parameter in command.params for each in parameter.opts}
        assert {each for each in words if each.startswith("--")} <= options, words


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_a_unit_is_one(file, tmp_path):
    unit = configparser.RawConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(file.read_text("utf-8"))
    assert unit.sections()[0] == "Unit"
    assert f"/etc/systemd/system/{file.name}" in file.read_text("utf-8").splitlines()[0]
    if file.suffix == ".timer":
        assert file.with_suffix(".service") in UNITS


@has_systemd
def test_systemd_understands_every_unit(tmp_path):
    """With programs put in that are here: those of the server are not."""
    copies = []
    for file in UNITS:
        copy = tmp_path / file.name
        text = re.sub(r"^(Exec\w+=)/\S+", r"\1/bin/true", file.read_text("utf-8"), flags=re.M)
        copy.write_text(text, "utf-8")
        copies.append(copy)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--recursive-errors=no", *copies],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")


@has_systemd
@pytest.mark.parametrize(
    "file", [each for each in UNITS if each.match("server/*.service")], ids=lambda file: file.name
)
def test_systemd_calls_the_units_well_guarded(file):
    command = ["systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE}", file]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_a_script_is_one(file):
    assert file.stat().st_mode & 0o111
    subprocess.run(["sh", "-n", file], check=True)


def test_the_settings_can_be_read(monkeypatch):
    text = (SERVER / "wuqing.toml").read_text("utf-8")
    for name, default in re.findall(r'^# (\w+) = "(\S*)"$', text, re.MULTILINE):
        assert name in ("database_url", "party_secret", "audit_secret", "token_file"), default
    settings = load_settings(SERVER / "wuqing.toml", {})
    assert settings.server.trusted_proxies == ("127.0.0.1",)
    assert (settings.server.public_url or "").startswith("https:")


def test_the_policy_of_the_kiosk_is_one_list():
    policy = json.loads((KIOSK / "chromium-policy.json").read_text("utf-8"))

    assert policy["URLBlocklist"] == ["*"]
    assert policy["URLAllowlist"] == [load_settings(SERVER / "wuqing.toml", {}).server.public_url]


@pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
def test_what_wakes_somebody_is_measured(county):
    site = open_site(Settings(database_url=url_of(county)), lambda: NOW)
    registry = CollectorRegistry()
    registry.register(State(site, site.feed()))
    meters = Meters()
    meters.answered("/", 200, 0.1)
    meters.refused_sign_in("link")
    known = set(re.findall(rb"^# HELP (\w+)", generate_latest(registry), re.MULTILINE))
    known |= set(re.findall(rb"^# HELP (\w+)", generate_latest(meters.registry()), re.MULTILINE))
    site.engine.dispose()
    # these come with the first backup and the first check
    known |= {
        b"wuqing_backup_age_seconds",
        b"wuqing_check_age_seconds",
        b"wuqing_check_differences",
    }

    for text in ((SERVER / "prometheus-rules.yml").read_bytes(), GUIDE.encode()):
        assert set(re.findall(rb"\bwuqing_[a-z_]+\b", text)) - known - {b"wuqing_service"} == set()


@pytest.mark.skipif(not shutil.which("promtool"), reason="no promtool here")
def test_prometheus_understands_its_rules():
    done = subprocess.run(
        ["promtool", "check", "rules", SERVER / "prometheus-rules.yml"], check=False
    )

    assert done.returncode == 0
