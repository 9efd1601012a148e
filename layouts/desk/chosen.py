"""What filters restrict, in words: the same on a page, in a chip and in an exported file."""

from collections.abc import Iterator
from typing import NamedTuple

from dashboard.figures.filters import NONE, Filters
from dashboard.snapshots.board import Directory
from layouts.address import CHOICES
from layouts.names import area_name, category_name, unit_name
from layouts.words import Words


class Chosen(NamedTuple):
    """One value of one filter: its key in an address, its code, and what it is called."""

    key: str
    code: str
    text: str


def chosen(filters: Filters, directory: Directory, words: Words) -> Iterator[Chosen]:
    """Yield everything that restricts, in the order of an address."""
    if filters.area is not None:
        yield Chosen("area", filters.area, value_name("area", filters.area, directory, words))
    for key, field in CHOICES.items():
        for code in sorted(getattr(filters, field)):
            yield Chosen(key, code, value_name(key, code, directory, words))
    if filters.state:
        yield Chosen("state", filters.state, words.text(f"filter.state.{filters.state}"))
    if filters.text:
        yield Chosen("q", filters.text, words.text("filter.text", q=filters.text))


def value_name(key: str, code: str, directory: Directory, words: Words) -> str:
    """Name one value of a filter; a code nobody has named stands for itself."""
    if code == NONE:
        return words.text("filter.none")
    if key == "area":
        return area_name(code, directory, words)
    if key == "department":
        return unit_name(code, directory.departments, words) or code
    if key == "category":
        return category_name(code, "unknown", words)
    name = f"{key}.{code}"
    return words.text(name) if words.knows(name) else code
