"""How a briefing writes its numbers, its changes, its units and its cases."""

from datetime import datetime

from dashboard.briefing.case_line import CaseLine
from dashboard.briefing.overall import Number
from dashboard.calendar import local_day
from dashboard.export.table import Kind
from dashboard.figures.comparison import Change, ChangeKind
from dashboard.snapshots.board import Directory
from layouts import format as fmt
from layouts.briefing.document import Cell, Column, Line, Row, Section, Table
from layouts.briefing.reference import CaseOf, Reference
from layouts.desk.change import change_text
from layouts.desk.table import short_code
from layouts.names import category_name, joined, unit_name
from layouts.words import Words


def counted(value: float | None) -> str:
    """Write a count."""
    return fmt.number(None if value is None else round(value))


def share_text(number: Number) -> str:
    """Write a share with its sign, as whole as its cases are; undefined is a dash."""
    if number.value is None or not number.of:
        return fmt.DASH
    return f"{fmt.rate(round(number.value * number.of), number.of)}%"


def versus(number: Number, words: Words) -> str:
    """Say how a number compares with the period before, and with the year before where asked."""
    texts = (_versus(number.change, "before", words), _versus(number.year, "year", words))
    return joined_by(words, *texts)


def bare_change(change: Change | None, words: Words) -> str:
    """Write a change alone, under a head that says with what; without a base a dash."""
    if change is None or change.value is None:
        return fmt.DASH
    return change_text(change.kind, change.value, words)


def _versus(change: Change | None, than: str, words: Words) -> str:
    if change is None or change.kind is ChangeKind.UNKNOWN:
        return ""
    if change.value is None:
        return words.text(f"briefing.than.{than}.none")
    d = change_text(change.kind, change.value, words)
    return words.text(f"briefing.than.{than}", d=d)


def joined_by(words: Words, *parts: str) -> str:
    """Join the parts that say something."""
    return words.text("briefing.comma").join(part for part in parts if part)


def title_of(case: CaseLine, words: Words) -> str:
    """Return a case's title in the language; it may have only one."""
    if words.language == "en":
        return case.title_en or category_name(case.category, case.kind, words)
    return case.title


def township_name(code: str | None, directory: Directory, words: Words) -> str:
    """Name a township; cases of none are the county's own."""
    found = unit_name(code, (directory.county, *directory.townships), words)
    return found or words.text("briefing.nowhere")


def department_name(code: str | None, directory: Directory, words: Words) -> str:
    """Name a department; cases of none wait for one."""
    return unit_name(code, directory.departments, words) or words.text("briefing.nobody")


def type_name(code: str | None, words: Words) -> str:
    """Name a type of cases; None are those without one and those not told."""
    none = words.text("briefing.type.none")
    return none if code is None else category_name(code, "unknown", words)


def case_place(case: CaseLine, directory: Directory, words: Words) -> str:
    """Name the township and the department of a case."""
    return joined(
        township_name(case.township, directory, words),
        department_name(case.department, directory, words),
    )


def case_left(case: CaseLine, words: Words) -> str:
    """Say how long a case is overdue or still has."""
    if case.left_s is None:
        return fmt.DASH
    key = "alert.over" if case.left_s <= 0 else "alert.left"
    return words.text(key, d=fmt.duration_two(case.left_s, words))


def order_text(case: CaseLine, words: Words) -> str:
    """Say how often a case was supervised, and whether the newest order was answered."""
    if not case.supervisions:
        return words.text("briefing.order.none")
    return words.text("briefing.order", text=order_cell(case, words))


def order_cell(case: CaseLine, words: Words) -> str:
    """Say the same under a head that says what it is about."""
    if not case.supervisions:
        return fmt.DASH
    said = "" if case.answered is None else words.text(
        "briefing.order.answered" if case.answered else "briefing.order.unanswered"
    )  # fmt: skip
    return joined_by(words, words.text("briefing.order.times", n=case.supervisions), said)


def day_of(instant: datetime | None, words: Words) -> str:
    """Write the day of an instant; a dash for none."""
    if instant is None:
        return fmt.DASH
    return fmt.month_day(local_day(instant, words.zone), words)


def count_cell(value: float | None, opens: Reference | None = None) -> Cell:
    """A count, for eyes and for sums; nothing opens into nothing."""
    return Cell(
        counted(value), None if value is None else round(value), opens=opens if value else None
    )


def code_cell(case: CaseLine) -> Cell:
    """A case's code, which leads to it."""
    return Cell(short_code(case.code), case.code, opens=CaseOf(case.code))


def column(key: str, weight: float, words: Words, kind: Kind = Kind.TEXT) -> Column:
    """Name a column; numbers stand to the right."""
    right = kind in (Kind.COUNT, Kind.SHARE, Kind.HOURS)
    return Column(head=words.text(f"briefing.column.{key}"), weight=weight, right=right, kind=kind)


def table_of(name: str, columns: tuple[Column, ...], rows: tuple[Row, ...], words: Words) -> Table:
    """Make a list of all its rows."""
    return Table(
        name=words.text(f"briefing.list.{name}"), columns=columns, rows=rows, shown=len(rows)
    )


def section_of(
    name: str, tables: tuple[Table, ...], words: Words, after: tuple[Line, ...] = ()
) -> Section:
    """Make a section of the lists that have rows."""
    there = tuple(table for table in tables if table.rows)
    return Section(title=words.text(f"briefing.{name}"), tables=there, after=after)
