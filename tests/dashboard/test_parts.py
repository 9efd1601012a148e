"""What holds the house together: a number, its parts, its list and its units agree, always."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import String, cast, select

from dashboard.cases.record import record_many
from dashboard.database import tables
from dashboard.database.engine import reading, writing
from dashboard.drilldown.behind import behind
from dashboard.drilldown.listing import Page
from dashboard.figures.catalogue import FIGURES
from dashboard.figures.cell import Cell
from dashboard.figures.composition import Part
from dashboard.figures.dimension import DEPARTMENT, TOWNSHIP
from dashboard.figures.filters import NONE, Filters
from dashboard.figures.measure import measure, total
from dashboard.figures.parts import composition
from dashboard.figures.period import Period
from dashboard.figures.scope import EVERYTHING, Scope
from dashboard.figures.view import view_at
from dashboard.terms import Channel, Colour, Level, Risk, Stage
from tests import worlds
from tests.dashboard.cases.strategies import AREAS, DEPARTMENTS, stocks

RULES = worlds.rules()
SLOW = settings(
    max_examples=3,
    phases=[Phase.reuse, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def some(values):
    """Nothing chosen, mostly; else a few of these."""
    chosen = st.frozensets(st.sampled_from(sorted(values)), min_size=1, max_size=3)
    return st.just(frozenset()) | st.just(frozenset()) | chosen


filters = st.builds(
    Filters,
    area=st.none() | st.sampled_from(AREAS),
    departments=some([NONE, *DEPARTMENTS]),
    kinds=some(["dispute", "hazard"]),
    levels=some([NONE, *Level]),
    risks=some([NONE, *Risk]),
    stages=some(Stage),
    channels=some([Channel.WINDOW, Channel.POLICE_110]),
    colours=some(Colour),
    state=st.sampled_from(["", "", "open", "closed"]),
    text=st.sampled_from(["", "", "邻里", "nowhere"]),
)
scopes = st.just(EVERYTHING) | st.builds(
    Scope,
    area=st.sampled_from(["", "530303", "530303001", "530303001001"]),
    departments=st.none() | st.frozensets(st.sampled_from(DEPARTMENTS), max_size=2),
)
moments = st.tuples(st.integers(0, 40 * 24), st.integers(0, 30 * 24))


def filled(engine, told):
    with writing(engine) as connection:
        worlds.small_county(connection)
        record_many(connection, [(None, log) for log in told], rules=RULES, now=None)
    return engine


def looked(connection, moment, scope=EVERYTHING, chosen=None):
    as_of = worlds.ACCEPTED + timedelta(hours=moment[0])
    view = view_at(connection, as_of, scope, rules=lambda: RULES, filters=chosen or Filters())
    return view, Period(as_of - timedelta(hours=moment[1]), as_of + timedelta(hours=1))


def listed(view, figure, part, period, size):
    """Every row behind a part, page after page."""
    rows, offset, page = [], 0, None
    while page is None or offset < page.total:
        page = behind(view, figure, part, period, Page(offset=offset, limit=size))
        assert len(page.cases + page.items) == min(size, page.total - offset)
        rows += [(row.id, row.event_at) for row in page.cases] + [row.id for row in page.items]
        offset += size
    return page, rows


@given(told=stocks(RULES), moment=moments, scope=scopes, chosen=filters, size=st.integers(1, 3))
@SLOW
def test_number_parts_and_list_agree(new_database, told, moment, scope, chosen, size):
    engine = filled(new_database(), told)
    with reading(engine) as connection:
        view, period = looked(connection, moment, scope, chosen)
        for figure in FIGURES:
            found = composition(view, figure, period)
            assert sum(part.count for part in found.parts) == found.total
            cell = measure(view, [figure], (), period)[figure].get((), Cell())
            counted, rest = found.count(Part.COUNTED), found.count(Part.REST)
            if figure.amount is not None:
                assert cell.denominator in (counted, None)
            else:
                assert cell.numerator == counted
                assert cell.denominator in (
                    (None,) if figure.denominator is None else (counted + rest,)
                )
            for part in found.parts:
                if part.reasons:
                    assert sum(count for _, count in part.reasons) == part.count
                if part.count:
                    page, rows = listed(view, figure, part.part, period, size)
                    assert page.total == len(rows)
                    assert page.total + page.gone == part.count
                    assert not page.gone or figure.population.table is tables.case_hold
                    if figure.population.table is tables.cases:
                        assert len(set(rows)) == len(rows)


@given(
    told=stocks(RULES), moment=moments, chosen=filters, code=st.sampled_from(list(worlds.TOWNSHIPS))
)
@SLOW
def test_units_add_up_to_the_whole_and_each_is_told_its_own(
    new_database, told, moment, chosen, code
):
    engine = filled(new_database(), told)
    with reading(engine) as connection:
        view, period = looked(connection, moment, chosen=chosen)
        for name, dimension in (("township_code", TOWNSHIP), ("lead_dept_id", DEPARTMENT)):
            figures = [one for one in FIGURES if name in one.population.table.c]
            whole = measure(view, figures, (), period)
            units = measure(view, figures, (dimension,), period)
            for figure, cells in units.items():
                assert_alike(total(cells.values()), whole[figure].get((), Cell()))
            if dimension is TOWNSHIP:  # who is bound to one is told what its county is of it
                mine = measure(replace(view, scope=Scope(area=code[:9])), figures, (), period)
                for figure, cells in units.items():
                    assert_alike(mine[figure].get((), Cell()), cells.get((code,), Cell()))


def assert_alike(one, other):
    assert one.numerator == other.numerator
    assert (one.denominator or 0) == (other.denominator or 0)


@given(told=stocks(RULES), moment=moments, scope=scopes, chosen=filters)
@SLOW
def test_nothing_outside_a_scope_is_ever_listed(new_database, told, moment, scope, chosen):
    engine = filled(new_database(), told)
    with reading(engine) as connection:
        view, period = looked(connection, moment, scope, chosen)
        cases = view.cases
        inside = select(cast(cases.c.id, String)).where(cases.c.area_code.startswith(scope.area))
        if scope.departments is not None:
            inside = inside.where(cases.c.lead_dept_id.in_(sorted(scope.departments)))
        seen = set(connection.scalars(inside))
        for figure in FIGURES:
            for part in Part:
                rows = behind(view, figure, part, period, Page(limit=None)).cases
                assert {str(row.id) for row in rows} <= seen
