"""What figures count and measure in."""

from enum import StrEnum


class Unit(StrEnum):
    """What a figure counts or measures."""

    CASE = "case"
    ITEM = "item"
    POINT = "point"
    EVENT = "event"
    PERSON = "person"
    SHARE = "share"
    SECOND = "second"
    MINUTE = "minute"
