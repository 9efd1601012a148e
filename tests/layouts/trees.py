"""Reading component trees: their texts, their classes."""

from collections.abc import Iterator
from typing import Any

from dash.development.base_component import Component


def walk(node: Any) -> Iterator[Any]:
    """Every component and text of a tree, in document order."""
    if isinstance(node, list | tuple):
        for child in node:
            yield from walk(child)
    elif node is not None:
        yield node
        if isinstance(node, Component):
            yield from walk(getattr(node, "children", None))


def text(node: Any) -> str:
    """All text of a tree, its pieces joined with bars."""
    return "|".join(str(part) for part in walk(node) if not isinstance(part, Component))


def having(node: Any, name: str) -> list[Component]:
    """The components with a class, in document order."""
    return [
        part
        for part in walk(node)
        if isinstance(part, Component) and name in (getattr(part, "className", None) or "").split()
    ]
