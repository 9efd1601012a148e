"""Switches of the libraries below us that show or run more than the gate lets through."""

from collections.abc import Mapping

DEBUGGING = ("DASH_DEBUG", "FLASK_DEBUG", "DASH_MCP_ENABLED", "DASH_HOT_RELOAD")


def switches_on(environment: Mapping[str, str]) -> list[str]:
    """The names of those that are on, in the order of `DEBUGGING`."""
    return [
        name
        for name in DEBUGGING
        if environment.get(name, "").strip().lower() not in ("", "0", "false", "no", "off")
    ]
