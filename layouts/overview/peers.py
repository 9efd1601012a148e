"""How a unit compares with its peers: right is better, and no rank is claimed."""

from dash.development.base_component import Component

from dashboard.figures.cell import Cell
from layouts import format as fmt
from layouts.desk.card import card, empty
from layouts.desk.peers import Peer, peer_strips
from layouts.overview.drawn import Drawn

MEASURES: tuple[tuple[str, bool | None], ...] = (
    ("on_time_rate", True),
    ("handling_time", False),
    ("satisfaction_rate", True),
    ("overdue", False),
    ("accepted", None),
)
"""Figures compared, and whether more is better; None: neither."""

COUNTS = frozenset({"overdue", "accepted"})
FEWEST = 3


def compared(drawn: Drawn) -> Component:
    """Draw a strip for each measure."""
    words, page = drawn.words, drawn.page
    title = words.text("overview.peers")
    known = len(page.peers.get("open", ()))
    if known < FEWEST:
        return card(title, None, empty(words.text("overview.peers.few")))
    rows = []
    for name, better in MEASURES:
        others = [
            number for cell in page.peers[name] if (number := _number(name, cell)) is not None
        ]
        cell = page.cells[name]
        rows.append(
            Peer(
                label=words.text(f"overview.peer.{name}"),
                value=_number(name, cell),
                others=others,
                figure=_figure(drawn, name, cell),
                note=drawn.median(name) if name != "handling_time" else "",
                href=drawn.to(name),
                more_is_better=better,
            )
        )
    note = words.text("overview.peers.note", n=known)
    return card(title, note, peer_strips(rows))


def _number(name: str, cell: Cell) -> float | None:
    return float(cell.numerator) if name in COUNTS else cell.ratio


def _figure(drawn: Drawn, name: str, cell: Cell) -> str:
    if name in COUNTS:
        return fmt.number(cell.numerator)
    if name == "handling_time":
        return fmt.mean_duration(None if cell.ratio is None else 60 * cell.ratio, drawn.words)
    rate = fmt.rate(cell.numerator, cell.denominator or 0)
    return rate if rate == fmt.DASH else f"{rate}%"
