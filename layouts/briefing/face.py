"""The repository's own fonts as TrueType for one text: Typst reads no WOFF2, and no variable axis.

One face a weight holds the glyphs of the text and no other. Digits are the tabular ones, as on the
wall. What no font has is a box, which a reader knows as a missing character and can still copy.
"""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib import resources
from io import BytesIO
from threading import Lock
from typing import Any, NamedTuple

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

FAMILY = "Wuqing Print"
WEIGHTS = {"Regular": 400, "Bold": 600}
UNITS = 1000
ASCENT, DESCENT = 880, -120
"""The em box of Han type, which lines are set by."""

LATIN = "inter/inter-latin-wght-normal.woff2"
CORE = "noto-sans-sc/core.woff2"
OWN = frozenset("·−±–—→")
"""Taken from the Latin font as on the wall, though the other has them."""

AGE = 3_600_000_000
"""The date of every face, in seconds of 1904: the same text gives the same bytes."""


ONE_AT_A_TIME = Lock()
"""A font reads its tables when they are asked for, from one file for all threads."""


class Glyph(NamedTuple):
    """An outline and how far the next one stands from it."""

    outline: Any
    width: int


def faces(text: str) -> list[bytes]:
    """Build a regular and a bold face of the characters of `text`."""
    wanted = _characters(text)
    return [_face(wanted, name, weight) for name, weight in WEIGHTS.items()]


def _face(wanted: Iterable[str], style: str, weight: int) -> bytes:
    box = Glyph(_box(), UNITS)
    found = {each: _glyph(each, weight) or box for each in wanted}
    glyphs = {".notdef": box, **{f"u{ord(each):X}": glyph for each, glyph in found.items()}}
    build = FontBuilder(UNITS, isTTF=True)
    build.setupGlyphOrder(list(glyphs))
    build.setupCharacterMap({ord(each): f"u{ord(each):X}" for each in found})
    build.setupGlyf({name: glyph.outline for name, glyph in glyphs.items()})
    build.setupHorizontalMetrics({name: (glyph.width, 0) for name, glyph in glyphs.items()})
    outlines = build.font["glyf"]
    build.setupHorizontalMetrics(
        {name: (glyph.width, getattr(outlines[name], "xMin", 0)) for name, glyph in glyphs.items()}
    )
    build.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    build.setupNameTable(
        {"familyName": FAMILY, "styleName": style, "psName": f"{FAMILY}-{style}".replace(" ", "")}
    )
    build.setupOS2(
        usWeightClass=weight, sTypoAscender=ASCENT, sTypoDescender=DESCENT, sTypoLineGap=0,
        usWinAscent=ASCENT, usWinDescent=-DESCENT, sCapHeight=727, sxHeight=546,
    )  # fmt: skip
    build.setupPost()
    build.updateHead(created=AGE, modified=AGE)
    build.font.recalcTimestamp = False
    target = BytesIO()
    build.save(target)
    return target.getvalue()


def draw_ahead(text: str) -> None:
    """Draw the glyphs of a text before somebody waits for them: fonts are slow to be opened."""
    for weight in WEIGHTS.values():
        for each in _characters(text):
            _glyph(each, weight)


def _characters(text: str) -> list[str]:
    return sorted({*text, *" 0123456789…"} - {"\n"})


@lru_cache(maxsize=16_384)
def _glyph(character: str, weight: int) -> Glyph | None:
    with ONE_AT_A_TIME:
        return _found(character, weight)


def _found(character: str, weight: int) -> Glyph | None:
    for name in _files(character):
        font = _font(name)
        glyph = font.getBestCmap().get(ord(character))
        if glyph is None:
            continue
        if name == LATIN:
            glyph = _tabular(name).get(glyph, glyph)
        return _drawn(font, glyph, weight)
    return None


def _drawn(font: TTFont, glyph: str, weight: int) -> Glyph:
    """Draw a glyph at a weight, its parts joined, in the units of the face."""
    scale = UNITS / font["head"].unitsPerEm
    glyphs = font.getGlyphSet(location={"wght": weight})
    parts = DecomposingRecordingPen(glyphs)
    glyphs[glyph].draw(parts)
    pen = TTGlyphPen(None)
    parts.replay(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
    return Glyph(pen.glyph(), round(glyphs[glyph].width * scale))


def _files(character: str) -> Iterator[str]:
    """Name the fonts that may have a character, likeliest first."""
    if character.isascii() or character in OWN:
        yield LATIN
    yield CORE
    place = _places().get(ord(character))
    if place is not None:
        yield place


@cache
def _places() -> dict[int, str]:
    """Return which slice holds a character, as the style sheet tells browsers."""
    sheet = _assets().joinpath("00-fonts.css").read_text("utf-8")
    places: dict[int, str] = {}
    for rule in sheet.split("@font-face")[1:]:
        name = rule.partition('url("fonts/')[2].partition('"')[0]
        ranges = rule.partition("unicode-range:")[2].partition("}")[0].strip(" ;\n")
        for part in ranges.split(","):
            first, _, last = part.strip().removeprefix("U+").partition("-")
            for code in range(int(first, 16), int(last or first, 16) + 1):
                places.setdefault(code, name)
    return places


@cache
def _font(name: str) -> TTFont:
    return TTFont(BytesIO(_assets().joinpath("fonts", name).read_bytes()))


@cache
def _tabular(name: str) -> dict[str, str]:
    """Return the glyphs of one width that replace others, by the font's own table."""
    table = _font(name)["GSUB"].table
    lookups = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
        for index in record.Feature.LookupListIndex
    }
    found: dict[str, str] = {}
    for index in sorted(lookups):
        for part in table.LookupList.Lookup[index].SubTable:
            found |= getattr(getattr(part, "ExtSubTable", part), "mapping", {})
    return found


def _assets() -> Any:  # noqa: ANN401 -- importlib's Traversable, which mypy knows by two names
    return resources.files("layouts").joinpath("assets")


def _box() -> Any:  # noqa: ANN401 -- fontTools' glyph
    pen = TTGlyphPen(None)
    for (left, low, right, high), outer in (
        ((80, -60, 920, 820), True),
        ((140, 0, 860, 760), False),
    ):
        corners = [(left, low), (left, high), (right, high), (right, low)]
        pen.moveTo(corners[0] if outer else corners[-1])
        for point in corners[1:] if outer else corners[-2::-1]:
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()
