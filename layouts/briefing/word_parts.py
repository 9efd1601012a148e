"""The small parts of a briefing's Word document: texts in their sizes, signs, page numbers."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from dashboard.terms import Colour
from layouts.briefing.document import Line

RED, SOFT = RGBColor(0xA3, 0x20, 0x14), RGBColor(0x5A, 0x66, 0x70)
SIGNS = {
    Colour.RED: ("◆", RED),
    Colour.YELLOW: ("▲", RGBColor(0x8A, 0x5A, 0x00)),
    Colour.BLUE: ("●", RGBColor(0x17, 0x4E, 0x92)),
}
UNBROKEN = "\u00a0"


def line(paragraph: Any, said: Line, size: float | None = None) -> None:  # noqa: ANN401 -- python-docx is untyped
    """Write a sentence with its emphasis."""
    for one in said:
        run = paragraph.add_run(one.text)
        run.bold = one.strong or None
        if size is not None:
            run.font.size = Pt(size)


def say(
    paragraph: Any,  # noqa: ANN401
    text: str,
    size: float,
    colour: RGBColor | None = None,
) -> None:
    """Write a text in a size."""
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    if colour is not None:
        run.font.color.rgb = colour


def sign(paragraph: Any, colour: Colour | None) -> None:  # noqa: ANN401
    """Write a warning sign, told apart by its shape in black and white, on the line of its word."""
    if colour in SIGNS:
        shape, ink = SIGNS[colour]
        say(paragraph, f"{shape}{UNBROKEN}", 8, ink)


def page_number(paragraph: Any, template: str) -> None:  # noqa: ANN401
    """Write `{n}` and `{m}` of a text as fields that Word counts."""
    before, _, rest = template.partition("{n}")
    between, _, after = rest.partition("{m}")
    for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, None)):
        say(paragraph, text, 7.5, SOFT)
        if field is not None:
            simple = OxmlElement("w:fldSimple")
            simple.set(qn("w:instr"), field)
            say(paragraph, "1", 7.5, SOFT)
            simple.append(paragraph.runs[-1]._r)
            paragraph._p.append(simple)
