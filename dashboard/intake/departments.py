"""Which department leads a row's case; the mapping may let the import create it."""

from collections.abc import Iterable, Mapping

from dashboard.intake.faults import Rejection
from dashboard.intake.mapping import Departments

Row = dict[str, object]
"""A row of the department table."""

LONGEST_ID = 32
LONGEST_SHORT = 20


class DepartmentBook:
    """The departments known so far: those of the database and those this import adds."""

    def __init__(self, mapping: Departments, known: Iterable[Mapping[str, str | None]]) -> None:
        self._unknown = mapping.unknown
        self._ids: dict[str, str] = {}
        self._new: list[Row] = []
        self._order = 0
        for row in known:
            self._order += 1
            for key in ("name_en", "short_name", "name", "dept_id"):
                if name := row[key]:
                    self._ids[name.casefold()] = str(row["dept_id"])
        for word, names in mapping.names.items():
            if word.casefold() not in self._ids:
                self._add(word, names.name, names.short, names.en)

    def find(self, word: str | None) -> str | None:
        """Return the department's id, None for a row without one.

        Raises:
            Rejection: it is unknown and the mapping wants such rows in quarantine.
        """
        if word is None:
            if self._unknown == "quarantine":
                raise Rejection("no department", "departments")
            return None
        found = self._ids.get(word.casefold())
        if found is not None or self._unknown == "unclassified":
            return found
        if self._unknown == "quarantine" or len(word) > LONGEST_ID:
            raise Rejection(f"unknown department {word!r}", "departments")
        return self._add(word, word, word[:LONGEST_SHORT], None)

    def take_new(self) -> list[Row]:
        """Hand over the rows to insert before the next cases."""
        new, self._new = self._new, []
        return new

    def _add(self, dept_id: str, name: str, short: str, english: str | None) -> str:
        self._ids[dept_id.casefold()] = dept_id
        self._order += 1
        self._new.append(
            {
                "dept_id": dept_id,
                "name": name,
                "short_name": short,
                "name_en": english,
                "sort_order": self._order,
            }
        )
        return dept_id
