"""Texts that people pasted, as every file of a briefing can hold them."""

from dataclasses import replace
from io import BytesIO

import docx
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from layouts.briefing.document import Run
from layouts.briefing.files import KINDS, file_of
from layouts.briefing.fitting import lines
from layouts.briefing.printable import printable
from tests.briefings import a_briefing
from tests.layouts.briefing.documents import ZH, document_of


def asking(text):
    """Write the document of a briefing whose first matter asks for a text."""
    first, *others = a_briefing().matters
    return document_of(a_briefing(matters=(replace(first, ask=text), *others)))


@given(st.text())
def test_what_is_printable_is_text_to_xml_and_to_utf_8_and_stays_so(text):
    found = printable(text)
    etree.Element("t").text = found
    found.encode()
    assert printable(found) == found


@pytest.mark.parametrize(
    ("pasted", "shown"),
    [
        ("一\r\n二\r三\x0b四\u2028五", "一\n二\n三\n四\n五"),
        ("甲\t乙", "甲 乙"),
        ("甲\x01乙\ufffe", "甲\ufffd乙\ufffd"),
        ("已办结 \u202e001\u202c\ufeff", "已办结 001"),
        ("龘𠮷 é 🚒\u200d🧯", "龘𠮷 é 🚒\u200d🧯"),
    ],
)
def test_breaks_are_line_ends_tabs_blanks_and_nothing_turns_a_line(pasted, shown):
    assert printable(pasted) == shown


def test_what_is_printable_already_is_the_same_value():
    document = document_of(a_briefing())
    assert printable(document) is document
    assert printable((Run("甲\t"), Run("乙")))[1:] == (Run("乙"),)


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_is_made_of_what_was_pasted_from_slides(kind):
    document = asking("第一步\x0b第二步\t\x01\u202e")
    assert file_of(kind, document, ZH).content


def test_lines_that_were_written_are_lines_on_paper():
    document = asking("第一步\r\n第二步")
    assert lines("第一步\n第二步", 50) == 2
    word = file_of("docx", document, ZH).content
    assert "第一步\n第二步" in "\n".join(
        one.text for one in docx.Document(BytesIO(word)).paragraphs
    )
    pdf = file_of("pdf", document, ZH).content
    page = pypdf.PdfReader(BytesIO(pdf)).pages[0].extract_text().splitlines()
    assert any(line.endswith("第一步") for line in page)
    assert any(line.startswith("第二步") for line in page)
