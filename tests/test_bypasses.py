"""Who reads rows without being bound, each with its reason; nobody else does (security S05)."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]

ASIDE = {
    "dashboard/database/tripwire.py::for_itself": "the way itself",
    "dashboard/figures/view.py::view_at": "the past is rebuilt of all events; the view binds it",
    "dashboard/figures/reach.py::oldest_case": "an instant that is no case's, told to all alike",
    "dashboard/figures/comparing.py::counting": "`View.members` binds what it counts",
    "dashboard/drilldown/case_log.py::read_told": "events the same reader was shown before",
}
"""Where the scope of whoever asks is laid aside for some statements."""

WHOLE = {
    "callbacks/briefing.py::_issued": "a briefing is about the whole: who is bound is refused",
    "dashboard/briefing/register.py::read_decided": "of a briefing, which is about the whole",
    "dashboard/access/device.py::viewer": "a paired screen shows the wall and nothing else",
}
"""Where everything is named as somebody's scope."""

OWN = {
    "callbacks/briefing_command.py": "the command line: who may run it may read the file",
    "dashboard/access/": "accounts, sessions, screens and the log; no case",
    "dashboard/briefing/editing.py": "the editor's class lets in nobody who is bound",
    "dashboard/briefing/meeting.py": "looks for itself at whom a decision is about, then writes",
    "dashboard/briefing/schedule.py": "seals by itself",
    "dashboard/check/": "recomputes everything",
    "dashboard/commands/": "the command line",
    "dashboard/database/schema.py": "migrates",
    "dashboard/demo/": "makes its county",
    "dashboard/duty/keeping.py": "the roster: no case, and nobody who is bound writes it",
    "dashboard/intake/": "imports",
    "dashboard/operations/": "the doctor, backups, and counts of a service's state",
    "dashboard/snapshots/": "the wall's board: counts, no word of a case",
}
"""Where transactions are opened for the service itself."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    for package in ("callbacks", "dashboard", "layouts", "geodata"):
        for file in sorted((ROOT / package).rglob("*.py")):
            yield str(file.relative_to(ROOT)), ast.parse(file.read_text("utf-8"))


def calls(node: ast.AST, inside: str = "") -> Iterator[tuple[str, str, ast.Call]]:
    """Every call below a node: the innermost function it stands in, its name, itself."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            called = child.func
            name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
            yield inside, name, child
        is_function = isinstance(child, ast.FunctionDef)
        yield from calls(child, child.name if is_function else inside)


def names_everything(call: ast.Call) -> bool:
    given = [*call.args, *(each.value for each in call.keywords)]
    return any(isinstance(each, ast.Name) and each.id == "EVERYTHING" for each in given)


def opens_for_itself(name: str, call: ast.Call) -> bool:
    return name == "writing" or (name == "reading" and len(call.args) + len(call.keywords) == 1)


def test_only_who_is_listed_reads_without_being_bound():
    aside, whole, own = set(), set(), set()
    for file, tree in modules():
        for function, name, call in calls(tree):
            if name in ("for_itself", "unfenced"):
                aside.add(f"{file}::{function}")
            if names_everything(call):
                whole.add(f"{file}::{function}")
            if opens_for_itself(name, call):
                own.add(file)
    assert aside == set(ASIDE)
    assert len(ASIDE) <= 5
    assert whole == set(WHOLE)
    assert {file for file in own if not file.startswith(tuple(OWN))} == set()
    assert [listed for listed in OWN if not any(file.startswith(listed) for file in own)] == []
