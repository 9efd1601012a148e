"""Which units lead and which fall behind, as far as more than chance tells them apart."""

from collections.abc import Iterable, Iterator

from dashboard.briefing.briefing import Briefing
from dashboard.briefing.unit_line import UnitLine
from layouts import format as fmt
from layouts.briefing.document import Line
from layouts.briefing.said import department_name, township_name
from layouts.briefing.sentence import line, listed, sentence
from layouts.names import band_name
from layouts.words import Words

MOST = 6
"""So many units are named, of more their number is said: within a band there is no order."""


def standings(briefing: Briefing, words: Words) -> Iterator[Line]:
    """Name the first and the last band of each table, then who had nothing due.

    Where chance may have made the differences nobody is named (docs/decisions/009).
    """
    tables = (
        ("townships", _named(briefing.townships)), ("departments", _named(briefing.departments))
    )  # fmt: skip
    for which, units in tables:
        kind = words.text(f"briefing.list.{which}")
        if bands := bands_of(units):
            yield sentence(
                words,
                "briefing.standings",
                which=kind,
                bands=listed((_band(band, which, units, briefing, words)
                              for band in (min(bands), max(bands))), words, "semicolon"),
            )  # fmt: skip
        elif any(one.on_time.of for one in units):
            yield sentence(words, "briefing.standings.level", which=kind)
    idle = [_name(which, one, briefing, words)
            for which, units in tables for one in units if not one.on_time.of]  # fmt: skip
    if idle:
        yield sentence(words, "briefing.standings.idle", names=_names(idle, words))


def bands_of(units: Iterable[UnitLine]) -> set[int]:
    """Return the bands that tell units apart; a single one tells nothing."""
    bands = {one.band for one in units if one.band is not None}
    return bands if len(bands) > 1 else set()


def _named(units: Iterable[UnitLine]) -> list[UnitLine]:
    return [one for one in units if one.code is not None]


def _band(
    band: int, which: str, units: Iterable[UnitLine], briefing: Briefing, words: Words
) -> Line:
    names = [_name(which, one, briefing, words) for one in units if one.band == band]
    told = words.text("briefing.band", band=band_name(band, words))
    return sentence(words, "briefing.standings.band", band=told, names=_names(names, words))


def _name(which: str, one: UnitLine, briefing: Briefing, words: Words) -> str:
    named = township_name if which == "townships" else department_name
    return named(one.code, briefing.directory, words)


def _names(names: list[str], words: Words) -> Line:
    if len(names) > MOST:
        return line(words.text("briefing.standings.many", n=fmt.number(len(names))))
    return listed(names, words)
