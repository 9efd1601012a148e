"""The files of a briefing: each says what the document says, and opens in what people have."""

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import docx
import openpyxl
import pypdf
import pytest

from layouts.briefing.annex import annex
from layouts.briefing.message import text
from layouts.briefing.pdf import pdf
from layouts.briefing.word import word
from tests.briefings import a_briefing, a_case_line, empty, flood
from tests.layouts.briefing.documents import ZH, document_of
from tests.layouts.briefing.samples import SAMPLES, WORDS, missing, pages_of, squeezed


@pytest.fixture(params=SAMPLES.values(), ids=SAMPLES)
def briefing(request):
    return request.param()


@pytest.fixture(params=WORDS.values(), ids=WORDS)
def words(request):
    return request.param


def test_the_pdf_says_what_the_document_says(briefing, words):
    document = document_of(briefing, words)
    assert missing(document, "".join(pages_of(pdf(document)))) == []


def test_the_signatures_stand_on_the_second_page_at_the_latest(briefing, words):
    document = document_of(briefing, words)
    pages = pages_of(pdf(document))
    signed = [place for place, page in enumerate(pages, 1) if squeezed(document.key[:9]) in
              squeezed(page)]  # fmt: skip
    assert signed[0] <= 2


def test_no_row_is_torn_between_two_pages(words):
    document = document_of(flood(), words)
    pages = [squeezed(page) for page in pages_of(pdf(document))]
    rows = [row for table in document.annexes for row in table.rows]
    said = [squeezed("".join(cell.text for cell in row.cells)) for row in rows]
    assert [row for row in said if not any(row in page for page in pages)] == []


def test_a_text_longer_than_a_page_goes_on_upon_the_next():
    reply = "已约谈施工方，核对工人名册与考勤，下周兑付。" * 45
    decision = replace(a_briefing().decisions[0], reply=reply)
    document = document_of(a_briefing(decisions=(decision,) * 3))
    assert "".join(pages_of(pdf(document))).count("册") == 3 * 45


def test_the_same_document_gives_the_same_bytes(words):
    document = document_of(a_briefing(), words)
    assert pdf(document) == pdf(document)
    assert word(document) == word(document)
    assert annex(document, words) == annex(document, words)


def test_the_pdf_brings_its_fonts_and_says_its_language(words):
    document = document_of(a_briefing(), words)
    reader = pypdf.PdfReader(BytesIO(pdf(document)))
    fonts = {
        name.get_object()["/BaseFont"].split("+")[-1]
        for page in reader.pages
        for name in page["/Resources"]["/Font"].values()
    }
    assert fonts
    assert all(name.startswith("WuqingPrint") for name in fonts)
    assert reader.metadata.title == document.title
    assert reader.trailer["/Root"]["/Lang"].startswith(words.language[:2])


def test_rare_characters_and_markup_are_set_as_they_are():
    hostile = "龘㙦 #panic() $x$ *b* @a [c] <d> \\ =1+1 “q” 'r'"
    row = a_case_line(0, title=hostile)
    overdue = replace(a_briefing().overdue, rows=(row,), total=1)
    document = document_of(a_briefing(overdue=overdue))
    assert missing(document, "".join(pages_of(pdf(document)))) == []


def test_the_word_document_says_what_the_document_says(briefing, words):
    document = document_of(briefing, words)
    with ZipFile(BytesIO(word(document))) as package:
        parts = [name for name in package.namelist() if name.startswith("word/")]
        xml = "".join(package.read(name).decode() for name in parts if name.endswith(".xml"))
    said = re.sub(r"<[^>]+>", "", xml)
    for sign, character in (("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">")):
        said = said.replace(sign, character)
    assert missing(document, said) == []


def test_the_word_document_has_styled_headings_and_real_tables():
    document = document_of(a_briefing())
    book = docx.Document(BytesIO(word(document)))
    headings = [one.text for one in book.paragraphs if one.style.name == "Heading 1"]
    assert headings == [section.title for section in document.sections]
    shown = sum(1 for table in document.tables if table.shown)
    assert len(book.tables) == 1 + shown + len(document.annexes)
    assert len(document.sections[4].tables[0].rows) + 1 == len(book.tables[3].rows)


def test_the_word_document_marks_what_is_urgent_and_names_itself_from_its_second_page_on():
    document = document_of(a_briefing())
    book = docx.Document(BytesIO(word(document)))
    labels = [cell.paragraphs[0].text for cell in book.tables[0].rows[0].cells]
    assert [label for label in labels if "◆" in label] == ["◆\u00a0超期"]
    page = book.sections[0]
    assert document.title in page.header.paragraphs[0].text
    assert page.first_page_header.paragraphs[0].text == ""
    assert page.first_page_footer.paragraphs[0].text == page.footer.paragraphs[0].text


def test_the_workbook_has_every_row_with_values_that_can_be_sorted(words):
    document = document_of(flood(), words)
    book = openpyxl.load_workbook(BytesIO(annex(document, words)))
    late = next(table for table in document.tables if len(table.rows) == 200)
    sheet = book[late.name]
    assert sheet.max_row == 201
    assert sheet.auto_filter.ref == "A1:H201"
    assert sheet["B2"].value == "530303-20260310-D00000-0"
    assert sheet["E2"].is_date
    assert sheet["F2"].value == 76
    about = book.worksheets[-1]
    said = [str(cell.value) for row in about.iter_rows() for cell in row]
    assert all(definition in said for _, definition in document.definitions)


def test_a_workbook_of_nothing_still_says_what_it_is():
    document = document_of(empty())
    book = openpyxl.load_workbook(BytesIO(annex(document, ZH)))
    assert book.sheetnames == ["“五情”动态", "说明"]


def test_text_that_looks_like_a_formula_is_text_in_the_workbook():
    row = a_case_line(0, title="=1+1")
    overdue = replace(a_briefing().overdue, rows=(row,), total=1)
    document = document_of(a_briefing(overdue=overdue))
    sheet = openpyxl.load_workbook(BytesIO(annex(document, ZH)))["超期事项"]
    assert (sheet["C2"].value, sheet["C2"].data_type) == ("=1+1", "s")


def test_the_text_file_opens_in_a_plain_editor():
    content = text(document_of(a_briefing()))
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content
