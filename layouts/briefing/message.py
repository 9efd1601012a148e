"""A briefing as plain text, for a message: the short form of a screen, and all of it."""

from unicodedata import normalize

from layouts.briefing.document import Document, Section, Table, plain

MEDIA_TYPE = "text/plain; charset=utf-8"
SHORTEST = 300
"""Characters of the short form; a telephone shows no more of a message without opening it."""


def short(document: Document) -> str:
    """Write the sentence, and the matters as long as there is room; what is left out is dots."""
    said = "".join((*(f"({mark})" for mark in document.marks), document.short))
    matters = [item.title for item in document.sections[0].items]
    whole = "\n".join((said, *matters))
    return whole if len(whole) <= SHORTEST else f"{whole[: SHORTEST - 1].rstrip()}…"


def message(document: Document) -> str:
    """Write everything: short form first, then the sections, the definitions and the annexes."""
    head = (document.title, document.number, document.day, document.cut, document.span)
    lines = [*filter(None, head), *document.marks, "", plain(document.headline)]
    for figure in document.figures:
        unit = f" {figure.unit}" if figure.unit else ""
        note = f" ({plain(figure.note)})" if figure.note else ""
        lines.append(f"{figure.label} {figure.number}{unit}{note}")
    for section in document.sections:
        lines += ["", section.title, *_section(section)]
    lines += ["", *(f"{who}:" for who in document.signatures), document.key]
    lines += ["", document.definitions_title]
    lines += [f"{name}: {definition}" for name, definition in document.definitions]
    for table in document.annexes:
        lines += ["", table.annex_title, *_table(table, len(table.rows))]
    lines += ["", *filter(None, (document.made, document.seal))]
    return "\n".join(lines) + "\n"


def text(document: Document) -> bytes:
    """Write the short form, a rule, and all of it, as a file a plain editor opens."""
    whole = f"{short(document)}\n\n{'-' * 24}\n\n{message(document)}"
    return normalize("NFC", whole).replace("\n", "\r\n").encode("utf-8-sig")


def _section(section: Section) -> list[str]:
    lines = [plain(line) for line in section.lines]
    for item in section.items:
        lines += [f"{item.title} [{item.tag}]" if item.tag else item.title, item.text]
    for table in section.tables:
        lines += [plain(table.caption)] if table.caption else []
        lines += _table(table, table.shown) if table.shown else []
        lines += [table.rest] if table.rest else []
    return lines + [plain(line) for line in section.after]


def _table(table: Table, most: int) -> list[str]:
    rows = [[column.head for column in table.columns]]
    rows += [[cell.text for cell in row.cells] for row in table.rows[:most]]
    return [" | ".join(row) for row in rows]
