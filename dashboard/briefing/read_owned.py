"""Read the open decisions of the unit a leader's page is about."""

from dashboard.briefing.decision import Owner, in_order
from dashboard.briefing.owned import Owned
from dashboard.briefing.register import read_open
from dashboard.drilldown.subject import Subject
from dashboard.figures.scope import Scope
from dashboard.figures.view import View
from dashboard.terms import AreaLevel


def read_owned(view: View, subject: Subject) -> Owned | None:
    """Read a department's or a township's; None of who owns none or is not the viewer's."""
    owner = _owner_of(subject)
    if owner is None or not _is_seen(owner, view.scope):
        return None
    known_at = view.known_at or view.as_of
    found = read_open(view.connection, view.scope, as_of=known_at)
    return Owned(owner=owner, rows=in_order(one for one in found if one.owner == owner))


def _owner_of(subject: Subject) -> Owner | None:
    if subject.level is AreaLevel.TOWNSHIP:
        return Owner(area=subject.name.code)
    if "departments" in subject.own:
        return Owner(department=subject.name.code)
    return None


def _is_seen(owner: Owner, scope: Scope) -> bool:
    """Tell whether an owner's decisions lie in a scope: who is bound to an area sees areas'."""
    if owner.department is not None:
        return not scope.area and scope.has(owner.department)
    return scope.departments is None and scope.holds(owner.area or "")
