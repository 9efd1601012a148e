"""Which part of the county somebody may see, as values; `scoping` makes SQL of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """An area subtree by the significant digits of its code, and departments; default everything.

    `departments` is None for all of them. What belongs to no department (intelligence items) is
    not seen by who is bound to some.
    """

    area: str = ""
    departments: frozenset[str] | None = None

    def holds(self, code: str) -> bool:
        """Tell whether the whole of an area lies inside."""
        return code.startswith(self.area)

    def has(self, department: str) -> bool:
        """Tell whether a department is one of those."""
        return self.departments is None or department in self.departments


EVERYTHING = Scope()
