"""What the rules propose to coordinate: each case and each hotspot once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dashboard.briefing.case_line import CaseLine
from dashboard.briefing.matter import Hotspot, Matter, MatterKind
from dashboard.terms import Colour

WORTH_A_MATTER = (Colour.RED, Colour.YELLOW)


def propose(
    groups: Sequence[tuple[MatterKind, Iterable[int]]],
    lines: Mapping[int, CaseLine],
    hotspots: Iterable[Hotspot],
) -> tuple[Matter, ...]:
    """Propose matters: the groups of cases in their order, then red and yellow hotspots.

    A case of two groups comes under the first.
    """
    return (*_cases(groups, lines), *(_of_spot(one) for one in hotspots if _is_worth(one)))


def _cases(
    groups: Sequence[tuple[MatterKind, Iterable[int]]], lines: Mapping[int, CaseLine]
) -> Iterator[Matter]:
    named: set[int] = set()
    for kind, ids in groups:
        for case_id in ids:
            if case_id in lines and case_id not in named:
                named.add(case_id)
                line = lines[case_id]
                yield Matter(kind=kind, key=line.code, colour=line.colour, case=line)


def _is_worth(spot: Hotspot) -> bool:
    return spot.colour in WORTH_A_MATTER


def _of_spot(spot: Hotspot) -> Matter:
    return Matter(
        kind=MatterKind.HOTSPOT,
        key=f"{spot.area}/{spot.category}",
        colour=spot.colour,
        hotspot=spot,
    )
