"""What codes are called on the wall: areas, departments, shifts, categories, kinds."""

from collections import Counter
from collections.abc import Collection, Sequence

from dashboard.snapshots.board import Directory, Name, StageCount
from dashboard.terms import Stage
from layouts.words import Words


def unit_name(code: str | None, units: Sequence[Name], words: Words) -> str | None:
    """Return the short name of a unit in the language, None for no unit.

    A code without a name is shown as it is: hiding it would hide its cases.
    """
    if code is None:
        return None
    for unit in units:
        if unit.code == code:
            return (unit.en or unit.short) if words.language == "en" else unit.short
    return code


def shift_name(shift: str, words: Words) -> str:
    """Name a shift by its code; a roster may also just number its shifts."""
    key = f"shift.{shift}"
    return words.text(key) if words.knows(key) else words.text("hd.shift", n=shift)


def area_name(code: str, directory: Directory, words: Words) -> str:
    """Return the short name of an area: a grid's with its village, which alone tells which it is.

    A code without a name is shown as it is.
    """
    places = directory.places
    if places and places[-1].code == code:
        return joined(*(unit_name(one.code, places, words) for one in places))
    return unit_name(code, (directory.county, *directory.townships), words) or code


def category_name(category: str | None, kind: str, words: Words) -> str:
    """Return the short name of a GB/T 31000 category, else of its parent, else of the case kind."""
    if category is not None:
        for code in (category, category[:2]):
            key = f"category.{code}.short"
            if words.knows(key):
                return words.text(key)
    key = f"kind.{kind}"
    return words.text(key if words.knows(key) else "kind.unknown")


def category_names(codes: Collection[str], words: Words) -> dict[str, str]:
    """Name categories that stand beside each other.

    Those of one short name get their whole names, and their codes where these are the same, too.
    """
    names = {code: category_name(code, "unknown", words) for code in codes}
    often = Counter(names.values())
    for code, name in names.items():
        if often[name] > 1:
            key = f"category.{code}"
            whole = words.text(key) if words.knows(key) else name
            names[code] = whole if whole != name else f"{name} {code}"
    return names


def hazard_name(code: str | None, words: Words) -> str:
    """Name a kind of hazard point; one nobody has named is a hazard point."""
    key = f"hazard.{code}"
    return words.text(key if words.knows(key) else "hazard.unknown")


def stage_name(stage: Stage, labelled: Sequence[StageCount], words: Words) -> str:
    """Return the profile's word for a stage, which has only one language, else the catalogue's."""
    if words.language != "en":
        for column in labelled:
            if column.code is stage and column.label:
                return column.label
    return words.text(f"stage.{stage}")


def band_name(band: int, words: Words) -> str:
    """Return the name of a band of a league: a letter, or a number beyond the last."""
    letters = words.text("ranking.bands")
    return letters[band - 1] if band <= len(letters) else str(band)


def joined(*parts: str | None) -> str:
    """Join what is known with a middle dot."""
    return " · ".join(part for part in parts if part)
