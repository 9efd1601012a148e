"""A briefing as a Word document: headings with styles, real tables, and page numbers that count."""

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
from layouts.briefing.document import Document, Section, plain
from layouts.briefing.word_parts import RED, SOFT, line, page_number, say, sign
from layouts.briefing.word_table import add_table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LATIN, HAN = "Arial", "Microsoft YaHei"
"""What offices have; a document cannot bring its fonts along."""

MARGIN_X, MARGIN_Y, EDGE = 15, 16, 8
"""Millimetres to the text, and to the lines that every page repeats."""

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
        add_table(book, table, len(table.rows))
    target = BytesIO()
    book.save(target)
    return _dated(target.getvalue())


def _set_up(book: Any, document: Document) -> None:  # noqa: ANN401 -- python-docx is untyped
    at = document.made_at.astimezone(UTC).replace(tzinfo=None)
    about = book.core_properties
    about.title, about.author, about.language = document.title, "", document.language
    about.comments, about.keywords = "", " ".join(document.marks)
    about.created = about.modified = at
    for name, size in (("Normal", 9), ("Title", 16), ("Heading 1", 10.5), ("Heading 2", 9.5)):
        _style(book.styles[name], size, document.language)
    book.styles["Title"].font.bold = True
    for border in book.styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
    page = book.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(MARGIN_X)
    page.top_margin = page.bottom_margin = Mm(MARGIN_Y)
    page.header_distance = page.footer_distance = Mm(EDGE)
    page.different_first_page_header_footer = True  # the first has its title below
    named = " ".join(filter(None, (document.title, document.number)))
    say(page.header.paragraphs[0], " · ".join((named, *document.marks)), 7.5, SOFT)
    for foot in (page.footer.paragraphs[0], page.first_page_footer.paragraphs[0]):
        say(foot, " · ".join(filter(None, (document.made, document.seal, ""))), 7.5, SOFT)
        say(foot, "    ", 7.5)
        page_number(foot, document.page)


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
    say(meta, " · ".join(filter(None, parts)), 8, SOFT)
    line(book.add_paragraph(), document.headline, 10.5)
    grid = book.add_table(rows=1, cols=len(document.figures))
    grid.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, figure in zip(grid.rows[0].cells, document.figures, strict=True):
        label = cell.paragraphs[0]
        sign(label, Colour.RED if figure.urgent else None)
        say(label, figure.label, 8, SOFT)
        number = cell.add_paragraph()
        say(number, figure.number, 18, RED if figure.urgent else None)
        if figure.unit:
            say(number, f" {figure.unit}", 8)
        say(cell.add_paragraph(), plain(figure.note), 8, SOFT)
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.space_after = Pt(0)


def _section(book: Any, section: Section) -> None:  # noqa: ANN401
    book.add_heading(section.title, 1)
    for said in section.lines:
        line(book.add_paragraph(), said)
    for item in section.items:
        title = book.add_paragraph()
        title.paragraph_format.keep_with_next = True
        sign(title, item.colour)
        title.add_run(item.title).bold = True
        if item.tag:
            say(title, f"  [{item.tag}]", 8)
        text = book.add_paragraph(item.text)
        text.paragraph_format.left_indent = Mm(5)
    for table in section.tables:
        if table.caption:
            caption = book.add_paragraph()
            caption.paragraph_format.keep_with_next = True
            line(caption, table.caption)
        if table.shown:
            add_table(book, table, table.shown)
        if table.rest:
            say(book.add_paragraph(), table.rest, 8, SOFT)
    for said in section.after:
        line(book.add_paragraph(), said)


def _foot(book: Any, document: Document) -> None:  # noqa: ANN401
    signs = book.add_paragraph()
    signs.paragraph_format.space_before = Pt(14)
    signs.paragraph_format.keep_with_next = True
    for who in document.signatures:
        signs.add_run(who)
        signs.add_run(" ________________      ")
    say(book.add_paragraph(), document.key, 7.5, SOFT)
    heading = book.add_paragraph()
    heading.paragraph_format.keep_with_next = True
    say(heading, document.definitions_title, 7.5, SOFT)
    for name, definition in document.definitions:
        told = book.add_paragraph()
        say(told, name, 7.5)
        say(told, f"  {definition}", 7.5, SOFT)


def _dated(package: bytes) -> bytes:
    """Write a package anew with one date for all of its parts."""
    target = BytesIO()
    with ZipFile(BytesIO(package)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = ZipInfo(name, ZIP_DATE)
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return target.getvalue()
