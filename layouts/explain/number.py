"""The number that is explained: its value, definition, formula and what it compares with."""

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.explain import Explanation
from dashboard.figures.comparison import Change, ChangeKind
from dashboard.figures.unit import Unit
from layouts import format as fmt
from layouts.desk.change import change_text
from layouts.words import Words


def value_text(found: Explanation, words: Words) -> str:
    """Write the number that is explained."""
    cell = found.cell
    if found.unit is Unit.SHARE:
        rate = fmt.rate(cell.numerator, cell.denominator or 0)
        return rate if rate == fmt.DASH else f"{rate}%"
    if found.unit in (Unit.SECOND, Unit.MINUTE):
        return _amount(found.spread.mean if found.spread else None, found.unit, words)
    return joined_unit(fmt.number(cell.numerator), found.unit, words)


def joined_unit(number: str, unit: Unit, words: Words) -> str:
    """Write a count with its unit."""
    return words.text(f"explain.unit.{unit}", n=number)


def _amount(value: float | None, unit: Unit, words: Words) -> str:
    if value is None:
        return fmt.DASH
    return fmt.mean_duration(value * 60 if unit is Unit.MINUTE else value, words)


def definition(found: Explanation, words: Words) -> Component:
    """Say what is counted, how the number comes about, and how it compares."""
    parts: list[Component | str | None] = [
        html.H2(words.text("explain.definition")),
        html.P(
            [
                words.text(f"figure.{found.figure}.definition"),
                html.Small(words.text("explain.source", source=found.source)),
            ]
        ),
    ]
    if found.unit is Unit.SHARE and found.cell.denominator:
        parts.append(_formula(found, words))
    elif found.unit is Unit.SHARE:
        parts.append(html.P(words.text("explain.none")))
    elif found.spread is not None:
        spread, unit = found.spread, found.unit
        text = words.text(
            "explain.spread", n=fmt.number(spread.n), mean=_amount(spread.mean, unit, words),
            median=_amount(spread.median, unit, words), p90=_amount(spread.p90, unit, words),
        )  # fmt: skip
        parts.append(html.P(text))
    else:
        parts.append(html.Div(_changes(found, words), className="x-side"))
    return html.Section(parts, className="x-block")


def _formula(found: Explanation, words: Words) -> Component:
    cell = found.cell
    fraction = html.Span(
        [
            html.Span([words.text("explain.numerator"), " ", html.B(fmt.number(cell.numerator))]),
            html.Span(
                [words.text("explain.denominator"), " ", html.B(fmt.number(cell.denominator))]
            ),
        ],
        className="x-fraction",
    )
    side = []
    if found.interval is not None:
        low, high = (f"{100 * edge:.1f}" for edge in found.interval)
        side.append(html.Div(words.text("explain.interval", low=low, high=high)))
    side += _changes(found, words)
    return html.Div(
        [
            fraction,
            html.Span("="),
            html.Span(value_text(found, words), className="x-result"),
            html.Div(side, className="x-side"),
        ],
        className="x-formula",
    )


def _changes(found: Explanation, words: Words) -> list[Component]:
    """Say how the number compares with the period before and with the year before."""
    told = (("change", found.change), ("change.year", found.year))
    return [
        html.Div(_change(key, change, found, words)) for key, change in told if change is not None
    ]


def _change(key: str, change: Change, found: Explanation, words: Words) -> str:
    if change.kind is ChangeKind.NO_BASE:
        return words.text(f"{key}.no_base")
    if change.value is None or change.before is None:
        return words.text(f"{key}.unknown")
    if change.kind is ChangeKind.POINTS:
        before = f"{100 * change.before:.1f}%"
        within = found.interval and found.interval[0] <= change.before <= found.interval[1]
        told = words.text(f"{key}.rate", before=before, d=fmt.points(change.value, words))
        return f"{told}{words.text('change.within' if within else 'change.beyond')}"
    written = change_text(change.kind, change.value, words)
    return words.text(f"{key}.count", before=fmt.number(int(change.before)), d=written)
