"""The explanation of a number: words, formula, parts that add up, and the cases of each part."""

from collections.abc import Iterator

from dash import html
from dash.development.base_component import Component

from dashboard.drilldown.case_row import CaseRow
from dashboard.drilldown.explain import Explanation
from dashboard.drilldown.listing import ItemRow
from dashboard.figures.comparison import Change, ChangeKind
from dashboard.figures.composition import Part, PartCount
from dashboard.figures.filters import NONE, Filters
from dashboard.figures.unit import Unit
from layouts import format as fmt
from layouts.desk.asking import Asking
from layouts.desk.change import change_text
from layouts.desk.controls import button, segments
from layouts.desk.pager import pager
from layouts.desk.table import mark, short_code, time_left, title_of
from layouts.names import category_name, joined, unit_name
from layouts.words import Words

SORTS = ("left", "accepted", "closed", "code")


def layout(found: Explanation, asking: Asking) -> Component:
    """Draw the explanation; it stands in a drawer or as a page of its own."""
    words = asking.words
    return html.Article(
        [
            _head(found, asking),
            _definition(found, words),
            _facts(found, asking),
            _composition(found, words),
            _list_head(found, asking),
            *_rows(found, asking),
            pager(found.listing.total, found.page, asking),
        ],
        className="x",
        lang=words.language,
    )


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


def _head(found: Explanation, asking: Asking) -> Component:
    words = asking.words
    where = joined(words.text("explain.title"), _place(asking.question.filters, found, words))
    title = f"{words.text(f'figure.{found.figure}.name')}　{value_text(found, words)}"
    if words.language == "en":
        title = title.replace("　", " ")
    demo = [html.Span(words.text("app.demo"), className="chip")] if found.synthetic else []
    place = asking.question.filters.area or found.directory.county.code
    back = Filters(area=None)
    actions = [
        html.Button(words.text("explain.copy"), className="d-button", **{"data-copy": "here"}),
        *(
            button(words.text(f"explain.export.{kind}"),
                   asking.to(f"/export/explain/{found.figure}.{kind}", part=found.part),
                   download=True)
            for kind in ("xlsx", "csv")
        ),
        html.A(
            words.text("explain.close"),
            href=asking.to(f"/area/{place}", asking.question.about(
                **{name: getattr(back, name) for name in ("area", "state", "text")}
            )),
            className="d-button",
            **{"data-close": "1"},
        ),
    ]  # fmt: skip
    return html.Header(
        [
            html.Div([html.P([where, " ", *demo]), html.H1(title)]),
            html.Div(actions, className="x-actions"),
        ],
        className="x-head",
    )


