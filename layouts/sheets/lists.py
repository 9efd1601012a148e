"""A case list and the rows behind a number, as tables to take away."""

from dashboard.drilldown.case_list import ListView, WholeList
from dashboard.drilldown.explain import Explanation
from dashboard.export.table import Table
from dashboard.figures.unit import Unit
from layouts import format as fmt
from layouts.desk.asking import Asking
from layouts.explain.facts import rules_text
from layouts.explain.number import value_text
from layouts.explain.parts import part_name
from layouts.sheets.about import Asked, Facts, Maker, facts, mark
from layouts.sheets.case_rows import case_rows, item_rows
from layouts.words import Words


def list_table(found: WholeList, asking: Asking, maker: Maker) -> Table:
    """Make a table of a case list."""
    words = asking.words
    columns, rows = case_rows(found.rows, found.directory, words)
    view = None if found.view is ListView.OPEN else found.view
    asked = Asked(
        name=f"{words.text('nav.cases')} · {words.text(f'cases.view.{found.view}')}",
        definition=words.text(f"figure.{found.figure}.definition"),
        source=found.source,
        question=asking.question,
        period=found.period,
        as_of=found.as_of,
        address=asking.to("/cases", view=view),
        directory=found.directory,
        synthetic=found.synthetic,
    )
    return Table(
        name=words.text(f"cases.view.{found.view}"),
        about_name=words.text("export.about"),
        about=facts(asked, maker, (len(rows), found.total), words),
        columns=columns,
        rows=rows,
        made_at=maker.made_at,
        mark=mark(asked, words),
    )


def explanation_table(found: Explanation, asking: Asking, maker: Maker) -> Table:
    """Make a table of one part of a number; what the number is made of stands beside it."""
    words, listing = asking.words, found.listing
    if listing.items:
        columns, rows = item_rows(listing.items, found.directory, words)
    else:
        columns, rows = case_rows(listing.cases, found.directory, words)
    name = words.text(f"figure.{found.figure}.name")
    part = part_name(found.part, found.figure, found.unit, words)
    asked = Asked(
        name=f"{name} {value_text(found, words)} · {part}",
        definition=words.text(f"figure.{found.figure}.definition"),
        source=found.source,
        question=asking.question,
        period=found.period,
        as_of=found.as_of,
        address=asking.to(f"/explain/{found.figure}", part=found.part),
        directory=found.directory,
        synthetic=found.synthetic,
    )
    about = facts(asked, maker, (len(rows), listing.total), words)
    return Table(
        name=f"{name} {part}",
        about_name=words.text("export.about"),
        about=about + _gone(found, words) + _rules(found, words) + _composition(found, words),
        columns=columns,
        rows=rows,
        made_at=maker.made_at,
        mark=mark(asked, words),
    )


def _rules(found: Explanation, words: Words) -> Facts:
    text = rules_text(found.rules, words)
    return ((words.text("explain.rules"), text),) if text else ()


def _gone(found: Explanation, words: Words) -> Facts:
    """Write how many the part counts beside its rows: of cases that are no longer the reader's."""
    gone = found.listing.gone
    return ((words.text("export.gone"), fmt.number(gone)),) if gone else ()


def _composition(found: Explanation, words: Words) -> Facts:
    """Write every part with its reasons, and what they add up to."""
    lines = []
    for one in found.composition.parts:
        if not one.count and found.unit is not Unit.SHARE:
            continue
        reasons = "; ".join(
            f"{words.text(f'reason.{reason}')} {fmt.number(count)}" for reason, count in one.reasons
        )
        count = fmt.number(one.count)
        text = f"{count} ({reasons})" if reasons else count
        lines.append((part_name(one.part, found.figure, found.unit, words), text))
    return (*lines, (words.text("export.total"), fmt.number(found.composition.total)))
