"""Reading the page that answers a form: why it was not kept, and what its fields hold."""

import json
import re
from collections.abc import Iterator
from typing import Any

from werkzeug.test import TestResponse

from layouts.desk.refused import PLACE

PAGE = re.compile(r'id="desk-page"[^>]*>(.*?)</script>', re.DOTALL)


def walk(node: Any) -> Iterator[dict[str, Any]]:
    """Every component of a page's JSON."""
    if isinstance(node, list):
        for child in node:
            yield from walk(child)
    elif isinstance(node, dict):
        yield node
        yield from walk(node["props"].get("children"))


def parts_of(answer: TestResponse) -> list[dict[str, Any]]:
    found = PAGE.search(answer.get_data(as_text=True))
    assert found is not None, answer.get_data(as_text=True)[:200]
    return list(walk(json.loads(found[1])["page"]))


def why(answer: TestResponse) -> str:
    """The reason, which stands once on the page."""
    (said,) = [one for one in parts_of(answer) if one["props"].get("id") == PLACE]
    assert said["props"]["role"] == "alert"
    return str(said["props"]["children"][1]["props"]["children"])


def filled(answer: TestResponse) -> dict[str, str]:
    """What the form holds in which the reason stands; {} where it stands in none."""
    for form in parts_of(answer):
        inside = list(walk(form))
        if form["type"] == "Form" and any(one["props"].get("id") == PLACE for one in inside):
            return {one["props"]["name"]: value(one) for one in inside if "name" in one["props"]}
    return {}


def value(box: dict[str, Any]) -> str:
    props = box["props"]
    if box["type"] == "Textarea":
        return str(props.get("children", ""))
    if box["type"] != "Select":
        return str(props.get("value", ""))
    options = [one["props"] for one in props["children"]]
    if props.get("multiple"):
        return " ".join(one["value"] for one in options if one.get("selected"))
    return str(options[0]["value"])


def marked(answer: TestResponse) -> list[str]:
    """The fields that are said to be wrong."""
    return [one["props"]["name"] for one in parts_of(answer) if one["props"].get("aria-invalid")]
