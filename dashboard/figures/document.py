"""The definitions of all figures as one page; docs/figures.md is this text."""

from collections.abc import Callable

from dashboard.figures.catalogue import DERIVED, FIGURES
from dashboard.figures.figure import Figure

Text = Callable[[str], str]
"""Gives the words of a key of the message catalogue."""

HEAD = """# Figures

Every number the wall shows, from the same rows of `dashboard/figures/catalogue/` that count it.
Written by `python -m tests.dashboard.figures.test_document`; a test holds this page to the code.
Numerators and denominators are added up and divided once. What would be divided by nothing is
undefined and drawn "—".
"""


def document(zh: Text, en: Text) -> str:
    """Write the page from the words of both languages."""
    parts = [HEAD]
    for figure in FIGURES:
        facts = f"`{figure.id}` · {figure.unit} · counted in: {_population(figure)}"
        parts.append(_section(figure.id, f"{facts} · source: {figure.source}", zh, en))
    parts.append("## Worked out from these\n")
    parts += [
        _section(derived.id, f"`{derived.id}` · source: {derived.source}", zh, en)
        for derived in DERIVED
    ]
    return "\n".join(parts)


def _population(figure: Figure) -> str:
    instant = figure.population.instant
    return figure.population.id if instant is None else f"{figure.population.id} ({instant})"


def _section(name: str, facts: str, zh: Text, en: Text) -> str:
    title = f"### {zh(f'figure.{name}.name')} · {en(f'figure.{name}.name')}"
    texts = (zh(f"figure.{name}.definition"), en(f"figure.{name}.definition"))
    return "\n\n".join((title, facts, *texts)) + "\n"