def _definition(found: Explanation, words: Words) -> Component:
    parts: list[Component | str | None] = [
        html.H2(words.text("explain.definition")),
        html.P(words.text(f"figure.{found.figure}.definition")),
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


def _facts(found: Explanation, asking: Asking) -> Component:
    words = asking.words
    period = words.text("explain.at_that_moment")
    if found.period is not None:
        first = fmt.moment(found.period.start, words)
        period = words.text("explain.span", first=first, end=fmt.moment(found.period.end, words))
    moment = fmt.moment(found.as_of, words)
    known = words.text("explain.known_then" if found.known_at else "explain.known_now")
    pairs = [
        (words.text("explain.period"), period),
        (words.text("explain.as_of"), f"{moment} · {known}"),
        (words.text("explain.population"), _scope(asking.question.filters, found, words)),
        (words.text("explain.source"), found.source),
    ]
    cells = [html.Div([html.Dt(name), html.Dd(value)]) for name, value in pairs]
    return html.Section(html.Dl(cells, className="x-facts"), className="x-block")


def _place(filters: Filters, found: Explanation, words: Words) -> str:
    county = found.directory.county
    code = filters.area
    if code is None or code == county.code:
        return county.en if words.language == "en" else county.full
    return unit_name(code, found.directory.townships, words) or code


def _scope(filters: Filters, found: Explanation, words: Words) -> str:
    return joined(_place(filters, found, words), *filter_texts(filters, found, words)) or fmt.DASH


def filter_texts(filters: Filters, found: Explanation, words: Words) -> Iterator[str]:
    """Write each filter that restricts, in words."""
    none = words.text("filter.none")
    for code in sorted(filters.departments):
        yield (
            none if code == NONE else (unit_name(code, found.directory.departments, words) or code)
        )
    for field, prefix in (("situations", "situation"), ("kinds", "kind"), ("levels", "level"),
                          ("risks", "risk"), ("colours", "colour"), ("stages", "stage"),
                          ("channels", "channel")):  # fmt: skip
        for code in sorted(getattr(filters, field)):
            yield none if code == NONE else words.text(f"{prefix}.{code}")
    for code in sorted(filters.categories):
        yield none if code == NONE else category_name(code, "unknown", words)
    if filters.state:
        yield words.text(f"filter.state.{filters.state}")
    if filters.text:
        yield words.text("filter.text", q=filters.text)


def _composition(found: Explanation, words: Words) -> Component:
    parts = [one for one in found.composition.parts if _shown(one, found)]
    counts = [fmt.number(one.count) for one in parts]
    total = fmt.number(found.composition.total)
    whole = words.text("explain.whole", n=total)
    bar = [
        html.I(className=f"x-{one.part}", style={"width": _width(one.count, found)})
        for one in parts
        if one.count
    ]
    return html.Section(
        [
            html.Div([html.B(whole), html.Span(f"{' + '.join(counts)} = {total}")],
                     className="x-sum"),
            html.Div(bar, className="x-bar"),
            html.Div([_part(one, found, words) for one in parts], className="x-parts"),
        ],
        className="x-block",
    )  # fmt: skip


def _shown(one: PartCount, found: Explanation) -> bool:
    return one.count > 0 or one.part is Part.COUNTED or found.unit is Unit.SHARE


def _width(count: int, found: Explanation) -> str:
    return f"{100 * count / max(1, found.composition.total):.2f}%"


def part_name(part: Part, found: Explanation, words: Words) -> str:
    """Name a part: the due cohort has words of its own."""
    for key in (f"part.{found.figure}.{part}", f"part.{found.unit}.{part}", f"part.{part}"):
        if words.knows(key):
            return words.text(key)
    return str(part)


def _part(one: PartCount, found: Explanation, words: Words) -> Component:
    head = html.Div(
        [
            html.I(className=f"x-{one.part}"),
            html.Span(part_name(one.part, found, words)),
            html.B(fmt.number(one.count)),
        ],
        className="k",
    )
    reasons = [
        html.Li(f"{words.text(f'reason.{reason}')} {fmt.number(count)}")
        for reason, count in one.reasons
    ]
    return html.Div([head, html.Ul(reasons)])


def _list_head(found: Explanation, asking: Asking) -> Component:
    words = asking.words
    options = [
        (
            f"{part_name(one.part, found, words)} {fmt.number(one.count)}",
            asking.same(part=one.part, page=None),
            one.part is found.part,
        )
        for one in found.composition.parts
        if _shown(one, found)
    ]
    controls = [segments(options, words.text("explain.parts"))]
    if found.listing.cases:
        sorts = [
            (words.text(f"sort.{sort}"), asking.same(sort=sort, page=None), sort == found.page.sort)
            for sort in SORTS
        ]
        controls.append(segments(sorts, words.text("sort.label")))
    return html.Div(controls, className="x-list")


def _rows(found: Explanation, asking: Asking) -> list[Component]:
    if found.listing.total == 0:
        return [html.P(asking.words.text("explain.no_rows"), className="d-empty")]
    if found.listing.items:
        return [_item(row, found, asking.words) for row in found.listing.items]
    return [_case(row, found, asking) for row in found.listing.cases]


def _case(row: CaseRow, found: Explanation, asking: Asking) -> Component:
    words, directory = asking.words, found.directory
    about = joined(
        category_name(row.category, row.kind, words),
        unit_name(row.township, directory.townships, words),
        unit_name(row.department, directory.departments, words),
    )
    at = row.event_at or row.accepted_at
    clock = [
        html.Span(words.text("explain.at", t=fmt.moment_short(at, words)) if at else ""),
        html.Small(
            words.text("explain.due_at", t=fmt.moment_short(row.due_at, words))
            if row.due_at
            else ""
        ),
    ]
    name = f"left {row.colour}" if row.left_at is None else "left"
    return html.Div(
        [
            mark(row),
            html.Span(
                [
                    html.A(short_code(row.code), href=asking.case(row.code), title=row.code),
                    html.Small(title_of(row, words)),
                    html.Small(about),
                ]
            ),
            html.Span(clock),
            html.Span(time_left(row, words), className=name),
        ],
        className="x-row",
    )


def _item(row: ItemRow, found: Explanation, words: Words) -> Component:
    title = (row.title_en or row.title) if words.language == "en" else row.title
    place = unit_name(row.township, found.directory.townships, words)
    risk = words.text(f"risk.{row.risk}") if row.risk else None
    return html.Div(
        [
            html.Span(),
            html.Span([title or row.id, html.Small(joined(place, risk))]),
            html.Span(fmt.moment(row.at, words)),
            html.Span(),
        ],
        className="x-row",
    )
