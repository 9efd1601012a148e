"""What people change in a draft before it is sealed, and the draft with all of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, insert, select

from dashboard.briefing.briefing import Briefing
from dashboard.briefing.edit import LONGEST_ASK, LONGEST_TITLE, Edit, EditKind
from dashboard.briefing.issue import Issue
from dashboard.briefing.matter import Matter, MatterKind
from dashboard.briefing.sealed import is_sealed, one_by_one
from dashboard.database.briefing_tables import briefing_edit
from dashboard.intake.scrub import scrub


class DraftError(Exception):
    """A draft cannot be changed so; the message is the code of the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A briefing as it would be sealed, and what was struck from it."""

    briefing: Briefing
    struck: tuple[Matter, ...]
    edits: tuple[Edit, ...]


def fold(briefing: Briefing, edits: Sequence[Edit]) -> Draft:
    """Apply edits to a composed briefing in their order; equal edits give equal drafts.

    An edit about a matter that is no longer proposed says nothing. Without an ORDER the matters
    stand as proposed, own ones last; what an ORDER does not name follows what it names.
    """
    matters = {matter.key: matter for matter in briefing.matters}
    struck: set[str] = set()
    order: tuple[str, ...] = ()
    for edit in edits:
        if edit.kind is EditKind.ORDER:
            order = tuple(edit.value.get("keys", ()))
        elif edit.kind is EditKind.ADD:
            matters.setdefault(edit.key, _added(edit))
        elif edit.key in matters:
            matters[edit.key] = _changed(matters[edit.key], edit)
            if edit.kind is EditKind.STRIKE:
                struck.add(edit.key)
            elif edit.kind in (EditKind.RESTORE, EditKind.CONFIRM):
                struck.discard(edit.key)
    place = {key: number for number, key in enumerate(dict.fromkeys(order))}
    listed = sorted(matters.values(), key=lambda one: place.get(one.key, len(place)))
    return Draft(
        briefing=replace(briefing, matters=tuple(one for one in listed if one.key not in struck)),
        struck=tuple(one for one in listed if one.key in struck),
        edits=tuple(edits),
    )


def _added(edit: Edit) -> Matter:
    return Matter(
        kind=MatterKind.BY_HAND,
        key=edit.key,
        colour=None,
        title=edit.value.get("title", ""),
        ask=edit.value.get("ask", ""),
        confirmed=True,
    )


def _changed(matter: Matter, edit: Edit) -> Matter:
    if edit.kind is EditKind.CONFIRM:
        return replace(matter, confirmed=True)
    if edit.kind is EditKind.STRIKE:
        return replace(matter, confirmed=False)
    if edit.kind is EditKind.ASK:
        own = matter.kind is MatterKind.BY_HAND
        title = edit.value.get("title", matter.title) if own else matter.title
        return replace(matter, title=title, ask=edit.value.get("ask", matter.ask))
    return matter


def write_edit(connection: Connection, issue: Issue, edit: Edit) -> Edit:
    """Keep an edit, with numbers that could name a person masked; an added matter gets a key.

    Raises:
        DraftError: the issue is sealed, or the text is empty or too long.
    """
    one_by_one(connection)
    if is_sealed(connection, issue):
        raise DraftError("sealed")
    value = dict(edit.value)
    for name, longest in (("title", LONGEST_TITLE), ("ask", LONGEST_ASK)):
        if name in value:
            value[name] = scrub(str(value[name]).strip()) or ""
            if len(value[name]) > longest:
                raise DraftError(f"{name}_too_long")
    if edit.kind is EditKind.ADD and not value.get("title"):
        raise DraftError("no_title")
    key = edit.key
    if edit.kind is EditKind.ADD:
        own = (one for one in read_edits(connection, issue) if one.kind is EditKind.ADD)
        key = f"own/{sum(1 for _ in own) + 1}"
    kept = replace(edit, key=key, value=value)
    done = connection.execute(
        insert(briefing_edit).values(
            cycle=issue.cycle.value,
            day=issue.day,
            at=kept.at,
            by=kept.by,
            kind=kept.kind.value,
            key=kept.key,
            value=kept.value,
        )
    )
    return replace(kept, id=(done.inserted_primary_key or (0,))[0])


def read_edits(connection: Connection, issue: Issue) -> tuple[Edit, ...]:
    """Read what was done to an issue's draft, in order; a kind of a later version is left out."""
    c = briefing_edit.c
    rows = connection.execute(
        select(briefing_edit)
        .where(c.cycle == issue.cycle.value, c.day == issue.day)
        .order_by(c.edit_id)
    )
    return tuple(_edit(rows_) for rows_ in rows if rows_.kind in set(EditKind))


def _edit(row: Any) -> Edit:  # noqa: ANN401 -- a row
    return Edit(
        kind=EditKind(row.kind),
        at=row.at,
        by=row.by,
        key=row.key,
        value=dict(row.value),
        id=row.edit_id,
    )


def keys_of(matters: Iterable[Matter]) -> tuple[str, ...]:
    """Return the keys of matters in their order, as an ORDER wants them."""
    return tuple(matter.key for matter in matters)
