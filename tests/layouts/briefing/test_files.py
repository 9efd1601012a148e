"""The files of a briefing: each says what the document says, and opens in what people have."""

import re
import shutil
import subprocess
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
from tests.briefings import a_briefing, a_case_line, empty, flood, quarter, rich
from tests.layouts.briefing.documents import EN, ZH, document_of

SAMPLES = {"usual": a_briefing, "week": rich, "quarter": quarter, "flood": flood, "empty": empty}
WORDS = {"zh": ZH, "en": EN}
OFFICE = shutil.which("soffice")


@pytest.fixture(params=SAMPLES.values(), ids=SAMPLES)
def briefing(request):
    return request.param()


@pytest.fixture(params=WORDS.values(), ids=WORDS)
def words(request):
    return request.param


def squeezed(said):
    """Take blanks and line ends away: where lines break is a matter of looks."""
    return re.sub(r"\s+", "", said)


def missing(document, said):
    whole = squeezed(said)
    return [each for each in document.texts() if squeezed(each) not in whole]


def pages_of(content):
    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages]


def test_the_pdf_says_what_the_document_says(briefing, words):
    document = document_of(briefing, words)
    assert missing(document, "".join(pages_of(pdf(document)))) == []


def test_the_signatures_stand_on_the_second_page_at_the_latest(briefing, words):
    document = document_of(briefing, words)
    pages = pages_of(pdf(document))
    signed = [place for place, page in enumerate(pages, 1) if squeezed(document.key[:9]) in
              squeezed(page)]  # fmt: skip
    assert signed[0] <= 2


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


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_word_document(tmp_path):
    document = document_of(rich())
    (tmp_path / "briefing.docx").write_bytes(word(document))
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    to = ["--convert-to", "pdf", "--outdir", str(tmp_path)]
    command = [OFFICE, home, "--headless", *to, str(tmp_path / "briefing.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    said = squeezed("".join(pages_of((tmp_path / "briefing.pdf").read_bytes())))
    assert [
        one.title for one in document.sections if squeezed(one.title) not in squeezed(said)
    ] == []


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
