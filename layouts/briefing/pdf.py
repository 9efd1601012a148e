"""A briefing as a PDF of A4 pages, set by Typst in the repository's own fonts."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson
import typst

from layouts.briefing.document import Document
from layouts.briefing.face import faces

MEDIA_TYPE = "application/pdf"
SHEET = Path(__file__).with_name("sheet.typ")


@dataclass(frozen=True, slots=True)
class _Set:
    """A compiler with the document in it, and the moment of the file."""

    compiler: typst.Compiler
    at: int


def pdf(document: Document, drawing: str = "") -> bytes:
    """Set a document; the same document gives the same bytes. `drawing` is a map as SVG."""
    with TemporaryDirectory(prefix="wuqing-") as folder:
        made = _made(document, drawing, Path(folder))
        found = made.compiler.compile(format="pdf", timestamp=made.at)
    assert isinstance(found, bytes)  # noqa: S101 -- one file, whatever its pages
    return found


def pictures(document: Document, drawing: str = "", ppi: float = 96) -> list[bytes]:
    """Set a document and give each page as a PNG."""
    with TemporaryDirectory(prefix="wuqing-") as folder:
        made = _made(document, drawing, Path(folder))
        found = made.compiler.compile(format="png", ppi=ppi)
    return found if isinstance(found, list) else [found] if found else []


def _made(document: Document, drawing: str, folder: Path) -> _Set:
    fields = {"annexes": document.annexes, **_fields(document)}
    text = orjson.dumps(fields, default=_left_out).decode()
    for number, face in enumerate(faces(text + drawing)):
        (folder / f"{number}.ttf").write_bytes(face)
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]
    )
    inputs = {"document": text, "map": drawing}
    compiler = typst.Compiler(
        SHEET.read_bytes(), font_paths=fonts, ignore_system_fonts=True, sys_inputs=inputs
    )
    return _Set(compiler, int(document.made_at.timestamp()))


def _left_out(_reference: object) -> None:
    """What a number opens into is of no use on paper."""


def _fields(document: Document) -> dict[str, object]:
    return {name: getattr(document, name) for name in Document.__dataclass_fields__}
