"""Components as HTML text, for pages that must work without a script: sign-in, and refusals."""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from dash.development.base_component import Component

_VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})
_NAMES = {"className": "class", "htmlFor": "for", "autoComplete": "autocomplete",
          "autoFocus": "autofocus", "maxLength": "maxlength", "viewBox": "viewBox"}  # fmt: skip


def markup(part: Component | str | float | list[Any] | None) -> str:
    """Write a component and what it holds; every text and attribute is escaped."""
    if part is None:
        return ""
    if isinstance(part, list | tuple):
        return "".join(markup(each) for each in part)
    if not isinstance(part, Component):
        return escape(str(part))
    plain = part.to_plotly_json()
    tag = _tag(plain["type"])
    props = dict(plain["props"])
    inside = markup(props.pop("children", None))
    attributes = "".join(_attribute(name, value) for name, value in props.items())
    return f"<{tag}{attributes}>" if tag in _VOID else f"<{tag}{attributes}>{inside}</{tag}>"


def _tag(component: str) -> str:
    return component[0].lower() + component[1:]


def _attribute(name: str, value: object) -> str:
    if value is None or value is False:
        return ""
    known = _NAMES.get(name) or re.sub(r"[A-Z]", lambda letter: f"-{letter[0].lower()}", name)
    if value is True:
        return f" {known}"
    if isinstance(value, Mapping):
        value = ";".join(f"{_NAMES.get(key, key)}:{text}" for key, text in value.items())
    return f' {known}="{escape(str(value))}"'
