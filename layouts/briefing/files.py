"""The files of a briefing by their kinds, with names that sort by day."""

from collections.abc import Callable
from dataclasses import dataclass

from layouts.briefing import annex, message, pdf, word
from layouts.briefing.document import Document
from layouts.words import Words

KINDS = ("pdf", "docx", "xlsx", "txt")


@dataclass(frozen=True, slots=True)
class File:
    """A file to be sent or saved; `name` is plain, `title` what people call it."""

    name: str
    title: str
    media_type: str
    content: bytes


def file_of(kind: str, document: Document, words: Words, drawing: str = "") -> File:
    """Draw one of KINDS; `drawing` is the map of a PDF.

    Raises:
        KeyError: there is no such kind.
    """
    media_type, draw = _makers(document, words, drawing)[kind]
    title = f"{document.title} {document.number or document.day}".replace("/", " ")
    return File(f"{document.name}.{kind}", f"{title}.{kind}", media_type, draw())


def _makers(
    document: Document, words: Words, drawing: str
) -> dict[str, tuple[str, Callable[[], bytes]]]:
    return {
        "pdf": (pdf.MEDIA_TYPE, lambda: pdf.pdf(document, drawing)),
        "docx": (word.MEDIA_TYPE, lambda: word.word(document)),
        "xlsx": (annex.MEDIA_TYPE, lambda: annex.annex(document, words)),
        "txt": (message.MEDIA_TYPE, lambda: message.text(document)),
    }
