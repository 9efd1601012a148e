"""The two kinds of units; they are compared among themselves alone."""

from enum import StrEnum


class Kind(StrEnum):
    """Townships (or a prefecture's counties) and departments."""

    TOWNSHIPS = "townships"
    DEPARTMENTS = "departments"
