"""The parties of a row: read with the row, written beside its case, the same however often."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import SecretStr
from sqlalchemy import Connection, delete, insert, select

from dashboard.database.tables import party
from dashboard.intake.columns import Columns, Take1
from dashboard.intake.csv_rows import Cell
from dashboard.intake.mapping import PartyColumns
from dashboard.intake.party_keys import masked, normal_identity, normal_phone, party_key

NO_SECRET = "party_without_secret"  # noqa: S105 -- the name of a note
UNUSABLE = "party_number_unusable"

SHORTEST_NAME = 2
"""A single character is in every other text."""


class Party(NamedTuple):
    """What is kept of a party."""

    role: str
    name_masked: str | None
    party_key: str | None


class PartyReader:
    """Reads the parties a mapping names; without a secret it makes no keys and says so."""

    def __init__(
        self, parties: Sequence[PartyColumns], columns: Columns, secret: SecretStr | None
    ) -> None:
        self._secret = secret
        self._takes = tuple(
            (
                each.role,
                _cell(columns, each.name),
                _cell(columns, each.id_number),
                _cell(columns, each.phone),
            )
            for each in parties
        )

    def read(self, cells: Sequence[Cell]) -> tuple[tuple[Party, ...], tuple[str, ...]]:
        """Return the parties of a row, and what could not be made of their numbers."""
        found: list[Party] = []
        notes: list[str] = []
        for role, name, identity, phone in self._takes:
            texts = [_text(take(cells)) for take in (identity, phone)]
            key, note = self._key(*texts)
            if note is not None:
                notes.append(note)
            shown = masked(_text(name(cells)))
            if shown is not None or key is not None:
                found.append(Party(role, shown, key))
        return tuple(found), tuple(notes)

    def hide(self, cells: Sequence[Cell], text: str) -> str:
        """Mask the names of the row's parties where a text says them; the longest first."""
        names = {str(said).strip() for _, name, *_ in self._takes if (said := name(cells))}
        for each in sorted(names, key=len, reverse=True):
            if len(each) >= SHORTEST_NAME and each in text:
                text = text.replace(each, masked(each) or "")
        return text

    def _key(self, identity: str, phone: str) -> tuple[str | None, str | None]:
        if not identity and not phone:
            return None, None
        if self._secret is None:
            return None, NO_SECRET
        number = normal_identity(identity) or normal_phone(phone)
        if number is None:
            return None, UNUSABLE
        return party_key(self._secret, number), None


def write_parties(
    connection: Connection, told: Mapping[int, Sequence[Party]], *, with_keys: bool
) -> None:
    """Bring the parties of cases to what the source says now; equal ones are left alone.

    Without keys, parties that are there already stay: their keys could not be made again.
    """
    stored = _stored(connection, list(told))
    gone: list[int] = []
    new: list[dict[str, Any]] = []
    for case_id, parties in told.items():
        there = stored.get(case_id, {})
        if list(there.values()) == list(parties) or (there and not with_keys):
            continue
        gone += there
        new += [{"case_id": case_id, **each._asdict()} for each in parties]
    if gone:
        connection.execute(delete(party).where(party.c.party_id.in_(gone)))
    if new:
        connection.execute(insert(party), new)


def _stored(connection: Connection, case_ids: list[int]) -> dict[int, dict[int, Party]]:
    """Return the parties of cases by their ids, in the order they were written."""
    found: dict[int, dict[int, Party]] = {}
    query = select(party).where(party.c.case_id.in_(case_ids)).order_by(party.c.party_id)
    for row in connection.execute(query):
        known = Party(row.role, row.name_masked, row.party_key)
        found.setdefault(row.case_id, {})[row.party_id] = known
    return found


def _cell(columns: Columns, name: str | None) -> Take1:
    return columns.cell(name) if name is not None else lambda _cells: None


def _text(cell: Cell | None) -> str:
    return "" if cell is None else str(cell)
