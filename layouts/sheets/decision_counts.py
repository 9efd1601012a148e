"""What became of decisions by month and by owner, as tables beside the register's."""

from collections.abc import Iterable

from dashboard.briefing.decision import Counts
from dashboard.briefing.register_page import RegisterPage
from dashboard.export.table import Column, Kind, Table, Value
from dashboard.figures.choice import PeriodChoice, PeriodKind
from layouts.decisions.counted import COLUMNS, column_text, days_text
from layouts.decisions.names import owner_name
from layouts.desk.asking import Asking
from layouts.sheets.about import Maker
from layouts.words import Words


def counts_tables(page: RegisterPage, asking: Asking, maker: Maker, mark: str) -> tuple[Table, ...]:
    """Make the tables of the page's cards, with the same rows in the same order."""
    words, directory = asking.words, page.directory
    months = (
        (days_text(PeriodChoice.containing(PeriodKind.MONTH, month), words), counts)
        for month, counts in page.months
    )
    owners = ((owner_name(owner, directory, words), counts) for owner, counts in page.owners)

    def table(by: str, name: str, lines: Iterable[tuple[str, Counts]]) -> Table:
        return Table(
            name=name,
            about_name="",
            about=(),
            columns=(Column(words.text(f"decision.by.{by}.column"), width=16), *_columns(words)),
            rows=[(called, *_values(counts)) for called, counts in lines],
            made_at=maker.made_at,
            mark=mark,
        )

    whose = f"{words.text('decision.by.owner')} {days_text(page.among, words)}"
    return (
        table("month", words.text("decision.by.month"), months),
        table("owner", whose, owners),
    )


def _columns(words: Words) -> Iterable[Column]:
    return (
        Column(column_text(each, words), Kind.SHARE if each == "rate" else Kind.COUNT)
        for each in COLUMNS
    )


def _values(counts: Counts) -> Iterable[Value]:
    return (getattr(counts, each) for each in COLUMNS)
