"""Files of a briefing as LibreOffice reads them: all is there, tables are tables, values values."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from openpyxl.cell import Cell

from layouts.briefing.annex import annex
from layouts.briefing.document import Document, section_texts, table_texts
from layouts.briefing.word import word
from tests.layouts.briefing.documents import document_of
from tests.layouts.briefing.samples import MORE, SAMPLES, WORDS, pages_of, squeezed

OFFICE = shutil.which("soffice")
NAMES = [*(f"{day}-zh" for day in SAMPLES | MORE), "usual-en"]
BOOKS = ["usual-zh", "flood-zh", "empty-zh", "rare-zh", "usual-en"]
LONG = "flood-zh"
SPACES = {
    one: f"urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"
    for one in ("office", "table", "text", "style")
}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed"),
]


@dataclass(frozen=True)
class Opened:
    """What was written, and the folder where LibreOffice wrote what it read of it."""

    documents: dict[str, Document]
    books: dict[str, bytes]
    folder: Path

    def flat(self, name: str, kind: str) -> etree._Element:
        return etree.parse(self.folder / f"{name}.{kind}").getroot()


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """Write the files of every day, and let LibreOffice read all of a kind in one start."""
    folder = tmp_path_factory.mktemp("office")
    documents, books = {}, {}
    for name in NAMES:
        day, language = name.split("-")
        words = WORDS[language]
        documents[name] = document_of((SAMPLES | MORE)[day](), words)
        (folder / f"{name}.docx").write_bytes(word(documents[name]))
        if name in BOOKS:
            books[name] = annex(documents[name], words)
            (folder / f"{name}.xlsx").write_bytes(books[name])
    convert(folder, "fodt", [f"{name}.docx" for name in NAMES])
    convert(folder, "fods", [f"{name}.xlsx" for name in BOOKS])
    convert(folder, "pdf", [f"{LONG}.docx"])
    return Opened(documents, books, folder)


def convert(folder: Path, kind: str, files: list[str]) -> None:
    home = f"-env:UserInstallation=file://{folder}/home"
    command = [str(OFFICE), home, "--headless", "--convert-to", kind, *files]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=240)


def said(element: etree._Element) -> str:
    return squeezed("".join(element.itertext()))


def body_texts(document: Document) -> Iterator[str]:
    for section in document.sections:
        yield from section_texts(section)
    for table in document.annexes:
        yield table.annex_title
        yield from table_texts(table, len(table.rows))


@pytest.mark.parametrize("name", NAMES)
def test_the_word_document_is_read_whole_and_in_order(opened: Opened, name: str):
    root, document = opened.flat(name, "fodt"), opened.documents[name]
    whole = said(root)
    assert [each for each in document.texts() if squeezed(each) not in whole] == []
    body, at = said(root.find(".//office:text", SPACES)), 0
    for text in map(squeezed, body_texts(document)):
        assert text in body[at:], text
        at = body.index(text, at) + len(text)


@pytest.mark.parametrize("name", NAMES)
def test_every_list_is_a_table_of_its_own_with_heads_that_repeat(opened: Opened, name: str):
    document = opened.documents[name]
    lists = [(table, table.shown) for table in document.tables if table.shown]
    lists += [(table, len(table.rows)) for table in document.annexes]
    figures, *grids = opened.flat(name, "fodt").iterfind(".//table:table", SPACES)
    assert len(figures.findall(".//table:table-cell", SPACES)) == len(document.figures)
    assert len(grids) == len(lists)
    for grid, (table, shown) in zip(grids, lists, strict=True):
        heads = grid.findall("table:table-header-rows/table:table-row", SPACES)
        assert [said(head) for head in heads] == [squeezed("".join(c.head for c in table.columns))]
        assert len(grid.findall("table:table-row", SPACES)) == shown


def test_a_long_list_has_its_heads_on_every_page_and_no_torn_row(opened: Opened):
    table = max(opened.documents[LONG].annexes, key=lambda table: len(table.rows))
    heads = squeezed("".join(column.head for column in table.columns))
    rows = [squeezed("".join(cell.text for cell in row.cells[1:])) for row in table.rows]
    pages = [squeezed(page) for page in pages_of((opened.folder / f"{LONG}.pdf").read_bytes())]
    mark = squeezed(opened.documents[LONG].marks[0])
    with_rows = [page for page in pages[2:] if any(row in page for row in rows)]
    assert len(with_rows) > 3
    assert all(heads in page for page in with_rows)
    assert all(any(row in page for page in pages) for row in rows)
    assert all(mark in page for page in pages)
    numbers = [f"第{n}页，共{len(pages)}页" for n in range(1, len(pages) + 1)]
    assert all(number in page for number, page in zip(numbers, pages, strict=True))


@pytest.mark.parametrize("name", BOOKS)
def test_the_workbook_is_read_with_its_filters_and_values(opened: Opened, name: str):
    ours = openpyxl.load_workbook(BytesIO(opened.books[name]))
    root = opened.flat(name, "fods")
    grids = root.findall(".//table:table", SPACES)
    names = [grid.get(f"{{{SPACES['table']}}}name") for grid in grids]
    assert names == ours.sheetnames
    filtered = root.findall(".//table:database-range[@table:display-filter-buttons]", SPACES)
    assert len(filtered) == len(names) - 1
    for grid, sheet in zip(grids, ours.worksheets, strict=True):
        written = [
            cell for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")
        ]
        assert list(cells_of(grid)) == [(kind_of(cell), value_of(cell)) for cell in written]


def kind_of(cell: Cell) -> str:
    if cell.data_type == "s":
        return "string"
    if cell.is_date:
        return "date"
    return "percentage" if cell.number_format.endswith("%") else "float"


def value_of(cell: Cell) -> str | float | datetime:
    if cell.is_date:
        return cell.value
    return squeezed(cell.value) if cell.data_type == "s" else pytest.approx(cell.value)


def cells_of(grid: etree._Element) -> Iterator[tuple[str, str | float | datetime]]:
    for cell in grid.iterfind(".//table:table-cell", SPACES):
        kind = cell.get(f"{{{SPACES['office']}}}value-type")
        if kind is None:
            continue
        number, date = (cell.get(f"{{{SPACES['office']}}}{one}") for one in ("value", "date-value"))
        if kind == "string":
            value: str | float | datetime = said(cell)
        else:
            value = datetime.fromisoformat(date) if date else float(str(number))
        for _ in range(int(cell.get(f"{{{SPACES['table']}}}number-columns-repeated", "1"))):
            yield kind, value
