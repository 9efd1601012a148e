"""A QR code as one path, so that it prints and scales like text."""

import segno
from dash.development.base_component import Component
from dash_svg import Path, Svg

QUIET = 4
"""Empty modules around it. Source: ISO/IEC 18004, 6.3.8."""


def qr(text: str, label: str) -> Component:
    """Draw `text` as a QR code of error level M."""
    rows = [bytes(row) for row in segno.make_qr(text, error="m", boost_error=False).matrix]
    size = len(rows) + 2 * QUIET
    steps = [
        f"M{QUIET + start} {QUIET + y}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _dark(row)
    ]
    return Svg(
        Path(d="".join(steps)),
        viewBox=f"0 0 {size} {size}",
        className="qr",
        role="img",
        **{"aria-label": label},
    )


def _dark(row: bytes) -> list[tuple[int, int]]:
    """Return start and length of the dark stretches of a row."""
    edges = [at for at in range(len(row) + 1) if _bit(row, at) != _bit(row, at - 1)]
    return [(start, end - start) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _bit(row: bytes, at: int) -> int:
    return row[at] if 0 <= at < len(row) else 0
