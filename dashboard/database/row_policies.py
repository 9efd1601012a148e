"""Which rows are open to whom is bound, as PostgreSQL's own policies (S06).

Two roles nobody signs in as. What the service does for itself it does as a member of
`wuqing_service`, to whom every row is open; what it reads for somebody bound it reads as
`wuqing_bound`, to whom only the rows of the scope are that the transaction names (`row_security`).
"""

SERVICE, BOUND = "wuqing_service", "wuqing_bound"

# settings of the transaction, each looked up once a statement (SELECT) and not for every row
_DEPARTMENTS = "current_setting('wuqing.departments', true)"
_IN_AREA = "area_code LIKE (SELECT current_setting('wuqing.area', true))"
_OF_EVERY_DEPARTMENT = f"(SELECT {_DEPARTMENTS}) = '*'"
_OF_DEPARTMENT = (
    f"({_OF_EVERY_DEPARTMENT} OR "
    f"lead_dept_id = ANY ((SELECT string_to_array({_DEPARTMENTS}, chr(31)))::text[]))"
)
_ALSO = "SELECT unnest(string_to_array(current_setting('wuqing.also', true), ','))::bigint"
_NO_DEPARTMENTS = f"{_IN_AREA} AND {_OF_EVERY_DEPARTMENT}"
_OWN = f"{_IN_AREA} AND {_OF_DEPARTMENT}"


def _of_case(table: str) -> str:
    """The case is open to the reader, or lay in the scope at the moment that is asked about."""
    return f"(EXISTS (SELECT FROM cases WHERE cases.id = {table}.case_id) OR case_id IN ({_ALSO}))"


OPEN_TO_BOUND = {
    "cases": _OWN,
    "cases_then": _OWN,
    "case_hold": f"({_OWN}) OR {_of_case('case_hold')}",
    "holds_then": f"({_OWN}) OR {_of_case('holds_then')}",
    "case_event": _of_case("case_event"),
    "party": _of_case("party"),
    "follow_up": _of_case("follow_up"),
    "supervision_order": f"{_of_case('supervision_order')} OR "
    f"(case_id IS NULL AND {_NO_DEPARTMENTS})",
    "hazard_point": _OWN,
    "whistle": _OWN,
    "inspection_task": _OWN,
    "intelligence_item": _NO_DEPARTMENTS,
    "grid_worker": _NO_DEPARTMENTS,
    "points_entry": "EXISTS (SELECT FROM grid_worker "
    "WHERE grid_worker.worker_id = points_entry.worker_id)",
    "warning": "false",
    "decision": _OWN,
    "decision_entry": "EXISTS (SELECT FROM decision "
    "WHERE decision.decision_id = decision_entry.decision_id)",
}
"""Which rows of each owned table a bound reader may see, and write if it ever may write."""

PASSING = frozenset({"cases_then", "holds_then"})
"""Owned tables of one connection (`figures.past`)."""

LASTING = sorted(OPEN_TO_BOUND.keys() - PASSING)
"""The others."""


def policy_of(table: str) -> str:
    """The statement that opens a table's rows to bound readers; without it none is."""
    return f"CREATE POLICY bound ON {table} TO {BOUND} USING ({OPEN_TO_BOUND[table]});"
