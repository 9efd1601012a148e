"""A league page as a table to take away: every count behind every rate, unit by unit."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from dashboard.drilldown.gaming import SIGNS, Gaming
from dashboard.drilldown.league import RATES, STATES, League, LeaguePage, Line, Shown, UnitLine
from dashboard.export.table import Column, Kind, Table, Value
from dashboard.figures.period import Period
from dashboard.league.interval import Share
from dashboard.league.kind import Kind as Units
from layouts.desk.asking import Asking
from layouts.names import unit_name
from layouts.sheets.about import Asked, Maker, facts, mark
from layouts.words import Words

FLOW = (
    "opening", "received", "transferred_in", "reopened", "transferred_out", "merged", "dropped",
    "closed", "closing",
)  # fmt: skip
HOUR_S, HOUR_M = 3600, 60


class _Field(NamedTuple):
    head: str
    kind: Kind
    value: Callable[[Line], Value]


def league_table(page: LeaguePage, asking: Asking, maker: Maker) -> Table:
    """Make a table of what a league page shows."""
    words, found = asking.words, page.found
    name = f"{words.text('ranking.title')} · {words.text(f'ranking.view.{page.shown}')}"
    columns, rows = (
        _gaming(page, found, words) if isinstance(found, Gaming) else _league(page, found, words)
    )
    asked = Asked(
        name=f"{name} · {words.text(f'ranking.kind.{page.kind}')}",
        definition=words.text("figure.on_time_rate.definition"),
        source="league-tables 2-5",
        question=asking.question,
        period=Period(found.start, found.end),
        as_of=found.as_of,
        address=asking.to(f"/league/{page.kind}", view=page.shown),
        directory=page.directory,
        synthetic=page.synthetic,
    )
    return Table(
        name=name,
        about_name=words.text("export.about"),
        about=facts(asked, maker, (len(rows), len(rows)), words),
        columns=columns,
        rows=rows,
        made_at=maker.made_at,
        mark=mark(asked, words),
    )


def _league(
    page: LeaguePage, league: League, words: Words
) -> tuple[tuple[Column, ...], list[tuple[Value, ...]]]:
    fields = [*_flow(words), *_due(words), *_more(page.shown, words)]
    columns = (
        Column(words.text(f"ranking.unit.{page.kind}"), Kind.TEXT, 18),
        *(Column(field.head, field.kind, 12) for field in fields),
        *(Column(words.text(f"export.column.{name}"), kind, 12) for name, kind in (
            ("low", Kind.SHARE), ("high", Kind.SHARE), ("band", Kind.COUNT),
            ("first", Kind.COUNT), ("last", Kind.COUNT),
        )),
    )  # fmt: skip
    rows = [
        (_unit(one.line.code, page, words), *_values(fields, one.line), *_standing(one))
        for one in league.lines
    ]
    below = [(words.text("export.all"), league.total)]
    if league.nobody is not None:
        below.append((words.text(f"ranking.nobody.{page.kind}"), league.nobody))
    rows += [(name, *_values(fields, line), *(None,) * 5) for name, line in below]
    return columns, rows


def _values(fields: Sequence[_Field], line: Line) -> Iterator[Value]:
    return (field.value(line) for field in fields)


def _standing(one: UnitLine) -> tuple[Value, ...]:
    row = one.row
    known = row.share.n > 0
    return (row.low if known else None, row.high if known else None, row.band, row.first, row.last)


def _flow(words: Words) -> Iterator[_Field]:
    for name in FLOW:
        head = words.text(f"ranking.column.{name}")
        yield _Field(head, Kind.COUNT, _flowing(name))


def _due(words: Words) -> Iterator[_Field]:
    yield _Field(words.text("export.column.met"), Kind.COUNT, lambda line: line.on_time.k)
    yield _Field(words.text("export.column.due_count"), Kind.COUNT, lambda line: line.on_time.n)
    yield _Field(words.text("ranking.column.rate"), Kind.SHARE, lambda line: line.on_time.rate)
    yield _Field(words.text("figure.pending.name"), Kind.COUNT, lambda line: line.pending)
    yield _Field(words.text("ranking.column.cleared"), Kind.COUNT, lambda line: line.cleared)


def _more(shown: Shown, words: Words) -> Iterator[_Field]:
    if shown is Shown.RATES:
        for place, figure in enumerate(RATES):
            yield from _share(words.text(f"figure.{figure}.name"), place, words)
    elif shown is Shown.STATES:
        for place, figure in enumerate(STATES):
            yield _Field(words.text(f"figure.{figure}.name"), Kind.COUNT, _state(place))
    elif shown is Shown.TIMES:
        yield from _times(words)


def _flowing(name: str) -> Callable[[Line], Value]:
    def value(line: Line) -> Value:
        count: int = getattr(line.flow, name)
        return count

    return value


def _state(place: int) -> Callable[[Line], Value]:
    return lambda line: line.states[place]


def _part_of(place: int, part: str) -> Callable[[Line], Value]:
    def value(line: Line) -> Value:
        count: int = getattr(line.rates[place], part)
        return count

    return value


def _share(name: str, place: int, words: Words) -> Iterator[_Field]:
    for part, key in (("k", "counted"), ("n", "of")):
        yield _Field(
            words.text(f"export.column.{key}", name=name),
            Kind.COUNT,
            _part_of(place, part),
        )
    yield _Field(name, Kind.SHARE, lambda line: line.rates[place].rate)


def _times(words: Words) -> Iterator[_Field]:
    def hours(name: str) -> Callable[[Line], Value]:
        return lambda line: _hours(getattr(line.times, name), HOUR_S)

    def settled(name: str) -> Callable[[Line], Value]:
        return lambda line: (
            None if line.times is None else _hours(getattr(line.times.settling, name), HOUR_M)
        )

    for head, value in (
        (words.text("ranking.column.median"), settled("median")),
        (words.text("ranking.column.p90"), settled("p90")),
        (words.text("ranking.column.held"), hours("held_s")),
        (words.text("figure.held_time.name"), hours("held_mean_s")),
        (words.text("figure.unclaimed_time.name"), hours("unclaimed_mean_s")),
    ):
        yield _Field(words.text("export.column.in_hours", name=head), Kind.HOURS, value)


def _hours(amount: float | None, an_hour: int) -> Value:
    return None if amount is None else round(amount / an_hour, 1)


def _gaming(
    page: LeaguePage, found: Gaming, words: Words
) -> tuple[tuple[Column, ...], list[tuple[Value, ...]]]:
    columns = [Column(words.text(f"ranking.unit.{page.kind}"), Kind.TEXT, 18)]
    for sign in SIGNS:
        name = words.text(f"figure.{sign.id}.name")
        columns += [
            Column(words.text("export.column.counted", name=name), Kind.COUNT),
            Column(words.text("export.column.of", name=name), Kind.COUNT),
            Column(name, Kind.SHARE),
            Column(words.text("export.column.stands_out", name=name), Kind.TEXT),
        ]
    yes = words.text("export.yes")
    rows: list[tuple[Value, ...]] = []
    for line in found.lines:
        row: list[Value] = [_unit(line.code, page, words)]
        for one in line.marks:
            row += [*_counts(one.share), yes if one.stands_out else None]
        rows.append(tuple(row))
    last: list[Value] = [words.text(f"gaming.all.{page.kind}")]
    for share in found.total:
        last += [*_counts(share), None]
    return tuple(columns), [*rows, tuple(last)]


def _counts(share: Share) -> tuple[Value, ...]:
    return share.k, share.n, share.rate


def _unit(code: str | None, page: LeaguePage, words: Words) -> Value:
    directory = page.directory
    units = directory.townships if page.kind is Units.TOWNSHIPS else directory.departments
    return unit_name(code, units, words)
