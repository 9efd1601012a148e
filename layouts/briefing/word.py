"""A briefing as a Word document: headings with styles, real tables, and page numbers that count."""

from collections.abc import Sequence
from datetime import UTC
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from dashboard.terms import Colour
from layouts.briefing.document import Column, Document, Line, Row, Section, Table, plain

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LATIN, HAN = "Arial", "Microsoft YaHei"
"""What offices have; a document cannot bring its fonts along."""

MARGIN_X, MARGIN_Y, WIDTH = 15, 14, 180
RED, SOFT = RGBColor(0xA3, 0x20, 0x14), RGBColor(0x5A, 0x66, 0x70)
SIGNS = {
    Colour.RED: ("◆", RED),
    Colour.YELLOW: ("▲", RGBColor(0x8A, 0x5A, 0x00)),
    Colour.BLUE: ("●", RGBColor(0x17, 0x4E, 0x92)),
}
ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def word(document: Document) -> bytes:
    """Write a document; the same document gives the same bytes."""
    book = docx.Document()
    _set_up(book, document)
    _head(book, document)
    for section in document.sections:
        _section(book, section)
    _foot(book, document)
    for table in document.annexes:
        book.add_heading(table.annex_title, 2).paragraph_format.page_break_before = table.annex == 1
        _table(book, table, len(table.rows))
    target = BytesIO()
    book.save(target)
    return _dated(target.getvalue())


def _set_up(book: Any, document: Document) -> None:  # noqa: ANN401 -- python-docx is untyped
    at = document.made_at.astimezone(UTC).replace(tzinfo=None)
    about = book.core_properties
    about.title, about.author, about.language = document.title, "", document.language
    about.comments, about.keywords = "", " ".join(document.marks)
    about.created = about.modified = at
    page = book.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(MARGIN_X)
    page.top_margin = page.bottom_margin = Mm(MARGIN_Y)
    for name, size in (("Normal", 9), ("Title", 16), ("Heading 1", 10.5), ("Heading 2", 9.5)):
        _style(book.styles[name], size, document.language)
    book.styles["Title"].font.bold = True
    for border in book.styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
    _say(page.header.paragraphs[0], " · ".join((document.title, *document.marks)), 7.5, SOFT)
    foot = page.footer.paragraphs[0]
    _say(foot, " · ".join(filter(None, (document.made, document.seal, ""))), 7.5, SOFT)
    _say(foot, "    ", 7.5)
    _page_number(foot, document.page)


def _style(style: Any, size: float, language: str) -> None:  # noqa: ANN401
    style.font.name, style.font.size = LATIN, Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name, font in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", HAN)):
        fonts.set(qn(f"w:{name}"), font)
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), "en-GB" if language == "en" else "zh-CN")
    lang.set(qn("w:eastAsia"), "zh-CN")
    properties.append(lang)
    style.paragraph_format.space_before = Pt(6 if size in (10.5, 9.5) else 0)
    style.paragraph_format.space_after = Pt(2)
    style.paragraph_format.line_spacing = 1.05


def _head(book: Any, document: Document) -> None:  # noqa: ANN401
    title = book.add_paragraph(document.title, style="Title")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    parts = (document.number, *document.marks, document.day, document.cut, document.span)
    meta = book.add_paragraph()
    meta.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _say(meta, " · ".join(filter(None, parts)), 8, SOFT)
    _line(book.add_paragraph(), document.headline, 10.5)
    grid = book.add_table(rows=1, cols=len(document.figures))
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, figure in zip(grid.rows[0].cells, document.figures, strict=True):
        _say(cell.paragraphs[0], figure.label, 8, SOFT)
        number = cell.add_paragraph()
        _say(number, figure.number, 18, RED if figure.urgent else None)
        if figure.unit:
            _say(number, f" {figure.unit}", 8)
        _say(cell.add_paragraph(), plain(figure.note), 8, SOFT)


def _section(book: Any, section: Section) -> None:  # noqa: ANN401
    book.add_heading(section.title, 1)
    for line in section.lines:
        _line(book.add_paragraph(), line)
    for item in section.items:
        title = book.add_paragraph()
        title.paragraph_format.keep_with_next = True
        _sign(title, item.colour)
        title.add_run(item.title).bold = True
        if item.tag:
            _say(title, f"  [{item.tag}]", 8)
        text = book.add_paragraph(item.text)
        text.paragraph_format.left_indent = Mm(5)
    for table in section.tables:
        if table.caption:
            caption = book.add_paragraph()
            caption.paragraph_format.keep_with_next = True
            _line(caption, table.caption)
        if table.shown:
            _table(book, table, table.shown)
        if table.rest:
            _say(book.add_paragraph(), table.rest, 8, SOFT)
    for line in section.after:
        _line(book.add_paragraph(), line)


