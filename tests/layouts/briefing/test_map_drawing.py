"""The map of a briefing: every township of the place, and no markup out of a name."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from geodata.boundaries import load_boundaries
from geodata.sketch import sketch
from layouts.briefing.map_drawing import RED, drawing
from layouts.briefing.pdf import pdf, pictures
from tests.boards import COUNTY, TOWNSHIPS
from tests.briefings import a_briefing, empty
from tests.layouts.briefing.documents import EN, ZH, document_of

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def sketched():
    return sketch(load_boundaries(COUNTY, None), 440)


def texts(svg):
    root = ElementTree.fromstring(svg)
    return [(one.text, one.get("fill")) for one in root.iter(f"{SVG}text")]


def test_townships_show_what_they_have_and_what_of_it_is_overdue(sketched):
    said = texts(drawing(sketched, a_briefing(), ZH))
    assert {name for _, name, *_ in TOWNSHIPS} <= {text for text, _ in said}
    late = [text for text, ink in said if ink == RED]
    assert sorted(late) == ["超期 1"] * 5 + ["超期 2"]
    assert "在办 29" in [text for text, _ in said]


def test_without_lines_the_map_is_empty_and_whole(sketched):
    said = [text for text, _ in texts(drawing(sketched, empty(), EN))]
    assert said == ["Schematic, not legal borders"]


def test_a_name_cannot_write_markup(sketched):
    usual = a_briefing()
    first = replace(usual.directory.townships[0], short="<b>&")
    townships = (first, *usual.directory.townships[1:])
    directory = replace(usual.directory, townships=townships)
    svg = drawing(sketched, replace(usual, directory=directory), ZH)
    assert "<b>&" in [text for text, _ in texts(svg)]


def test_the_map_stands_behind_the_annexes_of_the_pdf(sketched):
    briefing = a_briefing()
    document, svg = document_of(briefing), drawing(sketched, briefing, ZH)
    assert pdf(document, svg) == pdf(document, svg) != pdf(document)
    assert all(page.startswith(b"\x89PNG") for page in pictures(document, svg))
