"""Stored rows against what the events make of them."""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from dashboard.check.difference import Difference, text_of
from dashboard.check.kept import Kept, LogRow, instant
from dashboard.check.replay import Image, Replayed

KINDS = {"case_hold": "hold", "follow_up": "follow_up", "supervision_order": "order"}


def row_differences(kept: Kept, made: Replayed) -> Iterator[Difference]:
    """Yield what is stored otherwise: columns of the case, rows beside it, images of its events."""
    code = kept.case["case_code"]
    yield from _columns("case", kept.case, made.state, code)
    for key in sorted(kept.side.keys() | made.rows.keys()):
        stored, side = kept.side.get(key), made.rows.get(key)
        kind, number = KINDS[key[0]], f"{key[1]}"
        if stored is None or side is None:
            yield Difference(
                kind=kind,
                what=number,
                shown="none" if stored is None else "there",
                recomputed="none" if side is None else "there",
                cases=(code,),
            )
        else:
            yield from _columns(kind, stored, side.values, code, f"{number}.")
    for row, image in zip(kept.events, made.images, strict=True):
        yield from _images(row, image, code)


def _columns(
    kind: str, stored: Mapping[str, Any], made: Mapping[str, Any], code: str, before: str = ""
) -> Iterator[Difference]:
    if stored == made:
        return
    for name, value in made.items():
        kept = stored[name]
        if kept == value or (name == "memory" and _plain(kept or {}) == _plain(value)):
            continue
        yield Difference(
            kind=kind,
            what=f"{before}{name}",
            shown=text_of(name, kept),
            recomputed=text_of(name, value),
            cases=(code,),
        )


def _images(row: LogRow, image: Image, code: str) -> Iterator[Difference]:
    pairs: tuple[tuple[str, object, object], ...] = (
        ("at", instant(row.at), image.at),
        ("from_stage", row.from_stage, image.from_stage),
        ("to_stage", row.to_stage, image.to_stage),
        ("before", row.before, _text(image.before)),
        ("after", row.after, _text(image.after)),
    )
    for name, stored, made in pairs:
        if stored != made:
            yield Difference(
                kind="event",
                what=f"{row.seq}.{name}",
                shown=text_of(name, stored),
                recomputed=text_of(name, made),
                cases=(code,),
            )


def _text(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def _plain(value: object) -> object:
    return orjson.loads(orjson.dumps(value))