def _table(book: Any, table: Table, most: int) -> None:  # noqa: ANN401
    grid = book.add_table(rows=1 + most, cols=len(table.columns))
    grid.style = "Table Grid"
    grid.autofit = False
    _narrow(grid)
    whole = sum(column.weight for column in table.columns)
    widths = [Mm(WIDTH * column.weight / whole) for column in table.columns]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    rows = iter(grid.rows)  # asking for one row at a time walks the table anew each time
    head = next(rows)
    _repeat(head)
    _fill(head.cells, [column.head for column in table.columns], table.columns, widths)
    for row, shown in zip(table.rows[:most], rows, strict=True):
        _row(shown.cells, row, table.columns, widths)


def _row(cells: Sequence[Any], row: Row, columns: Sequence[Column], widths: Sequence[Any]) -> None:
    _sign(cells[0].paragraphs[0], row.colour)
    _fill(cells, [cell.text for cell in row.cells], columns, widths)
    for cell, value in zip(cells, row.cells, strict=True):
        if value.strong:
            for run in cell.paragraphs[0].runs:
                run.bold = True


def _fill(
    cells: Sequence[Any], texts: Sequence[str], columns: Sequence[Column], widths: Sequence[Any]
) -> None:
    for cell, text, column, width in zip(cells, texts, columns, widths, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        _say(paragraph, text, 8)
        paragraph.paragraph_format.space_after = Pt(0)
        if column.right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _foot(book: Any, document: Document) -> None:  # noqa: ANN401
    signs = book.add_paragraph()
    signs.paragraph_format.space_before = Pt(14)
    for who in document.signatures:
        signs.add_run(who)
        signs.add_run(" ________________      ")
    _say(book.add_paragraph(), document.key, 7.5, SOFT)
    _say(book.add_paragraph(), document.definitions_title, 7.5, SOFT)
    for name, definition in document.definitions:
        told = book.add_paragraph()
        _say(told, name, 7.5)
        _say(told, f"  {definition}", 7.5, SOFT)


def _line(paragraph: Any, line: Line, size: float | None = None) -> None:  # noqa: ANN401
    for run in line:
        said = paragraph.add_run(run.text)
        said.bold = run.strong or None
        if size is not None:
            said.font.size = Pt(size)


def _say(
    paragraph: Any,  # noqa: ANN401
    text: str,
    size: float,
    colour: RGBColor | None = None,
) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    if colour is not None:
        run.font.color.rgb = colour


def _sign(paragraph: Any, colour: Colour | None) -> None:  # noqa: ANN401
    if colour in SIGNS:
        shape, ink = SIGNS[colour]
        _say(paragraph, f"{shape} ", 8, ink)


def _repeat(row: Any) -> None:  # noqa: ANN401
    """Let the heads stand on every page, and no row be torn apart."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _narrow(grid: Any) -> None:  # noqa: ANN401
    """Let texts stand closer to the lines: eight columns share the page."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "45")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties = grid._tbl.tblPr
    look = properties.find(qn("w:tblLook"))  # what stands behind margins in Word's own order
    properties.append(margins) if look is None else look.addprevious(margins)


def _page_number(paragraph: Any, template: str) -> None:  # noqa: ANN401
    """Write `{n}` and `{m}` of a text as fields that Word counts."""
    before, _, rest = template.partition("{n}")
    between, _, after = rest.partition("{m}")
    for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, None)):
        _say(paragraph, text, 7.5, SOFT)
        if field is not None:
            simple = OxmlElement("w:fldSimple")
            simple.set(qn("w:instr"), field)
            _say(paragraph, "1", 7.5, SOFT)
            simple.append(paragraph.runs[-1]._r)
            paragraph._p.append(simple)


def _dated(package: bytes) -> bytes:
    """Write a package anew with one date for all of its parts."""
    target = BytesIO()
    with ZipFile(BytesIO(package)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = ZipInfo(name, ZIP_DATE)
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return target.getvalue()
